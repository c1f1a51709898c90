/**
 * The code cells of a notebook as one Python text: names and scopes flow from cell to cell in the order in which they
 * stand. Each cell's text lies at a known offset, with everything that is no Python blanked out (notebookMagics.ts).
 * Pure; knows neither files nor editors.
 */
import { CellIndex, type Cell, type FrozenSpan } from '../base/cellIndex';
import { LineIndex } from '../base/lineIndex';
import { withoutMagics } from './notebookMagics';

/** A code cell as it stands in its notebook. */
export interface CellSource {
  /** Names the cell outside of the text; see `Cell.id`. */
  readonly id: string;
  /** From 1, among the code cells of the notebook, those in other languages included. */
  readonly number: number;
  readonly text: string;
}

/** A Python text; `cells` where it is made of some. */
export interface PythonText {
  readonly text: string;
  readonly cells?: CellIndex;
}

/** Joins the Python cells of a notebook. */
export function joinCells(sources: readonly CellSource[]): PythonText & { readonly cells: CellIndex } {
  const cells: Cell[] = [];
  const frozen: FrozenSpan[] = [];
  const texts: string[] = [];
  let start = 0;
  for (const { id, number, text } of sources) {
    const plain = withoutMagics(text);
    const span = { start, end: start + text.length };
    let lines: LineIndex | undefined;
    cells.push({ id, number, span, get lines() { return (lines ??= new LineIndex(text)); } }); // prettier-ignore
    for (const one of plain.frozen) frozen.push({ ...one, start: start + one.start, end: start + one.end });
    texts.push(plain.text);
    start = span.end + 1;
  }
  return { text: texts.join('\n'), cells: new CellIndex(cells, frozen) };
}
