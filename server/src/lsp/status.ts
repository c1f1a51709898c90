/**
 * The status notification for clients that show it (protocol.ts): how many calls there are, how many are not fully
 * known, whether work goes on. Sent only when something in it changed, after a short silence.
 */
import type { Location } from '../base/span';
import { countCalls } from '../project/callCounts';
import { fileLimit } from '../project/pythonFiles';
import type { ResolvedTarget } from '../project/target';
import type { AnalysisProblem, FileAnalysis } from '../slim/model';
import type { LastAnalysis } from './analysisTimer';
import { inBackground } from './background';
import { describe } from './guard';
import { statusNotification, type StatusParams, type StatusPlace, type StatusTarget } from './protocol';
import { placesOf, toLocation, type LspPlaces } from './places';
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
  const analyses: FileAnalysis[] = [];
  const places = placesOf(session, snapshot);
  for (const file of session.documents.files()) {
    const analysis = snapshot.quickAnalysis(file);
    const counts = countCalls(analysis);
    if (!analysis || counts.calls === 0) continue;
    analyses.push(analysis);
    files++;
    slimCalls += counts.calls;
    unknownCalls += counts.unknown;
    targets.push(snapshot.target(file));
  }
  if (targets.length === 0) targets.push(snapshot.target(`${workspaceFiles.folders[0] ?? ''}/`));
  const { lastAnalysis } = session;
  const problems = [...analyses.flatMap((one) => one.problems), ...(lastAnalysis?.problems ?? [])];
  return {
    targets: distinct(targets.map((one) => toTarget(places, one))),
    files,
    slimCalls,
    unknownCalls,
    ...(lastAnalysis && { lastAnalysis: toLast(session, lastAnalysis) }),
    limits: distinct(problems.map((problem) => toLimit(places, problem))).slice(0, mostLimits),
    isBusy: workspaceFiles.isBusy,
    ...(workspaceFiles.isCut && { fileLimit }),
    internalError: session.hadInternalError,
  };
}

/** More would not be read; the log has them all. */
const mostLimits = 5;

function toTarget(places: LspPlaces, { target, reason, location }: ResolvedTarget): StatusTarget {
  const at = location && toStatusPlace(places, location);
  return { target, reason, ...(at && { at }) };
}

function toLast(
  session: Session,
  { file, milliseconds, calls, contexts }: LastAnalysis,
): NonNullable<StatusParams['lastAnalysis']> {
  return { uri: session.ids.toUri(file), milliseconds, calls, contexts };
}

function toLimit(places: LspPlaces, { reason, at }: AnalysisProblem): StatusParams['limits'][number] {
  const place = at && toStatusPlace(places, at);
  return { reason, ...(place && { at: place }) };
}

function toStatusPlace(places: LspPlaces, location: Location): StatusPlace | undefined {
  const found = toLocation(places, location);
  return found && { uri: found.uri, line: found.range.start.line };
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
