/**
 * A walk through what a person sees, in the embedded VS Code. Every scene checks something and leaves a picture;
 * the README shows these pictures, so a scene shows our own sample code only.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from '../support/project.mjs';
import { openBrowser } from './browser.mjs';
import { startFresh } from './embedded.mjs';
import { frameScenes } from './frameScenes.mjs';
import { layersScenes } from './layersScenes.mjs';
import { scenes } from './scenes.mjs';
import { prepareWorkspace } from './suite.mjs';
import { openWindow, pictureSettings, takePicture } from './window.mjs';

/**
 * Narrow, so that a picture reads well in a README at half its pixels. Tall, because a hover grows to a quarter of the
 * editor's height.
 */
const viewport = { width: 1000, height: 2260 };

/** Plays all scenes and answers the totals. */
export async function runScenes({ kit, chromium }, pictures = join(cacheDir, 'e2e', 'pictures')) {
  await mkdir(pictures, { recursive: true });
  const folder = await prepareWorkspace('ui-workspace');
  const server = await startFresh(kit, 'ui-data', { settings: pictureSettings });
  const { browser, page } = await openBrowser(chromium, { viewport, deviceScaleFactor: 2 });
  const totals = { passed: 0, failed: 0 };
  try {
    const window = await openWindow(page, server, folder);
    for (const scene of [...scenes, ...frameScenes, ...layersScenes]) {
      const started = performance.now();
      const error = await playScene(scene, { window, folder, pictures });
      totals[error ? 'failed' : 'passed'] += 1;
      console.log(`  ${error ? '✗' : '✓'} ${scene.title} (${Math.round(performance.now() - started)} ms)`);
      if (error) console.log(String(error.stack).replace(/^/gm, '      '));
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  console.log(`  pictures: ${pictures}`);
  return totals;
}

/** Answers the error of a scene, with a picture of the whole window for it. */
async function playScene({ title, picture, play }, { window, folder, pictures }) {
  const { page } = window;
  const take = (boxes) => takePicture(page, join(pictures, `${picture}.png`), boxes);
  try {
    await window.closePanel();
    await play({ ...window, picture: take }, (name) => readFile(join(folder, name), 'utf8'));
    return undefined;
  } catch (error) {
    await page.screenshot({ path: join(cacheDir, 'e2e', `failed ${title.replaceAll(/\W+/g, '-')}.png`) });
    return error;
  }
}
