/**
 * Runs a network for its layers: by itself, with its parameters at their defaults, and in each way in which the workspace
 * calls it. Runs of their own, apart from those behind hovers and diagnostics.
 */
import { neverCancelled, type CancelToken } from '../../base/cancel';
import type { Program, SourceFile } from '../../semantics/program';
import type { AssumptionOptions } from '../evaluator/assumedCallers';
import { entryPointsOf } from '../evaluator/callGraph';
import { runFile, type FileRun } from '../evaluator/fileRun';
import { opReach } from '../evaluator/opReach';
import type { AnalysisProblem } from '../model';
import { NetworkTrace, type NetworkRun, type NetworkTarget } from './networkTrace';

/** All that was seen of a network. */
export interface NetworkRuns {
  /** Those through callers first, in the order of the files; the network by itself last. */
  readonly runs: readonly NetworkRun[];
  readonly problems: readonly AnalysisProblem[];
}

/** How to trace. */
export interface TraceOptions {
  /** Files that may call the network, its own one included. */
  readonly callers: readonly SourceFile[];
  /** Scopes that the user says functions are called in. */
  readonly assumptionsFor?: (source: SourceFile) => AssumptionOptions;
  readonly cancel?: CancelToken;
}

/** Traces a network. */
export function traceNetwork(program: Program, target: NetworkTarget, options: TraceOptions): NetworkRuns {
  const { callers, assumptionsFor, cancel = neverCancelled } = options;
  const problems: AnalysisProblem[] = [];
  const fileRuns: FileRun[] = [];
  const through: NetworkRun[] = [];
  const alone: NetworkRun[] = [];
  const run = (source: SourceFile, only?: number): void => {
    const traces: NetworkTrace[] = [];
    const reach = opReach(program, source);
    if (!reach.reaches) return;
    const result = runFile(program, source, {
      mode: 'callers',
      cancel,
      reach,
      ...(assumptionsFor && { assumptions: assumptionsFor(source) }),
      trace: (machine) => {
        const trace = new NetworkTrace(machine, target);
        traces.push(trace);
        return trace;
      },
      ...(only === undefined ? {} : { only }),
    });
    problems.push(...result.problems);
    if (only === undefined) fileRuns.push(result);
    const runs = traces.flatMap((trace) => trace.runs).filter(({ layers }) => layers.length > 0);
    if (only !== undefined) alone.push(...runs.filter((one) => one.callers.length === 0));
    else through.push(...runs.filter((one) => target.start === undefined || one.callers.length > 0));
  };
  for (const source of callers) run(source);
  // What one file takes for the start of a run is called by another.
  const isEntry = entryPointsOf(fileRuns);
  const entered = through.filter(({ root }) => isEntry(root));
  const own = program.getFile(target.file);
  if (own && target.start !== undefined) run(own, target.start);
  return { runs: [...settled(entered), ...alone], problems };
}

/**
 * Of two runs on the same way, with the parameters of the caller open and at their defaults, the one that knows more: the
 * open one where it is complete.
 */
function settled(runs: readonly NetworkRun[]): readonly NetworkRun[] {
  const ways = new Map<string, NetworkRun[]>();
  for (const run of runs) {
    const way = run.callers.map(({ call }) => `${call.file}#${call.span.start}`).join(' ');
    const key = `${run.rootName ?? ''} ${way}`;
    const known = ways.get(key);
    if (known) known.push(run);
    else ways.set(key, [run]);
  }
  return [...ways.values()].flatMap((same) => {
    const open = same.filter(({ isAssumed }) => !isAssumed);
    const assumed = same.filter(({ isAssumed }) => isAssumed);
    const isComplete = open.length > 0 && open.every(isKnown);
    return isComplete || assumed.length === 0 ? open : assumed;
  });
}

function isKnown({ layers }: NetworkRun): boolean {
  return layers.every(
    ({ effect, scope, isUncertain }) =>
      scope.isKnown &&
      !isUncertain &&
      effect.doubt === undefined &&
      effect.output.dims !== undefined &&
      effect.output.reason === undefined,
  );
}
