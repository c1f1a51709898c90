/**
 * What the random programs are made of: for each layer its leading arguments, the keywords that it may be given, and the
 * ranks that it takes. Every value by itself is legal; combinations that fail are sorted out when they run.
 */

export type Values = readonly [string, ...string[]];

export interface RandomOp {
  /** As it is called, with `net` as the first argument: `slim.conv2d`. */
  readonly callee: string;
  /** Ranks of the inputs, batch and channels included. */
  readonly ranks: readonly number[];
  /** Rank of what it gives, if it is another one. */
  readonly gives?: number;
  /** Required arguments in their order, with their names. */
  readonly required: readonly (readonly [string, Values])[];
  /** Optional arguments that follow in this order, so that they can be given by position. */
  readonly next: readonly (readonly [string, Values])[];
  readonly keywords: Readonly<Record<string, Values>>;
  /** True when an arg_scope may set its keywords. */
  readonly isScopable?: true;
  /** True when it has a class of its own name in `tf.layers`. */
  readonly className?: string;
  /** Call arguments of the class. */
  readonly training?: Values;
}

const channels: Values = ['4', '6'];
const activations: Values = [
  'None', 'tf.nn.relu', 'tf.nn.elu', 'tf.nn.relu6', 'tf.tanh', 'tf.sigmoid', 'tf.nn.selu', 'tf.nn.leaky_relu',
  'lambda x: tf.nn.leaky_relu(x, 0.1)',
]; // prettier-ignore
const penalties: Values = [
  'None', 'slim.l2_regularizer(wd)', 'slim.l2_regularizer(scale=wd * 2)', 'slim.l1_regularizer(0.02)',
  'slim.l1_l2_regularizer(0.02, wd)', 'slim.l2_regularizer(0.0)',
]; // prettier-ignore
const draws: Values = ['slim.xavier_initializer()', 'tf.truncated_normal_initializer(stddev=0.1)'];
const flags: Values = ['True', 'False'];

const core: Readonly<Record<string, Values>> = {
  activation_fn: activations,
  weights_initializer: draws,
  weights_regularizer: penalties,
  biases_initializer: ['None', 'tf.zeros_initializer()', 'tf.constant_initializer(0.1)'],
  biases_regularizer: ['None', 'slim.l2_regularizer(0.3)'],
  trainable: flags,
};

const normalized: Readonly<Record<string, Values>> = {
  ...core,
  normalizer_fn: ['None', 'slim.batch_norm', 'slim.batch_norm', 'slim.batch_norm'],
  normalizer_params: [
    'None', "{'decay': 0.9}", "{'scale': True, 'epsilon': 0.01}", "{'is_training': False}",
    "{'center': False, 'updates_collections': None}", 'dict(decay=0.95, scale=True)',
  ],
}; // prettier-ignore

const padding: readonly [string, Values] = ['padding', ["'SAME'", "'VALID'"]];
const stride2: readonly [string, Values] = ['stride', ['1', '2', '[2, 1]', '(1, 2)']];
const evenStride: readonly [string, Values] = ['stride', ['1', '2', '[2, 2]']];
const kernel2: Values = ['3', '[3, 2]', '1', '(2, 2)'];

/** slim's layers. */
const slimOps: readonly RandomOp[] = [
  {
    callee: 'slim.conv2d', ranks: [4], isScopable: true,
    required: [['num_outputs', channels], ['kernel_size', kernel2]], next: [stride2, padding], keywords: normalized,
  },
  {
    callee: 'slim.conv2d', ranks: [4],
    required: [['num_outputs', channels], ['kernel_size', kernel2], ['stride', ['1']]], next: [padding],
    keywords: { ...normalized, rate: ['2', '[2, 1]'] },
  },
  {
    callee: 'slim.conv2d', ranks: [4],
    required: [['num_outputs', channels], ['kernel_size', kernel2]], next: [stride2],
    keywords: { ...core, normalizer_fn: ['slim.layer_norm', 'slim.instance_norm', 'slim.bias_add'] },
  },
  {
    callee: 'slim.conv1d', ranks: [3], isScopable: true,
    required: [['num_outputs', channels], ['kernel_size', ['3', '2', '1']]], next: [['stride', ['1', '2']], padding],
    keywords: normalized,
  },
  {
    callee: 'slim.conv3d', ranks: [5], isScopable: true,
    required: [['num_outputs', channels], ['kernel_size', ['2', '[1, 2, 2]']]],
    next: [['stride', ['1', '2', '[1, 2, 1]']], padding], keywords: normalized,
  },
  {
    callee: 'slim.conv2d_transpose', ranks: [4], isScopable: true,
    required: [['num_outputs', channels], ['kernel_size', kernel2]], next: [stride2, padding], keywords: normalized,
  },
  {
    callee: 'slim.separable_conv2d', ranks: [4], isScopable: true,
    required: [['num_outputs', ['4', '6', 'None']], ['kernel_size', kernel2]],
    next: [['depth_multiplier', ['1', '2']], evenStride, padding], keywords: normalized,
  },
  {
    callee: 'slim.fully_connected', ranks: [2, 3, 4, 5], isScopable: true,
    required: [['num_outputs', channels]], next: [['activation_fn', activations]], keywords: normalized,
  },
  ...['slim.relu', 'slim.relu6', 'slim.linear'].map((callee): RandomOp => ({
    callee, ranks: [2, 4], required: [['num_outputs', channels]], next: [],
    keywords: { weights_regularizer: penalties, trainable: flags },
  })),
  ...['slim.max_pool2d', 'slim.avg_pool2d'].map((callee): RandomOp => ({
    callee, ranks: [4], isScopable: true, required: [['kernel_size', ['2', '[3, 2]']]], next: [stride2, padding],
    keywords: {},
  })),
  ...['slim.max_pool3d', 'slim.avg_pool3d'].map((callee): RandomOp => ({
    callee, ranks: [5], isScopable: true, required: [['kernel_size', ['2', '[1, 2, 2]']]],
    next: [['stride', ['1', '2']], padding], keywords: {},
  })),
  {
    callee: 'slim.batch_norm', ranks: [2, 4], isScopable: true, required: [],
    next: [['decay', ['0.5', '0.9']], ['center', flags], ['scale', flags]],
    keywords: {
      epsilon: ['0.1', '0.002'], is_training: ['training', 'True', 'False'], activation_fn: activations,
      updates_collections: ['None'],
    },
  },
  {
    callee: 'slim.layer_norm', ranks: [2, 4], isScopable: true, required: [], next: [['center', flags], ['scale', flags]],
    keywords: { activation_fn: activations, trainable: flags },
  },
  {
    callee: 'slim.instance_norm', ranks: [4], isScopable: true, required: [], next: [['center', flags], ['scale', flags]],
    keywords: { epsilon: ['0.1', '1e-3'], activation_fn: activations },
  },
  { callee: 'slim.group_norm', ranks: [4], required: [['groups', ['2']]], next: [], keywords: { scale: flags, center: flags } },
  {
    callee: 'slim.dropout', ranks: [2, 3, 4, 5], required: [['keep_prob', ['0.7', '1.0', '0.5']]], next: [],
    keywords: {}, training: ['False'],
  },
  { callee: 'slim.flatten', ranks: [3, 4, 5], gives: 2, required: [], next: [], keywords: {} },
  { callee: 'slim.softmax', ranks: [2, 4], required: [], next: [], keywords: {} },
]; // prettier-ignore

const layerPadding: readonly [string, Values] = ['padding', ["'same'", "'valid'", "'SAME'"]];
const strides2: readonly [string, Values] = ['strides', ['1', '2', '(2, 1)']];
const layerActivations: Values = ['None', 'tf.nn.relu', "'elu'", "'relu'", 'tf.nn.relu6', "'linear'", 'tf.sigmoid'];
const layerPenalties: Values = ['None', "'l2'", 'tf.keras.regularizers.l2(wd)', 'tf.keras.regularizers.l1(0.02)'];
const ofBias: Readonly<Record<string, Values>> = {
  activation: layerActivations,
  use_bias: flags,
  bias_initializer: ['tf.zeros_initializer()', 'tf.constant_initializer(0.1)', "'ones'"],
  bias_regularizer: layerPenalties,
  trainable: flags,
};
const layer: Readonly<Record<string, Values>> = {
  ...ofBias,
  kernel_initializer: ["'he_normal'", 'tf.truncated_normal_initializer(stddev=0.1)', 'None'],
  kernel_regularizer: layerPenalties,
};
const separable: Readonly<Record<string, Values>> = {
  ...ofBias,
  depth_multiplier: ['1', '2'],
  depthwise_regularizer: layerPenalties,
  pointwise_regularizer: layerPenalties,
};
const normKeywords: Readonly<Record<string, Values>> = {
  momentum: ['0.9', '0.5'],
  epsilon: ['0.1', '0.002'],
  center: flags,
  scale: flags,
  gamma_regularizer: layerPenalties,
  fused: ['None', 'False'],
};

/** The functions of tf.layers; most have a class too. */
const tfLayersOps: readonly RandomOp[] = [
  {
    callee: 'tf.layers.conv2d', className: 'Conv2D', ranks: [4],
    required: [['filters', channels], ['kernel_size', kernel2]], next: [strides2, layerPadding], keywords: layer,
  },
  {
    callee: 'tf.layers.conv2d', ranks: [4], required: [['filters', channels], ['kernel_size', kernel2]], next: [],
    keywords: { ...layer, dilation_rate: ['2', '(1, 2)'] },
  },
  {
    callee: 'tf.layers.conv1d', className: 'Conv1D', ranks: [3],
    required: [['filters', channels], ['kernel_size', ['3', '2']]],
    next: [['strides', ['1', '2']], ['padding', ["'same'", "'valid'", "'causal'"]]], keywords: layer,
  },
  {
    callee: 'tf.layers.conv3d', className: 'Conv3D', ranks: [5],
    required: [['filters', channels], ['kernel_size', ['2', '(1, 2, 2)']]], next: [['strides', ['1', '2']], layerPadding],
    keywords: layer,
  },
  {
    callee: 'tf.layers.separable_conv2d', className: 'SeparableConv2D', ranks: [4],
    required: [['filters', channels], ['kernel_size', kernel2]], next: [['strides', ['1', '2']], layerPadding],
    keywords: separable,
  },
  {
    callee: 'tf.layers.separable_conv1d', className: 'SeparableConv1D', ranks: [3],
    required: [['filters', channels], ['kernel_size', ['3', '2']]], next: [['strides', ['1', '2']], layerPadding],
    keywords: separable,
  },
  {
    callee: 'tf.layers.conv2d_transpose', className: 'Conv2DTranspose', ranks: [4],
    required: [['filters', channels], ['kernel_size', kernel2]], next: [strides2, layerPadding], keywords: layer,
  },
  {
    callee: 'tf.layers.conv3d_transpose', className: 'Conv3DTranspose', ranks: [5],
    required: [['filters', channels], ['kernel_size', ['2', '(1, 2, 2)']]], next: [['strides', ['1', '2']], layerPadding],
    keywords: layer,
  },
  {
    callee: 'tf.layers.dense', className: 'Dense', ranks: [2, 3, 4, 5], required: [['units', channels]],
    next: [['activation', layerActivations]], keywords: layer,
  },
  {
    callee: 'tf.layers.batch_normalization', className: 'BatchNormalization', ranks: [2, 3, 4, 5], required: [],
    next: [['axis', ['-1', '[-1]']]], keywords: normKeywords, training: ['True', 'False', 'training'],
  },
  {
    callee: 'tf.layers.dropout', className: 'Dropout', ranks: [2, 3, 4, 5], required: [], next: [['rate', ['0.3', '0.0']]],
    keywords: {}, training: ['False'],
  },
  { callee: 'tf.layers.flatten', className: 'Flatten', ranks: [3, 4, 5], gives: 2, required: [], next: [], keywords: {} },
  ...[1, 2, 3].flatMap((n) =>
    ['max_pooling', 'average_pooling'].map((name): RandomOp => ({
      callee: `tf.layers.${name}${n}d`,
      className: `${name === 'max_pooling' ? 'Max' : 'Average'}Pooling${n}D`,
      ranks: [n + 2],
      required: [['pool_size', ['2', '3']], ['strides', ['1', '2']]],
      next: [layerPadding],
      keywords: {},
    })),
  ),
]; // prettier-ignore

/** All layers that random programs call. */
export const randomOps: readonly RandomOp[] = [...slimOps, ...slimOps, ...tfLayersOps];
