/**
 * Plays the main job from outside: `npm start` in the embedded VS Code, the printed address in a browser, a hover, and
 * Ctrl-C. Here the extension is the packaged one, as users install it.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { cacheDir, root } from '../support/project.mjs';
import { freePort } from '../vscode/server.mjs';
import { openBrowser } from './browser.mjs';
import { attachWindow } from './window.mjs';

const patience = 60_000;

/** Answers the totals of this one check. */
export async function runStart({ chromium }) {
  const title = 'npm start prints an address, its VS Code shows hovers, and Ctrl-C ends it';
  const started = performance.now();
  const error = await playStart(chromium).then(
    () => undefined,
    (reason) => reason,
  );
  console.log(`  ${error ? '✗' : '✓'} ${title} (${Math.round(performance.now() - started)} ms)`);
  if (error) console.log(String(error.stack).replace(/^/gm, '      '));
  return error ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 };
}

async function playStart(chromium) {
  const args = [join(root, 'scripts', 'start.mjs'), '--embedded', '--port', String(await freePort())];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('close', resolve));
  try {
    const address = await addressOf(child, exited);
    const { browser, page } = await openBrowser(chromium, { viewport: { width: 1200, height: 800 } });
    try {
      await page.goto(address, { waitUntil: 'domcontentloaded' });
      const window = await attachWindow(page);
      await window.isActive('README.md'); // the tour of the sample workspace
      await window.openFile('inception_block.py');
      const hover = await window.hover('wide = slim.conv2d(wide, 64', 'conv2d');
      assert.match(await hover.innerText(), /normalizer_fn[^]*scopes\.py/);
    } catch (error) {
      await page.screenshot({ path: join(cacheDir, 'e2e', 'failed npm-start.png') });
      throw error;
    } finally {
      await browser.close();
    }
  } finally {
    child.kill('SIGINT');
  }
  assert.equal(await exited, 0, 'exit code');
  await assert.rejects(fetch(`http://127.0.0.1:${args.at(-1)}/healthz`), 'the server is gone');
}

/** The address in what `npm start` prints. */
function addressOf(child, exited) {
  return new Promise((resolve, reject) => {
    const fail = (message) => reject(new Error(`${message}; printed so far:\n${printed}`));
    const timer = setTimeout(() => fail('no address in time'), patience);
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      const address = /^\s*(http:\S+)$/m.exec(printed)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
    void exited.then((code) => fail(`ended with exit code ${code}`));
  });
}
