/**
 * Pushed diagnostics, for clients that cannot pull. An opened document is answered at once, an edited one after a
 * short silence. One document's edit may concern others (imports), so all open documents are looked at; those whose
 * report stays the same are not sent again.
 */
import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import { inBackground } from './background';
import type { DiagnosticsChannel } from './diagnosticsChannel';
import { documentDiagnostics } from './documentDiagnostics';
import { describe } from './guard';
import { viewDocument, type Session } from './session';

/** Silence after an edit before diagnostics are computed. */
const debounce = 100;

/** Starts publishing. */
export function createDiagnosticsPush(session: Session): DiagnosticsChannel {
  const sent = new Map<string, string>();
  let revoke: () => void = () => undefined;

  const send = (params: PublishDiagnosticsParams) =>
    inBackground(session.logger, 'sending diagnostics', session.connection.sendDiagnostics(params));

  const publish = (uri: string, isForced: boolean) => {
    const view = viewDocument(session, uri);
    if (!view) return;
    try {
      const items = documentDiagnostics(session, view);
      const shown = JSON.stringify(items.map(({ data: _, ...rest }) => rest));
      if (!isForced && sent.get(uri) === shown) return;
      sent.set(uri, shown);
      send({ uri, version: view.version, diagnostics: items });
    } catch (error) {
      session.logger.error(`internal error in diagnostics of ${uri} version ${view.version}: ${describe(error)}`);
      session.reportInternalError();
    }
  };

  const schedule = (milliseconds: number, forced: string | undefined) => {
    revoke();
    revoke = session.clock.after(milliseconds, () => {
      const published = session.whenReady().then(() => {
        for (const { uri } of session.documents.all()) publish(uri, uri === forced);
      });
      inBackground(session.logger, 'diagnostics', published);
    });
  };

  return {
    changed(cause) {
      if (cause.kind === 'status') return;
      if (cause.kind === 'workspace') return schedule(0, undefined);
      if (cause.change === 'closed' && sent.delete(cause.uri)) send({ uri: cause.uri, diagnostics: [] });
      schedule(cause.change === 'edited' ? debounce : 0, cause.change === 'closed' ? undefined : cause.uri);
    },
  };
}
