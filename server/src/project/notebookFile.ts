/**
 * Notebooks as files (`.ipynb`): the code cells of one, in format 4 and in the worksheets of format 3. Total: what is no
 * notebook is answered with a reason. Reads only; notebookEdits.ts writes.
 */
import type { CellSource } from './notebookCells';
import { parseJson } from './notebookJson';

/** The Python cells of a notebook, or why there are none to be had. */
export type ReadNotebook =
  | { readonly kind: 'notebook'; readonly cells: readonly FileCell[] }
  | { readonly kind: 'problem'; readonly reason: string };

/** A cell with the way to its text in the JSON of the file. */
export interface FileCell extends CellSource {
  readonly path: readonly (string | number)[];
}

/** True for files that are read as notebooks. */
export function isNotebookFile(file: string): boolean {
  return file.endsWith('.ipynb');
}

/** Reads the text of a notebook. */
export function readNotebook(json: string): ReadNotebook {
  let notebook: unknown;
  try {
    notebook = parseJson(json);
  } catch (error) {
    return problem(`it is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { nbformat, worksheets, cells, metadata } = recordOf(notebook);
  if (typeof nbformat !== 'number') return problem('it is no notebook: `nbformat` is missing');
  if (nbformat < 3) return problem(`notebooks of format ${nbformat} are not read, only 3 and 4`);
  const lists = nbformat === 3 ? worksheetCells(worksheets) : [{ cells, path: ['cells'] }];
  if (!lists?.every((list) => Array.isArray(list.cells))) return problem('it is no notebook: it has no list of cells');
  const language = languageOf(metadata);
  let number = 0;
  const found = lists.flatMap(({ cells: list, path }) =>
    (list as readonly unknown[]).flatMap((cell, i): readonly FileCell[] => {
      const { cell_type: kind, source, input, language: own, metadata: about } = recordOf(cell);
      if (kind !== 'code') return [];
      number++;
      const text = textOf(nbformat === 3 ? input : source);
      const spoken = own ?? recordOf(recordOf(about)['vscode'])['languageId'] ?? language;
      if (text === undefined || spoken !== 'python') return [];
      const key = nbformat === 3 ? 'input' : 'source';
      return [{ id: `${number}`, number, text, path: [...path, i, key] }];
    }),
  );
  return { kind: 'notebook', cells: found };
}

function worksheetCells(worksheets: unknown) {
  if (!Array.isArray(worksheets)) return undefined;
  return worksheets.map((sheet: unknown, i) => ({ cells: recordOf(sheet)['cells'], path: ['worksheets', i, 'cells'] }));
}

/** The language of a notebook that says one; old ones do not, and are Python. */
function languageOf(metadata: unknown): string {
  const { language_info: info, kernelspec } = recordOf(metadata);
  const { name } = recordOf(info);
  const { language } = recordOf(kernelspec);
  const said = typeof name === 'string' ? name : typeof language === 'string' ? language : 'python';
  return /^i?python\d*$/i.test(said) ? 'python' : said;
}

/** A cell's text is one string or a list of lines. */
function textOf(source: unknown): string | undefined {
  if (typeof source === 'string') return source;
  return Array.isArray(source) && source.every((line) => typeof line === 'string') ? source.join('') : undefined;
}

function problem(reason: string): ReadNotebook {
  return { kind: 'problem', reason };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
