/**
 * The only file that turns places of the client (a document, a position) into places of the project (a file, an offset)
 * and back. A document is a file, or a cell that is a part of one; whoever answers a request need not know which.
 */
import type { Location as LspLocation, Position, Range } from 'vscode-languageserver';
import type { LineIndex } from '../base/lineIndex';
import type { Location, Span } from '../base/span';
import type { Snapshot } from '../project/snapshot';
import { isNetFile } from '../slim/library/nets/netSource';
import type { DocumentView, Session } from './session';

/** What turning places into LSP needs. */
export interface LspPlaces {
  readonly snapshot: Snapshot;
  /** The client's spelling of a file's URI. */
  toUri(file: string): string;
  /** Version of an open document or cell. */
  versionOf(uri: string): number | undefined;
}

/** Places of one snapshot in the words of a session's client. */
export function placesOf({ documents, ids }: Pick<Session, 'documents' | 'ids'>, snapshot: Snapshot): LspPlaces {
  return { snapshot, toUri: (file) => ids.toUri(file), versionOf: (uri) => documents.get(uri)?.version };
}

// --------------------------------------------------------------------------------------------- from LSP

/** The offset of a position in the file of a document; undefined when the project does not have it. Clamped. */
export function fromPosition(view: DocumentView, { line, character }: Position): number | undefined {
  const source = view.snapshot.getFile(view.file);
  if (!source?.cells) return source?.lines.offsetAt({ line, column: character });
  const cell = source.cells.byId(view.uri);
  return cell && cell.span.start + cell.lines.offsetAt({ line, column: character });
}

/** The span of a range; one that runs backwards is turned round. */
export function fromRange(view: DocumentView, range: Range): Span | undefined {
  const a = fromPosition(view, range.start);
  const b = fromPosition(view, range.end);
  return a === undefined || b === undefined ? undefined : { start: Math.min(a, b), end: Math.max(a, b) };
}

// ----------------------------------------------------------------------------------------------- to LSP

/**
 * The document that shows a place, and the range there; undefined when the project does not have it. Cells that are not
 * open have no document: then it is the start of their notebook.
 */
export function toLocation(places: LspPlaces, { file, span }: Location): LspLocation | undefined {
  const { cells } = places.snapshot.getFile(file) ?? {};
  if (!cells) {
    const lines = places.snapshot.getLines(file);
    return lines && { uri: places.toUri(file), range: toRange(lines, span) };
  }
  const cell = cells.at(span.start);
  if (!cell || places.versionOf(cell.id) === undefined) return { uri: places.toUri(file), range: nowhere };
  const { start } = cell.span;
  return { uri: cell.id, range: toRange(cell.lines, { start: span.start - start, end: span.end - start }) };
}

/** Places that a client can open; those in files of a library that nobody has are left out. */
export function toLocations(places: LspPlaces, locations: readonly Location[]): LspLocation[] {
  return locations.flatMap((place) => (isNetFile(place.file) ? [] : (toLocation(places, place) ?? [])));
}

/** A link that editors open at the right place: `file:///a.py#L12,5`; the name of a cell has no room for a line. */
export function toLink(places: LspPlaces, location: Location): string {
  const found = toLocation(places, location);
  if (!found) return places.toUri(location.file);
  const { line, character } = found.range.start;
  return places.snapshot.getFile(location.file)?.cells ? found.uri : `${found.uri}#L${line + 1},${character + 1}`;
}

const nowhere: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** A span as a range; columns are UTF-16 code units in both worlds. */
function toRange(lines: LineIndex, span: Span): Range {
  const start = lines.positionAt(span.start);
  const end = lines.positionAt(span.end);
  return {
    start: { line: start.line, character: start.column },
    end: { line: end.line, character: end.column },
  };
}
