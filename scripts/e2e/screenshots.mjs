/** `npm run screenshots`: takes the pictures of the README anew, into docs/images. Needs Linux or macOS and Chromium. */
import { join } from 'node:path';
import { ensureDependencies, main, root, UserError } from '../support/project.mjs';
import { ensureKit } from '../vscode/kit.mjs';

await main(async () => {
  await ensureDependencies();
  const { findChromium } = await import('./browser.mjs');
  const chromium = findChromium();
  if (!chromium) throw new UserError('No Chromium found. Install chromium, or set CHROMIUM_PATH.');
  const kit = await ensureKit();
  const { build } = await import('../build.mjs');
  await build();
  const { runScenes } = await import('./ui.mjs');
  const { failed } = await runScenes({ kit, chromium }, join(root, 'docs', 'images'));
  return failed > 0 ? 1 : 0;
});
