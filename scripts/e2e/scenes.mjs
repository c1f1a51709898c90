/** The scenes of the walk: what is done, what must be seen, and which part of the window the picture shows. */
import assert from 'node:assert/strict';

export const scenes = [
  {
    title: 'hover on slim.conv2d shows every effective argument and its origin',
    picture: 'hover-conv2d',
    async play(window) {
      await window.openFile('inception_block.py');
      const hover = await window.hover('wide = slim.conv2d(wide, 64', 'conv2d');
      assert.match(await hover.innerText(), /stride/);
      return [await window.lines('def block', 'wide = slim.conv2d(wide'), await hover.boundingBox()];
    },
  },
  {
    title: 'every use of tf.contrib is underlined, and the menu offers the way out',
    picture: 'contrib-quick-fix',
    async play(window) {
      await window.openFile('old_contrib.py');
      await window.squiggles('error').first().waitFor();
      const rows = await window.quickFixMenu('import tensorflow.contrib.slim', 'contrib.slim');
      return [await window.lines('import tensorflow as tf', 'layers.python.layers'), await rows.first().boundingBox()];
    },
  },
];
