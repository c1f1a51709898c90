/**
 * Results of the features as LSP types: the only place where our words become LSP's (positions: places.ts).
 * Whatever the client cannot show is said in another way here (capabilities.ts), never lost silently.
 */
import { lineKey } from '../semantics/lineText';
import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic,
  type Range,
  type TextDocumentEdit,
  type TextEdit as LspTextEdit,
} from 'vscode-languageserver';
import { assertNever } from '../base/assertNever';
import type { TextEdit } from '../base/textEdit';
import type { CodeActionResult, FileDiagnostic, RelatedPlace } from '../features/model';
import type { Severity } from '../rules/rule';
import { isNetFile } from '../slim/library/nets/netSource';
import type { ClientFlags } from './capabilities';
import { toLocation, type LspPlaces } from './places';

/** Small, versioned, enough to recognise the finding when it is computed again. */
export interface DiagnosticData {
  readonly rule: string;
  readonly key: string;
  readonly version: number;
}

/** Who a finding or an edit is for. */
export interface LspTarget {
  readonly places: LspPlaces;
  readonly client: ClientFlags;
}

/** A finding for the client, shown at `location`. `version` is the document's version. */
export function toDiagnostic(
  finding: FileDiagnostic,
  { places, client }: LspTarget,
  { range, version }: { readonly range: Range; readonly version: number },
): Diagnostic {
  const tags = finding.tags.map(toTag).filter((tag) => client.diagnosticTags.has(tag));
  const data: DiagnosticData = { rule: finding.rule, key: finding.key, version };
  const [linked, told] = relatedPlaces(finding, client);
  const related = linked.flatMap((place) => toRelated(places, place));
  return {
    range,
    severity: toSeverity(finding.severity),
    code: finding.rule,
    source: 'slimscope',
    message: withRelated(places, finding.message, told),
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

function toRelated(places: LspPlaces, { location, message }: RelatedPlace) {
  const found = toLocation(places, location);
  return found ? [{ location: found, message }] : [];
}

/** What cannot be linked: the same facts as further lines of the message. */
function withRelated(places: LspPlaces, message: string, told: readonly RelatedPlace[]): string {
  const lines = told.flatMap(({ location, message }) => {
    const source = places.snapshot.getFile(location.file);
    return source ? [`${source.path}:${lineKey(source, location.span.start)}: ${message}`] : [];
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

/**
 * The edit of an action on `file`, with the versions that it was computed for where the client understands that. Caveats
 * and unsafe changes go into a change annotation.
 */
export function toWorkspaceEdit(action: CodeActionResult, file: string, { places, client }: LspTarget) {
  const edits = toTextEdits(places, file, action.edits);
  if (!client.versionedEdits) return { changes: Object.fromEntries(edits) };
  const isAnnotated = client.changeAnnotations && (action.caveats.length > 0 || action.safety === 'unsafe');
  const documentChanges = [...edits].map(([uri, own]): TextDocumentEdit => ({
    textDocument: { uri, version: places.versionOf(uri) ?? null },
    edits: isAnnotated ? own.map((edit) => ({ ...edit, annotationId: action.id })) : own,
  }));
  if (!isAnnotated) return { documentChanges };
  const annotation = {
    label: action.title,
    needsConfirmation: action.safety === 'unsafe',
    ...(action.caveats.length > 0 && { description: action.caveats.join('; ') }),
  };
  return { documentChanges, changeAnnotations: { [action.id]: annotation } };
}

/** Edits of a file by the documents that show it: itself, or its cells. */
export function toTextEdits(
  places: LspPlaces,
  file: string,
  edits: readonly TextEdit[],
): ReadonlyMap<string, LspTextEdit[]> {
  const { cells } = places.snapshot.getFile(file) ?? {};
  const byDocument = new Map<string, LspTextEdit[]>();
  for (const edit of edits) {
    const { span, newText } = cells?.place(edit)?.edit ?? edit;
    const found = toLocation(places, { file, span });
    if (!found) continue;
    byDocument.set(found.uri, [...(byDocument.get(found.uri) ?? []), { range: found.range, newText }]);
  }
  return byDocument;
}
