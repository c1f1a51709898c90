/** `slimscope weights` and `migrate --weights-map`: the map, the loader, and what is said about what they lack. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { WeightsMap } from '../../server/src/slim/weights/weightsMap';
import { slimscope, withShell } from './slimscope';

const net = `import tensorflow as tf
import tf_slim as slim

def net(images):
    with tf.variable_scope('net'):
        with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm):
            images = slim.conv2d(images, 64, [3, 3], scope='conv_1/a')
        return slim.fully_connected(images, 32)

images = net(tf.zeros([1, 8, 8, 3]))
`;
const files = { 'net.py': net };
const weights = (...pairs: readonly (readonly [string, readonly string[]])[]) =>
  pairs.map(([weight, variables]) => ({ weight, variables, transform: 'identity' }));
const kernel = ['kernel', ['weights', 'kernel']] as const;
const expected = {
  schemaVersion: 1,
  layers: [
    { name: 'net_conv_1_a', pattern: null, class: 'Conv2D', scope: 'net/conv_1/a', weights: weights(kernel) },
    {
      name: 'net_conv_1_a_BatchNorm',
      class: 'BatchNormalization',
      scope: 'net/conv_1/a/BatchNorm',
      weights: weights(['beta', ['beta']], ['moving_mean', ['moving_mean']], ['moving_variance', ['moving_variance']]),
    },
    {
      name: null,
      pattern: null,
      class: 'Dense',
      scope: null,
      weights: weights(kernel, ['bias', ['biases', 'bias', 'BiasAdd/biases']]),
    },
  ],
};

describe('slimscope weights', () => {
  it('prints the map of what the code becomes, and says what the map lacks', async () => {
    await withShell(files, async (shell) => {
      const { code, out, error } = await shell.run(['weights', '.']);
      expect(JSON.parse(out)).toMatchObject(expected);
      expect(error).toMatch(
        /^slimscope: 1 of 3 layers have no name, so that the loader cannot tell them apart \(net\.py:\d+\)\n$/,
      );
      expect(code).toBe(0);
      expect(readFileSync(shell.path('net.py'), 'utf8')).toBe(net);
    });
  });

  it('writes the map and the loader where they are wanted', async () => {
    await withShell(files, async (shell) => {
      const args = ['weights', 'net.py', '--output', 'weights.json', '--loader', 'load.py'];
      const { code, out } = await shell.run(args, { weightsLoader: () => '"""Loads."""\n' });
      expect({ code, out }).toEqual({ code: 0, out: '' });
      expect(JSON.parse(readFileSync(shell.path('weights.json'), 'utf8'))).toMatchObject(expected);
      expect(readFileSync(shell.path('load.py'), 'utf8')).toBe('"""Loads."""\n');
    });
  });

  it('reads layers that are Keras already; a name cannot tell `/` from `_`', async () => {
    const text = "import keras\nx = keras.layers.Dense(4, name='a_b')(x)\n";
    const { out, error } = await slimscope({ 'net.py': text }, ['weights', 'net.py']);
    expect((JSON.parse(out) as WeightsMap).layers).toMatchObject([{ name: 'a_b', scope: null, at: 'net.py:2' }]);
    expect(error).toBe('');
  });

  it('says which calls are not in the map, and that there is nothing in it', async () => {
    const text = 'import tf_slim as slim\ndef net(x):\n  return slim.conv2d(x, 8, 3, reuse=True)\n';
    const { code, out, error } = await slimscope({ 'net.py': text }, ['weights', 'net.py']);
    expect(JSON.parse(out)).toEqual({ schemaVersion: 1, layers: [] });
    expect(error).toBe(`slimscope: no Keras layer with weights in these files
slimscope: 1 TF-Slim call stays as it is and is not in the map: see \`slimscope migrate\`
`);
    expect(code).toBe(0);
  });

  it('fails when a file cannot be written', async () => {
    const lost = { weightsLoader: () => undefined, writeReport: () => 'the disk is full' };
    const { code, error } = await slimscope(files, ['weights', '.', '-o', 'map.json', '--loader', 'l.py'], lost);
    expect(code).toBe(2);
    expect(error).toContain('`map.json` is not written: the disk is full');
    expect(error).toContain('the loader `l.py` is not written: it is missing in this installation');
  });

  it.each([
    [['weights'], '`weights` takes files or folders'],
    [['weights', '-'], '`weights` takes no stdin'],
    [['weights', '.', '--write'], '`weights` takes no option `--write`'],
    [['migrate', '.', '--loader', 'x.py'], '`migrate` takes no option `--loader`'],
  ])('refuses %j', async (args, problem) => {
    const { code, error } = await slimscope(files, args);
    expect(error).toContain(problem);
    expect(code).toBe(4);
  });
});

describe('slimscope migrate --weights-map', () => {
  it('writes the map of the migrated code beside the report', async () => {
    await withShell(files, async (shell) => {
      const { out } = await shell.run(['migrate', '.', '--weights-map', 'weights.json']);
      expect(out).toContain('2 of 2 calls to Keras');
      expect(JSON.parse(readFileSync(shell.path('weights.json'), 'utf8'))).toMatchObject(expected);
      expect(readFileSync(shell.path('net.py'), 'utf8')).toBe(net);
      await shell.run(['migrate', '.', '--write']);
      expect(existsSync(shell.path('weights.json'))).toBe(true);
      // What is left to read are the names.
      const { layers } = JSON.parse((await shell.run(['weights', '.'])).out) as WeightsMap;
      expect(layers.map(({ name, scope }) => [name, scope])).toEqual([
        ['net_conv_1_a', null],
        ['net_conv_1_a_BatchNorm', null],
        [null, null],
      ]);
    });
  });
});
