/** The signature tables against parts B1, B2 and B4 of the semantics. */
import { describe, expect, it } from 'vitest';
import { defaultValue } from '../../../server/src/slim/library/pythonText';
import { findLibraryFunction, findSlimOp, slimFunctions } from '../../../server/src/slim/signatures/libraryFunctions';
import type { Signature } from '../../../server/src/slim/signatures/signature';
import { isLayerClass, tfLayersFunctions } from '../../../server/src/slim/signatures/tfLayersSignatures';

function render(signature: Signature | undefined): string {
  return (signature?.parameters ?? [])
    .map(({ name, kind, default: text }) => {
      if (kind === 'varPositional') return `*${name}`;
      if (kind === 'varKeyword') return `**${name}`;
      return text === undefined ? name : `${name}=${text}`;
    })
    .join(', ');
}

const convTail =
  'activation_fn=tf.nn.relu, normalizer_fn=None, normalizer_params=None, weights_initializer=xavier_initializer(), ' +
  'weights_regularizer=None, biases_initializer=tf.zeros_initializer(), biases_regularizer=None, reuse=None, ' +
  'variables_collections=None, outputs_collections=None, trainable=True, scope=None';

describe('slim', () => {
  it.each([
    ['conv2d', `inputs, num_outputs, kernel_size, stride=1, padding='SAME', data_format=None, rate=1, ${convTail}`],
    [
      'convolution',
      `inputs, num_outputs, kernel_size, stride=1, padding='SAME', data_format=None, rate=1, ${convTail}, conv_dims=None`,
    ],
    ['conv2d_in_plane', `inputs, kernel_size, stride=1, padding='SAME', ${convTail}`],
    ['conv2d_transpose', `inputs, num_outputs, kernel_size, stride=1, padding='SAME', data_format='NHWC', ${convTail}`],
    ['fully_connected', `inputs, num_outputs, ${convTail}`],
    [
      'max_pool2d',
      "inputs, kernel_size, stride=2, padding='VALID', data_format='NHWC', outputs_collections=None, scope=None",
    ],
    [
      'dropout',
      'inputs, keep_prob=0.5, noise_shape=None, is_training=True, outputs_collections=None, scope=None, seed=None',
    ],
    [
      'batch_norm',
      'inputs, decay=0.999, center=True, scale=False, epsilon=0.001, activation_fn=None, param_initializers=None, ' +
        'param_regularizers=None, updates_collections=tf.GraphKeys.UPDATE_OPS, is_training=True, reuse=None, ' +
        'variables_collections=None, outputs_collections=None, trainable=True, batch_weights=None, fused=None, ' +
        "data_format='NHWC', zero_debias_moving_mean=False, scope=None, renorm=False, renorm_clipping=None, " +
        'renorm_decay=0.99, adjustment=None',
    ],
    ['unit_norm', 'inputs, dim, epsilon=1e-07, scope=None'],
    ['repeat', 'inputs, repetitions, layer, *args, **kwargs'],
    ['relu', `inputs, num_outputs, ${convTail}`],
  ])('%s', (name, expected) => {
    expect(render(findSlimOp(name))).toBe(expected);
  });

  it('calls the fourth parameter of separable_conv2d depth_multiplier, not stride (trap 26)', () => {
    expect(findSlimOp('separable_conv2d')?.parameters[3]).toMatchObject({ name: 'depth_multiplier', default: '1' });
  });

  it('has the same entry under the short and the long name, and messages show the long one (A6)', () => {
    expect(findSlimOp('conv2d')).toBe(findSlimOp('convolution2d'));
    expect(findSlimOp('conv2d')).toMatchObject({ name: 'conv2d', functionName: 'convolution2d', scopable: true });
    expect(findSlimOp('separable_conv2d')?.functionName).toBe('separable_convolution2d');
  });

  it('can read every default, except the private sentinels', () => {
    const unreadable = new Set<string>();
    for (const { parameters } of [...slimFunctions, ...tfLayersFunctions]) {
      for (const { default: text } of parameters) {
        if (text !== undefined && defaultValue(text).kind === 'unknown') unreadable.add(text);
      }
    }
    expect([...unreadable]).toEqual(['<library default>']);
  });

  it('keeps add_loss and the units of the nets apart from the layers', () => {
    expect(findSlimOp('add_loss')).toBeUndefined();
    expect(findLibraryFunction('tf_slim.losses.loss_ops', 'add_loss')?.scopable).toBe(true);
    expect(findLibraryFunction('tf_slim.nets.resnet_utils', 'stack_blocks_dense')?.scopable).toBe(true);
  });
});

describe('tf.layers (B4)', () => {
  const kernelTail =
    'activation=None, use_bias=True, kernel_initializer=None, bias_initializer=tf.zeros_initializer(), ' +
    'kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, ' +
    'bias_constraint=None, trainable=True, name=None, reuse=None';
  const head = "inputs, filters, kernel_size, strides=(1, 1), padding='valid', data_format='channels_last'";

  it.each([
    ['conv2d', `${head}, dilation_rate=(1, 1), ${kernelTail}`],
    ['conv2d_transpose', `${head}, ${kernelTail}`],
    ['dense', `inputs, units, ${kernelTail}`],
    ['dropout', 'inputs, rate=0.5, noise_shape=None, seed=None, training=False, name=None'],
    ['flatten', "inputs, name=None, data_format='channels_last'"],
    ['max_pooling2d', "inputs, pool_size, strides, padding='valid', data_format='channels_last', name=None"],
  ])('%s', (name, expected) => {
    expect(render(tfLayersFunctions.find((one) => one.name === name))).toBe(expected);
  });

  it('is never scopable', () => {
    expect(tfLayersFunctions.filter((one) => one.scopable)).toEqual([]);
    expect(tfLayersFunctions).toHaveLength(17 + 17);
  });

  it('has the constructors of the classes, which take no inputs', () => {
    const classes = tfLayersFunctions.filter(isLayerClass);
    expect(classes).toHaveLength(17);
    for (const { parameters } of classes) {
      expect(parameters.map(({ name }) => name)).not.toContain('inputs');
      expect(parameters[parameters.length - 1]).toEqual({ name: 'kwargs', kind: 'varKeyword' });
    }
  });
});
