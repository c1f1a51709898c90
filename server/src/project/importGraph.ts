/**
 * Which files of a workspace import which, in reverse: who has to be looked at to know how a function is called.
 * Made of the texts' import statements (importScan.ts) and the module index; keeps no text. One graph serves all snapshots
 * of a project and is brought from one to the next: what an edit costs does not grow with the workspace. The first look at
 * a large workspace is long, and can be done in pieces.
 */
import type { Content } from './content';
import type { ModuleIndex } from './moduleIndex';
import type { Progress } from './snapshot';

/** More files than this are not followed for one file; the nearest ones are. */
export const MOST_CALLING_FILES = 300;

/** So many files are read in one piece. */
const PIECE = 100;

const nothing: ReadonlySet<string> = new Set();

/** What a graph is a graph of. */
export interface ImportState {
  readonly contents: ReadonlyMap<string, Content>;
  readonly index: ModuleIndex;
}

/** See the file comment. */
export class ImportGraph {
  /** What each file imports, and the reverse. */
  readonly #imported = new Map<string, ReadonlySet<string>>();
  readonly #importers = new Map<string, Set<string>>();
  /** What the graph is of; undefined while it is on its way. */
  #state: ImportState | undefined;
  #wasComplete = false;
  /** Who moves the graph at present. */
  #mover: object | undefined;

  /** True when all files were read once, so that bringing the graph to another state is quick. */
  get wasComplete(): boolean {
    return this.#wasComplete;
  }

  /** Brings the graph to a state. Yields after each piece of work; others may use the graph in between. */
  *bringTo(state: ImportState): Iterable<Progress> {
    const self = {};
    while (!this.#isAt(state)) {
      this.#mover = self;
      yield* this.#move(state, self);
    }
  }

  /** Files that import `file` directly, in order of their names. */
  importersOf(state: ImportState, file: string): readonly string[] {
    this.#bringAtOnce(state);
    return [...(this.#importers.get(file) ?? [])].sort();
  }

  /**
   * Files that import `file` directly or through others, nearest first.
   * @param follows false for files whose imports do not count
   */
  allImportersOf(state: ImportState, file: string, follows: (file: string) => boolean): readonly string[] {
    const found = new Set([file]);
    for (const at of found) {
      for (const importer of this.importersOf(state, at)) if (follows(importer)) found.add(importer);
    }
    found.delete(file);
    return [...found];
  }

  #isAt({ contents, index }: ImportState): boolean {
    return this.#state?.contents === contents && this.#state.index === index;
  }

  #bringAtOnce(state: ImportState): void {
    const pieces = this.bringTo(state)[Symbol.iterator]();
    while (!pieces.next().done);
  }

  /** Ends early when somebody else moves the graph in a pause. */
  *#move(state: ImportState, self: object): Iterable<Progress> {
    this.#state = undefined;
    for (const file of this.#imported.keys()) if (!state.contents.has(file)) this.#set(file, nothing);
    let [done, work] = [0, 0];
    for (const [file, content] of state.contents) {
      done += 1;
      const imported = content.importedFiles(file, state.index);
      if (imported === this.#imported.get(file)) continue;
      this.#set(file, imported);
      work += 1;
      if (work % PIECE > 0) continue;
      yield { done, total: state.contents.size };
      if (this.#mover !== self) return;
    }
    this.#state = state;
    this.#wasComplete = true;
  }

  #set(file: string, imported: ReadonlySet<string>): void {
    for (const target of this.#imported.get(file) ?? nothing) {
      const importers = this.#importers.get(target);
      importers?.delete(file);
      if (importers?.size === 0) this.#importers.delete(target);
    }
    for (const target of imported) {
      const importers = this.#importers.get(target);
      if (importers) importers.add(file);
      else this.#importers.set(target, new Set([file]));
    }
    if (imported === nothing) this.#imported.delete(file);
    else this.#imported.set(file, imported);
  }
}
