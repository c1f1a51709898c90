/**
 * One text of a file and everything that was computed from it: the tree, and the runs that were made of it, each with
 * what it looked at. Never changes its text; an edit makes another one. Belongs to the project, which shares it between
 * snapshots.
 */
import { LineIndex } from '../base/lineIndex';
import type { SourceFile } from '../semantics/program';
import { buildScopes, type ScopeTree } from '../semantics/scopes';
import type { FileAnalysis } from '../slim/model';
import type { FileRun, RunMode } from '../slim/evaluator/fileRun';
import type { SourceTree } from '../syntax/ast';
import type { Parse } from '../syntax/parse';
import { importScan, type ImportedName } from '../semantics/importScan';
import type { ModuleIndex } from './moduleIndex';
import type { PythonText } from './notebookCells';

/**
 * What a run asked its program for: it holds as long as the same questions get the same answers. Where the files are the
 * same and the names of all files too, imports lead to the same places.
 */
export interface Looks {
  readonly index: ModuleIndex;
  readonly files: Map<string, SourceFile | undefined>;
  /** Where imports led, by the importing file and by level and name. */
  readonly imports: Map<SourceFile, Map<string, Import>>;
}

export interface Import {
  readonly name: string;
  readonly level: number;
  readonly found: string | undefined;
}

/** A run that holds as long as its looks do. */
export interface CachedRun {
  readonly source: SourceFile;
  readonly run: FileRun;
  /** `Settings.assumedScopes` at that time. */
  readonly assumed: readonly string[];
  readonly looks: Looks;
}

/** A result that holds as long as the runs that it was made of are the same. */
export interface CachedAnalysis {
  readonly source: SourceFile;
  readonly runs: readonly FileRun[];
  readonly analysis: FileAnalysis;
}

/** See the file comment. */
export class Content {
  readonly #read: () => PythonText;
  readonly #parse: Parse;
  readonly #sources = new Map<string, SourceFile>();
  #text: PythonText | undefined;
  #tree: SourceTree | undefined;
  #importedNames: readonly ImportedName[] | undefined;
  #imported: { readonly index: ModuleIndex; readonly file: string; readonly files: ReadonlySet<string> } | undefined;
  /** The last run in each mode. */
  readonly runs = new Map<RunMode, CachedRun>();
  /** The last results: through callers, and of the file alone. */
  readonly analyses = new Map<RunMode, CachedAnalysis>();

  constructor(read: () => PythonText, parse: Parse, load: boolean) {
    this.#read = read;
    this.#parse = parse;
    if (load) this.#text = read();
  }

  get isLoaded(): boolean {
    return this.#text !== undefined;
  }

  get text(): string {
    return this.#python.text;
  }

  get #python(): PythonText {
    return (this.#text ??= this.#read());
  }

  /** True when this text was read and another one says the same, in the same cells. */
  isSameAs({ text, cells }: PythonText): boolean {
    const own = this.#text;
    if (own?.text !== text) return false;
    return cells && own.cells ? own.cells.isSameAs(cells) : cells === own.cells;
  }

  /** True when another content says the same, in the same cells; reads both. */
  isSameContent(other: Content): boolean {
    this.#text ??= this.#read();
    return this.isSameAs(other.#python);
  }

  /** The parsed file under the names that `index` gives it; the same object as long as they stay the same. */
  source(file: string, index: ModuleIndex): SourceFile {
    const identity = index.identify(file);
    const key = `${file} ${identity.moduleName} ${identity.path}`;
    const existing = this.#sources.get(key);
    if (existing) return existing;
    const { text, cells } = this.#python;
    const tree = (this.#tree ??= this.#parse(
      text,
      cells?.cells.map(({ span }) => span),
    ));
    let scopes: ScopeTree | undefined;
    let lines: LineIndex | undefined;
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
      ...(cells && { cells }),
    };
    this.#sources.set(key, source);
    return source;
  }

  /** Files of the workspace that the imports of this text may load, without parsing it. */
  importedFiles(file: string, index: ModuleIndex): ReadonlySet<string> {
    const known = this.#imported;
    if (known && known.index === index && known.file === file) return known.files;
    this.#importedNames ??= importScan(this.text);
    const files = new Set<string>();
    for (const { name, level } of this.#importedNames) {
      // Whether a text is Python 2 shows only when it is parsed; a sibling may be meant either way.
      for (const python2 of [false, true]) {
        const found = index.resolve({ from: file, name, level, python2 });
        if (found !== undefined && found !== file) files.add(found);
      }
    }
    this.#imported = { index, file, files };
    return files;
  }
}
