/**
 * A snapshot for someone who cannot wait until all callers are looked at: results are those of each file alone, and say
 * why. Everything else is the snapshot's own.
 */
import type { SourceFile } from '../semantics/program';
import type { FileAnalysis } from '../slim/model';
import type { NetworkTarget } from '../slim/shapes/networkTrace';
import type { NetworkRuns } from '../slim/shapes/traceNetwork';
import type { CancelToken } from '../base/cancel';
import type { LineIndex } from '../base/lineIndex';
import type { ConfigurationProblem } from './manifests/projectConfiguration';
import type { Settings } from './settings';
import type { ResolvedTarget } from './target';
import type { Progress, Snapshot } from './snapshot';

/** @param reason what is missing, as a problem of every result */
export function filesAlone(snapshot: Snapshot, reason: string): Snapshot {
  return new FilesAlone(snapshot, reason);
}

class FilesAlone implements Snapshot {
  readonly #snapshot: Snapshot;
  readonly #reason: string;

  constructor(snapshot: Snapshot, reason: string) {
    this.#snapshot = snapshot;
    this.#reason = reason;
  }

  get files(): readonly string[] {
    return this.#snapshot.files;
  }

  getText(file: string): string | undefined {
    return this.#snapshot.getText(file);
  }

  getPath(file: string): string {
    return this.#snapshot.getPath(file);
  }

  getFile(file: string): SourceFile | undefined {
    return this.#snapshot.getFile(file);
  }

  resolveImport(from: SourceFile, name: string, level: number): SourceFile | undefined {
    return this.#snapshot.resolveImport(from, name, level);
  }

  getLines(file: string): LineIndex | undefined {
    return this.#snapshot.getLines(file);
  }

  isExcluded(file: string): boolean {
    return this.#snapshot.isExcluded(file);
  }

  configurationProblems(file?: string): readonly ConfigurationProblem[] {
    return this.#snapshot.configurationProblems(file);
  }

  settings(file: string): Settings {
    return this.#snapshot.settings(file);
  }

  target(file: string): ResolvedTarget {
    return this.#snapshot.target(file);
  }

  importersOf(file: string): readonly SourceFile[] {
    return this.#snapshot.importersOf(file);
  }

  quickAnalysis(file: string, cancel?: CancelToken): FileAnalysis | undefined {
    return this.#snapshot.quickAnalysis(file, cancel);
  }

  analysis(file: string, cancel?: CancelToken): FileAnalysis | undefined {
    const alone = this.#snapshot.quickAnalysis(file, cancel);
    return alone && { ...alone, problems: [...alone.problems, { reason: this.#reason }] };
  }

  analysesBelow(file: string, cancel?: CancelToken): readonly FileAnalysis[] {
    return [this.analysis(file, cancel)].flatMap((one) => one ?? []);
  }

  network(target: NetworkTarget, cancel?: CancelToken): NetworkRuns {
    return this.#snapshot.network(target, cancel);
  }

  prepareAnalysis(file: string, cancel?: CancelToken): Iterable<Progress> {
    return this.#snapshot.prepareAnalysis(file, cancel);
  }

  isPrepared(): boolean {
    return true;
  }

  withoutCallers(): Snapshot {
    return this;
  }
}
