/**
 * Entry of the evaluator. `runSource` runs one file and says what happened; `mergeRuns` makes the result for a file of
 * its own run and of the runs of the files that call into it. `analyzeFile` is both for one file alone.
 * Pure functions of the program; never throw for user code (only `Cancelled`).
 */
import type { Program, SourceFile } from '../semantics/program';
import type { FileAnalysis } from './model';
import { areAllEntryPoints } from './evaluator/callGraph';
import { runFile, type FileRun, type RunOptions } from './evaluator/fileRun';
import { mergeRuns } from './evaluator/merge';
import { opReach } from './evaluator/opReach';

export type { FileRun, RunOptions } from './evaluator/fileRun';
export { mergeRuns } from './evaluator/merge';

/** Both as what the project wants. */
export const evaluator = { run: runSource, merge: mergeRuns, areAllEntryPoints } as const;

/** Evaluates one file on its own: each of its functions is an entry point. */
export function analyzeFile(program: Program, source: SourceFile): FileAnalysis {
  return mergeRuns(source, [runSource(program, source, { mode: 'own' })]);
}

/** Runs one file. A file that no op can be reached from is not run. */
export function runSource(program: Program, source: SourceFile, options: RunOptions): FileRun {
  const reach = opReach(program, source);
  if (reach.reaches) return runFile(program, source, { ...options, reach });
  const nothing = { calls: [], assumed: [], scopes: [], roots: [], hasSkipped: false, problems: [] };
  return { file: source.file, mode: options.mode, ...nothing, calledFrom: new Map(), escaped: new Set() };
}
