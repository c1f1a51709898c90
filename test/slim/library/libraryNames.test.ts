/** What every spelling of a library name means: all forms of part C of the semantics, and the names of B1-B3. */
import { describe, expect, it } from 'vitest';
import type { Access, LibraryObject } from '../../../server/src/slim/library/libraryObject';
import { resolveLibraryName } from '../../../server/src/slim/library/libraryNames';

/** One line that says what an object is, so that tables stay readable. */
function brief(found: LibraryObject): string {
  switch (found.kind) {
    case 'op':
      return `op ${found.library} ${found.op.name} ${found.op.functionName}`;
    case 'opPartial':
      return `partial ${found.library} ${found.name} of ${found.op.name} ${JSON.stringify(Object.fromEntries(found.boundKeywords))}`;
    case 'scopeApi':
      return `api ${found.library} ${found.name}`;
    case 'repeat':
    case 'stack':
      return `${found.kind} ${found.library} ${found.moduleName}`;
    case 'notScopable':
      return `plain ${found.library} ${found.moduleName} ${found.functionName} = ${found.canonical}`;
    case 'module':
      return `module ${found.library} ${found.moduleName}`;
    case 'missing':
      return `${found.error.type}: ${found.error.message}`;
    case 'other':
      return found.canonical;
  }
}

function resolve(path: string, via?: Access): string {
  return brief(resolveLibraryName(path, via));
}

const contribLayers = 'tensorflow.contrib.layers.python.layers.layers';
const contribScopes = 'tensorflow.contrib.framework.python.ops';

describe('import forms (part C)', () => {
  it.each([
    ['tensorflow.contrib.slim', 'module contrib tensorflow.contrib.slim'],
    ['tensorflow.contrib.slim.conv2d', 'op contrib conv2d convolution2d'],
    ['tensorflow.contrib.slim.convolution2d', 'op contrib conv2d convolution2d'],
    ['tensorflow.contrib.slim.layers.conv2d', 'op contrib conv2d convolution2d'],
    ['tensorflow.contrib.layers.conv2d', 'op contrib conv2d convolution2d'],
    ['tensorflow.contrib.layers.batch_norm', 'op contrib batch_norm batch_norm'],
    ['tensorflow.contrib.layers.group_norm', 'op contrib group_norm group_norm'],
    [`${contribLayers}`, `module contrib ${contribLayers}`],
    [`${contribLayers}.convolution2d`, 'op contrib conv2d convolution2d'],
    [`${contribLayers}.batch_norm`, 'op contrib batch_norm batch_norm'],
    ['tensorflow.contrib.layers.python.layers', 'module contrib tensorflow.contrib.layers.python.layers'],
    ['tensorflow.contrib.layers.python.layers.conv2d', 'op contrib conv2d convolution2d'],
    ['tensorflow.contrib.slim.arg_scope', 'api contrib arg_scope'],
    ['tensorflow.contrib.slim.add_arg_scope', 'api contrib add_arg_scope'],
    ['tensorflow.contrib.slim.arg_scope_func_key', 'api contrib arg_scope_func_key'],
    ['tensorflow.contrib.framework.arg_scope', 'api contrib arg_scope'],
    ['tensorflow.contrib.framework.add_arg_scope', 'api contrib add_arg_scope'],
    [`${contribScopes}.arg_scope`, 'api contrib arg_scope'],
    [`${contribScopes}.add_arg_scope`, 'api contrib add_arg_scope'],
    [`${contribScopes}.arg_scope.arg_scope`, 'api contrib arg_scope'],
    [`${contribScopes}.arg_scope.add_arg_scope`, 'api contrib add_arg_scope'],
    [`${contribScopes}.variables.model_variable`, 'op contrib model_variable model_variable'],
    ['tensorflow.contrib.framework.model_variable', 'op contrib model_variable model_variable'],
    ['tensorflow.contrib.slim.nets', 'module contrib tensorflow.contrib.slim.nets'],
    ['tensorflow.contrib.slim.nets.vgg', 'module contrib tensorflow.contrib.slim.python.slim.nets.vgg'],
    [
      'tensorflow.contrib.slim.python.slim.nets.resnet_v2',
      'module contrib tensorflow.contrib.slim.python.slim.nets.resnet_v2',
    ],
    ['tensorflow.contrib.slim.python.slim.nets.resnet_v2.bottleneck', 'op contrib bottleneck bottleneck'],
    ['tensorflow.contrib.slim.python.slim.learning', 'module contrib tensorflow.contrib.slim.python.slim.learning'],
    ['tensorflow.contrib.slim.losses.add_loss', 'op contrib add_loss add_loss'],
    ['tensorflow.contrib.slim.repeat', `repeat contrib ${contribLayers}`],
    ['tensorflow.contrib.layers.stack', `stack contrib ${contribLayers}`],
    ['tf_slim', 'module tf_slim tf_slim'],
    ['tf_slim.conv2d', 'op tf_slim conv2d convolution2d'],
    ['tf_slim.layers', 'module tf_slim tf_slim.layers.layers'],
    ['tf_slim.layers.conv2d', 'op tf_slim conv2d convolution2d'],
    ['tf_slim.layers.layers', 'module tf_slim tf_slim.layers.layers'],
    ['tf_slim.layers.layers.conv2d', 'op tf_slim conv2d convolution2d'],
    ['tf_slim.arg_scope', 'api tf_slim arg_scope'],
    ['tf_slim.arg_scope_lib.arg_scope', 'api tf_slim arg_scope'],
    ['tf_slim.ops.arg_scope', 'module tf_slim tf_slim.ops.arg_scope'],
    ['tf_slim.ops.arg_scope.arg_scope', 'api tf_slim arg_scope'],
    ['tf_slim.ops.arg_scope.add_arg_scope', 'api tf_slim add_arg_scope'],
    ['tf_slim.layers.initializers', 'module tf_slim tf_slim.layers.initializers'],
    [
      'tf_slim.layers.regularizers.l2_regularizer',
      'plain tf_slim tf_slim.layers.regularizers l2_regularizer = tf_slim.l2_regularizer',
    ],
    ['tf_slim.nets', 'module tf_slim tf_slim.nets'],
    ['tf_slim.nets.resnet_utils.stack_blocks_dense', 'op tf_slim stack_blocks_dense stack_blocks_dense'],
    ['tensorflow.layers.conv2d', 'op tf.layers conv2d conv2d'],
    ['tensorflow.compat.v1.layers.conv2d', 'op tf.layers conv2d conv2d'],
    ['tensorflow.compat.v1.layers', 'module tf.layers tensorflow.layers'],
    ['tensorflow.python.layers.convolutional', 'module tf.layers tensorflow.python.layers.convolutional'],
    ['tensorflow.python.layers.convolutional.convolution2d', 'op tf.layers conv2d conv2d'],
    ['tensorflow.python.layers.layers.dense', 'op tf.layers dense dense'],
    ['tensorflow.python.keras.legacy_tf_layers.core.dense', 'op tf.layers dense dense'],
  ])('%s', (path, expected) => {
    expect(resolve(path)).toBe(expected);
  });
});

describe('attribute access and imports differ (B3, trap 49)', () => {
  it.each<[string, Access, string]>([
    [
      'tf_slim.layers.l2_regularizer',
      'attribute',
      "AttributeError: module 'tf_slim.layers.layers' has no attribute 'l2_regularizer'",
    ],
    [
      'tf_slim.layers.l2_regularizer',
      'import',
      'plain tf_slim tf_slim.layers.regularizers l2_regularizer = tf_slim.l2_regularizer',
    ],
    [
      'tf_slim.layers.xavier_initializer',
      'attribute',
      "AttributeError: module 'tf_slim.layers.layers' has no attribute 'xavier_initializer'",
    ],
    ['tf_slim.layers.layers', 'attribute', "AttributeError: module 'tf_slim.layers.layers' has no attribute 'layers'"],
    ['tf_slim.layers.layers', 'import', 'module tf_slim tf_slim.layers.layers'],
    ['tf_slim.layers.conv2d', 'attribute', 'op tf_slim conv2d convolution2d'],
    ['tf_slim.layers', 'import', 'module tf_slim tf_slim.layers.layers'],
    ['tf_slim.ops', 'attribute', 'tensorflow.python.framework.ops'],
    [
      'tf_slim.ops.arg_scope',
      'attribute',
      "AttributeError: module 'tensorflow.python.framework.ops' has no attribute 'arg_scope'",
    ],
    ['tf_slim.ops.arg_scope', 'import', 'module tf_slim tf_slim.ops.arg_scope'],
    ['tf_slim.ops.arg_scope.arg_scope', 'attribute', 'api tf_slim arg_scope'],
    ['tf_slim.layers.layers.conv2d', 'attribute', 'op tf_slim conv2d convolution2d'],
    ['tf_slim.layers.layers.gdn', 'attribute', 'plain tf_slim tf_slim.layers.layers gdn = tf_slim.gdn'],
    ['tensorflow.contrib.layers.python.layers.layers.conv2d', 'attribute', 'op contrib conv2d convolution2d'],
    [`${contribScopes}.arg_scope`, 'attribute', 'api contrib arg_scope'],
    [
      `${contribScopes}.arg_scope.arg_scope`,
      'attribute',
      "AttributeError: 'function' object has no attribute 'arg_scope'",
    ],
    [`${contribScopes}.arg_scope.arg_scope`, 'import', 'api contrib arg_scope'],
    ['tf_slim.embed_sequence', 'import', "ImportError: cannot import name 'embed_sequence' from 'tf_slim'"],
  ])('%s by %s', (path, via, expected) => {
    expect(resolve(path, via)).toBe(expected);
  });
});

describe('names that a library lacks', () => {
  it.each([
    ['tf_slim.embed_sequence', "module 'tf_slim' has no attribute 'embed_sequence'", 'only `tf.contrib.slim` had'],
    ['tf_slim.bow_encoder', "module 'tf_slim' has no attribute 'bow_encoder'", 'only `tf.contrib.slim` had'],
    ['tf_slim.zero_initializer', "module 'tf_slim' has no attribute 'zero_initializer'", 'only `tf.contrib.slim` had'],
    [
      'tf_slim.embedding_lookup_unique',
      "module 'tf_slim' has no attribute 'embedding_lookup_unique'",
      'only `tf.contrib',
    ],
    [
      'tf_slim.real_valued_column',
      "module 'tf_slim' has no attribute 'real_valued_column'",
      'only `tf.contrib.slim` had',
    ],
    ['tf_slim.conv4d', "module 'tf_slim' has no attribute 'conv4d'", undefined],
    [
      'tensorflow.contrib.layers.pool',
      "module 'tensorflow.contrib.layers' has no attribute 'pool'",
      '`tf.contrib.slim.pool`',
    ],
    [
      'tensorflow.contrib.layers.model_variable',
      "module 'tensorflow.contrib.layers' has no attribute 'model_variable'",
      '`tf.contrib.slim.model_variable`',
    ],
    [
      'tensorflow.contrib.layers.arg_scope',
      "module 'tensorflow.contrib.layers' has no attribute 'arg_scope'",
      '`tf.contrib.slim.arg_scope`',
    ],
    [
      'tensorflow.contrib.framework.arg_scope_func_key',
      "module 'tensorflow.contrib.framework' has no attribute 'arg_scope_func_key'",
      '`tf.contrib.slim.arg_scope_func_key`',
    ],
  ])('%s', (path, message, hint) => {
    const found = resolveLibraryName(path);
    expect(found.kind).toBe('missing');
    if (found.kind !== 'missing') return;
    expect(found.error).toMatchObject({ type: 'AttributeError', message });
    if (hint === undefined) expect(found.error.hint).toBeUndefined();
    else expect(found.error.hint).toContain(hint);
  });

  it('does not claim that contrib lacks a name that is not in our tables', () => {
    expect(resolve('tensorflow.contrib.slim.no_such_name')).toBe('tf.contrib.slim.no_such_name');
    expect(resolve('tensorflow.contrib.rnn.LSTMCell')).toBe('tf.contrib.rnn.LSTMCell');
  });
});

/** The 38 names of B1 that may stand in an op list. */
const scopable = `avg_pool2d avg_pool3d batch_norm bias_add conv1d conv2d conv2d_in_plane conv2d_transpose conv3d
  conv3d_transpose convolution convolution1d convolution2d convolution2d_in_plane convolution2d_transpose convolution3d
  convolution3d_transpose dense_to_sparse dropout flatten fully_connected group_norm images_to_sequence instance_norm
  layer_norm max_pool2d max_pool3d maxout model_variable one_hot_encoding pool separable_conv2d separable_convolution2d
  sequence_to_images softmax spatial_softmax unit_norm variable`.split(/\s+/);

function keyOf(path: string): string | undefined {
  const found = resolveLibraryName(path);
  return found.kind === 'op' ? found.key : undefined;
}

describe('what may stand in an op list (B1, B2)', () => {
  it('is the same 38 names in both libraries, each with a key per library', () => {
    expect(scopable).toHaveLength(38);
    for (const name of scopable) {
      const contrib = keyOf(`tensorflow.contrib.slim.${name}`);
      const tfSlim = keyOf(`tf_slim.${name}`);
      expect(contrib, name).toBeDefined();
      expect(tfSlim, name).toBeDefined();
      expect(contrib).not.toBe(tfSlim);
    }
  });

  it('has one key for all names of a function (A2)', () => {
    const keys = [
      'tensorflow.contrib.slim.conv2d',
      'tensorflow.contrib.slim.convolution2d',
      'tensorflow.contrib.layers.conv2d',
      'tensorflow.contrib.layers.convolution2d',
      'tensorflow.contrib.layers.python.layers.layers.conv2d',
      'tensorflow.contrib.slim.layers.conv2d',
    ].map(keyOf);
    expect(new Set(keys).size).toBe(1);
  });

  it('has seven keys for the convolutions (A2)', () => {
    const names = [
      'conv1d',
      'conv2d',
      'conv3d',
      'convolution',
      'separable_conv2d',
      'conv2d_transpose',
      'conv2d_in_plane',
    ];
    expect(new Set(names.map((name) => keyOf(`tf_slim.${name}`))).size).toBe(7);
  });

  it('has two keys for the bottlenecks of the two residual nets (A10)', () => {
    const keys = ['resnet_v1', 'resnet_v2'].map((net) => keyOf(`tf_slim.nets.${net}.bottleneck`));
    expect(new Set(keys).size).toBe(2);
    expect(keys).not.toContain(undefined);
  });

  it('are dense layers under the names of activations, called through fully_connected (B2)', () => {
    expect(resolve('tf_slim.relu6')).toBe('partial tf_slim relu6 of fully_connected {"activation_fn":"tf.nn.relu6"}');
    expect(resolve('tf_slim.linear')).toBe('partial tf_slim linear of fully_connected {"activation_fn":"None"}');
    expect(resolve('tensorflow.contrib.layers.elu')).toBe(
      'partial contrib elu of fully_connected {"activation_fn":"tf.nn.elu"}',
    );
    expect(resolve('tensorflow.contrib.slim.legacy_relu')).toBe(
      'partial contrib legacy_relu of legacy_fully_connected {"activation_fn":"tf.nn.relu"}',
    );
    const found = resolveLibraryName('tf_slim.relu');
    expect(found.kind === 'opPartial' && found.key).toBe(keyOf('tf_slim.fully_connected'));
  });

  it.each([
    ['tf_slim.gdn', 'plain tf_slim tf_slim.layers.layers gdn = tf_slim.gdn'],
    ['tf_slim.GDN', 'plain tf_slim tf_slim.layers.layers GDN = tf_slim.GDN'],
    ['tensorflow.contrib.slim.gdn', `plain contrib ${contribLayers} gdn = tf.contrib.layers.gdn`],
    ['tf_slim.scale_gradient', 'plain tf_slim tf_slim.layers.layers scale_gradient = tf_slim.scale_gradient'],
    [
      'tensorflow.contrib.slim.legacy_fully_connected',
      `plain contrib ${contribLayers} legacy_fully_connected = tf.contrib.layers.legacy_fully_connected`,
    ],
    ['tf_slim.repeat', 'repeat tf_slim tf_slim.layers.layers'],
    ['tf_slim.stack', 'stack tf_slim tf_slim.layers.layers'],
    [
      'tf_slim.xavier_initializer_conv2d',
      'plain tf_slim tf_slim.layers.initializers xavier_initializer = tf_slim.xavier_initializer',
    ],
    [
      'tensorflow.contrib.slim.embed_sequence',
      'plain contrib tensorflow.contrib.layers.python.layers.encoders embed_sequence = tf.contrib.layers.embed_sequence',
    ],
    [
      'tensorflow.contrib.slim.learning.create_train_op',
      'plain contrib tensorflow.contrib.slim.python.slim.learning create_train_op = tf.contrib.slim.learning.create_train_op',
    ],
    ['tf_slim.nets.vgg.vgg_arg_scope', 'plain tf_slim tf_slim.nets.vgg vgg_arg_scope = tf_slim.nets.vgg.vgg_arg_scope'],
  ])('but not %s', (path, expected) => {
    expect(resolve(path)).toBe(expected);
  });
});

describe('other names get their public TensorFlow name', () => {
  it.each([
    ['tensorflow.python.ops.nn_ops.relu', 'tf.nn.relu'],
    ['tensorflow.python.ops.nn_ops.max_pool', 'tf.nn.max_pool'],
    ['tensorflow.python.ops.nn.sigmoid', 'tf.nn.sigmoid'],
    ['tensorflow.sigmoid', 'tf.nn.sigmoid'],
    ['tensorflow.math.sigmoid', 'tf.nn.sigmoid'],
    ['tensorflow.compat.v1.nn.relu', 'tf.nn.relu'],
    ['tensorflow.compat.v1.truncated_normal_initializer', 'tf.truncated_normal_initializer'],
    ['tensorflow.python.ops.init_ops.truncated_normal_initializer', 'tf.truncated_normal_initializer'],
    ['tensorflow.python.ops.init_ops.TruncatedNormal', 'tf.truncated_normal_initializer'],
    ['tensorflow.python.ops.init_ops.he_normal', 'tf.initializers.he_normal'],
    ['tensorflow.initializers.random_normal', 'tf.random_normal_initializer'],
    ['tensorflow.initializers.he_uniform', 'tf.initializers.he_uniform'],
    ['tensorflow.python.ops.array_ops.squeeze', 'tf.squeeze'],
    ['tensorflow.python.ops.math_ops.reduce_mean', 'tf.reduce_mean'],
    ['tensorflow.python.ops.variable_scope.variable_scope', 'tf.variable_scope'],
    ['tensorflow.python.framework.ops.GraphKeys.UPDATE_OPS', 'tf.GraphKeys.UPDATE_OPS'],
    ['tensorflow.python.framework.dtypes.float32', 'tf.float32'],
    ['tensorflow.python.keras.regularizers.l2', 'tf.keras.regularizers.l2'],
    ['tensorflow.python.platform.tf_logging.info', 'tf.logging.info'],
    ['tensorflow.python.util.nest.flatten', 'tensorflow.python.util.nest.flatten'],
    ['tensorflow.keras.layers.Conv2D', 'tf.keras.layers.Conv2D'],
    ['tensorflow.layers.Layer', 'tf.layers.Layer'],
    ['tensorflow', 'tf'],
    ['tf_slim.init_ops.ones_initializer', 'tf.ones_initializer'],
    ['numpy.float32', 'numpy.float32'],
  ])('%s', (path, expected) => {
    expect(resolve(path)).toBe(expected);
  });
});
