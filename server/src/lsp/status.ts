/**
 * The status notification for clients that show it (protocol.ts): how many calls there are, how many are not fully
 * known, whether work goes on. Sent only when something in it changed, after a short silence.
 */
import { countCalls } from '../project/callCounts';
import { fileLimit } from '../project/pythonFiles';
import type { ResolvedTarget } from '../project/target';
import { inBackground } from './background';
import { describe } from './guard';
import { statusNotification, type StatusParams } from './protocol';
import { placesOf, toLocation } from './places';
import type { Session } from './session';
import type { WorkspaceFiles } from './workspaceFiles';

const silence = 300;

/** Starts sending; does nothing for clients that did not ask. */
export function startStatus(session: Session, workspaceFiles: WorkspaceFiles): void {
  if (!session.client.status) return;
  let sent = '';
  let revoke: () => void = () => undefined;
  const send = () => {
    try {
      const params = collectStatus(session, workspaceFiles);
      const text = JSON.stringify(params);
      if (text === sent) return;
      inBackground(
        session.logger,
        'sending the status',
        session.connection.sendNotification(statusNotification, params),
      );
      sent = text;
    } catch (error) {
      session.logger.error(`internal error in the status: ${describe(error)}`);
    }
  };
  session.onChanged(() => {
    revoke();
    revoke = session.clock.after(silence, send);
  });
}

function collectStatus(session: Session, workspaceFiles: WorkspaceFiles): StatusParams {
  const { snapshot } = session.project;
  let files = 0;
  let slimCalls = 0;
  let unknownCalls = 0;
  const targets: ResolvedTarget[] = [];
  for (const file of session.documents.files()) {
    const counts = countCalls(snapshot.quickAnalysis(file));
    if (counts.calls === 0) continue;
    files++;
    slimCalls += counts.calls;
    unknownCalls += counts.unknown;
    targets.push(snapshot.target(file));
  }
  const [first = snapshot.target(`${workspaceFiles.folders[0] ?? ''}/`)] = targets;
  const location = first.location && toLocation(placesOf(session, snapshot), first.location);
  return {
    target: [...new Set([first, ...targets].map((one) => one.target))].join(', '),
    targetReason: first.reason,
    ...(location && { targetLocation: { uri: location.uri, line: location.range.start.line } }),
    files,
    slimCalls,
    unknownCalls,
    isBusy: workspaceFiles.isBusy,
    ...(workspaceFiles.isCut && { fileLimit }),
    internalError: session.hadInternalError,
  };
}
