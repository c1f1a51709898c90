/**
 * The Python files of the workspace into the project: listed at the start, watched afterwards. Texts are read later,
 * when an import leads there. Virtual environments, hidden folders and what the user excludes are left out; there is
 * a limit, and reaching it is said.
 */
import { DidChangeWatchedFilesNotification, FileChangeType, type WorkspaceFolder } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { matcher } from '../project/glob';
import { baseName, isWithin, parentOf, relativePath } from '../project/paths';
import { alwaysExcluded, fileLimit } from '../project/pythonFiles';
import { inBackground } from './background';
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
  let loaded = new Set<string>();
  let running = 0;
  let isCut = false;

  const load = async () => {
    running++;
    session.changed({ kind: 'status' });
    const listed = new Set<string>();
    let cut = false;
    await showProgressWhenLong(session, 'Reading the workspace', async () => {
      for (const folder of folders) {
        const listing = await list(session, folder, { recursive: true, limit: fileLimit - listed.size });
        listing.files.forEach((file) => listed.add(file));
        cut ||= listing.isCut;
      }
    });
    const removed = [...loaded].filter((file) => !listed.has(file));
    const onDisk = [...listed].filter((file) => !loaded.has(file));
    loaded = listed;
    isCut = cut;
    running--;
    session.project.apply({ folders, onDisk, removed });
    session.logger.debug(`${listed.size} Python files in ${folders.length} workspace folders`);
    if (cut)
      session.logger.warn(`only the first ${fileLimit} Python files are read; exclude some with \`slimscope.exclude\``);
    session.changed({ kind: 'workspace' });
  };

  const loadAround = async (file: string) => {
    if (URI.parse(file).scheme !== 'file' || folders.some((folder) => isWithin(folder, file))) return;
    const { folder, recursive } = surroundings(session, file);
    const { files } = await list(session, folder, { recursive, limit: fileLimit });
    const onDisk = files.filter((one) => session.project.snapshot.getText(one) === undefined);
    if (onDisk.length === 0) return;
    session.project.apply({ onDisk });
    session.changed({ kind: 'workspace' });
  };

  session.connection.onDidChangeWatchedFiles(({ changes }) => {
    const known = changes
      .map(({ uri, type }) => ({ file: toFileId(uri), type }))
      .filter(({ file }) => /\.py$/.test(file) && isIncluded(session, folders, file));
    const removed = known.filter(({ type }) => type === FileChangeType.Deleted).map(({ file }) => file);
    const onDisk = known.filter(({ type }) => type !== FileChangeType.Deleted).map(({ file }) => file);
    if (removed.length + onDisk.length === 0) return;
    removed.forEach((file) => loaded.delete(file));
    onDisk.forEach((file) => loaded.add(file));
    session.project.apply({ removed, onDisk });
    session.changed({ kind: 'workspace' });
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
      if (loaded.has(file)) session.project.apply({ onDisk: [file] });
    },
  };
}

/** Asks the client to tell about Python files that change on disk. */
export function watchFiles(session: Session): void {
  if (!session.client.watchFiles) return;
  const options = { watchers: [{ globPattern: '**/*.py' }] };
  const registered = session.connection.client.register(DidChangeWatchedFilesNotification.type, options);
  inBackground(session.logger, 'watching files', registered);
}

function toFolders(folders: readonly WorkspaceFolder[]): readonly string[] {
  return folders.map((folder) => toFileId(folder.uri));
}

async function list(session: Session, folder: string, options: { recursive: boolean; limit: number }) {
  const excluded = matcher(session.project.snapshot.settings(`${folder}/`).exclude);
  const listing = await session.runtime.fileSystem.listPythonFiles(folder, {
    ...options,
    isExcluded: (path) => alwaysExcluded(path) || excluded(path),
  });
  return { files: listing.files.map(toFileId), isCut: listing.isCut };
}

function isIncluded(session: Session, folders: readonly string[], file: string): boolean {
  return folders.some((folder) => {
    const path = relativePath(folder, file);
    if (path === undefined) return false;
    return !alwaysExcluded(path) && !matcher(session.project.snapshot.settings(file).exclude)(path);
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
