/** Goldens of sections 3, 4 and 6 of the effective-arguments format. */
import { describe, expect, it } from 'vitest';
import type { ExternalResult, StaticArgument, StaticValue } from '../../../server/src/semantics/staticValue';
import { sameNormalForm, toNormalForm } from '../../../server/src/slim/library/normalForm';
import type { NormalForm } from '../../../server/src/slim/library/normalFormType';

const at = { file: 'file:///a.py', span: { start: 0, end: 1 } };
const int = (value: number): StaticValue => ({ kind: 'int', value });
const float = (value: number): StaticValue => ({ kind: 'float', value });
const str = (value: string): StaticValue => ({ kind: 'str', value });
const list = (...items: StaticValue[]): StaticValue => ({ kind: 'list', items });
const name = (...paths: string[]): StaticValue => ({ kind: 'external', paths });
const call = (path: string, ...args: StaticArgument[]): ExternalResult => ({
  kind: 'externalResult',
  callee: { kind: 'external', paths: [path] },
  args,
  call: at,
});
const unknown: StaticValue = { kind: 'unknown', reason: 'assigned in a loop' };

describe('toNormalForm (section 3)', () => {
  it.each<[string, StaticValue, NormalForm]>([
    ['None', { kind: 'none' }, null],
    ['a bool', { kind: 'bool', value: true }, true],
    ['a string', str('SAME'), 'SAME'],
    ['an int', int(2), 2],
    ['a float', float(0.5), 0.5],
    ['infinity', float(Infinity), { float: 'inf' }],
    ['minus infinity', float(-Infinity), { float: '-inf' }],
    ['nan', float(NaN), { float: 'nan' }],
    ['a list', list(int(3), int(3)), [3, 3]],
    ['a tuple', { kind: 'tuple', items: [int(3), { kind: 'none' }] }, [3, null]],
    [
      'a dict with all kinds of keys',
      {
        kind: 'dict',
        entries: [
          [str('a'), int(1)],
          [int(2), int(2)],
          [float(1e-5), int(3)],
          [{ kind: 'bool', value: false }, int(4)],
          [{ kind: 'none' }, int(5)],
        ],
      },
      { a: 1, '2': 2, '1e-05': 3, False: 4, None: 5 },
    ],
    ['a set', { kind: 'set', items: [str('b'), str('a')] }, { set: ['a', 'b'] }],
    ['bytes', { kind: 'bytes', value: 'a\u00ff' }, { bytes: 'a\u00ff' }],
    ['an enum member', name('tensorflow.AUTO_REUSE'), { enum: 'AUTO_REUSE' }],
    ['an enum member of a class', name('tensorflow.compat.v1.VariableAggregation.NONE'), { enum: 'NONE' }],
    ['a dtype', name('tensorflow.float32'), { dtype: 'float32' }],
    ['a dtype by its module', name('tensorflow.python.framework.dtypes.int64'), { dtype: 'int64' }],
    ['a dtype with two names', name('tensorflow.dtypes.half'), { dtype: 'float16' }],
    ['a tensor', { kind: 'unknown', reason: 'a tensor', isTensor: true }, { tensor: true }],
    ['a placeholder', call('tensorflow.placeholder', { value: name('tensorflow.bool') }), { tensor: true }],
    ['the result of an op', call('tf_slim.conv2d', { value: unknown }), { tensor: true }],
    ['the result of slim.relu', call('tensorflow.contrib.slim.relu'), { tensor: true }],
    ['a graph key', name('tensorflow.GraphKeys.UPDATE_OPS'), 'update_ops'],
    [
      'a graph key by its module',
      name('tensorflow.python.framework.ops.GraphKeys.TRAINABLE_VARIABLES'),
      'trainable_variables',
    ],
    ['a TensorFlow function', name('tensorflow.nn.relu'), { function: 'relu' }],
    ['the same by its module', name('tensorflow.python.ops.nn_ops.relu'), { function: 'relu' }],
    ['a function of two namespaces', name('tensorflow.sigmoid'), { function: 'sigmoid' }],
    ['tf.identity', name('tensorflow.identity'), { function: 'identity' }],
    ['tf.no_regularizer', name('tensorflow.no_regularizer'), { function: 'no_regularizer' }],
    ['the first of two names in tf.nn', name('tensorflow.nn.lrn'), { function: 'local_response_normalization' }],
    ['a slim op', name('tf_slim.batch_norm'), { function: 'batch_norm' }],
    ['a slim op by its long name', name('tensorflow.contrib.layers.convolution2d'), { function: 'conv2d' }],
    ['either library', name('tf_slim.batch_norm', 'tensorflow.contrib.slim.batch_norm'), { function: 'batch_norm' }],
    ['a plain slim function', name('tf_slim.l2_regularizer'), { function: 'l2_regularizer' }],
    [
      'a function',
      { kind: 'function', name: 'act', qualifiedName: 'Net.act', definition: at },
      { function: 'Net.act' },
    ],
    [
      'a lambda',
      { kind: 'function', name: '<lambda>', qualifiedName: '<lambda>', definition: at },
      { function: '<lambda>' },
    ],
    ['a class', { kind: 'class', name: 'Net', definition: at }, { function: 'Net' }],
    ['an initializer class', name('tensorflow.zeros_initializer'), { function: 'zeros_initializer' }],
    ['the same by its short name', name('tensorflow.initializers.zeros'), { function: 'zeros_initializer' }],
    ['the same by its class name', name('tensorflow.python.ops.init_ops.Zeros'), { function: 'zeros_initializer' }],
    ['a workspace module', { kind: 'module', name: 'nets.vgg', file: 'file:///nets/vgg.py' }, { module: 'vgg' }],
    ['a library module', name('tf_slim.nets.vgg'), { module: 'vgg' }],
    [
      'a partial',
      {
        kind: 'partial',
        target: name('tf_slim.conv2d'),
        args: [{ value: int(1) }, { name: 'stride', value: int(2) }],
      },
      { partial: { function: 'conv2d' }, args: [1], keywords: { stride: 2 } },
    ],
    [
      'slim.relu6',
      name('tf_slim.relu6'),
      { partial: { function: 'fully_connected' }, args: [], keywords: { activation_fn: { function: 'relu6' } } },
    ],
    [
      'a partial of slim.linear, which Python flattens',
      { kind: 'partial', target: name('tf_slim.linear'), args: [{ name: 'scope', value: str('a') }] },
      { partial: { function: 'fully_connected' }, args: [], keywords: { activation_fn: null, scope: 'a' } },
    ],
  ])('%s', (_, value, form) => {
    expect(toNormalForm(value)).toEqual(form);
  });

  it.each<[string, StaticValue]>([
    ['an unknown', unknown],
    ['a list with an unknown', list(int(1), unknown)],
    ['a dict with an unknown', { kind: 'dict', entries: [[str('a'), unknown]] }],
    ['a choice', { kind: 'choice', options: [int(1), int(2)] }],
    ['alternatives that differ', name('tensorflow.nn.relu', 'tensorflow.nn.elu')],
    ['a library name of unknown nature', name('tensorflow.some_name')],
    ['a foreign library', name('scipy.special.expit')],
    ['the result of an unknown function', call('tensorflow.some_function')],
    ['a regularizer of unknown scale', call('tf_slim.l2_regularizer', { value: unknown })],
    ['a saved scope', { kind: 'scope', description: 'vgg_arg_scope()' }],
    ['an instance, which may be callable', { kind: 'instance', class: { kind: 'class', name: 'A', definition: at } }],
  ])('has none for %s', (_, value) => {
    expect(toNormalForm(value)).toBeUndefined();
  });
});

describe('initializers and regularizers (section 4)', () => {
  it.each<[StaticValue, NormalForm]>([
    [call('tensorflow.compat.v1.zeros_initializer'), { object: 'zeros_initializer', args: {} }],
    [call('tf_slim.xavier_initializer'), { object: 'xavier_initializer', args: { uniform: true } }],
    [
      call('tensorflow.contrib.layers.variance_scaling_initializer'),
      { object: 'variance_scaling_initializer', args: { factor: 2, mode: 'FAN_IN', uniform: false } },
    ],
    [
      call('tensorflow.truncated_normal_initializer', { value: float(0) }, { value: float(0.01) }),
      { object: 'truncated_normal_initializer', args: { mean: 0, stddev: 0.01 } },
    ],
    [call('tf_slim.l2_regularizer', { value: float(0.00004) }), { object: 'l2_regularizer', args: { scale: 0.00004 } }],
    [
      call('tf_slim.sum_regularizer', { value: list(call('tf_slim.l1_regularizer', { value: float(0.1) })) }),
      { object: 'sum_regularizer', args: { regularizer_list: [{ object: 'l1_regularizer', args: { scale: 0.1 } }] } },
    ],
    [call('tf_slim.sum_regularizer', { value: list({ kind: 'none' }) }), null],
    [call('tensorflow.keras.regularizers.l2', { value: float(0.1) }), { object: 'keras.l2', args: { l2: 0.1 } }],
    [call('tensorflow.glorot_uniform_initializer'), { object: 'glorot_uniform_initializer', args: {} }],
  ])('%#', (value, form) => {
    expect(toNormalForm(value)).toEqual(form);
  });
});

describe('sameNormalForm (section 6)', () => {
  it.each<[NormalForm, NormalForm, string?]>([
    [2, 2],
    [0.00004, 0.00004000000001],
    [0.1, 0.10000000149011612],
    ['SAME', 'same', 'padding'],
    [{ mode: 'FAN_IN' }, { mode: 'fan_in' }],
    [
      [1, [2, 'a']],
      [1, [2, 'a']],
    ],
    [
      { a: 1, b: null },
      { b: null, a: 1 },
    ],
    [{ tensor: true }, { tensor: true }],
    [null, null],
  ])('%j and %j are the same', (a, b, argument) => {
    expect(sameNormalForm(a, b, argument)).toBe(true);
    expect(sameNormalForm(b, a, argument)).toBe(true);
  });

  it.each<[NormalForm, NormalForm, string?]>([
    [1, true],
    [0, false],
    [0, null],
    [1, 1.00001],
    [2, [2, 2]],
    ['SAME', 'same', 'scope'],
    ['SAME', 'VALID', 'padding'],
    [[1, 2], [1]],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, { b: 1 }],
    [{}, []],
    ['1', 1],
  ])('%j and %j differ', (a, b, argument) => {
    expect(sameNormalForm(a, b, argument)).toBe(false);
    expect(sameNormalForm(b, a, argument)).toBe(false);
  });
});
