/**
 * The diagnostics of one open document as LSP items: what pull and push have in common.
 */
import type { Diagnostic } from 'vscode-languageserver';
import { neverCancelled, type CancelToken } from '../base/cancel';
import { diagnostics } from '../features/diagnostics';
import { describe } from './guard';
import type { DocumentView, Session } from './session';
import { toDiagnostic } from './toLsp';

/** Computes the items for a document; none while diagnostics are switched off. */
export function documentDiagnostics(
  session: Session,
  view: DocumentView,
  cancel: CancelToken = neverCancelled,
): Diagnostic[] {
  const { snapshot, file, version, uri } = view;
  const source = snapshot.getFile(file);
  if (!source || snapshot.settings(file).diagnosticsScope === 'off') return [];
  const onRuleFailure = (rule: string, error: unknown) => {
    session.logger.error(`internal error in rule ${rule} on ${uri} version ${version}: ${describe(error)}`);
    session.reportInternalError();
  };
  const { client } = session;
  const options = { snapshot, lines: source.lines, client, version, toUri: (id: string) => session.ids.toUri(id) };
  return diagnostics(snapshot, file, { cancel, onRuleFailure }).map((finding) => {
    const page = client.codeDescription ? session.runtime.rulePage?.(finding.rule) : undefined;
    const item = toDiagnostic(finding, options);
    return page === undefined ? item : { ...item, codeDescription: { href: page } };
  });
}
