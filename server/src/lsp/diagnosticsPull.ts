/**
 * Pulled diagnostics. A report's `resultId` is a digest of its items, so that "unchanged" needs no memory of earlier
 * reports. When something changes that concerns every file the client is asked to pull again.
 */
import { DocumentDiagnosticReportKind, type Diagnostic, type DocumentDiagnosticReport } from 'vscode-languageserver';
import { inBackground } from './background';
import type { DiagnosticsChannel } from './diagnosticsChannel';
import { documentDiagnostics } from './documentDiagnostics';
import { guard, serverCancelled } from './guard';
import { uriOf } from './params';
import { viewDocument, type Session } from './session';

/** Starts answering `textDocument/diagnostic`. */
export function createDiagnosticsPull(session: Session): DiagnosticsChannel {
  let hasAnswered = false;
  session.connection.languages.diagnostics.on((params, token) => {
    const uri = uriOf(params);
    return guard<DocumentDiagnosticReport>(session, {
      method: 'textDocument/diagnostic',
      uri,
      token,
      harmless: { kind: DocumentDiagnosticReportKind.Full, items: [] },
      stale: serverCancelled,
      compute(cancel) {
        hasAnswered = true;
        const view = viewDocument(session, uri);
        const items = view ? documentDiagnostics(session, view, cancel) : [];
        return report(items, params.previousResultId);
      },
    });
  });
  return {
    changed(cause) {
      // Who has not asked yet has nothing to ask again for.
      if (cause.kind === 'workspace' && session.client.refreshDiagnostics && hasAnswered) {
        const asked = session.connection.languages.diagnostics.refresh();
        inBackground(session.logger, 'asking to pull diagnostics again', asked);
      }
    },
  };
}

function report(items: Diagnostic[], previousResultId: string | undefined): DocumentDiagnosticReport {
  const resultId = digest(items);
  if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}

/** Two 32-bit FNV-1a hashes of the items without their version, which changes with every edit of the document. */
function digest(items: readonly Diagnostic[]): string {
  const text = JSON.stringify(items.map(({ data: _, ...shown }) => shown));
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(text.length - 1 - i), 0x85ebca6b);
  }
  return `${(a >>> 0).toString(16)}${(b >>> 0).toString(16)}`;
}
