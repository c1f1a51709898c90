/**
 * Remembers what the last evaluation of a document cost and came to: the status item says it, and who reports a slow file
 * can copy it. Measures only the steps themselves, not what else the server does between them.
 */
import type { CancelToken } from '../base/cancel';
import type { Progress, Snapshot } from '../project/snapshot';
import type { AnalysisProblem, FileAnalysis } from '../slim/model';
import type { DocumentView, Session } from './session';

/** See the file comment. */
export interface LastAnalysis {
  readonly file: string;
  /** Whole milliseconds. */
  readonly milliseconds: number;
  readonly calls: number;
  /** Ways in which those calls run, through all callers. */
  readonly contexts: number;
  readonly problems: readonly AnalysisProblem[];
}

/** The evaluation of a document through its callers, in pieces; what it came to is told to the session at the end. */
export function* timedAnalysis(
  session: Session,
  { snapshot, file }: Pick<DocumentView, 'snapshot' | 'file'>,
  cancel: CancelToken,
): Iterable<Progress> {
  const { clock } = session.runtime;
  const costs = costsOf(snapshot, file);
  const timed = <T>(work: () => T): T => {
    const from = clock.now();
    const result = work();
    costs.spent += clock.now() - from;
    return result;
  };
  const steps = snapshot.prepareAnalysis(file, cancel)[Symbol.iterator]();
  for (let step = timed(() => steps.next()); !step.done; step = timed(() => steps.next())) yield step.value;
  if (costs.isTold) return;
  costs.isTold = true;
  const analysis = timed(() => snapshot.analysis(file, cancel));
  if (analysis) session.analysed({ file, milliseconds: Math.round(costs.spent), ...countsOf(analysis) });
}

interface Costs {
  spent: number;
  isTold: boolean;
}

/** An evaluation is done once for a snapshot, in as many parts as requests have the time for, and asked for by all. */
const known = new WeakMap<Snapshot, Map<string, Costs>>();

function costsOf(snapshot: Snapshot, file: string): Costs {
  const files = known.get(snapshot) ?? new Map<string, Costs>();
  known.set(snapshot, files);
  const costs = files.get(file) ?? { spent: 0, isTold: false };
  files.set(file, costs);
  return costs;
}

function countsOf({ calls, problems }: FileAnalysis): Pick<LastAnalysis, 'calls' | 'contexts' | 'problems'> {
  return { calls: calls.length, contexts: calls.reduce((sum, call) => sum + call.contexts.length, 0), problems };
}
