/**
 * Scenes of what stands around the editor: views, the status menu, the walkthrough. Like scenes.mjs, each checks something
 * and may leave a picture.
 */
import assert from 'node:assert/strict';

export const frameScenes = [
  {
    title: 'what is left to migrate is a tree, by rule and by file, and an entry leads to its place',
    picture: 'left-to-migrate',
    async play(window) {
      const { page } = window;
      await window.openFile('legacy_network.py');
      await window.sideBar(true);
      await window.palette('Slimscope: Focus on Left to Migrate View');
      const view = page.locator('.pane', { has: page.locator('.pane-header[aria-label^="Left to Migrate"]') });
      await view.getByText('Check the workspace to see all').waitFor();
      await window.palette('Slimscope: Check Workspace');
      await view.getByText(/\d+ of \d+ files that use TensorFlow are ready/).waitFor();
      await settled(window, view);
      await view.locator('.monaco-list-row', { hasText: 'contrib-changed' }).first().waitFor();
      await window.palette('Slimscope: Group by File');
      const file = view.locator('.monaco-list-row', { hasText: 'legacy_network.py' });
      await file.first().click();
      const place = view.locator('.monaco-list-row', { hasText: 'tf.contrib.framework.nest.flatten' });
      await place.first().click();
      await window.isCaretIn(13);
      assert.match(await view.innerText(), /left/);
      const { x, y, width } = await view.boundingBox();
      await window.picture([{ x, y, width, height: 380 }]);
      await window.palette('Slimscope: Group by Rule');
      await window.sideBar(false);
    },
  },
  {
    title: 'the status menu says the target and why, what is known, and what the last analysis cost',
    picture: 'status',
    async play(window) {
      const { page } = window;
      await window.openFile('residual_network.py');
      const menu = page.locator('.monaco-hover:not(.hidden)', { hasText: 'Slimscope: TensorFlow' });
      await window.until(async () => {
        await page.mouse.move(500, 300);
        await page.locator('.statusbar-item[id="status.languageStatus"]').hover();
        await menu.waitFor({ timeout: 2_000 }).catch(() => undefined);
        return /\d+ contexts in \d+ ms/.test((await menu.count()) > 0 ? await menu.innerText() : '');
      });
      assert.match(await menu.innerText(), /TensorFlow 2\.16\n.*nothing in the workspace says another/);
      await window.picture([await window.widget(menu)]);
      await page.mouse.move(500, 300);
    },
  },
  {
    title: 'the walkthrough has five steps with pictures, and its buttons work',
    picture: 'walkthrough',
    async play(window) {
      const { page } = window;
      await window.palette('Slimscope: Open Walkthrough');
      const steps = page.locator('.getting-started-step');
      await steps.nth(4).waitFor();
      assert.equal(await steps.count(), 5);
      const step = steps.filter({ hasText: 'Find what TensorFlow 2 lacks' });
      await step.click();
      await step.locator('.monaco-button', { hasText: 'Set the Target' }).waitFor();
      const picture = page.frameLocator('iframe.webview.ready').frameLocator('iframe').locator('svg title');
      await window.until(async () =>
        /tf\.contrib is underlined/.test(await picture.textContent({ timeout: 5_000 }).catch(() => '')),
      );
      await window.picture([await step.boundingBox(), await page.locator('iframe.webview.ready').boundingBox()]);
      await step.locator('.monaco-button', { hasText: 'Set the Target' }).click();
      await page.locator('.settings-editor .setting-item', { hasText: 'Target Tensorflow' }).first().waitFor();
      await page.keyboard.press('Control+w');
      await page.keyboard.press('Control+w');
    },
  },
];

/** Waits until a view that is still being filled has said the same for a while. */
async function settled(window, view) {
  let before = '';
  let since = Date.now();
  await window.until(async () => {
    const now = await view.innerText();
    if (now !== before) since = Date.now();
    before = now;
    return Date.now() - since > 1_500;
  });
}
