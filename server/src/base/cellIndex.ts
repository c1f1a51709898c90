/**
 * A text that is made of cells, as a notebook's: where each cell lies, and places as people and editors see them, by
 * cell, line and column. Cells are separated by one line feed, which belongs to no cell.
 * Total: offsets outside the text are clamped. Knows nothing of what the cells mean.
 */
import type { LineIndex, Position } from './lineIndex';
import { contains, type Span } from './span';
import type { TextEdit } from './textEdit';

/** One cell of a text. */
export interface Cell {
  /** From 1, among the code cells of the notebook, as `[N]` after all of them ran in order. */
  readonly number: number;
  /** The cell's name outside of the text (a document's URI, an index in a file). */
  readonly id: string;
  /** Where the cell lies in the text; its line end is not part of it. */
  readonly span: Span;
  /** Lines of the cell by itself. */
  readonly lines: LineIndex;
}

/** A place in a cell; line and column are zero-based. */
export interface CellPosition extends Position {
  readonly cell: Cell;
}

/** Where the text is not what the cell says: nothing may be written there. */
export interface FrozenSpan extends Span {
  /** True when nothing may be put before it either. */
  readonly staysFirst: boolean;
}

/** See the file comment. */
export class CellIndex {
  readonly cells: readonly Cell[];
  readonly #frozen: readonly FrozenSpan[];

  /** @param cells in the order of the text */
  constructor(cells: readonly Cell[], frozen: readonly FrozenSpan[]) {
    this.cells = cells;
    this.#frozen = frozen;
  }

  /** The cell at an offset; undefined in a text without cells. */
  at(offset: number): Cell | undefined {
    let low = 0;
    let high = this.cells.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.cells[middle]?.span.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return this.cells[low];
  }

  /** Cell, line and column of an offset; undefined in a text without cells. */
  positionAt(offset: number): CellPosition | undefined {
    const cell = this.at(offset);
    return cell && { cell, ...cell.lines.positionAt(offset - cell.span.start) };
  }

  /** The cell of this name. */
  byId(id: string): Cell | undefined {
    return this.cells.find((cell) => cell.id === id);
  }

  /** True when the other has the same cells at the same places, with the same of them frozen. */
  isSameAs(other: CellIndex): boolean {
    return this.#signature() === other.#signature();
  }

  #signature(): string {
    return JSON.stringify([this.cells.map(({ id, number, span }) => [id, number, span]), this.#frozen]);
  }

  /**
   * An edit of the text as an edit within one cell, in offsets of the whole text. Undefined where it has no such form: it
   * crosses from one cell into another, or it would change what the text does not show.
   */
  place(edit: TextEdit): { readonly cell: Cell; readonly edit: TextEdit } | undefined {
    const cell = this.at(edit.span.start);
    if (!cell) return undefined;
    const trimmed = withoutSeparator(cell, edit);
    if (!contains(cell.span, trimmed.span)) return undefined;
    return this.#frozen.some((span) => disturbs(trimmed, span)) ? undefined : { cell, edit: trimmed };
  }
}

/** Edits of whole lines may take the line end with them that separates a cell from the next one. */
function withoutSeparator(cell: Cell, edit: TextEdit): TextEdit {
  const { span, newText } = edit;
  const isWhole = span.end === cell.span.end + 1 && (newText === '' || newText.endsWith('\n'));
  if (!isWhole || span.start === span.end) return edit;
  return { span: { start: span.start, end: cell.span.end }, newText: newText.replace(/\r?\n$/, '') };
}

/** Whole lines may be put before a frozen span, unless it has to stay the first thing of its cell. */
function disturbs({ span, newText }: TextEdit, frozen: FrozenSpan): boolean {
  if (span.end < frozen.start || span.start > frozen.end) return false;
  return frozen.staysFirst || span.end > frozen.start || !newText.endsWith('\n');
}
