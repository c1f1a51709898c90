/**
 * Node's implementation of the ports: files, clock, and the bytes of the parser that lie beside the bundle.
 * No decisions: what is read and when is the adapters' business. Never throws for a file that cannot be read.
 */
import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { manifestKind } from '../project/manifests/manifestFiles';
import { isNotebookFile } from '../project/notebookFile';
import type { Clock, FileListing, FileSystem, ListOptions, ReadResult } from '../project/ports';
import type { Parse } from '../syntax/parse';
import { initParser } from '../syntax/treeSitter';
import { decodePython } from './decodePython';

/** Larger files are not source code that people wrote; notebooks hold pictures too. */
const maximumBytes = { python: 5_000_000, notebook: 50_000_000 };

/** Files on this computer. */
export const nodeFileSystem: FileSystem = { listPythonFiles, readText };

/** Real time. */
export const nodeClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, run) {
    if (milliseconds === 0) {
      const immediate = setImmediate(run);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Starts the parser from the two WebAssembly files in `folder`. */
export function loadParser(folder: string): Promise<Parse> {
  return initParser({
    runtimeWasm: readFileSync(join(folder, 'web-tree-sitter.wasm')),
    pythonWasm: readFileSync(join(folder, 'tree-sitter-python.wasm')),
  });
}

async function listPythonFiles(folder: string, options: ListOptions): Promise<FileListing> {
  const root = fileURLToPath(folder);
  const files: string[] = [];
  const manifests: string[] = [];
  const pending = [''];
  let isCut = false;
  for (let relative = pending.shift(); relative !== undefined && !isCut; relative = pending.shift()) {
    const entries = await readdir(join(root, relative), { withFileTypes: true }).catch(() => []);
    // A virtual environment, whatever it is called.
    if (relative !== '' && entries.some(({ name }) => name === 'pyvenv.cfg')) continue;
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (options.isExcluded(path)) continue;
      // Symbolic links to folders may form circles; they are not followed.
      if (entry.isDirectory() && options.recursive) pending.push(path);
      if (!entry.isFile() && !entry.isSymbolicLink()) continue;
      if (manifestKind(path) !== undefined) manifests.push(pathToFileURL(join(root, path)).href);
      if (entry.name.endsWith('.py') || (options.notebooks === true && isNotebookFile(entry.name))) {
        isCut = files.length >= options.limit;
        if (isCut) break;
        files.push(pathToFileURL(join(root, path)).href);
      }
    }
  }
  return { files: files.sort(), manifests: manifests.sort(), isCut };
}

function readText(file: string): ReadResult {
  try {
    const path = fileURLToPath(file);
    const { size } = statSync(path);
    const most = maximumBytes[isNotebookFile(file) ? 'notebook' : 'python'];
    if (size > most) return { kind: 'unreadable', reason: `it is larger than ${most / 1e6} MB` };
    return { kind: 'text', text: decodePython(readFileSync(path)) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'missing' } : { kind: 'unreadable', reason: message };
  }
}
