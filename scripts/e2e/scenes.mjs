/** The scenes of the walk: what is done, what must be seen, and which part of the window the picture shows. */
import assert from 'node:assert/strict';

/**
 * A scene plays in the window of the one before. Its picture shows the boxes that it names.
 * @type {readonly { title: string, picture?: string, play: (window, read: (file) => Promise<string>) => Promise<void> }[]}
 */
export const scenes = [
  {
    title: 'hover on slim.conv2d shows every effective argument and its origin',
    picture: 'hover-conv2d',
    async play(window) {
      await window.openFile('inception_block.py');
      const hover = await window.hover('wide = slim.conv2d(wide, 64', 'conv2d');
      const text = await hover.innerText();
      for (const word of ['stride', 'padding', 'normalizer_fn', 'scopes.py']) assert.ok(text.includes(word), word);
      await window.picture([await window.lines('def block', 'wide = slim.conv2d(wide'), await window.widget(hover)]);
    },
  },
  {
    title: 'the link in a hover goes to the scope that sets the value',
    async play(window, read) {
      await window.openFile('inception_block.py');
      const hover = await window.hover('wide = slim.conv2d(wide, 64', 'conv2d');
      await hover.locator('a', { hasText: 'scopes.py' }).first().click();
      await window.isActive('scopes.py');
      const lines = (await read('scopes.py')).split('\n');
      await window.isCaretIn(1 + lines.findIndex((line) => line.includes('padding="SAME"')));
    },
  },
  {
    title: 'hover on an arg_scope shows what it sets, hides and reaches',
    picture: 'hover-arg-scope',
    async play(window) {
      await window.openFile('inception_block.py');
      const line = 'with slim.arg_scope([slim.conv2d, slim.max_pool2d], stride=2';
      const hover = await window.hover(line, 'arg_scope');
      const text = await hover.innerText();
      for (const word of ['stride', 'padding', 'conv2d', 'max_pool2d']) assert.ok(text.includes(word), word);
      await window.picture([await window.lines('def reduction', line), await window.widget(hover)]);
    },
  },
  {
    title: 'hover on a call with several callers shows what differs between them',
    picture: 'hover-callers',
    async play(window) {
      await window.openFile('residual_network.py');
      const line = 'net = slim.conv2d(net, depth, [3, 3], stride';
      const hover = await window.hover(line, 'conv2d');
      const text = await hover.innerText();
      for (const word of ['6 variants', 'train.py', 'evaluate.py', 'weights_regularizer'])
        assert.ok(text.includes(word), word);
      await window.picture([await window.lines('def unit', line), await window.widget(hover)]);
    },
  },
  {
    title: 'the link in a hover goes to a caller',
    async play(window, read) {
      await window.openFile('residual_network.py');
      const hover = await window.hover('net = slim.conv2d(net, depth, [3, 3], stride', 'conv2d');
      await hover.locator('a', { hasText: 'train.py' }).first().click();
      await window.isActive('train.py');
      const lines = (await read('train.py')).split('\n');
      await window.isCaretIn(1 + lines.findIndex((line) => line.includes('return network(')));
    },
  },
  {
    title: 'behind a call stands what it inherits, with its story in a hover',
    picture: 'inlay-hints',
    async play(window) {
      await window.openFile('inception_block.py');
      let hover;
      // A mouse on its way asks for the story and goes on before it is there.
      await window.until(async () => {
        hover = await window.hover('wide = slim.conv2d(wide, 64', 'batch_norm');
        return (await hover.innerText()).includes('Double-click');
      });
      const text = await hover.innerText();
      for (const word of ['normalizer_fn', 'weights_regularizer', 'scopes.py']) assert.ok(text.includes(word), word);
      await window.picture([
        await window.lines('def block', 'wide = slim.conv2d(wide, 64'),
        await window.widget(hover),
      ]);
    },
  },
  {
    title: 'a double click on what a call inherits writes it into the call',
    async play(window) {
      await window.openFile('small_network.py');
      const isWritten = () => window.shows('normalizer_fn=slim.batch_norm,');
      await window.until(async () => {
        if (await isWritten()) return true;
        const { x, y, width, height } = await window.place('net = slim.conv2d(images, 32', 'batch_norm');
        await window.page.mouse.dblclick(x + width / 2, y + height / 2);
        await window.page.waitForTimeout(500);
        return isWritten();
      });
      await window.page.keyboard.press('Control+z');
      await window.place('net = slim.conv2d(images, 32', 'batch_norm');
    },
  },
  {
    title: 'a code lens above a network leads to the calls of it',
    picture: 'code-lens',
    async play(window) {
      await window.openFile('residual_network.py');
      const lens = window.page.locator('.codelens-decoration a', { hasText: 'called from 3 places in 6 ways' });
      await lens.click();
      const peek = window.peek();
      await peek.locator('.monaco-list-row', { hasText: 'unit(net, 256' }).waitFor();
      await window.picture([await window.lines('import tf_slim', 'def unit('), await window.widget(peek, 0)]);
      await window.page.keyboard.press('Escape');
    },
  },
  {
    title: 'the outline of a file has its layers by their names',
    picture: 'outline',
    async play(window) {
      await window.openFile('small_network.py');
      const list = window.page.locator('.quick-input-widget');
      await window.until(async () => {
        await window.page.keyboard.press('Escape');
        await window.page.keyboard.press('Control+Shift+o');
        const row = list.locator('.monaco-list-row', { hasText: 'conv2' });
        return row.waitFor({ timeout: 3_000 }).then(
          () => true,
          () => false,
        );
      });
      await window.picture([await window.widget(list)]);
      await window.page.keyboard.press('Escape');
    },
  },
  {
    title: 'in an arg_scope the keywords that all its ops take are offered',
    picture: 'completion',
    async play(window) {
      await window.openFile('inception_block.py');
      const line = 'with slim.arg_scope([slim.conv2d, slim.max_pool2d], stride=2, padding="VALID")';
      await window.click(line, '"VALID")');
      await window.page.keyboard.press('End');
      for (const _ of '):') await window.page.keyboard.press('ArrowLeft');
      await window.page.keyboard.type(', data', { delay: 50 });
      const list = window.page.locator('.suggest-widget');
      await list.locator('.monaco-list-row', { hasText: 'data_format=' }).waitFor();
      await window.picture([await window.lines('def reduction', 'return tf.concat([small'), await window.widget(list)]);
      await window.page.keyboard.press('Escape');
      for (const _ of ', data') await window.page.keyboard.press('Backspace');
    },
  },
  {
    title: 'in a call the signature shows what scopes set',
    picture: 'signature-help',
    async play(window) {
      await window.openFile('inception_block.py');
      await window.click('pooled = slim.max_pool2d(net, [3, 3]', '3, 3]');
      await window.page.keyboard.press('Control+Shift+Space');
      const help = window.page.locator('.parameter-hints-widget');
      await window.until(async () => (await help.innerText()).includes('padding="VALID"'));
      await window.picture([await window.lines('def reduction', 'return tf.concat([small'), await window.widget(help)]);
      await window.page.keyboard.press('Escape');
    },
  },
  {
    title: 'references of a keyword in an arg_scope are the calls that take it',
    picture: 'references-arg-scope',
    async play(window) {
      await window.openFile('scopes.py');
      const peek = await window.references('weights_regularizer=', 'weights_regularizer');
      await peek.locator('.monaco-list-row', { hasText: 'residual_network.py' }).click();
      const call = peek.locator('.monaco-list-row', { hasText: 'net = slim.conv2d(images, 32' });
      await call.click();
      await peek.locator('.view-line', { hasText: 'def network(images' }).waitFor();
      await window.picture([
        await window.lines('with slim.arg_scope(', 'weights_regularizer='),
        await window.widget(peek, 0),
      ]);
      await window.page.keyboard.press('Escape');
    },
  },
  {
    title: 'the menu of an editor leads from a call to the scopes that it inherits from',
    async play(window) {
      await window.openFile('residual_network.py');
      await window.command('Go to Origins of Inherited Arguments', 'net = slim.conv2d(images, 32', 'conv2d');
      const peek = window.peek();
      await peek.waitFor();
      await window.until(async () => (await peek.innerText()).includes('scopes.py'));
      await window.page.keyboard.press('Escape');
    },
  },
  {
    title: 'uses of tf.contrib are underlined, and the menu offers the way out',
    picture: 'contrib-quick-fix',
    async play(window) {
      await window.openFile('legacy_network.py');
      await window.squiggles('error').nth(2).waitFor();
      const { menu } = await window.quickFixMenu('import tensorflow.contrib.slim', 'contrib.slim', 'Import from');
      await window.picture([await window.lines('import tensorflow as tf', 'return cell'), await window.widget(menu)]);
    },
  },
  {
    title: 'the conversion to Keras is applied, shown as a difference, and saved',
    picture: 'keras-conversion',
    async play(window, read) {
      await window.openFile('inception_block.py');
      const call = 'wide = slim.conv2d(wide, 64';
      const { entry } = await window.quickFixMenu(call, 'conv2d', 'Convert to');
      await entry.click();
      await window.place('tf.keras.layers.Conv2D', 'Conv2D');
      const view = await window.compareWithSaved();
      await window.picture([await window.lines('def block', 'return tf.concat')]);
      await window.save();
      await window.until(async () => (await read('inception_block.py')).includes('tf.keras.layers.Conv2D('));
      assert.ok(!(await read('inception_block.py')).includes(call));
      await window.page.keyboard.press('Control+w');
      await view.waitFor({ state: 'detached' });
    },
  },
  {
    title: 'where the layer would not be equal, the menu says why',
    picture: 'keras-refused',
    async play(window) {
      await window.openFile('inception_block.py');
      const { menu, entry } = await window.quickFixMenu('net = slim.conv2d(net, 128', 'conv2d', 'not possible');
      assert.match(await entry.innerText(), /reuse/);
      await window.picture([await window.lines('def head', 'return tf.layers'), await window.widget(menu)]);
    },
  },
  {
    title: 'a whole file is shown as Keras before anything is changed, and applied in one step',
    picture: 'migration',
    async play(window, read) {
      const before = await read('small_network.py');
      await window.openFile('small_network.py');
      await window.command('Migrate File or Selection to Keras', 'net = slim.conv2d(images, 32', 'conv2d');
      const view = window.page.locator('.monaco-diff-editor');
      await view.locator('.line-insert').first().waitFor();
      await window.picture([await window.lines('import tensorflow as tf', 'return logits')]);
      assert.equal(await read('small_network.py'), before);
      await window.page.locator('.editor-actions .action-label[aria-label^="Apply Migration"]').click();
      await view.waitFor({ state: 'detached' });
      await window.place('tf.keras.layers.Dense', 'Dense');
      await window.save();
      await window.until(async () => !(await read('small_network.py')).includes('slim'));
    },
  },
  {
    title: 'problems of all files are found on request, also of those that are not open',
    async play(window) {
      await window.palette('Slimscope: Check Workspace');
      await window.palette('Problems: Focus on Problems View');
      await window.page.locator('.markers-panel .monaco-list-row', { hasText: 'old_contrib.py' }).waitFor();
      await window.palette('Slimscope: Clear Problems of Closed Files');
      await window.page
        .locator('.markers-panel .monaco-list-row', { hasText: 'old_contrib.py' })
        .waitFor({ state: 'detached' });
    },
  },
];
