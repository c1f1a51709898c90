/**
 * What the semantic layers need to know of the workspace: parsed files and how imports find them.
 * Pure interfaces; the project layer implements them over its immutable snapshot. No I/O.
 */
import type { CellIndex } from '../base/cellIndex';
import type { LineIndex } from '../base/lineIndex';
import type { SourceTree } from '../syntax/ast';
import type { ScopeTree } from './scopes';

/** One Python file of the workspace, parsed. Immutable: an edit makes a new object. */
export interface SourceFile {
  /** Identity of the file (a URI). */
  readonly file: string;
  /** Path for people and reports, relative to the workspace root, with `/`. */
  readonly path: string;
  /** Dotted module name, for example `nets.vgg`; a package's `__init__.py` has the package's name. */
  readonly moduleName: string;
  /** True for `__init__.py`: relative imports start at the package itself. */
  readonly isPackage: boolean;
  readonly text: string;
  readonly tree: SourceTree;
  readonly lines: LineIndex;
  readonly scopes: ScopeTree;
  /** The cells of a notebook, whose texts together are `text`. */
  readonly cells?: CellIndex;
}

/** The files of the workspace as seen by one analysis. */
export interface Program {
  /**
   * Keeps what was computed from this state of the files, by a key of the one who computed it. Whoever uses it must have
   * looked at the files that it is about.
   */
  readonly memo?: Map<object, unknown>;

  /** The file with this identity, if it belongs to the workspace. */
  getFile(file: string): SourceFile | undefined;

  /**
   * The workspace file that `import name` (level 0) or `from <level dots>name import ...` reaches from `from`.
   * Undefined for modules outside the workspace (libraries) and for names that do not exist.
   */
  resolveImport(from: SourceFile, name: string, level: number): SourceFile | undefined;
}
