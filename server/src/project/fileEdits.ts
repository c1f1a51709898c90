/**
 * Edits of a parsed file into the text that lies on disk: the same text for Python, the JSON around the cells for a
 * notebook. Pure.
 */
import { applyEdits, type TextEdit } from '../base/textEdit';
import type { SourceFile } from '../semantics/program';
import { editNotebook } from './notebookEdits';

/** True when the edits can be made: none crosses from one cell of a notebook into another, or touches a magic. */
export function canEdit(source: SourceFile, edits: readonly TextEdit[]): boolean {
  const { cells } = source;
  return !cells || edits.every((edit) => cells.place(edit) !== undefined);
}

/**
 * The text of the file after the edits; undefined when they cannot be made ({@link canEdit}).
 * @param fileText what `source` was read from
 */
export function editFile(source: SourceFile, fileText: string, edits: readonly TextEdit[]): string | undefined {
  return source.cells ? editNotebook(fileText, source.cells, edits) : applyEdits(fileText, edits);
}
