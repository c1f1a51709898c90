/** Which layers of a file have weights, what they are called, and which variables belong to them. */
import { describe, expect, it } from 'vitest';
import { weightsOfFile } from '../../../server/src/features/weights/weightsOfFile';
import { memoryWorkspace } from '../../support/memoryWorkspace';

/** The layers of `net.py`. */
function layersOf(text: string, scopes: Readonly<Record<string, string>> = {}) {
  const workspace = memoryWorkspace([{ path: 'net.py', text: `import tensorflow as tf\n${text}` }]);
  return weightsOfFile(workspace.snapshot, workspace.uri('net.py'), new Map(Object.entries(scopes)));
}

/** `weight <- variable, or variable` of the only layer. */
function weightsOf(call: string): readonly string[] {
  const [layer] = layersOf(`x = tf.keras.layers.${call}(x)\n`);
  return (layer?.weights ?? []).map(
    ({ weight, variables, optional }) => `${weight}${optional ? '?' : ''} <- ${variables.join(', ')}`,
  );
}

const kernel = 'kernel <- weights, kernel';
const bias = 'bias <- biases, bias, BiasAdd/biases';

describe('the weights of a layer', () => {
  it.each([
    ['Conv2D(8, 3)', [kernel, bias]],
    ['Conv2D(8, 3, use_bias=False)', [kernel]],
    ['Conv2D(8, 3, use_bias=flag)', [kernel, `bias? <- biases, bias, BiasAdd/biases`]],
    ['Dense(8, **options)', [kernel, `bias? <- biases, bias, BiasAdd/biases`]],
    ['DepthwiseConv2D(3)', ['depthwise_kernel <- depthwise_weights, depthwise_kernel', bias]],
    [
      'SeparableConv2D(8, 3, use_bias=False)',
      [
        'depthwise_kernel <- depthwise_weights, depthwise_kernel',
        'pointwise_kernel <- pointwise_weights, pointwise_kernel',
      ],
    ],
    [
      'BatchNormalization(scale=False)',
      ['beta <- beta', 'moving_mean <- moving_mean', 'moving_variance <- moving_variance'],
    ],
    ['GroupNormalization(groups=2, center=False)', ['gamma <- gamma']],
  ])('%s', (call, expected) => {
    expect(weightsOf(call)).toEqual(expected);
  });

  it.each(['MaxPooling2D(2)', 'Activation("relu")', 'GroupNormalization(center=False, scale=False)', 'LSTM(8)'])(
    '%s is not in the map',
    (call) => {
      expect(weightsOf(call)).toEqual([]);
    },
  );
});

describe('the name of a layer', () => {
  it.each([
    ["'conv1'", 'conv1', null],
    ["f'{scope}_conv1'", null, '*_conv1'],
    ["f'{scope}_{i}'", null, '*_*'],
    ["f'block{1}'", null, 'block*'],
    ["'conv%d_%s' % (i, j)", null, 'conv*_*'],
    ["'conv{}'.format(i)", null, 'conv*'],
    ["scope + '_conv1'", null, '*_conv1'],
    ["sc.name.replace('/', '_') + '_conv1'", null, '*_conv1'],
    ["'a/b'.replace('/', '_')", 'a_b', null],
    ['name', null, '*'],
    ['None', null, null],
  ])('name=%s', (text, name, pattern) => {
    expect(layersOf(`x = tf.keras.layers.Dense(8, name=${text})(x)\n`)).toMatchObject([{ name, pattern }]);
  });

  it('is looked up for its scope, which it cannot tell by itself', () => {
    const text = "a = tf.keras.layers.Dense(8, name='a_b_c')(x)\nb = tf.keras.layers.Dense(8, name=f'{s}_fc')(a)\n";
    expect(layersOf(text).map(({ scope }) => scope)).toEqual([null, null]);
    expect(layersOf(text, { a_b_c: 'a/b_c', '*_fc': '*/fc' }).map(({ scope }) => scope)).toEqual(['a/b_c', '*/fc']);
  });
});

describe('a layer of Keras', () => {
  it.each([
    'from tensorflow import keras\nx = keras.layers.Dense(8)(x)\n',
    'import keras\nx = keras.layers.Dense(8)(x)\n',
    'from tensorflow.keras.layers import Dense as D\nx = D(8)(x)\n',
    'import tf_keras as k\nx = k.layers.Dense(8)(x)\n',
    'L = tf.keras.layers\nx = L.Dense(8)(x)\n',
  ])('%j', (text) => {
    expect(layersOf(text)).toMatchObject([{ class: 'Dense', at: expect.stringMatching(/^net\.py:\d+$/) }]);
  });

  it.each(['class Dense:\n  pass\nx = Dense(8)\n', 'import flax.linen as layers\nx = layers.Dense(8)(x)\n'])(
    'is not %j',
    (text) => {
      expect(layersOf(text)).toEqual([]);
    },
  );

  it('is listed in the order of the text, with its place', () => {
    const text =
      "def net(x):\n  x = tf.keras.layers.Dense(8, name='b')(\n      tf.keras.layers.Dense(9, name='a')(x))\n";
    expect(layersOf(text).map(({ name, at }) => [name, at])).toEqual([
      ['b', 'net.py:3'],
      ['a', 'net.py:4'],
    ]);
  });
});
