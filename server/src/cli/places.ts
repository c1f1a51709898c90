/**
 * Places for people and reports: path, one-based line, one-based UTF-16 column.
 */
import type { Location } from '../base/span';
import type { Snapshot } from '../project/snapshot';

export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export interface PlaceRange extends Place {
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where a location starts. */
export function toPlace(snapshot: Snapshot, location: Location): Place {
  const at = snapshot.getFile(location.file)?.lines.positionAt(location.span.start) ?? { line: 0, column: 0 };
  return { path: snapshot.getPath(location.file), line: at.line + 1, column: at.column + 1 };
}

/** Where a location starts and ends; the end is just behind it. */
export function toPlaceRange(snapshot: Snapshot, location: Location): PlaceRange {
  const end = { file: location.file, span: { start: location.span.end, end: location.span.end } };
  const { line: endLine, column: endColumn } = toPlace(snapshot, end);
  return { ...toPlace(snapshot, location), endLine, endColumn };
}
