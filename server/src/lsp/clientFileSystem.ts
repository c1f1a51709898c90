/**
 * The files of a workspace that only the client can reach: in the web there is no disk, and folders may lie anywhere. The
 * client is asked for folders and bytes (protocol.ts); what is excluded is decided here. Texts are fetched ahead, since
 * they are read in the middle of an evaluation, which cannot wait: a file that was not fetched counts as missing.
 */
import type { Connection } from 'vscode-languageserver';
import { manifestKind } from '../project/manifests/manifestFiles';
import { isNotebookFile } from '../project/notebookFile';
import type { FileListing, FileSystem, ListOptions, ReadResult } from '../project/ports';
import { readDirectoryRequest, readFileRequest, type DirectoryEntry } from './protocol';

/** Larger files are not source code that people wrote. */
const maximumBytes = 5_000_000;

/** So many requests are under way at a time: each may be one over a network. */
const atOnce = 16;

/** Makes the file system. `decode` turns the bytes of a Python file into text. */
export function createClientFileSystem(connection: Connection, decode: (bytes: Uint8Array) => string): FileSystem {
  const texts = new Map<string, ReadResult>();

  const fetchOne = async (file: string): Promise<void> => {
    texts.set(file, await readOne(connection, decode, file));
  };

  return {
    listPythonFiles: (folder, options) => list(connection, folder, options),
    readText: (file) => texts.get(file) ?? { kind: 'missing' },
    async prefetch(files) {
      await inParallel(files, fetchOne);
    },
  };
}

async function readOne(
  connection: Connection,
  decode: (bytes: Uint8Array) => string,
  uri: string,
): Promise<ReadResult> {
  try {
    const bytes = await connection.sendRequest<Uint8Array | null>(readFileRequest, { uri });
    if (bytes === null) return { kind: 'missing' };
    if (bytes.length > maximumBytes)
      return { kind: 'unreadable', reason: `it is larger than ${maximumBytes / 1e6} MB` };
    return { kind: 'text', text: decode(bytes) };
  } catch (error) {
    return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** As on a disk: folders in the order of their depth, a virtual environment is left out whatever it is called. */
async function list(connection: Connection, root: string, options: ListOptions): Promise<FileListing> {
  const files: string[] = [];
  const manifests: string[] = [];
  let isCut = false;
  let level = [''];
  while (level.length > 0 && !isCut) {
    const next: string[] = [];
    const read = new Map<string, readonly DirectoryEntry[]>();
    await inParallel(level, async (path) => void read.set(path, await entriesOf(connection, toUri(root, path))));
    for (const folder of level) {
      const entries = read.get(folder) ?? [];
      if (folder !== '' && entries.some(({ name }) => name === 'pyvenv.cfg')) continue;
      for (const { name, kind } of entries) {
        const path = folder === '' ? name : `${folder}/${name}`;
        if (options.isExcluded(path)) continue;
        if (kind === 'folder' && options.recursive) next.push(path);
        if (kind !== 'file') continue;
        if (manifestKind(path) !== undefined) manifests.push(toUri(root, path));
        if (!name.endsWith('.py') && !(options.notebooks === true && isNotebookFile(name))) continue;
        isCut ||= files.length >= options.limit;
        if (!isCut) files.push(toUri(root, path));
      }
    }
    level = next;
  }
  return { files: files.sort(), manifests: manifests.sort(), isCut };
}

/** Folders that cannot be read count as empty. */
async function entriesOf(connection: Connection, uri: string): Promise<readonly DirectoryEntry[]> {
  const entries = await connection
    .sendRequest<readonly DirectoryEntry[] | null>(readDirectoryRequest, { uri })
    .catch(() => null);
  return [...(entries ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function toUri(root: string, path: string): string {
  return path === '' ? root : `${root}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, worker));
}
