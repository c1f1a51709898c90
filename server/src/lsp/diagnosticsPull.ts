/**
 * Pulled diagnostics. A report's `resultId` is a digest of its items, so that "unchanged" needs no memory of earlier
 * reports. The client is asked to pull again when something changes that concerns every file, and when an edit of one
 * document changes what was reported for another that is open (a scope factory and those who use it).
 */
import { DocumentDiagnosticReportKind, type Diagnostic, type DocumentDiagnosticReport } from 'vscode-languageserver';
import { inBackground } from './background';
import type { DiagnosticsChannel } from './diagnosticsChannel';
import { documentDiagnostics } from './documentDiagnostics';
import { describe, guard, serverCancelled } from './guard';
import { uriOf } from './params';
import { viewDocument, type Session } from './session';

/** Silence after an edit before the other open documents are looked at. */
const silence = 300;

/** Starts answering `textDocument/diagnostic`. */
export function createDiagnosticsPull(session: Session): DiagnosticsChannel {
  /** Digest of the last report on each open document. Who has not asked yet has nothing to ask again for. */
  const answered = new Map<string, string>();
  let revoke: () => void = () => undefined;

  const askAgain = () => {
    const asked = session.connection.languages.diagnostics.refresh();
    inBackground(session.logger, 'asking to pull diagnostics again', asked);
  };

  /** Looks at one document after the other, until one has another report; an edit in between starts anew. */
  const lookAtOthers = (waiting: readonly string[]) => {
    const [uri, ...others] = waiting;
    if (uri === undefined) return;
    const before = answered.get(uri);
    const view = viewDocument(session, uri);
    if (before !== undefined && view && digest(documentDiagnostics(session, view)) !== before) return askAgain();
    revoke = session.clock.after(0, () => lookSafely(others));
  };
  const lookSafely = (waiting: readonly string[]) => {
    try {
      lookAtOthers(waiting);
    } catch (error) {
      // The pull that meets it again reports it.
      session.logger.warn(`looking at dependent documents failed: ${describe(error)}`);
    }
  };

  session.connection.languages.diagnostics.on((params, token) => {
    const uri = uriOf(params);
    return guard<DocumentDiagnosticReport>(session, {
      method: 'textDocument/diagnostic',
      uri,
      token,
      harmless: { kind: DocumentDiagnosticReportKind.Full, items: [] },
      stale: serverCancelled,
      compute(cancel) {
        const view = viewDocument(session, uri);
        const items = view ? documentDiagnostics(session, view, cancel) : [];
        const resultId = digest(items);
        if (view) answered.set(uri, resultId);
        return resultId === params.previousResultId
          ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
          : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
      },
    });
  });
  return {
    changed(cause) {
      if (cause.kind === 'document' && cause.change === 'closed') answered.delete(cause.uri);
      if (!session.client.refreshDiagnostics || cause.kind === 'status' || answered.size === 0) return;
      revoke();
      if (cause.kind === 'workspace') return askAgain();
      // The client pulls the document itself.
      revoke = session.clock.after(silence, () => lookSafely([...answered.keys()].filter((uri) => uri !== cause.uri)));
    },
  };
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
