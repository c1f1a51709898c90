/**
 * The command line in process, in a folder of its own.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, type CliIo } from '../../server/src/cli/run';
import { nodeFileSystem } from '../../server/src/platform/node';
import { replaceFile } from '../../server/src/platform/replaceFile';
import { parse } from '../support/parser';
import { withTempDir, writeFiles } from '../support/tempDir';

export interface Result {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface Shell {
  readonly folder: string;
  path(name: string): string;
  run(args: readonly string[], io?: Partial<CliIo>): Promise<Result>;
}

/** Runs `body` with a shell in a folder with these files. */
export function withShell<T>(files: Files, body: (shell: Shell) => Promise<T>): Promise<T> {
  return withTempDir((folder) => {
    writeFiles(folder, files);
    return body({
      folder,
      path: (name) => join(folder, name),
      run: (args, io = {}) => slimscopeIn(folder, args, io),
    });
  });
}

/** One run of the command line in a folder with these files. */
export function slimscope(files: Files, args: readonly string[], io: Partial<CliIo> = {}): Promise<Result> {
  return withShell(files, (shell) => shell.run(args, io));
}

/** One run of the command line in a folder. */
export async function slimscopeIn(folder: string, args: readonly string[], io: Partial<CliIo> = {}): Promise<Result> {
  let out = '';
  let error = '';
  const code = await run(args, {
    cwd: folder,
    version: '1.2.3',
    fileSystem: nodeFileSystem,
    useColors: false,
    parse: () => Promise.resolve(parse),
    rulePage: () => undefined,
    weightsLoader: () => undefined,
    ruleUri: (rule) => `https://example.org/rules/${rule}.md`,
    toPath: fileURLToPath,
    readStdin: () => Promise.reject(new Error('no stdin')),
    outLikeStdin: (text) => void (out += text),
    replaceFile,
    writeReport: (path, text) => void writeFileSync(resolve(folder, path), text),
    out: (text) => void (out += text),
    error: (text) => void (error += text),
    progress: () => undefined,
    ...io,
  });
  return { code, out: out.replaceAll(folder, '<folder>'), error: error.replaceAll(folder, '<folder>') };
}
