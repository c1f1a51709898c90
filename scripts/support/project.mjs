/**
 * What every script needs to know of this checkout: where it is, and that its dependencies are there.
 * Uses Node alone, so that it runs on a clean clone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository, which is also the root of the extension. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Downloads and throw-away output; ignored by git. */
export const cacheDir = join(root, '.cache');

const minimumNode = 20;
const windows = process.platform === 'win32';

/** An error whose message is meant for the person at the terminal; no stack is shown. */
export class UserError extends Error {}

/** Runs a script's main function: exit code 0, or the message and 1. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    console.error(error instanceof UserError ? error.message : error);
    process.exitCode = 1;
  }
}

/** Runs a program to its end with the terminal's own streams, and answers its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/** Runs npm in a folder. npm is a .cmd file on Windows, which only a shell can start. */
export async function npm(args, { cwd = root, quiet = false } = {}) {
  const stdio = quiet ? ['ignore', 'ignore', 'inherit'] : ['ignore', 'inherit', 'inherit'];
  return run(windows ? 'npm.cmd' : 'npm', args, { cwd, stdio, shell: windows });
}

/** Runs the command line of an installed package with this very Node. */
export function runTool(file, args, options = {}) {
  return run(process.execPath, [join(root, 'node_modules', file), ...args], options);
}

/** Stops with a clear message on a Node that is too old. */
export function requireNode() {
  if (Number(process.versions.node.split('.')[0]) < minimumNode) {
    throw new UserError(`Slimscope needs Node ${minimumNode} or newer; this is ${process.versions.node}.`);
  }
}

/** Whether a module is the program that Node was started with, not a part of another one. */
export function isProgram(moduleUrl) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(moduleUrl));
}

/**
 * Installs the packages of the lockfile when they are missing or are not those that it names.
 * Install scripts stay off: nothing that the project uses needs to be compiled.
 */
export async function ensureDependencies() {
  requireNode();
  const installed = join(root, 'node_modules', '.package-lock.json');
  const clean = !existsSync(installed);
  if (!clean && (isNewer(installed, join(root, 'package-lock.json')) || installedMatches())) return;
  console.log('Installing dependencies ...');
  const command = clean ? 'ci' : 'install';
  const code = await npm([command, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) throw new UserError('npm could not install the dependencies; its message is above.');
}

function isNewer(file, other) {
  return statSync(file).mtimeMs >= statSync(other).mtimeMs;
}

/** File times alone say nothing after a checkout, so npm compares what is installed with the lockfile. */
function installedMatches() {
  const options = { cwd: root, stdio: 'ignore', shell: windows };
  return spawnSync(windows ? 'npm.cmd' : 'npm', ['ls', '--all'], options).status === 0;
}
