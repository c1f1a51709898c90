/**
 * Places in a file in words, for reasons and messages: by line, or by cell and line in a notebook. One-based.
 */
import type { SourceFile } from './program';

/** `line 12`, or `line 2 of cell 3`. */
export function lineText(source: SourceFile | undefined, offset: number): string {
  const inCell = source?.cells?.positionAt(offset);
  if (inCell) return `line ${inCell.line + 1} of cell ${inCell.cell.number}`;
  return `line ${lineNumber(source, offset)}`;
}

/** `lines 12, 15`, or `line 2 of cell 3, line 1 of cell 4`. */
export function linesText(source: SourceFile, offsets: readonly number[]): string {
  if (source.cells) return offsets.map((offset) => lineText(source, offset)).join(', ');
  return `lines ${offsets.map((offset) => lineNumber(source, offset)).join(', ')}`;
}

/** What stands behind a path: `12` in `nets/vgg.py:12`, or `cell 3:2`. */
export function lineKey(source: SourceFile | undefined, offset: number): string {
  const inCell = source?.cells?.positionAt(offset);
  return inCell ? `cell ${inCell.cell.number}:${inCell.line + 1}` : String(lineNumber(source, offset));
}

function lineNumber(source: SourceFile | undefined, offset: number): number {
  return (source?.lines.positionAt(offset).line ?? 0) + 1;
}
