/**
 * The state of the workspace: the only mutable thing of Slimscope. `apply(change)` gives an immutable snapshot.
 * Files are read, parsed and evaluated when someone asks, once per content: an edit costs one parse, and the analyses
 * that really looked at the edited file (through imports, directly or over other files) are the only ones redone.
 * Does no I/O of its own (see ports.ts) and knows no protocol.
 */
import { LineIndex } from '../base/lineIndex';
import { neverCancelled, type CancelToken } from '../base/cancel';
import type { Program, SourceFile } from '../semantics/program';
import { buildScopes, type ScopeTree } from '../semantics/scopes';
import type { FileAnalysis } from '../slim/model';
import type { SourceTree } from '../syntax/ast';
import type { Parse } from '../syntax/parse';
import { importedFiles } from './importedFiles';
import { createModuleIndex, type ModuleIndex } from './moduleIndex';
import { isWithin, join } from './paths';
import { silentLogger, type FileSystem, type Logger } from './ports';
import { defaultSettings, type Settings } from './settings';
import type { Snapshot } from './snapshot';

/** Evaluates one file; the slim layer's entry, injected so that the project can be tested alone. */
export type Analyze = (program: Program, source: SourceFile, options: AnalyzeOptions) => FileAnalysis;

export interface AnalyzeOptions {
  readonly cancel: CancelToken;
  /** Whether to find out as well what is so if parameters have their defaults. */
  readonly assume: boolean;
}

export interface ProjectOptions {
  readonly parse: Parse;
  readonly analyze: Analyze;
  readonly readText: FileSystem['readText'];
  readonly logger?: Logger;
}

/** What happened in the world. Fields left out did not change. */
export interface Change {
  /** All workspace folders. */
  readonly folders?: readonly string[];
  /** Settings of the whole workspace, and of single folders where they differ. */
  readonly settings?: { readonly all: Settings; readonly folders?: ReadonlyMap<string, Settings> };
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
  readonly analyses: number;
  /** Evaluations without assumptions, for diagnostics. */
  readonly quickAnalyses: number;
}

/** See the file comment. */
export class Project {
  readonly #options: ProjectOptions;
  readonly #counts = { reads: 0, parses: 0, analyses: 0, quickAnalyses: 0 };
  readonly #disk = new Map<string, Content>();
  readonly #edited = new Map<string, Content>();
  /** Stands for `__init__.py` of folders that have none. */
  readonly #empty = this.#fromText('');
  #folders: readonly string[] = [];
  #settings: NonNullable<Change['settings']> = { all: defaultSettings };
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
      analyze: (program, source, options) => {
        this.#counts[options.assume ? 'analyses' : 'quickAnalyses']++;
        return this.#options.analyze(program, source, options);
      },
    });
  }
}

// ------------------------------------------------------------------------------------------------ contents

/** One text and what was computed from it alone. Never changes; an edit makes another one. */
class Content {
  readonly #read: () => string;
  readonly #parse: (text: string) => SourceTree;
  readonly #sources = new Map<string, SourceFile>();
  #text: string | undefined;
  #tree: SourceTree | undefined;
  /** The last evaluation with assumptions, and without, each with what it looked at. */
  analysis: CachedAnalysis | undefined;
  quickAnalysis: CachedAnalysis | undefined;

  constructor(read: () => string, parse: (text: string) => SourceTree, load: boolean) {
    this.#read = read;
    this.#parse = parse;
    if (load) this.#text = read();
  }

  get isLoaded(): boolean {
    return this.#text !== undefined;
  }

  get text(): string {
    return (this.#text ??= this.#read());
  }

  /** The parsed file under the names that `index` gives it; the same object as long as they stay the same. */
  source(file: string, index: ModuleIndex): SourceFile {
    const identity = index.identify(file);
    const key = `${file} ${identity.moduleName} ${identity.path}`;
    const existing = this.#sources.get(key);
    if (existing) return existing;
    const tree = (this.#tree ??= this.#parse(this.text));
    let scopes: ScopeTree | undefined;
    let lines: LineIndex | undefined;
    const text = this.text;
    const source: SourceFile = {
      file,
      ...identity,
      text,
      tree,
      get lines() {
        return (lines ??= new LineIndex(text));
      },
      get scopes() {
        return (scopes ??= buildScopes(tree.module));
      },
    };
    this.#sources.set(key, source);
    return source;
  }
}

interface CachedAnalysis {
  readonly source: SourceFile;
  readonly result: FileAnalysis;
  readonly looks: Looks;
}

/** What an evaluation asked its program for: it holds as long as the same questions get the same answers. */
interface Looks {
  readonly files: Map<string, SourceFile | undefined>;
  readonly imports: Map<string, Import>;
}

interface Import {
  readonly from: SourceFile;
  readonly name: string;
  readonly level: number;
  readonly found: SourceFile | undefined;
}

// ------------------------------------------------------------------------------------------------ snapshot

interface State {
  readonly contents: ReadonlyMap<string, Content>;
  readonly index: ModuleIndex;
  readonly settings: NonNullable<Change['settings']>;
  /** Stands for `__init__.py` of folders that have none. */
  readonly emptyContent: Content;
  readonly analyze: Analyze;
}

class ProjectSnapshot implements Snapshot {
  readonly #state: State;
  /** Files that were looked at in this very snapshot: evaluation asks for the same few very often. */
  readonly #sources = new Map<string, SourceFile>();
  /** Analyses that are known to hold in this very snapshot. */
  readonly #current = new Map<string, FileAnalysis>();
  readonly #quick = new Map<string, FileAnalysis>();
  #files: readonly string[] | undefined;

  constructor(state: State) {
    this.#state = state;
  }

  get files(): readonly string[] {
    return (this.#files ??= [...this.#state.contents.keys()].sort());
  }

  getText(file: string): string | undefined {
    return this.#state.contents.get(file)?.text;
  }

  getPath(file: string): string {
    return this.#state.index.identify(file).path;
  }

  getFile(file: string): SourceFile | undefined {
    const known = this.#sources.get(file);
    if (known) return known;
    const content = file.endsWith('/') ? this.#state.emptyContent : this.#state.contents.get(file);
    const source = content?.source(file, this.#state.index);
    if (source) this.#sources.set(file, source);
    return source;
  }

  resolveImport(from: SourceFile, name: string, level: number): SourceFile | undefined {
    const query = { from: from.file, name, level, python2: from.tree.python2 };
    const found = this.#state.index.resolve(query);
    return found === undefined ? undefined : this.getFile(found);
  }

  settings(file: string): Settings {
    return settingsOf(this.#state.settings, file);
  }

  analysis(file: string, cancel: CancelToken = neverCancelled): FileAnalysis | undefined {
    return this.#current.get(file) ?? this.#evaluate(file, { cancel, assume: true });
  }

  quickAnalysis(file: string, cancel: CancelToken = neverCancelled): FileAnalysis | undefined {
    const known = this.#current.get(file) ?? this.#quick.get(file);
    return known ?? this.#evaluate(file, { cancel, assume: false });
  }

  #evaluate(file: string, options: AnalyzeOptions): FileAnalysis | undefined {
    const content = this.#state.contents.get(file);
    const source = this.getFile(file);
    if (!content || !source) return undefined;
    const slot = options.assume ? 'analysis' : 'quickAnalysis';
    const cached = [content.analysis, options.assume ? undefined : content.quickAnalysis].find(
      (one) => one?.source === source && this.#stillHolds(one.looks),
    );
    const held = cached ?? this.#freshly(source, options);
    if (!cached) content[slot] = held;
    (options.assume ? this.#current : this.#quick).set(file, held.result);
    return held.result;
  }

  #freshly(source: SourceFile, options: AnalyzeOptions): CachedAnalysis {
    const looks: Looks = { files: new Map(), imports: new Map() };
    return { source, result: this.#state.analyze(this.#observed(looks), source, options), looks };
  }

  importersOf(file: string): readonly SourceFile[] {
    const target = this.getFile(file);
    if (!target) return [];
    const importers: SourceFile[] = [];
    for (const [candidate, content] of this.#state.contents) {
      if (!mayImport(content.text, target)) continue;
      const source = content.source(candidate, this.#state.index);
      const resolve = (name: string, level: number) => this.resolveImport(source, name, level)?.file;
      if (importedFiles(source.tree.module, resolve).has(file)) importers.push(source);
    }
    return importers.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** This snapshot as a program that notes what it is asked. */
  #observed(looks: Looks): Program {
    return {
      getFile: (file) => {
        const found = this.getFile(file);
        looks.files.set(file, found);
        return found;
      },
      resolveImport: (from, name, level) => {
        const found = this.resolveImport(from, name, level);
        looks.imports.set(`${from.file} ${level} ${name}`, { from, name, level, found });
        return found;
      },
    };
  }

  #stillHolds(looks: Looks): boolean {
    for (const [file, before] of looks.files) {
      if (this.getFile(file) !== before) return false;
    }
    for (const { from, name, level, found } of looks.imports.values()) {
      if (this.resolveImport(from, name, level) !== found) return false;
    }
    return true;
  }
}

/** A text that never says the module's last name imports it only as `from . import *` or with a bare package. */
function mayImport(text: string, target: SourceFile): boolean {
  const lastName = target.moduleName.slice(target.moduleName.lastIndexOf('.') + 1);
  return text.includes(lastName) || (target.isPackage && /\bfrom\s*\./.test(text));
}

function settingsOf(settings: NonNullable<Change['settings']>, file: string): Settings {
  let best: string | undefined;
  for (const folder of settings.folders?.keys() ?? []) {
    if (isWithin(folder, file) && folder.length > (best?.length ?? -1)) best = folder;
  }
  return (best !== undefined && settings.folders?.get(best)) || settings.all;
}
