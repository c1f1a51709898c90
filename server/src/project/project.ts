/**
 * The state of the workspace: the only mutable thing of Slimscope. `apply(change)` gives an immutable snapshot.
 * Files are read, parsed and evaluated when someone asks, once per content: an edit costs one parse, and the analyses
 * that really looked at the edited file (through imports, directly or over other files) are the only ones redone.
 * Does no I/O of its own (see ports.ts) and knows no protocol.
 */
import type { Span } from '../base/span';
import type { SourceTree } from '../syntax/ast';
import type { Parse } from '../syntax/parse';
import { Content } from './content';
import { ImportGraph } from './importGraph';
import { Manifest, type ManifestReader } from './manifests/manifest';
import { manifestKind } from './manifests/manifestFiles';
import { ManifestIndex } from './manifests/manifestIndex';
import { createModuleIndex, type ModuleIndex } from './moduleIndex';
import { joinCells, type CellSource, type PythonText } from './notebookCells';
import { isNotebookFile, readNotebook } from './notebookFile';
import { silentLogger, type FileSystem, type Logger } from './ports';
import { ProjectSnapshot, type Evaluator } from './projectSnapshot';
import { searchPathsOf } from './searchPaths';
import { defaultSettings, type RuleId, type Settings } from './settings';
import type { WorkspaceSettings } from './settingsLayers';
import type { Snapshot } from './snapshot';

export type { Evaluator } from './projectSnapshot';

export interface ProjectOptions {
  readonly parse: Parse;
  /** The slim layer's entry, injected so that the project can be tested alone. */
  readonly evaluator: Evaluator;
  readonly readText: FileSystem['readText'];
  /** The rules that `[tool.slimscope]` may name. */
  readonly rules?: readonly RuleId[];
  readonly logger?: Logger;
}

/** What happened in the world. Fields left out did not change. */
export interface Change {
  /** All workspace folders. */
  readonly folders?: readonly string[];
  readonly settings?: WorkspaceSettings;
  /** Documents opened in the editor or edited there, or the cells of notebooks; they hide the file on disk. */
  readonly edited?: readonly EditedFile[];
  /** Documents closed in the editor. */
  readonly closed?: readonly string[];
  /** Files that exist on disk and whose content is new or has changed, manifests included; read when needed. */
  readonly onDisk?: readonly string[];
  /** Files that no longer exist on disk. */
  readonly removed?: readonly string[];
}

/** What an open file says now: its text as on disk, or the cells of a notebook. */
export type EditedFile =
  { readonly file: string; readonly text: string } | { readonly file: string; readonly cells: readonly CellSource[] };

/** How much work was done so far: what tests of incrementality look at. */
export interface ProjectCounts {
  readonly reads: number;
  readonly parses: number;
  /** Runs of a file by itself: what its diagnostics need. */
  readonly ownRuns: number;
  /** Runs that follow what a file calls: what hovers in the called files need, too. */
  readonly callerRuns: number;
  /** Manifests read: requirements, `pyproject.toml` and their like. */
  readonly manifestReads: number;
}

/** See the file comment. */
export class Project {
  readonly #options: ProjectOptions;
  readonly #counts = { reads: 0, parses: 0, ownRuns: 0, callerRuns: 0, manifestReads: 0 };
  readonly #disk = new Map<string, Content>();
  readonly #edited = new Map<string, Content>();
  /** As they are on disk, whatever is open. */
  readonly #manifests = new Map<string, Manifest>();
  readonly #manifestReader: ManifestReader;
  /** Stands for `__init__.py` of folders that have none. */
  readonly #empty = this.#fromText({ text: '' });
  readonly #imports = new ImportGraph();
  #folders: readonly string[] = [];
  #settings: WorkspaceSettings = { all: defaultSettings };
  #index: ModuleIndex | undefined;
  #manifestIndex: ManifestIndex | undefined;
  #snapshot: Snapshot | undefined;

  constructor(options: ProjectOptions) {
    this.#options = options;
    this.#manifestReader = {
      read: (file) => this.#readManifest(file),
      parse: options.parse,
      rules: options.rules ?? [],
    };
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
    if (this.#takeManifests(change) || change.folders) {
      this.#manifestIndex = undefined;
      filesChanged = true;
    }
    for (const file of (change.onDisk ?? []).filter(isSource)) {
      filesChanged = !this.#isKnown(file) || filesChanged;
      this.#disk.set(file, this.#fromDisk(file));
    }
    for (const file of change.removed ?? []) filesChanged = this.#disk.delete(file) || filesChanged;
    for (const edited of change.edited ?? []) {
      filesChanged = !this.#isKnown(edited.file) || filesChanged;
      this.#edit(edited.file, 'cells' in edited ? joinCells(edited.cells) : this.#python(edited.file, edited.text));
    }
    for (const file of change.closed ?? []) filesChanged = this.#close(file) || filesChanged;
    if (filesChanged) this.#index = undefined;
    this.#snapshot = undefined;
    return this.snapshot;
  }

  /** True when a manifest came, changed or went. */
  #takeManifests({ onDisk = [], removed = [] }: Change): boolean {
    const found = onDisk.filter((file) => manifestKind(file) !== undefined);
    for (const file of found) this.#manifests.set(file, new Manifest(file, this.#manifestReader));
    const gone = removed.filter((file) => this.#manifests.delete(file));
    return found.length + gone.length > 0;
  }

  /**
   * A project in the same state that goes its own way: for looking at the results of edits that nobody has made yet.
   * What is known of the texts is shared.
   */
  fork(): Project {
    const fork = new Project(this.#options);
    for (const [file, content] of this.#disk) fork.#disk.set(file, content);
    for (const [file, content] of this.#edited) fork.#edited.set(file, content);
    for (const [file, manifest] of this.#manifests) fork.#manifests.set(file, manifest);
    fork.#folders = this.#folders;
    fork.#settings = this.#settings;
    fork.#index = this.#index;
    fork.#manifestIndex = this.#manifestIndex;
    return fork;
  }

  /** The same with further scopes to assume (`Settings.assumedScopes`), which count more than those of the settings. */
  forkAssuming(scopes: readonly string[]): Project {
    const fork = this.fork();
    if (scopes.length === 0) return fork;
    const more = (settings: Settings) => ({ ...settings, assumedScopes: [...scopes, ...settings.assumedScopes] });
    const { all, folders, explicit = [] } = this.#settings;
    fork.apply({
      settings: {
        ...this.#settings,
        all: more(all),
        explicit: new Set([...explicit, 'assumedScopes']),
        ...(folders && { folders: new Map([...folders].map(([folder, one]) => [folder, more(one)])) }),
      },
    });
    return fork;
  }

  #isKnown(file: string): boolean {
    return this.#edited.has(file) || this.#disk.has(file);
  }

  #edit(file: string, python: PythonText): void {
    const before = this.#edited.get(file) ?? this.#disk.get(file);
    this.#edited.set(file, before?.isSameAs(python) ? before : this.#fromText(python));
  }

  /** True when the file is gone with its document. A document that was saved keeps what is known of it. */
  #close(file: string): boolean {
    const edited = this.#edited.get(file);
    this.#edited.delete(file);
    const onDisk = this.#disk.get(file);
    if (!onDisk) return edited !== undefined;
    if (edited && onDisk !== edited && edited.isSameContent(onDisk)) this.#disk.set(file, edited);
    return false;
  }

  #fromText(python: PythonText): Content {
    return new Content(
      () => python,
      (text, parts) => this.#parse(text, parts),
      true,
    );
  }

  #fromDisk(file: string): Content {
    return new Content(
      () => this.#read(file),
      (text, parts) => this.#parse(text, parts),
      false,
    );
  }

  #readManifest(file: string): string {
    this.#counts.manifestReads++;
    return this.#textOf(file);
  }

  #read(file: string): PythonText {
    this.#counts.reads++;
    return this.#python(file, this.#textOf(file));
  }

  /** The Python in the text of a file. */
  #python(file: string, text: string): PythonText {
    if (!isNotebookFile(file) || text === '') return { text };
    const notebook = readNotebook(text);
    if (notebook.kind === 'notebook') return joinCells(notebook.cells);
    this.#skipped(file, notebook.reason);
    return { text: '' };
  }

  #textOf(file: string): string {
    const result = this.#options.readText(file);
    if (result.kind === 'text') return result.text;
    this.#skipped(file, result.kind === 'missing' ? 'it does not exist' : result.reason);
    return '';
  }

  #skipped(file: string, reason: string): void {
    (this.#options.logger ?? silentLogger).warn(`skipped ${file}: ${reason}`);
  }

  #parse(text: string, parts: readonly Span[] | undefined): SourceTree {
    this.#counts.parses++;
    return this.#options.parse(text, parts);
  }

  #takeSnapshot(): Snapshot {
    const { evaluator } = this.#options;
    const contents = new Map(this.#disk);
    for (const [file, content] of this.#edited) contents.set(file, content);
    const manifests = (this.#manifestIndex ??= new ManifestIndex(new Map(this.#manifests), this.#folders));
    const index = (this.#index ??= createModuleIndex(
      contents.keys(),
      this.#folders,
      searchPathsOf(this.#folders, this.#settings, manifests),
    ));
    return new ProjectSnapshot({
      contents,
      index,
      imports: this.#imports,
      manifests,
      settings: this.#settings,
      emptyContent: this.#empty,
      parse: this.#options.parse,
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

/** `setup.py` is both: a manifest, and a Python file like any other. */
function isSource(file: string): boolean {
  const kind = manifestKind(file);
  return kind === undefined || kind === 'setupPy';
}
