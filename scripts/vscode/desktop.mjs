/** Finds an installed desktop VS Code: `VSCODE_EXECUTABLE_PATH`, else `code` on the PATH. */
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { UserError } from '../support/project.mjs';

/** Where the program itself is, seen from the folder of the `code` command, per platform. */
const programs = {
  linux: ['../code', '../../code', '../codium'],
  darwin: ['../../../MacOS/Electron', '../../../MacOS/Code'],
  win32: ['../Code.exe'],
};

/**
 * The desktop VS Code, or undefined when there is none.
 * `command` opens windows. `program` is the Electron binary, which the test runner needs; it may be unknown.
 */
export function findDesktop(env = process.env) {
  const named = env.VSCODE_EXECUTABLE_PATH;
  if (named) {
    if (!existsSync(named)) throw new UserError(`VSCODE_EXECUTABLE_PATH names no file: ${named}`);
    return { command: named, program: programOf(named) ?? named };
  }
  const command = findOnPath('code', env);
  return command && { command, program: programOf(command) };
}

/** The program behind a `code` launcher, when `command` is one. */
function programOf(command) {
  const bin = dirname(realpathSync(command));
  const candidates = (programs[process.platform] ?? []).map((relative) => join(bin, relative));
  return candidates.find((candidate) => existsSync(candidate));
}

/** A program on the PATH, by its name without extension. */
export function findOnPath(name, env = process.env) {
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  const dirs = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return dirs.flatMap((dir) => names.map((file) => join(dir, file))).find((file) => existsSync(file));
}
