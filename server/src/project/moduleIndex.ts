/**
 * Module names, and the search for imported modules, over a set of files: Python's rules, plus what people really do
 * (scripts beside their modules, `src/` layouts, projects nested in a larger repository). Knows names only, no texts.
 *
 * TensorFlow and tf_slim stay library names even when their own sources are the workspace: the evaluator knows their
 * ops by name. Only the nets that they ship are ordinary files.
 */
import { isNotebookFile } from './notebookFile';
import { baseName, displayPath, isWithin, join, parentOf, relativePath } from './paths';

/** How a file is called. */
export interface ModuleIdentity {
  /** `nets.vgg`; a package has the name of its folder. */
  readonly moduleName: string;
  readonly isPackage: boolean;
  /** For people: relative to the workspace folder. */
  readonly path: string;
}

export interface ImportQuery {
  /** The importing file. */
  readonly from: string;
  /** Dotted; empty for `from . import x`. */
  readonly name: string;
  /** Number of leading dots. */
  readonly level: number;
  /** True when the importing file is Python 2, where a module sees its siblings first. */
  readonly python2: boolean;
}

export interface ModuleIndex {
  identify(file: string): ModuleIdentity;
  /**
   * The file that an import reaches. A folder of Python files without `__init__.py` (a namespace package) is
   * answered with the folder's own URI and a final `/`.
   */
  resolve(query: ImportQuery): string | undefined;
}

const libraries: readonly { readonly name: string; readonly ownNets: readonly string[] }[] = [
  { name: 'tf_slim', ownNets: ['tf_slim.nets'] },
  { name: 'tensorflow', ownNets: ['tensorflow.contrib.slim.python.slim.nets', 'tensorflow.contrib.slim.nets'] },
];

/**
 * @param files identities of all Python files
 * @param folders workspace folders, outermost first
 * @param searchPaths further import roots
 */
export function createModuleIndex(
  files: Iterable<string>,
  folders: readonly string[],
  searchPaths: readonly string[],
): ModuleIndex {
  // Nobody can import a notebook.
  const known = new Set([...files].filter((file) => !isNotebookFile(file)));
  const directories = directoriesOf(known);
  const roots = [...folders.flatMap((folder) => [folder, join(folder, 'src')]), ...searchPaths];
  const answers = new Map<string, string | undefined>();
  const layout: Layout = { known, directories, roots, folders };

  return {
    identify: (file) => identify(layout, file),
    resolve(query) {
      const key = `${parentOf(query.from)} ${query.python2 ? 2 : 3} ${query.level} ${query.name}`;
      if (!answers.has(key)) answers.set(key, resolve(layout, query));
      return answers.get(key);
    },
  };
}

interface Layout {
  readonly known: ReadonlySet<string>;
  /** Folders that hold Python files at any depth. */
  readonly directories: ReadonlySet<string>;
  readonly roots: readonly string[];
  readonly folders: readonly string[];
}

function directoriesOf(files: ReadonlySet<string>): ReadonlySet<string> {
  const directories = new Set<string>();
  for (const file of files) {
    for (let folder = parentOf(file); !directories.has(folder); folder = parentOf(folder)) directories.add(folder);
  }
  return directories;
}

// ------------------------------------------------------------------------------------------------- names

function identify(layout: Layout, file: string): ModuleIdentity {
  const isNamespace = file.endsWith('/');
  const place = isNamespace ? file.slice(0, -1) : file;
  const isPackage = isNamespace || baseName(place) === '__init__.py';
  const root = isPackageFolder(layout, parentOf(place))
    ? packageRoot(layout, parentOf(place))
    : (longest(layout.roots, place) ?? parentOf(place));
  const inside = relativePath(root, place) ?? baseName(place);
  const moduleName = inside
    .replace(/\.py$/, '')
    .split('/')
    .filter((part) => part !== '__init__')
    .join('.');
  const folder = longest(layout.folders, place);
  return { moduleName, isPackage, path: (folder && relativePath(folder, place)) ?? displayPath(place) };
}

/** The closest of the folders that contain a file. */
function longest(folders: readonly string[], file: string): string | undefined {
  let best: string | undefined;
  for (const folder of folders) {
    if (isWithin(folder, file) && folder.length > (best?.length ?? -1)) best = folder;
  }
  return best;
}

function isPackageFolder(layout: Layout, folder: string): boolean {
  return layout.known.has(`${folder}/__init__.py`);
}

/** The folder that must be on `sys.path` for the package that `folder` belongs to: the first one that is no package. */
function packageRoot(layout: Layout, folder: string): string {
  let at = folder;
  while (isPackageFolder(layout, at) && parentOf(at) !== at) at = parentOf(at);
  return at;
}

// ------------------------------------------------------------------------------------------------ search

function resolve(layout: Layout, query: ImportQuery): string | undefined {
  if (query.level === 0) return resolveAbsolute(layout, query);
  const found = resolveRelative(layout, query);
  // Inside tf_slim's own sources `from . import layers` names the library too; a folder of the user's that merely is
  // called `tensorflow` is no package of that name.
  const isOwnSource = found !== undefined && isPackageFolder(layout, parentOf(found));
  return isOwnSource && isLibraryName(identify(layout, found).moduleName) ? undefined : found;
}

/** `from ..a import b` counts from the folder of the file, for modules and packages alike. */
function resolveRelative(layout: Layout, query: ImportQuery): string | undefined {
  let base = parentOf(query.from.endsWith('/') ? `${query.from}__init__.py` : query.from);
  for (let level = 1; level < query.level; level++) base = parentOf(base);
  if (query.name !== '') return find(layout, base, query.name.split('.'));
  if (isPackageFolder(layout, base)) return `${base}/__init__.py`;
  return layout.directories.has(base) ? `${base}/` : undefined;
}

function resolveAbsolute(layout: Layout, query: ImportQuery): string | undefined {
  if (query.name === '' || isLibraryName(query.name)) return undefined;
  const parts = query.name.split('.');
  let namespace: string | undefined;
  for (const root of searchOrder(layout, query)) {
    const found = find(layout, root, parts);
    if (found === undefined) continue;
    // Any module or regular package on sys.path wins over a namespace package, wherever that one lies.
    if (!found.endsWith('/')) return found;
    namespace ??= found;
  }
  return namespace;
}

/**
 * Where an absolute import looks, best first: the folder that makes the importing file's own package importable (for
 * a script: its own folder, as `sys.path[0]`), the workspace's roots, then every folder above the file.
 */
function searchOrder(layout: Layout, query: ImportQuery): ReadonlySet<string> {
  const own = parentOf(query.from.endsWith('/') ? `${query.from}__init__.py` : query.from);
  const order = new Set<string>();
  if (query.python2) order.add(own);
  order.add(packageRoot(layout, own));
  const home = longest(layout.folders, own);
  if (home !== undefined) {
    order.add(home);
    order.add(join(home, 'src'));
  }
  for (const root of layout.roots) order.add(root);
  if (home !== undefined) {
    for (let folder = own; isWithin(home, folder); folder = parentOf(folder)) order.add(folder);
  }
  order.add(own);
  return order;
}

/** Within one folder a package wins over a module of the same name, and both over a namespace package. */
function find(layout: Layout, root: string, parts: readonly string[]): string | undefined {
  let folder = root;
  for (const [i, part] of parts.entries()) {
    const place = join(folder, part);
    const isLast = i === parts.length - 1;
    if (isPackageFolder(layout, place)) {
      if (isLast) return `${place}/__init__.py`;
    } else if (layout.known.has(`${place}.py`)) {
      return isLast ? `${place}.py` : undefined;
    } else if (!layout.directories.has(place)) {
      return undefined;
    } else if (isLast) return `${place}/`;
    folder = place;
  }
  return undefined;
}

function isLibraryName(name: string): boolean {
  return libraries.some(
    (library) => isWithinModule(library.name, name) && !library.ownNets.some((nets) => isWithinModule(nets, name)),
  );
}

function isWithinModule(outer: string, name: string): boolean {
  return name === outer || name.startsWith(`${outer}.`);
}
