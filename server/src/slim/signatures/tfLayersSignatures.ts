/**
 * Signatures of `tf.layers` (TensorFlow 1.15, B4): its functions, and the constructors of its classes. None of them can
 * stand in an arg_scope. The defaults here are those of `tf.layers`, which differ from slim's of the same name: that
 * difference is what Slimscope shows.
 */
import { parseParameterTexts } from './parameterTexts';
import type { LibraryFunction } from './signature';

const zeros = 'tf.zeros_initializer()';
const ones = 'tf.ones_initializer()';

const kernelTail = [
  'activation=None',
  'use_bias=True',
  'kernel_initializer=None',
  `bias_initializer=${zeros}`,
  'kernel_regularizer=None',
  'bias_regularizer=None',
  'activity_regularizer=None',
  'kernel_constraint=None',
  'bias_constraint=None',
  'trainable=True',
  'name=None',
  'reuse=None',
];

const separableTail = [
  'depth_multiplier=1',
  'activation=None',
  'use_bias=True',
  'depthwise_initializer=None',
  'pointwise_initializer=None',
  `bias_initializer=${zeros}`,
  'depthwise_regularizer=None',
  'pointwise_regularizer=None',
  'bias_regularizer=None',
  'activity_regularizer=None',
  'depthwise_constraint=None',
  'pointwise_constraint=None',
  'bias_constraint=None',
  'trainable=True',
  'name=None',
  'reuse=None',
];

const batchNormalization = [
  'inputs',
  'axis=-1',
  'momentum=0.99',
  'epsilon=0.001',
  'center=True',
  'scale=True',
  `beta_initializer=${zeros}`,
  `gamma_initializer=${ones}`,
  `moving_mean_initializer=${zeros}`,
  `moving_variance_initializer=${ones}`,
  'beta_regularizer=None',
  'gamma_regularizer=None',
  'beta_constraint=None',
  'gamma_constraint=None',
  'training=False',
  'trainable=True',
  'name=None',
  'reuse=None',
  'renorm=False',
  'renorm_clipping=None',
  'renorm_momentum=0.99',
  'fused=None',
  'virtual_batch_size=None',
  'adjustment=None',
];

function convolution(one: string): readonly string[] {
  return ['inputs', 'filters', 'kernel_size', `strides=${one}`, "padding='valid'", "data_format='channels_last'"];
}

const pooling = ['inputs', 'pool_size', 'strides', "padding='valid'", "data_format='channels_last'", 'name=None'];

const convolutional = 'tensorflow.python.layers.convolutional';
const core = 'tensorflow.python.layers.core';
const poolingModule = 'tensorflow.python.layers.pooling';

/** Function name, module, parameters, further names in its own module. */
type Row = readonly [name: string, module: string, parameters: readonly string[], aliases?: readonly string[]];

const rows: readonly Row[] = [
  ['conv1d', convolutional, [...convolution('1'), 'dilation_rate=1', ...kernelTail], ['convolution1d']],
  ['conv2d', convolutional, [...convolution('(1, 1)'), 'dilation_rate=(1, 1)', ...kernelTail], ['convolution2d']],
  ['conv3d', convolutional, [...convolution('(1, 1, 1)'), 'dilation_rate=(1, 1, 1)', ...kernelTail], ['convolution3d']],
  ['separable_conv1d', convolutional, [...convolution('1'), 'dilation_rate=1', ...separableTail]],
  [
    'separable_conv2d',
    convolutional,
    [...convolution('(1, 1)'), 'dilation_rate=(1, 1)', ...separableTail],
    ['separable_convolution2d'],
  ],
  [
    'conv2d_transpose',
    convolutional,
    [...convolution('(1, 1)'), ...kernelTail],
    ['convolution2d_transpose', 'deconvolution2d', 'deconv2d'],
  ],
  [
    'conv3d_transpose',
    convolutional,
    [...convolution('(1, 1, 1)'), ...kernelTail],
    ['convolution3d_transpose', 'deconvolution3d', 'deconv3d'],
  ],
  ['dense', core, ['inputs', 'units', ...kernelTail], ['fully_connected']],
  ['dropout', core, ['inputs', 'rate=0.5', 'noise_shape=None', 'seed=None', 'training=False', 'name=None']],
  ['flatten', core, ['inputs', 'name=None', "data_format='channels_last'"]],
  ['batch_normalization', 'tensorflow.python.layers.normalization', batchNormalization, ['batch_norm']],
  ['max_pooling1d', poolingModule, pooling],
  ['max_pooling2d', poolingModule, pooling, ['max_pool2d']],
  ['max_pooling3d', poolingModule, pooling],
  ['average_pooling1d', poolingModule, pooling],
  ['average_pooling2d', poolingModule, pooling, ['avg_pool2d']],
  ['average_pooling3d', poolingModule, pooling],
];

/** The class behind each function: it takes the same but the inputs, `reuse` and `training`. */
const classNames: Readonly<Record<string, string>> = {
  conv1d: 'Conv1D',
  conv2d: 'Conv2D',
  conv3d: 'Conv3D',
  separable_conv1d: 'SeparableConv1D',
  separable_conv2d: 'SeparableConv2D',
  conv2d_transpose: 'Conv2DTranspose',
  conv3d_transpose: 'Conv3DTranspose',
  dense: 'Dense',
  dropout: 'Dropout',
  max_pooling1d: 'MaxPooling1D',
  max_pooling2d: 'MaxPooling2D',
  max_pooling3d: 'MaxPooling3D',
  average_pooling1d: 'AveragePooling1D',
  average_pooling2d: 'AveragePooling2D',
  average_pooling3d: 'AveragePooling3D',
};

const onlyOfCalls = new Set(['inputs', 'reuse=None', 'training=False']);

/** In their own order, or of a shape of their own. */
const ownClassRows: readonly Row[] = [
  ['Flatten', core, ['data_format=None', '**kwargs']],
  [
    'BatchNormalization',
    'tensorflow.python.layers.normalization',
    [
      ...batchNormalization.slice(1, batchNormalization.indexOf('training=False')),
      ...['renorm=False', 'renorm_clipping=None', 'renorm_momentum=0.99', 'fused=None', 'trainable=True'],
      ...['virtual_batch_size=None', 'adjustment=None', 'name=None', '**kwargs'],
    ],
    ['BatchNorm'],
  ],
];

const classRows: readonly Row[] = [
  ...rows.flatMap(([name, module, parameters]): Row[] => {
    const className = classNames[name];
    if (className === undefined) return [];
    return [[className, module, [...parameters.filter((one) => !onlyOfCalls.has(one)), '**kwargs']]];
  }),
  ...ownClassRows,
];

/**
 * All of `tf.layers`, functions first, in the order of the table. Their `aliases` exist only in the defining
 * `tensorflow.python.layers.*` module, not in the public `tf.layers`.
 */
export const tfLayersFunctions: readonly LibraryFunction[] = [...rows, ...classRows].map(
  ([name, module, parameters, aliases = []]) => ({
    name,
    functionName: name,
    aliases,
    scopable: false,
    libraries: ['tf.layers'],
    modules: { 'tf.layers': module },
    parameters: parseParameterTexts(parameters),
  }),
);

/** True for a class, whose call makes a layer and runs nothing yet. */
export function isLayerClass({
  name,
  libraries,
}: Pick<LibraryFunction, 'name'> & { readonly libraries: readonly string[] }): boolean {
  return libraries.includes('tf.layers') && /^[A-Z]/.test(name);
}
