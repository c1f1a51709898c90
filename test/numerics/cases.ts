/**
 * Programs for the numerical proof. Each is a complete original: `images` is given, `net` is asked for. Everything in it
 * that can be converted is converted, one call after the other, as a person would press the quick fix.
 */

export interface NumericsCase {
  readonly name: string;
  readonly source: string;
  /** Shape of `images`, NHWC. */
  readonly shape?: readonly number[];
  /** Batch size times positions that the last batch_norm sees, where padding makes it other than 2 * 9 * 10. */
  readonly positions?: number;
  /** Runs the converted program eagerly, since some of it does not take symbolic inputs. */
  readonly eager?: boolean;
  /** Made by chance: it may fail in the original, and may be refused. */
  readonly isRandom?: boolean;
  /** Compares the initial values of a large kernel instead of running the program. */
  readonly draw?: boolean;
}

const head = 'import tensorflow as tf\nimport tf_slim as slim\n\n';

/** A convolution with these arguments. */
function conv(name: string, args: string, options: Partial<NumericsCase> = {}): NumericsCase {
  return { name, source: `${head}net = slim.conv2d(images, ${args})\n`, ...options };
}

/** A convolution with this normalizer_params, and other arguments. */
function norm(name: string, params: string, args = ''): NumericsCase {
  return conv(name, `6, 3, normalizer_fn=slim.batch_norm, normalizer_params=${params}${args}`);
}

/** A kernel of four million values, drawn by this initializer. */
function drawn(name: string, initializer: string): NumericsCase {
  const args = `2048, 1, weights_initializer=${initializer}`;
  return conv(name, args, { shape: [1, 1, 1, 2048], draw: true });
}

/** A dense layer of four million values. */
function layerDrawn(name: string, args: string, inputs = 2048): NumericsCase {
  const source = `import tensorflow as tf\n\nnet = tf.layers.dense(images, ${args})\n`;
  return { name, source, shape: [1, inputs], draw: true };
}

/** tf.layers.conv2d with these arguments. */
function layers(name: string, args: string): NumericsCase {
  return { name, source: `import tensorflow as tf\n\nnet = tf.layers.conv2d(images, ${args})\n` };
}

/** Statements that call tf.layers. */
function layersProgram(name: string, text: string, options: Partial<NumericsCase> = {}): NumericsCase {
  return { name: `layers_${name}`, source: `import tensorflow as tf\n\n${text}\n`, ...options };
}

/** One call of tf.layers. */
function layer(name: string, text: string, options: Partial<NumericsCase> = {}): NumericsCase {
  return layersProgram(name, `net = tf.layers.${text}`, options);
}

/** A whole program; what is left of its scopes after the conversion needs the names of TensorFlow 1. */
function program(name: string, source: string, options: Partial<NumericsCase> = {}): NumericsCase {
  return { ...options, name, source: `import tensorflow.compat.v1 as tf\nimport tf_slim as slim\n\n${source}` };
}

const sizes: readonly NumericsCase[] = [
  conv('defaults', '6, 3'),
  conv('stride', '6, [3, 3], stride=2'),
  conv('stride_pair', '6, [3, 5], stride=[2, 1]'),
  conv('even_kernel_same', '6, [2, 4], stride=2'),
  conv('valid', "6, [3, 3], 2, 'VALID'"),
  conv('rate', '6, 3, rate=2'),
  conv('rate_pair_valid', "6, 3, rate=[2, 1], padding='VALID'"),
  conv('large_kernel', '4, 7, stride=3'),
  conv('no_bias', '6, 3, biases_initializer=None'),
];

const activations: readonly NumericsCase[] = [
  'None', 'tf.nn.relu', 'tf.nn.relu6', 'tf.nn.elu', 'tf.nn.selu', 'tf.sigmoid', 'tf.tanh', 'tf.nn.softmax',
  'tf.nn.softplus', 'tf.nn.softsign', 'tf.nn.leaky_relu', 'tf.nn.swish', 'tf.identity',
  'lambda x: tf.nn.leaky_relu(x, alpha=0.1)', 'lambda x: tf.minimum(tf.nn.relu(x), 0.5)',
].map((text, index) => conv(`activation_${index}_${text.replace(/\W+/g, '_')}`, `6, 3, activation_fn=${text}`)); // prettier-ignore

const regularizers: readonly NumericsCase[] = [
  conv('l2', '6, 3, weights_regularizer=slim.l2_regularizer(0.05)'),
  conv('l2_zero', '6, 3, weights_regularizer=slim.l2_regularizer(0.0)'),
  conv('l1', '6, 3, weights_regularizer=slim.l1_regularizer(0.05)'),
  conv('l1_l2', '6, 3, weights_regularizer=slim.l1_l2_regularizer(0.05, 0.07)'),
  conv('l1_l2_defaults', '6, 3, weights_regularizer=slim.l1_l2_regularizer(scale_l1=0.05)'),
  conv('l1_l2_one', '6, 3, weights_regularizer=slim.l1_l2_regularizer(0.0, 0.07)'),
  conv('sum_of_one', '6, 3, weights_regularizer=slim.sum_regularizer([None, slim.l2_regularizer(0.05)])'),
  conv('l2_loss', '6, 3, weights_regularizer=tf.nn.l2_loss'),
  conv('bias_l2', '6, 3, biases_regularizer=slim.l2_regularizer(0.05)'),
  conv('bias_l2_ignored', '6, 3, biases_initializer=None, biases_regularizer=slim.l2_regularizer(0.05)'),
];

const normalizers: readonly NumericsCase[] = [
  norm('batch_norm', 'None'),
  norm('batch_norm_bias_ignored', 'None', ', biases_initializer=tf.ones_initializer()'),
  norm('batch_norm_inference', "{'is_training': False}"),
  norm('batch_norm_decay', "{'decay': 0.9, 'scale': True}"),
  norm('batch_norm_epsilon', "{'epsilon': 0.01, 'is_training': False}"),
  norm('batch_norm_small_epsilon', "{'epsilon': 1e-5, 'is_training': False}"),
  norm('batch_norm_small_epsilon_unfused', "{'epsilon': 1e-5, 'is_training': False, 'fused': False}"),
  norm('batch_norm_tiny_epsilon', "{'epsilon': 1e-8, 'scale': True, 'is_training': False}"),
  norm('batch_norm_no_center', "{'center': False}"),
  norm('batch_norm_in_place', "{'updates_collections': None}"),
  norm('batch_norm_in_place_inference', "{'updates_collections': None, 'is_training': False, 'scale': True}"),
  norm('batch_norm_unfused', "{'fused': False, 'scale': True}"),
  norm('batch_norm_frozen', "{'trainable': False, 'is_training': False}"),
  norm('batch_norm_frozen_convolution', "{'scale': True}", ', trainable=False'),
  norm('batch_norm_own_activation', "{'activation_fn': tf.nn.relu6}", ', activation_fn=tf.nn.elu'),
  norm(
    'batch_norm_regularizers',
    "{'scale': True, 'param_regularizers': {'beta': slim.l2_regularizer(0.1), 'gamma': slim.l1_regularizer(0.2)}}",
    ', weights_regularizer=slim.l2_regularizer(0.05)',
  ),
];

/** Any call of slim with these arguments. */
function call(name: string, text: string, options: Partial<NumericsCase> = {}): NumericsCase {
  return { name, source: `${head}net = slim.${text}\n`, ...options };
}

const batchNorm = 'normalizer_fn=slim.batch_norm';

const otherOps: readonly NumericsCase[] = [
  call('conv1d', 'conv1d(images, 6, 3)', { shape: [2, 9, 5] }),
  call('conv1d_rate_valid', "conv1d(images, 6, 3, rate=2, padding='VALID')", { shape: [2, 9, 5] }),
  call('conv3d', 'conv3d(images, 4, [2, 3, 3], stride=2)', { shape: [2, 5, 6, 7, 3] }),
  call('transpose', 'conv2d_transpose(images, 6, [4, 4], stride=2)'),
  call('transpose_valid', "conv2d_transpose(images, 6, [2, 5], stride=3, padding='VALID')"),
  call('transpose_norm', `conv2d_transpose(images, 6, 3, 2, ${batchNorm})`, { positions: 2 * 18 * 20 }),
  call('separable', 'separable_conv2d(images, 6, [3, 3], 1)'),
  call('separable_multiplier', "separable_conv2d(images, 6, 3, 2, stride=2, padding='VALID')"),
  call('separable_rate', 'separable_conv2d(images, 6, 3, rate=2, activation_fn=None)'),
  call('separable_l2', 'separable_conv2d(images, 6, 3, weights_regularizer=slim.l2_regularizer(0.05))'),
  call('separable_norm', `separable_conv2d(images, 6, 3, ${batchNorm})`),
  call('depthwise', 'separable_conv2d(images, None, 3, 1, stride=2)'),
  call('depthwise_multiplier', 'separable_conv2d(images, None, [3, 5], 3, rate=2)'),
  call('depthwise_l2', 'separable_conv2d(images, None, 3, weights_regularizer=slim.l2_regularizer(0.05))'),
  call('depthwise_norm', `separable_conv2d(images, None, 3, ${batchNorm})`),
  call('dense', 'fully_connected(images, 7)'),
  call('dense_rank_2', 'fully_connected(images, 7, weights_regularizer=slim.l2_regularizer(0.05))', { shape: [4, 11] }),
  call('dense_no_bias', 'fully_connected(images, 7, activation_fn=None, biases_initializer=None)', { shape: [4, 11] }),
  call('dense_norm', `fully_connected(images, 7, ${batchNorm})`, { shape: [8, 11], positions: 8 }),
  call('dense_partial', 'relu6(images, 7)'),
  call('dense_linear', 'linear(images, 7)', { shape: [4, 11] }),
  call('norm_alone', 'batch_norm(images)'),
  call('norm_alone_scaled', 'batch_norm(images, 0.9, scale=True, activation_fn=tf.nn.relu, is_training=False)'),
  ...[
    'max_pool2d(net, [3, 3])', "max_pool2d(net, [3, 2], stride=1, padding='SAME')",
    'avg_pool2d(net, [3, 3])', "avg_pool2d(net, 3, stride=2, padding='SAME')", 'flatten(net)', 'softmax(net)',
    'dropout(net, 0.7, is_training=False)', 'dropout(net, 1.0)',
  ].map((text) => ({
    name: `then_${text.replace(/\W+/g, '_')}`,
    source: `${head}net = slim.conv2d(images, 6, 3)\nnet = slim.${text}\n`,
  })),
]; // prettier-ignore

/** A convolution with this normalizer and normalizer_params. */
function normed(name: string, normalizer: string, params = 'None', args = ''): NumericsCase {
  return conv(name, `6, 3, normalizer_fn=slim.${normalizer}, normalizer_params=${params}${args}`);
}

const norms: readonly NumericsCase[] = [
  normed('layer_norm', 'layer_norm'),
  normed('layer_norm_plain', 'layer_norm', "{'center': False, 'scale': False}", ', activation_fn=None'),
  normed('layer_norm_own_activation', 'layer_norm', "{'activation_fn': tf.nn.relu6}", ', activation_fn=tf.nn.elu'),
  normed('layer_norm_frozen', 'layer_norm', "{'trainable': False}"),
  normed('instance_norm', 'instance_norm'),
  normed('instance_norm_epsilon', 'instance_norm', "{'epsilon': 0.1, 'center': False}"),
  normed('instance_norm_first', 'instance_norm', "{'data_format': 'NCHW'}"),
  normed('group_norm', 'group_norm', "{'groups': 3}"),
  normed('group_norm_scale', 'group_norm', "{'groups': 2, 'scale': False, 'epsilon': 0.01}"),
  normed('group_norm_first', 'group_norm', "{'groups': 3, 'channels_axis': 1, 'reduction_axes': [-2, -1]}"),
  normed('bias_add', 'bias_add'),
  normed(
    'bias_add_activation',
    'bias_add',
    "{'activation_fn': tf.nn.elu, 'regularizer': slim.l2_regularizer(0.1)}",
    ', biases_initializer=None, activation_fn=tf.nn.relu6',
  ),
  call('bias_add_dense', 'fully_connected(images, 7, normalizer_fn=slim.bias_add)'),
  call('conv1d_layer_norm', 'conv1d(images, 6, 3, normalizer_fn=slim.layer_norm)', { shape: [2, 9, 5] }),
  call('conv3d_instance_norm', 'conv3d(images, 4, 3, normalizer_fn=slim.instance_norm)', { shape: [2, 5, 6, 7, 3] }),
  call(
    'transpose_group_norm',
    "conv2d_transpose(images, 6, 3, 2, normalizer_fn=slim.group_norm, normalizer_params={'groups': 3})",
  ),
  call('separable_layer_norm', 'separable_conv2d(images, 6, 3, normalizer_fn=slim.layer_norm)'),
  call('dense_layer_norm', 'fully_connected(slim.flatten(images), 7, normalizer_fn=slim.layer_norm)'),
  program('own_layer_norm', 'net = slim.conv2d(images, 6, 3)\nnet = slim.layer_norm(net, activation_fn=tf.nn.elu)\n'),
  call('own_instance_norm', 'instance_norm(slim.max_pool2d(images, 2), scale=False)'),
  call('own_layer_norm_rank_2', 'layer_norm(slim.flatten(images))'),
  call('one_hot', 'one_hot_encoding(tf.constant([2, 0, 3]), 4, on_value=2.0)', { eager: true }),
];

const scopes: readonly NumericsCase[] = [
  program(
    'nested_scopes',
    `with slim.arg_scope([slim.conv2d], stride=2, padding='VALID', weights_regularizer=slim.l2_regularizer(0.1)):
  with slim.arg_scope([slim.conv2d, slim.max_pool2d], padding='SAME'):
    net = slim.conv2d(images, 6, 3, activation_fn=None)
  net = slim.conv2d(net, 4, 2, stride=1)
`,
  ),
  program(
    'dictionary_replaces',
    `with slim.arg_scope([slim.conv2d], stride=2) as scope:
  pass
with slim.arg_scope([slim.conv2d], padding='VALID'):
  with slim.arg_scope(scope):
    net = slim.conv2d(images, 6, 3)
`,
  ),
  program(
    'params_beat_scope',
    `with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm, normalizer_params={'decay': 0.9}):
  with slim.arg_scope([slim.batch_norm], decay=0.5, is_training=False, scale=True):
    net = slim.conv2d(images, 6, 3)
`,
  ),
  program(
    'inner_params_replace',
    `with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm, normalizer_params={'decay': 0.9, 'scale': True}):
  with slim.arg_scope([slim.conv2d], normalizer_params={'center': False}):
    net = slim.conv2d(images, 6, 3)
`,
  ),
  program(
    'normalizer_switched_off',
    `with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm, biases_initializer=tf.ones_initializer()):
  net = slim.conv2d(images, 6, 3, normalizer_fn=None, activation_fn=None)
`,
  ),
  program(
    'resnet_factory',
    `def resnet_arg_scope(weight_decay=0.0001, decay=0.997, epsilon=1e-5, scale=True):
  params = {'decay': decay, 'epsilon': epsilon, 'scale': scale, 'updates_collections': tf.GraphKeys.UPDATE_OPS}
  with slim.arg_scope(
      [slim.conv2d],
      weights_regularizer=slim.l2_regularizer(weight_decay),
      weights_initializer=slim.variance_scaling_initializer(),
      activation_fn=tf.nn.relu,
      normalizer_fn=slim.batch_norm,
      normalizer_params=params):
    with slim.arg_scope([slim.batch_norm], **params) as scope:
      return scope


with slim.arg_scope(resnet_arg_scope(weight_decay=0.01)):
  shortcut = slim.conv2d(images, 8, [1, 1], activation_fn=None, scope='shortcut')
  residual = slim.conv2d(images, 4, [1, 1], scope='conv1')
  residual = slim.conv2d(residual, 4, 3, scope='conv2')
  residual = slim.conv2d(residual, 8, [1, 1], activation_fn=None, scope='conv3')
  net = shortcut + residual
`,
  ),
  program(
    'function_with_caveat',
    `def net_fn(inputs, weight_decay, is_training):
  with slim.arg_scope([slim.conv2d], weights_regularizer=slim.l2_regularizer(weight_decay), padding='VALID'):
    with slim.arg_scope([slim.batch_norm], is_training=is_training):
      with tf.variable_scope('block'):
        inputs = slim.conv2d(inputs, 6, 3, normalizer_fn=slim.batch_norm, scope='a')
        return slim.conv2d(inputs, 4, 3, 2, scope='b')


net = net_fn(images, 0.03, True)
`,
    { positions: 2 * 7 * 8 },
  ),
];

const repeated: readonly NumericsCase[] = [
  call('repeat', "repeat(images, 3, slim.conv2d, 6, [3, 3], scope='conv1')"),
  call('repeat_norm', `repeat(images, 2, slim.conv2d, 6, 3, ${batchNorm})`),
  call('repeat_l2', 'repeat(images, 2, slim.separable_conv2d, 6, 3, 1, weights_regularizer=slim.l2_regularizer(0.05))'),
  call('repeat_pool', "repeat(slim.conv2d(images, 6, 3), 2, slim.max_pool2d, [2, 2], 1, padding='SAME')"),
  call('repeat_norm_alone', 'repeat(images, 2, slim.batch_norm, is_training=False)'),
  call('stack_dense', "stack(images, slim.fully_connected, [7, 5, 3], scope='fc')", { shape: [4, 11] }),
  call('stack_splat', "stack(images, slim.conv2d, [(6, [3, 3], 2), [4, 1]], padding='VALID', scope='core')"),
  program(
    'repeat_in_scopes',
    `def block(inputs, depth):
  with tf.variable_scope('block'):
    with slim.arg_scope([slim.conv2d], stride=2, activation_fn=tf.nn.elu, weights_regularizer=slim.l1_regularizer(0.1)):
      return slim.repeat(inputs, 2, slim.conv2d, depth, 3, scope='conv')


net = block(images, 6)
net = slim.stack(net, slim.conv2d, ((4, 3), (3, 1)), activation_fn=None)
`,
  ),
];

const tfLayers: readonly NumericsCase[] = [
  layers('layers_defaults', '6, 3'),
  layers('layers_same_relu', "6, (3, 3), strides=2, padding='same', activation=tf.nn.relu"),
  layers('layers_dilation', '6, 3, dilation_rate=2, use_bias=False'),
  layers('layers_named', "6, 3, activation='tanh', kernel_initializer='he_normal', name='conv'"),
  layers(
    'layers_regularizers',
    '6, 3, kernel_regularizer=tf.keras.regularizers.l2(0.05), bias_regularizer=tf.keras.regularizers.l1(0.1)',
  ),
  layers('layers_even_kernel', "6, [2, 4], strides=(2, 2), padding='same', activation=tf.nn.leaky_relu"),
  layers('layers_frozen', '6, 3, trainable=False'),
  layers('layers_activity', '6, 3, activity_regularizer=tf.keras.regularizers.l2(0.05)'),
  layers('layers_regularizer_by_name', "6, 3, kernel_regularizer='l2', bias_regularizer='l1'"),
  layer('conv1d', "conv1d(images, 6, 3, strides=2, padding='same')", { shape: [2, 9, 5] }),
  layer('conv1d_causal', "conv1d(images, 6, 3, padding='causal', dilation_rate=2)", { shape: [2, 9, 5] }),
  layer('conv3d', "conv3d(images, 4, (2, 3, 3), strides=(1, 2, 2), padding='same')", { shape: [2, 5, 6, 7, 3] }),
  layer('conv3d_dilation', 'conv3d(images, 4, 2, dilation_rate=2, use_bias=False)', { shape: [2, 5, 6, 7, 3] }),
  layer('separable', 'separable_conv2d(images, 6, 3)'),
  layer('separable_stride', "separable_conv2d(images, 6, [3, 5], strides=2, padding='same', depth_multiplier=2)"),
  layer('separable_dilation', 'separable_conv2d(images, 6, 3, dilation_rate=2, activation=tf.nn.relu)'),
  layer(
    'separable_regularizers',
    "separable_conv2d(images, 6, 3, depthwise_regularizer='l2', pointwise_regularizer='l1', use_bias=False)",
  ),
  layer('separable_1d', 'separable_conv1d(images, 6, 3, depth_multiplier=2)', { shape: [2, 9, 5] }),
  layer('separable_1d_same', "separable_conv1d(images, 6, 4, strides=2, padding='same')", { shape: [2, 9, 5] }),
  layer('separable_1d_dilation', 'separable_conv1d(images, 6, 3, dilation_rate=2)', { shape: [2, 9, 5] }),
  layer('transpose', "conv2d_transpose(images, 6, 4, strides=2, padding='same')"),
  layer('transpose_valid', 'conv2d_transpose(images, 6, [2, 5], strides=(3, 2), activation=tf.tanh)'),
  layer('transpose_3d', "conv3d_transpose(images, 4, 3, strides=2, padding='same')", { shape: [2, 3, 4, 5, 3] }),
  layer('transpose_3d_valid', 'conv3d_transpose(images, 4, 2, strides=(1, 3, 2))', { shape: [2, 3, 4, 5, 3] }),
  layer('dense', 'dense(images, 7, activation=tf.nn.sigmoid)', { shape: [4, 11] }),
  layer('dense_rank_4', 'dense(images, 7, use_bias=False)'),
  layer('dense_activity', "dense(images, 7, activity_regularizer=tf.keras.regularizers.l1(0.05))", { shape: [4, 11] }),
  layer('norm', 'batch_normalization(images)'),
  layer('norm_training', 'batch_normalization(images, training=True, momentum=0.9)'),
  layer('norm_unfused', 'batch_normalization(images, training=True, fused=False, epsilon=0.01)'),
  layer('norm_plain', 'batch_normalization(images, center=False, scale=False, training=True)'),
  layer('norm_no_scale', 'batch_normalization(images, -1, 0.99, 0.1, scale=False)'),
  layer('norm_axis', 'batch_normalization(images, axis=1, training=True, fused=False)', { positions: 2 * 10 * 5 }),
  layer('norm_axis_list', 'batch_normalization(images, axis=[2])'),
  layer('norm_rank_2', 'batch_normalization(images, training=True)', { shape: [8, 11], positions: 8 }),
  layer('norm_rank_3', 'batch_normalization(images, training=True)', { shape: [3, 7, 5], positions: 21 }),
  layer('norm_frozen', 'batch_normalization(images, trainable=False)'),
  layer(
    'norm_regularizers',
    "batch_normalization(images, beta_regularizer='l2', gamma_regularizer=tf.keras.regularizers.l1(0.2), training=True)",
  ),
  ...[
    'max_pooling2d(net, 2, 2)', "max_pooling2d(net, [3, 2], 1, padding='same')", 'average_pooling2d(net, 3, (2, 1))',
    "average_pooling2d(net, 3, 2, 'SAME')", 'flatten(net)', "flatten(net, data_format='channels_first')",
    'dropout(net)', 'dropout(net, 0.4, training=False)', 'dropout(net, rate=0.0, training=True)',
  ].map((text) =>
    layersProgram(
      `then_${text.replace(/\W+/g, '_')}`,
      `net = tf.layers.conv2d(images, 6, 3)\nnet = tf.layers.${text}`,
    ),
  ),
  ...["max_pooling1d(net, 2, 2)", "average_pooling1d(net, 3, 1, padding='same')"].map((text) =>
    layersProgram(
      `then_${text.replace(/\W+/g, '_')}`,
      `net = tf.layers.conv1d(images, 6, 3)\nnet = tf.layers.${text}`,
      { shape: [2, 9, 5] },
    ),
  ),
  ...["max_pooling3d(net, 2, 1)", "average_pooling3d(net, (1, 2, 2), 2, padding='same')"].map((text) =>
    layersProgram(
      `then_${text.replace(/\W+/g, '_')}`,
      `net = tf.layers.conv3d(images, 4, 2)\nnet = tf.layers.${text}`,
      { shape: [2, 5, 6, 7, 3] },
    ),
  ),
  layersProgram(
    'classes',
    `class Net(object):
  def __init__(self):
    self.conv = tf.layers.Conv2D(6, 3, 2, 'same', use_bias=False, dtype=tf.float32)
    self.norm = tf.layers.BatchNormalization(momentum=0.9)
    self.drop = tf.layers.Dropout(0.3)
    self.pool = tf.layers.MaxPooling2D(2, 1)
    self.fc = tf.layers.Dense(4, activation='tanh', kernel_regularizer=tf.keras.regularizers.l2(0.05))

  def __call__(self, net, training):
    net = self.norm(self.conv.apply(net), training=training)
    net = self.drop.apply(self.pool(net))
    return self.fc.apply(tf.layers.Flatten()(net))


net = Net()(images, True)`,
    { positions: 2 * 5 * 5 },
  ),
  layersProgram(
    'shared_layer',
    `layer = tf.layers.Dense(5, activation=tf.nn.relu)
net = layer(layer.apply(images))`,
  ),
  program(
    'layers_small_network',
    `def network(net, training):
  with tf.variable_scope('net', reuse=None):
    net = tf.layers.conv2d(net, 6, 3, padding='same', use_bias=False, name='conv')
    net = tf.layers.batch_normalization(net, training=training, name='bn')
    net = tf.layers.max_pooling2d(net, 2, 2)
    net = tf.layers.flatten(net)
    net = tf.layers.dropout(net, 0.3, training=False)
    return tf.layers.dense(net, 4, kernel_regularizer=tf.keras.regularizers.l2(0.05), name='logits')


net = network(images, True)`,
  ),
]; // prettier-ignore

const draws: readonly NumericsCase[] = [
  drawn('draw_xavier', 'slim.xavier_initializer()'),
  drawn('draw_xavier_normal', 'slim.xavier_initializer(uniform=False)'),
  drawn('draw_variance_scaling', 'slim.variance_scaling_initializer()'),
  drawn('draw_variance_scaling_fan_out', "slim.variance_scaling_initializer(factor=1.5, mode='FAN_OUT')"),
  drawn('draw_variance_scaling_uniform', "slim.variance_scaling_initializer(1.5, 'FAN_AVG', True)"),
  drawn('draw_he_uniform', 'slim.variance_scaling_initializer(uniform=True)'),
  drawn('draw_lecun_uniform', 'slim.variance_scaling_initializer(factor=1.0, uniform=True)'),
  drawn('draw_truncated_normal', 'tf.truncated_normal_initializer()'),
  drawn('draw_truncated_normal_mean', 'tf.truncated_normal_initializer(0.5, 0.01)'),
  drawn('draw_random_normal', 'tf.random_normal_initializer(stddev=0.3)'),
  drawn('draw_random_uniform', 'tf.random_uniform_initializer(-0.2, 0.7)'),
  drawn('draw_core_variance_scaling', "tf.variance_scaling_initializer(2.0, 'fan_avg')"),
  drawn('draw_he_normal', 'tf.initializers.he_normal()'),
  layerDrawn('draw_layers_default', '2048'),
  layerDrawn('draw_layers_no_bias_initializer', '2048 * 2048, bias_initializer=None', 1),
  layerDrawn('draw_layers_he_normal', "2048, kernel_initializer='he_normal'"),
  layerDrawn('draw_layers_variance', '2048, kernel_initializer=tf.variance_scaling_initializer()'),
  drawn('draw_constant', 'tf.constant_initializer(0.1)'),
  drawn('draw_unit_scaling', 'tf.uniform_unit_scaling_initializer(factor=1.43)'),
];

/** All cases. */
export const numericsCases: readonly NumericsCase[] = [
  ...sizes,
  ...activations,
  ...regularizers,
  ...normalizers,
  ...otherOps,
  ...norms,
  ...scopes,
  ...repeated,
  ...tfLayers,
  ...draws,
];
