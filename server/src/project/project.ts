/**
 * The state of the workspace: the only mutable thing of Slimscope. `apply(change)` gives an immutable snapshot.
 * Files are read, parsed and evaluated when someone asks, once per content: an edit costs one parse, and the analyses
 * that really looked at the edited file (through imports, directly or over other files) are the only ones redone.
 * Does no I/O of its own (see ports.ts) and knows no protocol.
 */
import type { SourceTree } from '../syntax/ast';
import type { Parse } from '../syntax/parse';
import { Content } from './content';
import { createModuleIndex, type ModuleIndex } from './moduleIndex';
import { join } from './paths';
import { silentLogger, type FileSystem, type Logger } from './ports';
import { ProjectSnapshot, settingsOf, type Evaluator, type WorkspaceSettings } from './projectSnapshot';
import { defaultSettings } from './settings';
import type { Snapshot } from './snapshot';

export type { Evaluator } from './projectSnapshot';

export interface ProjectOptions {
  readonly parse: Parse;
  /** The slim layer's entry, injected so that the project can be tested alone. */
  readonly evaluator: Evaluator;
  readonly readText: FileSystem['readText'];
  readonly logger?: Logger;
}

/** What happened in the world. Fields left out did not change. */
export interface Change {
  /** All workspace folders. */
  readonly folders?: readonly string[];
  readonly settings?: WorkspaceSettings;
  /** Documents opened in the editor or edited there; they hide the file on disk. */
  readonly edited?: readonly { readonly file: string; readonly text: string }[];
  /** Documents closed in the editor. */
  readonly closed?: readonly string[];
  /** Files that exist on disk and whose content is new or has changed; read when needed. */
  readonly onDisk?: readonly string[];
  /** Files that no longer exist on disk. */
  readonly removed?: readonly string[];
}

/** How much work was done so far: what tests of incrementality look at. */
export interface ProjectCounts {
  readonly reads: number;
  readonly parses: number;
  /** Runs of a file by itself: what its diagnostics need. */
  readonly ownRuns: number;
  /** Runs that follow what a file calls: what hovers in the called files need, too. */
  readonly callerRuns: number;
}

/** See the file comment. */
export class Project {
  readonly #options: ProjectOptions;
  readonly #counts = { reads: 0, parses: 0, ownRuns: 0, callerRuns: 0 };
  readonly #disk = new Map<string, Content>();
  readonly #edited = new Map<string, Content>();
  /** Stands for `__init__.py` of folders that have none. */
  readonly #empty = this.#fromText('');
  #folders: readonly string[] = [];
  #settings: WorkspaceSettings = { all: defaultSettings };
  #index: ModuleIndex | undefined;
  #snapshot: Snapshot | undefined;

  constructor(options: ProjectOptions) {
    this.#options = options;
  }

  /** Work done since the start. */
  get counts(): ProjectCounts {
    return { ...this.#counts };
  }

  /** The state after the last change. */
  get snapshot(): Snapshot {
    return (this.#snapshot ??= this.#takeSnapshot());
  }

  /** Takes a change in and gives the state after it. */
  apply(change: Change): Snapshot {
    if (change.folders) this.#folders = [...change.folders].sort();
    if (change.settings) this.#settings = change.settings;
    let filesChanged = change.folders !== undefined || change.settings !== undefined;
    for (const file of change.onDisk ?? []) {
      filesChanged = !this.#isKnown(file) || filesChanged;
      this.#disk.set(file, this.#fromDisk(file));
    }
    for (const file of change.removed ?? []) filesChanged = this.#disk.delete(file) || filesChanged;
    for (const { file, text } of change.edited ?? []) {
      filesChanged = !this.#isKnown(file) || filesChanged;
      this.#edit(file, text);
    }
    for (const file of change.closed ?? []) filesChanged = this.#close(file) || filesChanged;
    if (filesChanged) this.#index = undefined;
    this.#snapshot = undefined;
    return this.snapshot;
  }

  #isKnown(file: string): boolean {
    return this.#edited.has(file) || this.#disk.has(file);
  }

  #edit(file: string, text: string): void {
    const before = this.#edited.get(file) ?? this.#disk.get(file);
    if (before?.isLoaded && before.text === text) this.#edited.set(file, before);
    else this.#edited.set(file, this.#fromText(text));
  }

  /** True when the file is gone with its document. A document that was saved keeps what is known of it. */
  #close(file: string): boolean {
    const edited = this.#edited.get(file);
    this.#edited.delete(file);
    const onDisk = this.#disk.get(file);
    if (!onDisk) return edited !== undefined;
    if (edited && onDisk !== edited && onDisk.text === edited.text) this.#disk.set(file, edited);
    return false;
  }

  #fromText(text: string): Content {
    return new Content(
      () => text,
      (parsed) => this.#parse(parsed),
      true,
    );
  }

  #fromDisk(file: string): Content {
    return new Content(
      () => this.#read(file),
      (text) => this.#parse(text),
      false,
    );
  }

  #read(file: string): string {
    this.#counts.reads++;
    const result = this.#options.readText(file);
    if (result.kind === 'text') return result.text;
    const reason = result.kind === 'missing' ? 'it does not exist' : result.reason;
    (this.#options.logger ?? silentLogger).warn(`skipped ${file}: ${reason}`);
    return '';
  }

  #parse(text: string): SourceTree {
    this.#counts.parses++;
    return this.#options.parse(text);
  }

  #takeSnapshot(): Snapshot {
    const { evaluator } = this.#options;
    const contents = new Map(this.#disk);
    for (const [file, content] of this.#edited) contents.set(file, content);
    const searchPaths = this.#folders.flatMap((folder) =>
      settingsOf(this.#settings, `${folder}/`).pythonPaths.map((path) => join(folder, path)),
    );
    const index = (this.#index ??= createModuleIndex(contents.keys(), this.#folders, searchPaths));
    return new ProjectSnapshot({
      contents,
      index,
      settings: this.#settings,
      emptyContent: this.#empty,
      evaluator: {
        ...evaluator,
        run: (program, source, options) => {
          this.#counts[options.mode === 'own' ? 'ownRuns' : 'callerRuns']++;
          return evaluator.run(program, source, options);
        },
      },
    });
  }
}
