/**
 * Results of the features as LSP types: the only place where offsets become positions and our words LSP's.
 * Whatever the client cannot show is said in another way here (capabilities.ts), never lost silently.
 */
import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic,
  type Location as LspLocation,
  type Range,
  type TextDocumentEdit,
  type TextEdit as LspTextEdit,
} from 'vscode-languageserver';
import { assertNever } from '../base/assertNever';
import type { LineIndex } from '../base/lineIndex';
import type { Location, Span } from '../base/span';
import type { TextEdit } from '../base/textEdit';
import type { CodeActionResult, FileDiagnostic, RelatedPlace } from '../features/model';
import type { Snapshot } from '../project/snapshot';
import type { Severity } from '../rules/rule';
import { isNetFile } from '../slim/library/nets/netSource';
import type { ClientFlags } from './capabilities';

/** What turning places into LSP needs. */
export interface LspPlaces {
  readonly snapshot: Snapshot;
  /** The client's spelling of a file's URI. */
  toUri(file: string): string;
}

/** Small, versioned, enough to recognise the finding when it is computed again. */
export interface DiagnosticData {
  readonly rule: string;
  readonly key: string;
  readonly version: number;
}

/** A span as a range; columns are UTF-16 code units in both worlds. */
export function toRange(lines: LineIndex, span: Span): Range {
  const start = lines.positionAt(span.start);
  const end = lines.positionAt(span.end);
  return {
    start: { line: start.line, character: start.column },
    end: { line: end.line, character: end.column },
  };
}

/** A link that editors open at the right place: `file:///a.py#L12,5`. */
export function toLink(places: LspPlaces, location: Location): string {
  const source = places.snapshot.getFile(location.file);
  const at = source?.lines.positionAt(location.span.start);
  return at ? `${places.toUri(location.file)}#L${at.line + 1},${at.column + 1}` : places.toUri(location.file);
}

/** Places that a client can open; those in files of a library that nobody has are left out. */
export function toLocations(places: LspPlaces, locations: readonly Location[]): LspLocation[] {
  return locations.flatMap(({ file, span }) => {
    const source = isNetFile(file) ? undefined : places.snapshot.getFile(file);
    return source ? [{ uri: places.toUri(file), range: toRange(source.lines, span) }] : [];
  });
}

/** A finding for the client. `version` is the document's version. */
export function toDiagnostic(
  finding: FileDiagnostic,
  options: LspPlaces & { readonly lines: LineIndex; readonly client: ClientFlags; readonly version: number },
): Diagnostic {
  const { client, lines, version } = options;
  const tags = finding.tags.map(toTag).filter((tag) => client.diagnosticTags.has(tag));
  const data: DiagnosticData = { rule: finding.rule, key: finding.key, version };
  const [linked, told] = relatedPlaces(finding, client);
  const related = linked.flatMap((place) => toRelated(options, place));
  return {
    range: toRange(lines, finding.span),
    severity: toSeverity(finding.severity),
    code: finding.rule,
    source: 'slimscope',
    message: withRelated(options, finding.message, told),
    data,
    ...(tags.length > 0 && { tags }),
    ...(related.length > 0 && { relatedInformation: related }),
  };
}

/** The places that the client can show as links, and those that have to be told: no editor can open a library's net. */
function relatedPlaces(
  { related }: FileDiagnostic,
  client: ClientFlags,
): readonly [linked: readonly RelatedPlace[], told: readonly RelatedPlace[]] {
  const canOpen = ({ location }: RelatedPlace): boolean => client.relatedInformation && !isNetFile(location.file);
  return [related.filter(canOpen), related.filter((place) => !canOpen(place))];
}

function toRelated(places: LspPlaces, place: RelatedPlace) {
  const source = places.snapshot.getFile(place.location.file);
  if (!source) return [];
  const location = { uri: places.toUri(place.location.file), range: toRange(source.lines, place.location.span) };
  return [{ location, message: place.message }];
}

/** What cannot be linked: the same facts as further lines of the message. */
function withRelated(places: LspPlaces, message: string, told: readonly RelatedPlace[]): string {
  const lines = told.flatMap(({ location, message }) => {
    const source = places.snapshot.getFile(location.file);
    return source ? [`${source.path}:${source.lines.positionAt(location.span.start).line + 1}: ${message}`] : [];
  });
  return [message, ...lines].join('\n');
}

function toSeverity(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return DiagnosticSeverity.Error;
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'info':
      return DiagnosticSeverity.Information;
    case 'hint':
      return DiagnosticSeverity.Hint;
    default:
      return assertNever(severity);
  }
}

function toTag(tag: 'unnecessary' | 'deprecated'): DiagnosticTag {
  return tag === 'unnecessary' ? DiagnosticTag.Unnecessary : DiagnosticTag.Deprecated;
}

/** Edits of one file. */
export function toTextEdits(lines: LineIndex, edits: readonly TextEdit[]): LspTextEdit[] {
  return edits.map((edit) => ({ range: toRange(lines, edit.span), newText: edit.newText }));
}

/**
 * The edit of an action, with the version it was computed for where the client understands that. Caveats and unsafe
 * changes go into a change annotation.
 */
export function toWorkspaceEdit(
  action: CodeActionResult,
  options: { readonly uri: string; readonly version: number; readonly lines: LineIndex; readonly client: ClientFlags },
) {
  const edits = toTextEdits(options.lines, action.edits);
  if (!options.client.versionedEdits) return { changes: { [options.uri]: edits } };
  const isAnnotated = options.client.changeAnnotations && (action.caveats.length > 0 || action.safety === 'unsafe');
  const change: TextDocumentEdit = {
    textDocument: { uri: options.uri, version: options.version },
    edits: isAnnotated ? edits.map((edit) => ({ ...edit, annotationId: action.id })) : edits,
  };
  if (!isAnnotated) return { documentChanges: [change] };
  const annotation = {
    label: action.title,
    needsConfirmation: action.safety === 'unsafe',
    ...(action.caveats.length > 0 && { description: action.caveats.join('; ') }),
  };
  return { documentChanges: [change], changeAnnotations: { [action.id]: annotation } };
}
