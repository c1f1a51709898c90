/**
 * Places for people and reports: path, one-based line, one-based UTF-16 column; in a notebook, line and column within the
 * cell.
 */
import type { Location } from '../base/span';
import type { Snapshot } from '../project/snapshot';

export interface Place {
  readonly path: string;
  /** In a notebook: the number of the code cell, from 1. */
  readonly cell?: number;
  readonly line: number;
  readonly column: number;
}

export interface PlaceRange extends Place {
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where a location starts. */
export function toPlace(snapshot: Snapshot, location: Location): Place {
  const { file, span } = location;
  const path = snapshot.getPath(file);
  const inCell = snapshot.getFile(file)?.cells?.positionAt(span.start);
  const at = inCell ?? snapshot.getLines(file)?.positionAt(span.start) ?? { line: 0, column: 0 };
  return { path, ...(inCell && { cell: inCell.cell.number }), line: at.line + 1, column: at.column + 1 };
}

/** Where a location starts and ends; the end is just behind it. */
export function toPlaceRange(snapshot: Snapshot, location: Location): PlaceRange {
  const end = { file: location.file, span: { start: location.span.end, end: location.span.end } };
  const { line: endLine, column: endColumn } = toPlace(snapshot, end);
  return { ...toPlace(snapshot, location), endLine, endColumn };
}

/** `net.py:3:5`, `net.ipynb:cell 2:3:5` */
export function placeText({ path, cell, line, column }: Place): string {
  return `${path}:${cell === undefined ? '' : `cell ${cell}:`}${line}:${column}`;
}
