/**
 * Runs the embedded VS Code on a loopback port with a data folder of its own: no setting, extension or history of
 * the person's own VS Code is read or written.
 */
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { run, UserError } from '../support/project.mjs';

const host = '127.0.0.1';

/** Quiet from the first start: no welcome page, nothing that asks the network. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
};

/** A free port, or `preferred` when that one is free. */
export async function freePort(preferred = 0) {
  const port = await listenOnce(preferred);
  return port ?? (await listenOnce(0));
}

/** The port if it can be listened on, else undefined. */
export function listenOnce(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen(port, host, () => {
      const { port: taken } = probe.address();
      probe.close(() => resolve(taken));
    });
  });
}

/** The data folder of one purpose; its settings are written once, so that a person's own changes stay. */
export async function prepareData(dir, { settings = {}, overwrite = false } = {}) {
  const userDir = join(dir, 'user', 'User');
  await mkdir(userDir, { recursive: true });
  await mkdir(join(dir, 'home'), { recursive: true });
  const file = join(userDir, 'settings.json');
  if (overwrite || !existsSync(file)) {
    await writeFile(file, `${JSON.stringify({ ...quietSettings, ...settings }, undefined, 2)}\n`);
  }
  return dir;
}

function environment(dataDir, extra) {
  // PORT would win over our own; the others would tie this VS Code to the one whose terminal we run in.
  const { PORT: _port, VSCODE_IPC_HOOK_CLI: _hook, NODE_OPTIONS: _options, ...env } = process.env;
  const noGallery = JSON.stringify({ serviceUrl: '', itemUrl: '', resourceUrlTemplate: '' });
  return { ...env, HOME: join(dataDir, 'home'), EXTENSIONS_GALLERY: noGallery, ...extra };
}

function dataFlags(dataDir) {
  return ['--user-data-dir', join(dataDir, 'user'), '--extensions-dir', join(dataDir, 'extensions')];
}

/** Installs a packaged extension into the data folder. */
export async function installExtension(kit, dataDir, vsix) {
  const args = [kit.entry, ...dataFlags(dataDir), '--install-extension', vsix, '--force'];
  const log = openSync(join(dataDir, 'install.log'), 'w');
  const code = await run(kit.node, args, { env: environment(dataDir, {}), stdio: ['ignore', log, log] });
  if (code !== 0) throw new UserError(`The extension could not be installed; see ${join(dataDir, 'install.log')}.`);
}

/**
 * Starts the server and resolves when it answers. With `folder`, its bare address opens that folder.
 * @returns {{ port: number, origin: string, exited: Promise<number>, stop(): Promise<void> }}
 */
export async function startServer(kit, { dataDir, port, folder, developer = false, env = {} }) {
  const log = openSync(join(dataDir, 'server.log'), 'w');
  const flags = ['--auth', 'none', '--bind-addr', `${host}:${port}`, ...dataFlags(dataDir)];
  flags.push('--disable-telemetry', '--disable-update-check', '--disable-workspace-trust');
  flags.push('--disable-getting-started-override');
  // Without it a built VS Code silently ignores an extension under development.
  if (developer) flags.push('--vscode-option', 'enable-smoke-test-driver');
  if (folder) flags.push('--ignore-last-opened', folder);
  const options = { env: environment(dataDir, env), stdio: ['ignore', log, log], detached: true };
  const child = spawn(kit.node, [kit.entry, ...flags], options);
  const exited = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  const stop = async () => {
    try {
      process.kill(-child.pid, 'SIGTERM'); // the whole group: wrapper, server, extension hosts, language servers
    } catch {
      return; // gone already
    }
    await exited;
  };
  const origin = `http://${host}:${port}`;
  try {
    await waitUntilHealthy(origin, exited);
  } catch (error) {
    await stop();
    throw new UserError(`${error.message}; see ${join(dataDir, 'server.log')}.`);
  }
  return { port, origin, exited, stop };
}

async function waitUntilHealthy(origin, exited) {
  let gone = false;
  void exited.then(() => (gone = true));
  const deadline = Date.now() + 30_000;
  while (!gone && Date.now() < deadline) {
    const answer = await fetch(`${origin}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(gone ? 'The embedded VS Code ended at once' : 'The embedded VS Code did not answer within 30 s');
}

/** The address of a folder, with an open file and, for an extension under development, where it is. */
export function pageAddress(server, { folder, openFile, developmentPath, testsPath }) {
  const remote = (path) => `vscode-remote://${host}:${server.port}${path}`;
  const payload = [['skipWelcome', 'true']];
  if (openFile) payload.push(['openFile', remote(openFile)]);
  if (developmentPath) payload.push(['extensionDevelopmentPath', remote(developmentPath)]);
  if (testsPath) payload.push(['extensionTestsPath', remote(testsPath)]);
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  return `${server.origin}/?${query}`;
}
