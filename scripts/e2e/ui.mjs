/**
 * A walk through what a person sees, in the embedded VS Code. Every scene checks something and leaves a picture;
 * the README shows these pictures, so a scene shows our own sample code only.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from '../support/project.mjs';
import { openBrowser } from './browser.mjs';
import { startFresh } from './embedded.mjs';
import { scenes } from './scenes.mjs';
import { prepareWorkspace } from './suite.mjs';
import { openWindow, pictureSettings, takePicture } from './window.mjs';

/** Reads well in a README at half its pixels. */
const viewport = { width: 1000, height: 720 };

/** Plays all scenes and answers the totals. */
export async function runScenes({ kit, chromium }, pictures = join(cacheDir, 'e2e', 'pictures')) {
  await mkdir(pictures, { recursive: true });
  const folder = await prepareWorkspace('ui-workspace');
  const server = await startFresh(kit, 'ui-data', { settings: pictureSettings });
  const { browser, page } = await openBrowser(chromium, { viewport, deviceScaleFactor: 2 });
  const totals = { passed: 0, failed: 0 };
  try {
    const window = await openWindow(page, server, folder);
    for (const { title, picture, play } of scenes) {
      const started = performance.now();
      const error = await playScene(play, { window, page, folder, file: join(pictures, `${picture}.png`) });
      if (error) await page.screenshot({ path: join(pictures, `${picture}.failed.png`) });
      totals[error ? 'failed' : 'passed'] += 1;
      console.log(`  ${error ? '✗' : '✓'} ${title} (${Math.round(performance.now() - started)} ms)`);
      if (error) console.log(String(error.stack).replace(/^/gm, '      '));
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  console.log(`  pictures: ${pictures}`);
  return totals;
}

async function playScene(play, { window, page, folder, file }) {
  try {
    const boxes = await play(window, { read: (name) => readFile(join(folder, name), 'utf8') });
    await takePicture(page, file, boxes);
    return undefined;
  } catch (error) {
    return error;
  }
}
