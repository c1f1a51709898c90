/**
 * The immutable view of the workspace that features, rules and reports work on: files, imports, analyses, settings.
 * A snapshot never changes; a later edit makes another one, so that no answer mixes two versions.
 * Reading, parsing and evaluating happen lazily behind it and are shared between snapshots (see project.ts).
 */
import type { Program, SourceFile } from '../semantics/program';
import type { FileAnalysis } from '../slim/model';
import type { NetworkTarget } from '../slim/shapes/networkTrace';
import type { NetworkRuns } from '../slim/shapes/traceNetwork';
import type { CancelToken } from '../base/cancel';
import type { LineIndex } from '../base/lineIndex';
import type { ConfigurationProblem } from './manifests/projectConfiguration';
import type { Settings } from './settings';
import type { ResolvedTarget } from './target';

/** How far a longer work is, in files. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** See the file comment. */
export interface Snapshot extends Program {
  /** Every Python file of the workspace and every open document, sorted. */
  readonly files: readonly string[];

  /** The text of a file without parsing it; undefined when the file does not exist. */
  getText(file: string): string | undefined;

  /** The path of a file for people and reports, relative to its workspace folder; without reading the file. */
  getPath(file: string): string;

  /**
   * The evaluated arg_scopes and op calls of a file, each call with all the ways in which the workspace's code leads to
   * it; undefined when the file does not exist.
   */
  analysis(file: string, cancel?: CancelToken): FileAnalysis | undefined;

  /**
   * Does the work of {@link analysis} in pieces: one file is run per step, so that other requests can be answered in
   * between. Yields after each piece of work.
   */
  prepareAnalysis(file: string, cancel?: CancelToken): Iterable<Progress>;

  /** True when {@link analysis} has to run no file but perhaps this one alone: what is known of others still holds. */
  isPrepared(file: string): boolean;

  /** This snapshot for someone who cannot wait: {@link analysis} is {@link quickAnalysis}, with `reason` as a problem. */
  withoutCallers(reason: string): Snapshot;

  /**
   * The same by the file alone, for diagnostics: each function is looked at without its callers, and
   * `EffectiveArgument.assumed` is left out.
   */
  quickAnalysis(file: string, cancel?: CancelToken): FileAnalysis | undefined;

  /**
   * The analysis of `file`, then of each other file with op calls to which it or the files that import it lead: where
   * its scopes may reach. Those of the others hold only the ways that come from there.
   */
  analysesBelow(file: string, cancel?: CancelToken): readonly FileAnalysis[];

  /** A network as it is built, by itself and in every way in which the workspace calls it. Computed anew each time. */
  network(target: NetworkTarget, cancel?: CancelToken): NetworkRuns;

  /** Files of the workspace that import `file` directly, sorted by path. */
  importersOf(file: string): readonly SourceFile[];

  /** Lines of a Python file, or of a manifest that a {@link ResolvedTarget} points to. */
  getLines(file: string): LineIndex | undefined;

  /** Settings that hold for a file: the editor's over `[tool.slimscope]`; severities by path are part of `rules`. */
  settings(file: string): Settings;

  /** True for a file or folder that the settings leave out. */
  isExcluded(file: string): boolean;

  /** What is wrong in the `[tool.slimscope]` that holds for a file, or in all of them. */
  configurationProblems(file?: string): readonly ConfigurationProblem[];

  /** The TensorFlow that a file is meant to run under, and why. */
  target(file: string): ResolvedTarget;
}
