/** Runs the suite in the embedded VS Code with headless Chromium. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir, root } from '../support/project.mjs';
import { freePort, prepareData, startServer } from '../vscode/server.mjs';
import { openBrowser, runInExtensionHost } from './browser.mjs';

/** A window that stays busy for longer has hung; the whole suite takes a quarter of it. */
const suiteTimeout = 180_000;

/** Starts the embedded VS Code with a fresh data folder, ready for an extension under development. */
export async function startFresh(kit, name, { settings = {}, env = {} } = {}) {
  const dataDir = join(cacheDir, 'e2e', name);
  await rm(dataDir, { recursive: true, force: true });
  await prepareData(dataDir, { settings, overwrite: true });
  return startServer(kit, { dataDir, port: await freePort(), developer: true, env });
}

/** Answers the exit code of the suite. On a failure there is a picture of the window to look at. */
export async function runEmbedded(kit, chromiumPath, { folder, testsPath, env }) {
  // A browser's VS Code saves after a second by itself: half-typed code of one test would be there for the next.
  const server = await startFresh(kit, 'suite-data', { env, settings: { 'files.autoSave': 'off' } });
  const { browser, page } = await openBrowser(chromiumPath, { viewport: { width: 1200, height: 800 } });
  try {
    const options = { folder, developmentPath: root, testsPath, timeout: suiteTimeout };
    const code = await runInExtensionHost(page, server, options);
    if (code !== 0) {
      const picture = join(cacheDir, 'e2e', 'failure.png');
      await page.screenshot({ path: picture });
      console.log(`The window at the end of the run: ${picture}`);
    }
    return code;
  } finally {
    await browser.close();
    await server.stop();
  }
}
