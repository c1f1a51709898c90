/**
 * The immutable view of the workspace that features, rules and reports work on: files, imports, analyses, settings.
 * A snapshot never changes; a later edit makes another one, so that no answer mixes two versions.
 * Reading, parsing and evaluating happen lazily behind it and are shared between snapshots (see project.ts).
 */
import type { Program, SourceFile } from '../semantics/program';
import type { FileAnalysis } from '../slim/model';
import type { CancelToken } from '../base/cancel';
import type { Settings } from './settings';

/** See the file comment. */
export interface Snapshot extends Program {
  /** Every Python file of the workspace and every open document, sorted. */
  readonly files: readonly string[];

  /** The text of a file without parsing it; undefined when the file does not exist. */
  getText(file: string): string | undefined;

  /** The path of a file for people and reports, relative to its workspace folder; without reading the file. */
  getPath(file: string): string;

  /** The evaluated arg_scopes and op calls of a file; undefined when the file does not exist. */
  analysis(file: string, cancel?: CancelToken): FileAnalysis | undefined;

  /**
   * The same without `EffectiveArgument.assumed`, for half the work: for diagnostics, which state only what is certain.
   * Calls of what a parameter holds by default are missing, too.
   */
  quickAnalysis(file: string, cancel?: CancelToken): FileAnalysis | undefined;

  /** Files of the workspace that import `file` directly, sorted by path. Parses the files that may. */
  importersOf(file: string): readonly SourceFile[];

  /** Settings that hold for a file. */
  settings(file: string): Settings;
}
