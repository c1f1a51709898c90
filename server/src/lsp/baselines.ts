/**
 * The baselines of the workspace folders: each read when a file of its folder is looked at, kept until something changes.
 * One that is not understood is logged once per reason, and nothing is hidden by it. Documents outside all folders have
 * none.
 */
import { baselinePath, baselineUri, loadBaseline, type LoadedBaseline } from '../features/baselineFile';
import type { BaselineEntry } from '../features/model';
import { displayPath, isWithin } from '../project/paths';
import type { FileSystem, Logger } from '../project/ports';
import type { Snapshot } from '../project/snapshot';

/** Watched in the workspace: the default name, and others that say what they are. */
export const baselineGlob = '**/*baseline*.json';

/** See the file comment. */
export class Baselines {
  readonly #readText: FileSystem['readText'];
  readonly #logger: Logger;
  readonly #loaded = new Map<string, LoadedBaseline>();
  readonly #warned = new Set<string>();
  #folders: () => readonly string[] = () => [];

  constructor(readText: FileSystem['readText'], logger: Logger) {
    this.#readText = readText;
    this.#logger = logger;
  }

  /** From now on `folders` says what the workspace folders are. */
  follow(folders: () => readonly string[]): void {
    this.#folders = folders;
  }

  /** The known problems of a file; undefined where there is no baseline. */
  entriesOf(snapshot: Snapshot, file: string): readonly BaselineEntry[] | undefined {
    const folder = this.#folders()
      .filter((one) => isWithin(one, file))
      .sort((a, b) => b.length - a.length)[0];
    const uri = folder === undefined ? undefined : baselineUri(folder, snapshot.settings(file).baseline);
    if (uri === undefined) return undefined;
    const loaded = this.#load(uri, folder);
    return loaded.kind === 'read' ? loaded.baseline.get(baselinePath(uri, file)) : undefined;
  }

  /** Forgets what was read. True when one of the files that changed is a baseline that was looked at. */
  forget(changed: readonly string[]): boolean {
    const isAny = changed.some((file) => this.#loaded.has(file));
    for (const file of changed) this.#loaded.delete(file);
    return isAny;
  }

  #load(uri: string, folder: string | undefined): LoadedBaseline {
    const known = this.#loaded.get(uri);
    if (known) return known;
    const loaded = loadBaseline(uri, this.#readText, folder);
    this.#loaded.set(uri, loaded);
    const warning = loaded.kind === 'wrong' ? `${displayPath(uri)} is no baseline: ${loaded.reason}` : '';
    if (warning !== '' && !this.#warned.has(warning)) {
      this.#warned.add(warning);
      this.#logger.warn(`${warning}. All problems are reported`);
    }
    return loaded;
  }
}
