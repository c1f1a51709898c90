/**
 * From the paths of a command line to a project: which files were asked for, and the workspace around them that
 * imports are followed in. Files that cannot be read are problems to report, not errors.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { join, isWithin, parentOf, relativePath } from '../project/paths';
import { isNotebookFile, readNotebook } from '../project/notebookFile';
import type { ReadResult } from '../project/ports';
import { alwaysExcluded, fileLimit } from '../project/pythonFiles';
import { Project } from '../project/project';
import type { Snapshot } from '../project/snapshot';
import { rules } from '../rules/registry';
import { evaluator } from '../slim/evaluator/evaluator';
import type { Inputs } from './args';
import { gitIgnore } from './gitIgnore';
import type { CliIo } from './run';

/** Files asked for, ready to be analysed. */
export interface OpenedInputs {
  /** The folder that paths are shown relative to. */
  readonly root: string;
  /** The state of the moment; another one after {@link setText}. */
  readonly snapshot: Snapshot;
  /** Without duplicates, sorted by the path that is shown. */
  readonly targets: readonly Target[];
  /** What could not be read, and limits that were reached; complete once all targets were looked at. */
  problems(): readonly InputProblem[];
  /** The text of a file as it is stored, or as {@link setText} left it; undefined when it cannot be read. */
  readText(file: string): string | undefined;
  /** Gives a file another text, for the analysis only. */
  setText(file: string, text: string): Snapshot;
}

/** Why there is nothing to analyse. */
export type InputFailure =
  | { readonly kind: 'missing'; readonly paths: readonly string[] }
  /** Lines that say what is wrong in which configuration file. */
  | { readonly kind: 'badConfiguration'; readonly problems: readonly string[] };

/** Something about a file or folder that the user should know. */
export interface InputProblem {
  readonly path: string;
  readonly reason: string;
}

export interface Target {
  readonly file: string;
  /** Lines that were asked for (`PATH:LINE`); undefined for the whole file. */
  readonly lines: readonly WantedLine[] | undefined;
}

/** One-based. */
export interface WantedLine {
  /** Of a notebook (`PATH:cell 3:LINE`); any cell when absent. */
  readonly cell?: number;
  readonly line: number;
}

/** Opens the workspace around the paths. */
export async function openInputs(inputs: Inputs, io: CliIo): Promise<OpenedInputs | InputFailure> {
  const wanted = inputs.paths.map((path) => locate(io.cwd, path, inputs.stdinName));
  const missing = wanted.filter((one) => one.kind === 'missing').map((one) => one.path);
  if (missing.length > 0) return { kind: 'missing', paths: missing };

  const root = toUri(resolve(io.cwd, inputs.root ?? '.'));
  const outside = wanted.filter((one) => one.kind === 'folder' && !isWithin(root, one.uri)).map((one) => one.uri);
  const folders = [root, ...new Set(outside)];
  const texts = await createTexts(wanted, io);
  const project = new Project({ parse: await io.parse(), evaluator, rules, readText: texts.read });
  project.apply({ folders, settings: workspaceSettings(inputs), onDisk: configurationsOf(folders) });
  const listing = await list(project, folders, wanted, io);
  const targets = collectTargets(wanted, listing.files, inputs, io);
  project.apply({
    onDisk: [...new Set([...listing.files, ...targets.keys()])].filter((file) => !listing.manifests.has(file)),
    edited: texts.fromStdin,
  });
  const problems = configurationProblems(project.snapshot, targets.keys());
  if (problems.length > 0) return { kind: 'badConfiguration', problems };
  return opened(project, targets, { root, texts, cut: listing.cut.map((folder) => io.toPath(folder)) });
}

function opened(
  project: Project,
  targets: ReadonlyMap<string, readonly WantedLine[] | undefined>,
  { root, texts, cut }: { readonly root: string; readonly texts: Texts; readonly cut: readonly string[] },
): OpenedInputs {
  const pathOf = new Map([...targets.keys()].map((file) => [file, project.snapshot.getPath(file)]));
  const order = (a: string, b: string) => ((pathOf.get(a) ?? a) < (pathOf.get(b) ?? b) ? -1 : 1);
  return {
    root,
    get snapshot() {
      return project.snapshot;
    },
    targets: [...targets.keys()].sort(order).map((file) => ({ file, lines: targets.get(file) })),
    problems: () => [
      ...cut.map((folder) => ({ path: '.', reason: `only the first ${fileLimit} Python files of ${folder} are read` })),
      ...[...texts.unreadable].map(([file, reason]) => ({
        path: project.snapshot.getPath(file),
        reason: `not read: ${reason}`,
      })),
    ],
    readText(file) {
      const result = texts.read(file);
      return result.kind === 'text' ? result.text : undefined;
    },
    setText(file, text) {
      texts.edited.set(file, text);
      return project.apply({ edited: [{ file, text }] });
    },
  };
}

interface Texts {
  readonly read: (file: string) => ReadResult;
  /** Texts that hide the file on disk. */
  readonly edited: Map<string, string>;
  readonly fromStdin: readonly { readonly file: string; readonly text: string }[];
  /** Why files could not be read; grows while they are. */
  readonly unreadable: ReadonlyMap<string, string>;
}

async function createTexts(wanted: readonly Wanted[], io: CliIo): Promise<Texts> {
  const unreadable = new Map<string, string>();
  const edited = new Map<string, string>();
  for (const { kind, uri } of wanted) if (kind === 'stdin') edited.set(uri, await io.readStdin());
  const fromStdin = [...edited].map(([file, text]) => ({ file, text }));
  const read = (file: string): ReadResult => {
    const text = edited.get(file);
    const result = withSoundNotebook(file, text === undefined ? io.fileSystem.readText(file) : { kind: 'text', text });
    if (result.kind !== 'text') unreadable.set(file, result.kind === 'missing' ? 'it does not exist' : result.reason);
    return result;
  };
  return { read, edited, fromStdin, unreadable };
}

/** A notebook that is damaged cannot be read at all. */
function withSoundNotebook(file: string, result: ReadResult): ReadResult {
  if (result.kind !== 'text' || !isNotebookFile(file)) return result;
  const notebook = readNotebook(result.text);
  return notebook.kind === 'problem' ? { kind: 'unreadable', reason: notebook.reason } : result;
}

/** What flags set counts even where it equals the default. */
function workspaceSettings({ settings, explicit }: Inputs) {
  const targetReason = explicit.has('targetTensorflow') ? 'set by `--target`' : undefined;
  return { all: settings, explicit, ...(targetReason !== undefined && { targetReason }) };
}

/** They say what is not to be listed, so they come first. */
function configurationsOf(folders: readonly string[]): readonly string[] {
  return folders.map((folder) => join(folder, 'pyproject.toml')).filter((file) => kindOfUri(file) === 'file');
}

interface Listing {
  readonly files: ReadonlySet<string>;
  readonly manifests: ReadonlySet<string>;
  /** Folders that hold more files than the limit. */
  readonly cut: readonly string[];
}

/** All files that imports may lead to. A folder that is asked for by name is listed, though it be excluded. */
async function list(
  project: Project,
  folders: readonly string[],
  wanted: readonly Wanted[],
  io: CliIo,
): Promise<Listing> {
  const { snapshot } = project;
  const isExcluded = (folder: string) => (path: string) =>
    alwaysExcluded(path) || snapshot.isExcluded(join(folder, path));
  const isHidden = (uri: string) =>
    folders.some((folder) => {
      const path = relativePath(folder, uri);
      return path !== undefined && isExcluded(folder)(path);
    });
  const hidden = wanted.filter(({ kind, uri }) => kind === 'folder' && isHidden(uri)).map(({ uri }) => uri);
  const files = new Set<string>();
  const manifests = new Set<string>();
  const cut: string[] = [];
  for (const folder of [...folders, ...hidden]) {
    const options = { recursive: true, limit: fileLimit, notebooks: true };
    const excluded = hidden.includes(folder) ? alwaysExcluded : isExcluded(folder);
    const listing = await io.fileSystem.listPythonFiles(folder, { ...options, isExcluded: excluded });
    listing.files.forEach((file) => files.add(file));
    listing.manifests.forEach((file) => manifests.add(file));
    if (listing.isCut) cut.push(folder);
  }
  for (const folder of foldersOutside(wanted, folders)) {
    const options = { recursive: false, limit: fileLimit, isExcluded: alwaysExcluded };
    (await io.fileSystem.listPythonFiles(folder, options)).manifests.forEach((file) => manifests.add(file));
  }
  // Projects in inner folders are known only now.
  const known = project.apply({ onDisk: [...manifests] });
  for (const file of files) {
    if (known.isExcluded(file) && !hidden.some((folder) => isWithin(folder, file))) files.delete(file);
  }
  return { files, manifests, cut };
}

/** A file that was named alone may belong to a project elsewhere. */
function foldersOutside(wanted: readonly Wanted[], folders: readonly string[]): ReadonlySet<string> {
  const files = wanted.filter(({ kind, uri }) => kind === 'file' && !folders.some((folder) => isWithin(folder, uri)));
  return new Set(files.map(({ uri }) => parentOf(uri)));
}

function configurationProblems(snapshot: Snapshot, targets: Iterable<string>): readonly string[] {
  const found = [...targets].flatMap((file) => snapshot.configurationProblems(file));
  return [...new Set(found.map(({ file, line, text }) => `${snapshot.getPath(file)}:${line}: ${text}`))];
}

interface Wanted {
  readonly kind: 'file' | 'folder' | 'stdin' | 'missing';
  readonly path: string;
  readonly uri: string;
  readonly line?: WantedLine;
}

/** `PATH` or, where no file of that name exists, `PATH:LINE` or `PATH:cell N:LINE`; `-` is stdin. */
function locate(cwd: string, path: string, stdinName: string): Wanted {
  if (path === '-') return { kind: 'stdin', path: stdinName, uri: toUri(resolve(cwd, stdinName)) };
  const kind = kindOf(resolve(cwd, path));
  if (kind !== 'missing') return { kind, path, uri: toUri(resolve(cwd, path)) };
  const [, file, cell, line] = /^(.+?)(?::cell (\d+))?:(\d+)$/.exec(path) ?? [];
  if (file !== undefined && kindOf(resolve(cwd, file)) === 'file') {
    const wanted = { ...(cell !== undefined && { cell: Number(cell) }), line: Number(line) };
    return { kind: 'file', path, uri: toUri(resolve(cwd, file)), line: wanted };
  }
  return { kind: 'missing', path, uri: '' };
}

function kindOf(path: string | URL): 'file' | 'folder' | 'missing' {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 'missing';
  return stats.isDirectory() ? 'folder' : 'file';
}

function kindOfUri(uri: string): 'file' | 'folder' | 'missing' {
  return kindOf(new URL(uri));
}

function toUri(path: string): string {
  return pathToFileURL(path).href.replace(/(?<=[^/])\/$/, '');
}

/** Files named on the command line count whatever they are called; folders give their listed files. */
function collectTargets(
  wanted: readonly Wanted[],
  listed: ReadonlySet<string>,
  inputs: Inputs,
  io: CliIo,
): ReadonlyMap<string, readonly WantedLine[] | undefined> {
  const targets = new Map<string, WantedLine[] | undefined>();
  for (const { kind, uri, line } of wanted) {
    if (kind === 'folder') {
      const isIgnored = inputs.respectsGitIgnore ? ignoredBelow(io.toPath(uri)) : () => false;
      for (const file of listed) {
        if (relativePath(uri, file) !== undefined && !isIgnored(io.toPath(file))) targets.set(file, undefined);
      }
    } else if (line === undefined) {
      targets.set(uri, undefined);
    } else if (!targets.has(uri)) {
      targets.set(uri, [line]);
    } else {
      targets.get(uri)?.push(line);
    }
  }
  return targets;
}

/** Below a folder that is asked for by name nothing is left out because the folder itself is. */
function ignoredBelow(folder: string): (path: string) => boolean {
  const isIgnored = gitIgnore(folder);
  return isIgnored(folder, true) ? () => false : (path) => isIgnored(path, false);
}
