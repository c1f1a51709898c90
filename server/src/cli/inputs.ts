/**
 * From the paths of a command line to a project: which files were asked for, and the workspace around them that
 * imports are followed in. Files that cannot be read are problems to report, not errors.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { matcher } from '../project/glob';
import { isWithin, relativePath } from '../project/paths';
import { alwaysExcluded, fileLimit } from '../project/pythonFiles';
import { Project } from '../project/project';
import type { Snapshot } from '../project/snapshot';
import { evaluator } from '../slim/evaluator/evaluator';
import type { Inputs } from './args';
import type { CliIo } from './run';

/** Files asked for, ready to be analysed. */
export interface OpenedInputs {
  readonly snapshot: Snapshot;
  /** Without duplicates, sorted by the path that is shown. */
  readonly targets: readonly Target[];
  /** What could not be read, and limits that were reached; complete once all targets were looked at. */
  problems(): readonly InputProblem[];
}

/** Something about a file or folder that the user should know. */
export interface InputProblem {
  readonly path: string;
  readonly reason: string;
}

export interface Target {
  readonly file: string;
  /** One-based lines that were asked for (`PATH:LINE`); undefined for the whole file. */
  readonly lines: ReadonlySet<number> | undefined;
}

/** Opens the workspace. `missing` names paths that do not exist. */
export async function openInputs(
  inputs: Inputs,
  io: CliIo,
): Promise<OpenedInputs | { readonly missing: readonly string[] }> {
  const wanted = inputs.paths.map((path) => locate(io.cwd, path));
  const missing = wanted.filter((one) => one.kind === 'missing').map((one) => one.path);
  if (missing.length > 0) return { missing };

  const root = toUri(resolve(io.cwd, inputs.root ?? '.'));
  const outside = wanted.filter((one) => one.kind === 'folder' && !isWithin(root, one.uri)).map((one) => one.uri);
  const folders = [root, ...new Set(outside)];
  const cut: string[] = [];
  const unreadable = new Map<string, string>();
  const listed = new Set<string>();
  for (const folder of folders) {
    const listing = await io.fileSystem.listPythonFiles(folder, {
      recursive: true,
      limit: fileLimit,
      isExcluded: excluder(inputs),
    });
    listing.files.forEach((file) => listed.add(file));
    if (listing.isCut) cut.push(folder);
  }

  const readText = (file: string) => {
    const result = io.fileSystem.readText(file);
    if (result.kind !== 'text') unreadable.set(file, result.kind === 'missing' ? 'it does not exist' : result.reason);
    return result;
  };
  const project = new Project({ parse: await io.parse(), evaluator, readText });
  const targets = collectTargets(wanted, listed);
  const snapshot = project.apply({
    folders,
    settings: { all: inputs.settings },
    onDisk: [...new Set([...listed, ...targets.keys()])],
  });
  const pathOf = new Map([...targets.keys()].map((file) => [file, snapshot.getPath(file)]));
  const order = (a: string, b: string) => ((pathOf.get(a) ?? a) < (pathOf.get(b) ?? b) ? -1 : 1);
  return {
    snapshot,
    targets: [...targets.keys()].sort(order).map((file) => ({ file, lines: targets.get(file) })),
    problems: () => [
      ...cut.map((folder) => ({
        path: '.',
        reason: `only the first ${fileLimit} Python files of ${io.toPath(folder)} are read`,
      })),
      ...[...unreadable].map(([file, reason]) => ({ path: snapshot.getPath(file), reason: `not read: ${reason}` })),
    ],
  };
}

interface Wanted {
  readonly kind: 'file' | 'folder' | 'missing';
  readonly path: string;
  readonly uri: string;
  readonly line?: number;
}

/** `PATH` or, where no file of that name exists, `PATH:LINE`. */
function locate(cwd: string, path: string): Wanted {
  const kind = kindOf(resolve(cwd, path));
  if (kind !== 'missing') return { kind, path, uri: toUri(resolve(cwd, path)) };
  const match = /^(.+):(\d+)$/.exec(path);
  if (match?.[1] !== undefined && kindOf(resolve(cwd, match[1])) === 'file') {
    return { kind: 'file', path, uri: toUri(resolve(cwd, match[1])), line: Number(match[2]) };
  }
  return { kind: 'missing', path, uri: '' };
}

function kindOf(path: string): Wanted['kind'] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 'missing';
  return stats.isDirectory() ? 'folder' : 'file';
}

function toUri(path: string): string {
  return pathToFileURL(path).href.replace(/(?<=[^/])\/$/, '');
}

function excluder(inputs: Inputs): (path: string) => boolean {
  const excluded = matcher(inputs.settings.exclude);
  return (path) => alwaysExcluded(path) || excluded(path);
}

/** Files named on the command line count whatever they are called; folders give their listed files. */
function collectTargets(
  wanted: readonly Wanted[],
  listed: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<number> | undefined> {
  const targets = new Map<string, Set<number> | undefined>();
  for (const { kind, uri, line } of wanted) {
    if (kind === 'folder') {
      for (const file of listed) if (relativePath(uri, file) !== undefined) targets.set(file, undefined);
    } else if (line === undefined) {
      targets.set(uri, undefined);
    } else if (!targets.has(uri)) {
      targets.set(uri, new Set([line]));
    } else {
      targets.get(uri)?.add(line);
    }
  }
  return targets;
}
