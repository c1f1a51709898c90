/**
 * How diagnostics reach the client. Two ways behind one interface, chosen once by the client's capabilities:
 * the client pulls (diagnosticsPull.ts), or the server pushes (diagnosticsPush.ts).
 */
import type { ChangeCause, Session } from './session';
import { createDiagnosticsPull } from './diagnosticsPull';
import { createDiagnosticsPush } from './diagnosticsPush';

export interface DiagnosticsChannel {
  /** Told of every change of the project. */
  changed(cause: ChangeCause): void;
}

/** Starts the channel that fits the client. */
export function createDiagnosticsChannel(session: Session): DiagnosticsChannel {
  return session.client.pullDiagnostics ? createDiagnosticsPull(session) : createDiagnosticsPush(session);
}
