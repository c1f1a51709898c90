/**
 * Entry of the evaluator: one file in, the effective arguments of all its op calls out.
 * Pure function of the program; never throws for user code (only `Cancelled`).
 */
import type { Program, SourceFile } from '../semantics/program';
import type { FileAnalysis } from './model';
import { runFile, type FileRun, type RunOptions } from './evaluator/fileRun';
import { mergeRuns } from './evaluator/merge';
import { reachesLibrary } from './evaluator/reachesLibrary';

/** Evaluates one file on its own: each of its functions is an entry point. */
export function analyzeFile(program: Program, source: SourceFile, options: RunOptions = {}): FileAnalysis {
  return mergeRuns(source, [runSource(program, source, options)]);
}

/**
 * Runs one file, to be merged with the runs of the files that import it. A file that no op can be reached from is not run.
 */
export function runSource(program: Program, source: SourceFile, options: RunOptions = {}): FileRun {
  if (reachesLibrary(program, source)) return runFile(program, source, options);
  return { file: source.file, calls: [], assumed: [], scopes: [], called: new Set(), problems: [] };
}
