/**
 * The diagnostics of one open document or cell as LSP items: what pull and push have in common.
 */
import type { Diagnostic } from 'vscode-languageserver';
import { neverCancelled, type CancelToken } from '../base/cancel';
import { diagnostics } from '../features/diagnostics';
import type { FileDiagnostic } from '../features/model';
import { describe } from './guard';
import type { DocumentView, Session } from './session';
import { placesOf, toLocation } from './places';
import { toDiagnostic } from './toLsp';

/** Computes the items for a document; none while diagnostics are switched off. */
export function documentDiagnostics(
  session: Session,
  view: DocumentView,
  cancel: CancelToken = neverCancelled,
): Diagnostic[] {
  const { snapshot, file, version, uri } = view;
  if (!snapshot.getFile(file) || snapshot.settings(file).diagnosticsScope === 'off') {
    session.leftToMigrate?.forget(file);
    return [];
  }
  const onRuleFailure = (rule: string, error: unknown) => {
    session.logger.error(`internal error in rule ${rule} on ${uri} version ${version}: ${describe(error)}`);
    session.reportInternalError();
  };
  const { client } = session;
  const baseline = session.baselines.entriesOf(snapshot, file);
  const options = { cancel, onRuleFailure, ...(baseline && { baseline }) };
  const target = { client, places: placesOf(session, snapshot) };
  const isCell = session.documents.notebooks.ownerOf(uri) !== undefined;
  const found = once(view, () => diagnostics(snapshot, file, options));
  session.leftToMigrate?.record(snapshot, file, found, cancel);
  return found.flatMap((finding) => {
    const location = toLocation(target.places, { file, span: finding.span });
    // Each cell of a notebook has its own; whoever asks for the notebook as a whole gets all.
    if (!location || (isCell && location.uri !== uri)) return [];
    const page = client.codeDescription ? session.runtime.rulePage?.(finding.rule) : undefined;
    const item = toDiagnostic(finding, target, { range: location.range, version });
    return [page === undefined ? item : { ...item, codeDescription: { href: page } }];
  });
}

const notebookFindings = {};

/** Clients ask for the cells of a notebook one by one: its findings are kept for this state of the files. */
function once({ snapshot, file }: DocumentView, find: () => readonly FileDiagnostic[]): readonly FileDiagnostic[] {
  const { memo } = snapshot;
  if (!memo || !snapshot.getFile(file)?.cells) return find();
  const known = (memo.get(notebookFindings) as Map<string, readonly FileDiagnostic[]> | undefined) ?? new Map();
  memo.set(notebookFindings, known);
  const found = known.get(file) ?? find();
  known.set(file, found);
  return found;
}
