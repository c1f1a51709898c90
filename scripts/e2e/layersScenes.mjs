/**
 * Scenes of the layers panel. Its page lies in a frame of a frame; what is done there is what a person does: choose, type,
 * click, press keys.
 */
import assert from 'node:assert/strict';

/** The page of the panel. */
function pageOf(window) {
  return window.page.frameLocator('iframe.webview.ready').frameLocator('iframe');
}

/** Texts of a column, from top to bottom. */
async function column(panel, name) {
  return panel.locator(`tbody td.column-${name}`).allInnerTexts();
}

/** Moves the border between the editor and the panel. */
async function dragBorder(window, to) {
  const { x } = await window.page.locator('iframe.webview.ready').boundingBox();
  await window.page.mouse.move(x - 1, 1500);
  await window.page.mouse.down();
  await window.page.mouse.move(to, 1500, { steps: 5 });
  await window.page.mouse.up();
}

/** Gives the panel most of the width, so that a picture shows all of it. */
async function pictureOf(window, panel, last) {
  await dragBorder(window, 100);
  await window.until(async () => (await window.page.locator('iframe.webview.ready').boundingBox()).width > 700);
  await window.page.mouse.move(50, 1500);
  const frame = await window.page.locator('iframe.webview.ready').boundingBox();
  const end = await panel.locator(last).last().boundingBox();
  await window.picture([{ ...frame, height: end.y + end.height + 12 - frame.y }]);
}

export const layersScenes = [
  {
    title: 'the layers of a network are a table with shapes and parameters, and a row leads to its call',
    picture: 'layers',
    async play(window, read) {
      await window.openFile('image_network.py');
      await window.command('Show Layers', 'net = slim.conv2d(images, 32', 'conv2d');
      const panel = pageOf(window);
      await panel.locator('tbody tr').nth(14).waitFor();
      assert.match(
        await panel.locator('.total').innerText(),
        /^15 layers, 2\d\d,\d{3} parameters: .* trainable, .* not/,
      );
      assert.deepEqual((await column(panel, 'output')).slice(0, 3), ['?x47x47x32', '?x47x47x64', '?x23x23x64']);
      await panel.locator('tbody tr[aria-current]', { hasText: 'conv1' }).waitFor();
      await pictureOf(window, panel, 'tbody tr');
      await panel.locator('tbody tr', { hasText: 'mix' }).click();
      const lines = (await read('image_network.py')).split('\n');
      await window.isCaretIn(1 + lines.findIndex((line) => line.includes('scope="mix"')));
    },
  },
  {
    title: 'the table is sorted, filtered, given a shape, and worked by keys',
    async play(window) {
      const panel = pageOf(window);
      const header = panel.locator('th.column-parameters');
      await header.locator('button').click();
      assert.equal(await header.getAttribute('aria-sort'), 'descending');
      assert.match((await column(panel, 'name'))[0], /wide$/);
      await header.locator('button').click();
      await header.locator('button').click();
      assert.equal(await header.getAttribute('aria-sort'), 'none');
      await panel.locator('#filter').fill('conv2d tower');
      await window.until(async () => (await panel.locator('tbody tr').count()) === 6);
      await panel.locator('#filter').fill('');
      await window.until(async () => (await panel.locator('tbody tr').count()) === 15);
      await panel.locator('#shape').fill('8x64x64x1');
      await panel.locator('#shape').press('Enter');
      await window.until(async () => (await column(panel, 'output'))[0] === '8x31x31x32');
      await panel.locator('#shape').fill('large');
      await panel.locator('#shape').press('Enter');
      await window.until(async () => /no shape/.test(await panel.locator('#shape-note').innerText()));
      await panel.locator('#shape').fill('');
      await panel.locator('#shape').press('Enter');
      await window.until(async () => (await column(panel, 'output'))[0] === '?x47x47x32');
      await panel.locator('tbody tr').first().focus();
      for (const key of ['End', 'ArrowUp', 'ArrowUp']) await panel.locator('tbody tr:focus').press(key);
      assert.match(await panel.locator('tbody tr:focus').innerText(), /mix/);
      await panel.locator('tbody tr:focus').press('ArrowRight');
      assert.equal(await panel.locator('button.chip:focus').innerText(), 'num_outputs=96');
    },
  },
  {
    title: 'the table follows the text, and a name is never more than text',
    async play(window) {
      const panel = pageOf(window);
      await dragBorder(window, 740);
      const { x, y, width, height } = await window.place('scope="dropout"', 'dropout');
      await window.page.mouse.dblclick(x + width / 2, y + height / 2);
      await window.page.keyboard.type('<img src=x onerror=alert(1)>');
      await window.until(async () => (await column(panel, 'name')).some((name) => name.includes('<img src=x')));
      assert.equal(await panel.locator('img').count(), 0);
      await window.palette('File: Revert File');
      await window.until(async () => (await column(panel, 'name')).some((name) => name.endsWith('dropout')));
    },
  },
  {
    title: 'the scope map shows which keyword reaches which layer, also in words',
    picture: 'scope-map',
    async play(window) {
      const panel = pageOf(window);
      await panel.locator('[role=tab]', { hasText: 'Scope Map' }).click();
      const scope = panel.locator('[role=treeitem]', { hasText: 'arg_scope conv2d, max_pool2d' });
      const words = await scope.getAttribute('aria-label');
      assert.match(words, /stride=2: reaches 2 layers, replaced at 1 \(2\)/);
      await scope.hover();
      assert.equal(await panel.locator('.map.choosing .item.layer.chosen').count(), 2);
      await pictureOf(window, panel, '.item');
      await panel.locator('[role=treeitem]').first().focus();
      await panel.locator('[role=treeitem]:focus').press('ArrowDown');
      assert.match(await panel.locator('[role=treeitem]:focus').innerText(), /network_arg_scope/);
      await panel.locator('[role=tab]', { hasText: 'Layers' }).click();
    },
  },
  {
    title: 'layers are exported as a document',
    async play(window) {
      const panel = pageOf(window);
      await panel.locator('button', { hasText: 'CSV' }).click();
      await window.until(() => window.shows('index,name,op,arguments,output'));
      await window.palette('View: Revert and Close Editor');
      await window.palette('View: Close Editors in Other Groups');
      await window.page.locator('iframe.webview').waitFor({ state: 'detached' });
    },
  },
];
