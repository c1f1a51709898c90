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
