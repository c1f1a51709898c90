/**
 * The Python files of the workspace and its manifests (requirements, `pyproject.toml`) into the project: listed at the
 * start, watched afterwards. Texts are read later, when an import leads there or a target is asked for. Virtual environments, hidden folders and what the user excludes are left out; there is
 * a limit, and reaching it is said.
 */
import { DidChangeWatchedFilesNotification, FileChangeType, type WorkspaceFolder } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { baselineUri } from '../features/baselineFile';
import { manifestGlobs, manifestKind } from '../project/manifests/manifestFiles';
import { baseName, isWithin, join, parentOf, relativePath } from '../project/paths';
import { alwaysExcluded, fileLimit } from '../project/pythonFiles';
import { inBackground } from './background';
import { baselineGlob } from './baselines';
import { toFileId } from './documentIds';
import { showProgressWhenLong } from './progress';
import type { Session } from './session';

export interface WorkspaceFiles {
  readonly isBusy: boolean;
  /** True when the workspace has more files than the limit. */
  readonly isCut: boolean;
  /** Lists the workspace again (after a change of folders or of excludes). */
  load(): Promise<void>;
  /** For a document outside all workspace folders: the files that it can import. */
  loadAround(file: string): Promise<void>;
  /** Takes the file on disk again after its document was closed. */
  reread(file: string): void;
  setFolders(folders: readonly WorkspaceFolder[]): void;
  readonly folders: readonly string[];
}

/** Makes the file listing of a session. */
export function createWorkspaceFiles(session: Session, initialFolders: readonly WorkspaceFolder[]): WorkspaceFiles {
  let folders = toFolders(initialFolders);
  let loaded: Listed = { files: new Set(), manifests: new Set() };
  let running = 0;
  let isCut = false;

  const load = async () => {
    running++;
    session.changed({ kind: 'status' });
    // What is listed depends on what the projects exclude.
    await prefetch(
      session,
      folders.flatMap((folder) => [`${folder}/pyproject.toml`]),
    );
    const configurations = folders.map((folder) => `${folder}/pyproject.toml`).filter((file) => exists(session, file));
    session.project.apply({ folders, onDisk: configurations });
    const found: Listed = { files: new Set(), manifests: new Set(configurations) };
    let cut = false;
    await showProgressWhenLong(session, 'Reading the workspace', async () => {
      for (const folder of folders) {
        const listing = await list(session, folder, { recursive: true, limit: fileLimit - found.files.size });
        listing.files.forEach((file) => found.files.add(file));
        listing.manifests.forEach((file) => found.manifests.add(file));
        cut ||= listing.isCut;
      }
    });
    await fetchAll(session, found, folders);
    isCut = cut;
    running--;
    loaded = takeListed(session, loaded, found);
    session.logger.debug(`${loaded.files.size} Python files in ${folders.length} workspace folders`);
    if (cut)
      session.logger.warn(`only the first ${fileLimit} Python files are read; exclude some with \`slimscope.exclude\``);
    session.changed({ kind: 'workspace' });
  };

  const loadAround = async (file: string) => {
    if (URI.parse(file).scheme !== 'file' || folders.some((folder) => isWithin(folder, file))) return;
    const { folder, recursive } = surroundings(session, file);
    const { files, manifests } = await list(session, folder, { recursive, limit: fileLimit });
    const { snapshot } = session.project;
    const onDisk = [
      ...files.filter((one) => snapshot.getText(one) === undefined),
      ...manifests.filter((one) => snapshot.getLines(one) === undefined),
    ];
    if (onDisk.length === 0) return;
    session.project.apply({ onDisk });
    session.changed({ kind: 'workspace' });
  };

  session.connection.onDidChangeWatchedFiles(({ changes }) => {
    const hasOtherBaseline = session.baselines.forget(changes.map(({ uri }) => toFileId(uri)));
    const known = changes
      .map(({ uri, type }) => ({ file: toFileId(uri), type }))
      .filter(({ file }) => (isSource(file) || isManifest(file)) && isIncluded(session, folders, file));
    const removed = known.filter(({ type }) => type === FileChangeType.Deleted).map(({ file }) => file);
    const onDisk = known.filter(({ type }) => type !== FileChangeType.Deleted).map(({ file }) => file);
    if (removed.length + onDisk.length === 0 && !hasOtherBaseline) return;
    for (const files of [loaded.files, loaded.manifests]) {
      removed.forEach((file) => files.delete(file));
      const isKind = files === loaded.files ? isSource : isManifest;
      onDisk.filter(isKind).forEach((file) => files.add(file));
    }
    const excludes = () => JSON.stringify(known.map(({ file }) => session.project.snapshot.settings(file).exclude));
    const before = excludes();
    const take = () => {
      session.project.apply({ removed, onDisk });
      if (excludes() === before) session.changed({ kind: 'workspace' });
      else inBackground(session.logger, 'reading the workspace', load());
    };
    const { fileSystem } = session.runtime;
    const all = changes.map(({ uri }) => toFileId(uri));
    if (fileSystem.prefetch) inBackground(session.logger, 'reading files again', fileSystem.prefetch(all).then(take));
    else take();
  });

  return {
    get isBusy() {
      return running > 0;
    },
    get isCut() {
      return isCut;
    },
    get folders() {
      return folders;
    },
    setFolders(next) {
      folders = toFolders(next);
    },
    load,
    loadAround,
    reread(file) {
      if (loaded.files.has(file)) session.project.apply({ onDisk: [file] });
    },
  };
}

/** Asks the client to tell about Python files, manifests and baselines that change on disk. */
export function watchFiles(session: Session): void {
  if (!session.client.watchFiles) return;
  const options = { watchers: ['**/*.py', baselineGlob, ...manifestGlobs].map((globPattern) => ({ globPattern })) };
  const registered = session.connection.client.register(DidChangeWatchedFilesNotification.type, options);
  inBackground(session.logger, 'watching files', registered);
}

function toFolders(folders: readonly WorkspaceFolder[]): readonly string[] {
  return folders.map((folder) => toFileId(folder.uri));
}

/** What was found on disk. `setup.py` is in both. */
interface Listed {
  readonly files: Set<string>;
  readonly manifests: Set<string>;
}

/** Files into the project, manifests first: those of inner folders may exclude some of the files. */
function takeListed(session: Session, before: Listed, found: Listed): Listed {
  const isNew = (file: string): boolean => !before.manifests.has(file);
  const gone = [...before.manifests].filter((file) => !found.manifests.has(file));
  session.project.apply({ onDisk: [...found.manifests].filter(isNew), removed: gone });
  const files = new Set([...found.files].filter((file) => !session.project.snapshot.isExcluded(file)));
  const onDisk = [...files].filter((file) => !before.files.has(file) && !isManifest(file));
  session.project.apply({ onDisk, removed: [...before.files].filter((file) => !files.has(file)) });
  return { files, manifests: found.manifests };
}

/** Texts, where they have to be fetched before they can be read. */
async function prefetch(session: Session, files: readonly string[]): Promise<void> {
  await session.runtime.fileSystem.prefetch?.(files);
}

/** What was listed, and the baselines; manifests first, since they say which baseline. */
async function fetchAll(session: Session, { files, manifests }: Listed, folders: readonly string[]): Promise<void> {
  if (!session.runtime.fileSystem.prefetch) return;
  await prefetch(session, [...manifests, ...files]);
  const { snapshot } = session.project;
  await prefetch(
    session,
    folders.flatMap((folder) => baselineUri(folder, snapshot.settings(`${folder}/`).baseline) ?? []),
  );
}

function isSource(file: string): boolean {
  return file.endsWith('.py');
}

function isManifest(file: string): boolean {
  return manifestKind(file) !== undefined;
}

function exists(session: Session, file: string): boolean {
  return session.runtime.fileSystem.readText(file).kind === 'text';
}

async function list(session: Session, folder: string, options: { recursive: boolean; limit: number }) {
  const { snapshot } = session.project;
  const listing = await session.runtime.fileSystem.listPythonFiles(folder, {
    ...options,
    isExcluded: (path) => alwaysExcluded(path) || snapshot.isExcluded(join(folder, path)),
  });
  const { files, manifests, isCut } = listing;
  return { files: files.map(toFileId), manifests: manifests.map(toFileId), isCut };
}

function isIncluded(session: Session, folders: readonly string[], file: string): boolean {
  return folders.some((folder) => {
    const path = relativePath(folder, file);
    return path !== undefined && !alwaysExcluded(path) && !session.project.snapshot.isExcluded(file);
  });
}

/** A file in a package can import the whole package; a script only what lies beside it. */
function surroundings(session: Session, file: string): { readonly folder: string; readonly recursive: boolean } {
  // What cannot be read (a share of another machine) is no package: a client need not be able to reach it at all.
  const isPackage = (folder: string) =>
    session.runtime.fileSystem.readText(`${folder}/__init__.py`).kind === 'text' && baseName(folder) !== '';
  let folder = parentOf(file);
  if (!isPackage(folder)) return { folder, recursive: false };
  for (let above = parentOf(folder); above !== folder && isPackage(above); above = parentOf(folder)) folder = above;
  return { folder, recursive: true };
}
