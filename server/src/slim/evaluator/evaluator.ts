/**
 * Entry of the evaluator: what the project wants of it. A file is run and says what happened; the result for a file is
 * made of its own run and of the runs of the files that call into it.
 * Pure functions of the program; never throws for user code (only `Cancelled`).
 */
import type { Program, SourceFile } from '../../semantics/program';
import { areAllEntryPoints } from './callGraph';
import { runFile, type FileRun, type RunOptions } from './fileRun';
import { mergeRuns } from './merge';
import { mentionsOps, opCalls, opReach } from './opReach';

/** The evaluator as the project uses it. */
export const evaluator = { run: runSource, merge: mergeRuns, areAllEntryPoints } as const;

/** Runs one file. A file that no op can be reached from is not run. */
function runSource(program: Program, source: SourceFile, options: RunOptions): FileRun {
  // Asked first, since it is cheaper: the answer for most files.
  if (options.mode === 'own' && !mentionsOps(program, source)) return nothingOf(source, options);
  const reach = (options.mode === 'own' ? opCalls : opReach)(program, source);
  return reach.reaches ? runFile(program, source, { ...options, reach }) : nothingOf(source, options);
}

/** The run of a file in which nothing can happen. */
function nothingOf(source: SourceFile, options: RunOptions): FileRun {
  const nothing = { calls: [], assumed: [], scopes: [], roots: [], hasSkipped: false, problems: [] };
  return { file: source.file, mode: options.mode, ...nothing, calledFrom: new Map(), escaped: new Set() };
}
