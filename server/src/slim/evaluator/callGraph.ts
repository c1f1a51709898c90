/**
 * Which functions are entry points of the whole program: those that nothing calls. Runs tried more functions than that,
 * since one file cannot know who calls its functions; their records are left out where a caller's run says more.
 */
import type { FileRun } from './fileRun';

/**
 * @param runs runs in mode `callers`
 * @returns true for entry points of the program, by their keys; a module body (`undefined`) always is one
 */
export function entryPointsOf(runs: readonly FileRun[]): IsEntryPoint {
  if (last && last.runs.length === runs.length && runs.every((run, i) => run === last?.runs[i]))
    return last.isEntryPoint;
  const isEntryPoint = findEntryPoints(runs);
  last = { runs, isEntryPoint };
  return isEntryPoint;
}

type IsEntryPoint = (root: string | undefined) => boolean;

/** One result asks several times about the same runs. */
let last: { readonly runs: readonly FileRun[]; readonly isEntryPoint: IsEntryPoint } | undefined;

function findEntryPoints(runs: readonly FileRun[]): IsEntryPoint {
  const callees = calleesByRoot(runs);
  const escaped = new Set(runs.flatMap((run) => [...run.escaped]));
  const roots = [...new Set(runs.flatMap((run) => run.roots))];
  const calledFrom = new Map<string, Set<string>>();
  for (const [root, keys] of callees) {
    for (const key of keys) calledFrom.set(key, (calledFrom.get(key) ?? new Set()).add(root));
  }
  const isCalled = (root: string): boolean => (calledFrom.get(root)?.size ?? 0) > 0;
  const entries = new Set(roots.filter((root) => !isCalled(root) || escaped.has(root)));
  const covered = new Set([
    ...(callees.get('') ?? []),
    ...[...entries].flatMap((root) => [...(callees.get(root) ?? [])]),
  ]);
  // What is left calls each other: from one of them the others are reached.
  for (const root of roots) {
    if (entries.has(root) || covered.has(root)) continue;
    entries.add(root);
    for (const key of callees.get(root) ?? []) covered.add(key);
  }
  return (root) => root === undefined || entries.has(root);
}

/**
 * True when the runs through callers leave nothing to say for the run of a file by itself: each function of the file is an
 * entry point, and was run as one.
 */
export function areAllEntryPoints(file: string, runs: readonly FileRun[]): boolean {
  const own = runs.find((run) => run.file === file);
  return own !== undefined && !own.hasSkipped && own.roots.every(entryPointsOf(runs));
}

/** Keys of the functions that an entry point calls, directly or not; `''` stands for the module bodies. */
function calleesByRoot(runs: readonly FileRun[]): ReadonlyMap<string, ReadonlySet<string>> {
  const callees = new Map<string, Set<string>>();
  for (const run of runs) {
    for (const [key, roots] of run.calledFrom) {
      for (const root of roots) callees.set(root, (callees.get(root) ?? new Set()).add(key));
    }
  }
  return callees;
}
