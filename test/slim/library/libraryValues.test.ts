/** What calls of initializer and regularizer factories make (section 4 of the effective-arguments format; D4, D5). */
import { describe, expect, it } from 'vitest';
import type { StaticArgument, StaticValue } from '../../../server/src/semantics/staticValue';
import { describeResult, describeResultError } from '../../../server/src/slim/library/libraryValues';
import { defaultValue, toPythonText } from '../../../server/src/slim/library/pythonText';

/** Reads `0.5, mode='FAN_AVG'`. */
function args(text: string): readonly StaticArgument[] {
  if (text === '') return [];
  return text.split(', ').map((part) => {
    const match = /^(\w+)=(.*)$/.exec(part);
    return match ? { name: match[1] ?? '', value: defaultValue(match[2] ?? '') } : { value: defaultValue(part) };
  });
}

function describeCall(callee: string, text: string): string | undefined {
  const found = describeResult(callee, args(text));
  if (found === undefined) return undefined;
  const shown = [...found.args].map(([name, value]) => `${name}=${toPythonText(value) ?? '?'}`);
  return `${found.kind}(${shown.join(', ')})`;
}

describe('describeResult', () => {
  it.each([
    ['tf_slim.xavier_initializer', '', 'xavier_initializer(uniform=True)'],
    ['tf_slim.xavier_initializer_conv2d', '', 'xavier_initializer(uniform=True)'],
    ['tensorflow.contrib.layers.xavier_initializer', 'False', 'xavier_initializer(uniform=False)'],
    ['tf_slim.xavier_initializer', 'seed=3', 'xavier_initializer(uniform=True, seed=3)'],
    ['tf_slim.xavier_initializer', 'seed=None', 'xavier_initializer(uniform=True)'],
    [
      'tensorflow.contrib.slim.variance_scaling_initializer',
      '',
      "variance_scaling_initializer(factor=2.0, mode='FAN_IN', uniform=False)",
    ],
    [
      'tensorflow.contrib.layers.python.layers.initializers.variance_scaling_initializer',
      "1.0, 'FAN_AVG', True",
      "variance_scaling_initializer(factor=1.0, mode='FAN_AVG', uniform=True)",
    ],
    [
      'tensorflow.variance_scaling_initializer',
      'scale=2.0',
      "variance_scaling_initializer(scale=2.0, mode='fan_in', distribution='truncated_normal')",
    ],
    [
      'tensorflow.initializers.variance_scaling',
      '',
      "variance_scaling_initializer(scale=1.0, mode='fan_in', distribution='truncated_normal')",
    ],
    [
      'tensorflow.compat.v1.initializers.he_normal',
      '',
      "variance_scaling_initializer(scale=2.0, mode='fan_in', distribution='truncated_normal')",
    ],
    [
      'tensorflow.initializers.lecun_uniform',
      'seed=1',
      "variance_scaling_initializer(scale=1.0, mode='fan_in', distribution='uniform', seed=1)",
    ],
    ['tensorflow.glorot_uniform_initializer', '', 'glorot_uniform_initializer()'],
    ['tensorflow.initializers.glorot_normal', '', 'glorot_normal_initializer()'],
    ['tensorflow.truncated_normal_initializer', '0.0, 0.01', 'truncated_normal_initializer(mean=0.0, stddev=0.01)'],
    ['tensorflow.truncated_normal_initializer', '', 'truncated_normal_initializer(mean=0.0, stddev=1.0)'],
    [
      'tensorflow.python.ops.init_ops.truncated_normal_initializer',
      'stddev=0.09',
      'truncated_normal_initializer(mean=0.0, stddev=0.09)',
    ],
    ['tensorflow.random_normal_initializer', '', 'random_normal_initializer(mean=0.0, stddev=1.0)'],
    ['tensorflow.random_uniform_initializer', '-1.0, 1.0', 'random_uniform_initializer(minval=-1.0, maxval=1.0)'],
    ['tensorflow.random_uniform_initializer', '', 'random_uniform_initializer(minval=0, maxval=None)'],
    ['tensorflow.constant_initializer', '0.1', 'constant_initializer(value=0.1)'],
    ['tensorflow.constant_initializer', '', 'constant_initializer(value=0)'],
    ['tf.zeros_initializer', '', 'zeros_initializer()'],
    ['tensorflow.compat.v1.zeros_initializer', 'dtype=tf.float32', 'zeros_initializer()'],
    ['tensorflow.python.ops.init_ops.Ones', '', 'ones_initializer()'],
    ['tensorflow.orthogonal_initializer', '', 'orthogonal_initializer(gain=1.0)'],
    ['tensorflow.initializers.identity', '0.5', 'identity_initializer(gain=0.5)'],
    ['tensorflow.uniform_unit_scaling_initializer', '1.43', 'uniform_unit_scaling_initializer(factor=1.43)'],
    ['tf_slim.l2_regularizer', '0.0005', 'l2_regularizer(scale=0.0005)'],
    ['tf_slim.l2_regularizer', '0.0', 'l2_regularizer(scale=0.0)'],
    ['tensorflow.contrib.layers.l1_regularizer', "scale=0.1, scope='x'", 'l1_regularizer(scale=0.1)'],
    ['tf_slim.l1_l2_regularizer', '', 'l1_l2_regularizer(scale_l1=1.0, scale_l2=1.0)'],
    ['tensorflow.keras.regularizers.l2', '0.5', 'keras.l2(l2=0.5)'],
    ['tensorflow.keras.regularizers.l2', 'l=0.5', 'keras.l2(l2=0.5)'],
    ['tf_keras.regularizers.L1', '', 'keras.l1(l1=0.01)'],
    ['keras.regularizers.L1L2', 'l2=0.1', 'keras.l1l2(l1=0.0, l2=0.1)'],
    ['tensorflow.keras.regularizers.l1_l2', 'l1=0.1, l2=0.2', 'keras.l1l2(l1=0.1, l2=0.2)'],
  ])('%s(%s)', (callee, text, expected) => {
    expect(describeCall(callee, text)).toBe(expected);
  });

  it.each([
    ['a function that is no factory', 'tensorflow.nn.relu', ''],
    ['an op', 'tf_slim.conv2d', '1, 2, 3'],
    ['a missing argument', 'tf_slim.l2_regularizer', ''],
    ['an argument that does not exist', 'tf_slim.l2_regularizer', '0.1, weight=2'],
    ['an argument given twice', 'tf_slim.l2_regularizer', '0.1, scale=0.2'],
    ['an integer scale, which raises', 'tf_slim.l2_regularizer', '0'],
    ['a default that differs between Keras 2 and 3', 'tensorflow.keras.regularizers.l1_l2', 'l1=0.1'],
    ['a factory that is not known', 'tensorflow.keras.regularizers.OrthogonalRegularizer', '0.1'],
  ])('has nothing to say on %s', (_, callee, text) => {
    expect(describeCall(callee, text)).toBeUndefined();
  });

  it('keeps arguments that are not known, so that the rest can be shown', () => {
    const weight: StaticValue = { kind: 'unknown', reason: 'parameter `weight_decay` of `build`' };
    const found = describeResult('tf_slim.l2_regularizer', [{ value: weight }]);
    expect(found?.args.get('scale')).toEqual(weight);
  });

  it('names the defaults that TensorFlow 2 changed silently (D5)', () => {
    const changed = (callee: string, text: string): readonly string[] | undefined =>
      describeResult(callee, args(text))?.versionDependent;
    expect(changed('tensorflow.random_normal_initializer', '')).toEqual(['stddev']);
    expect(changed('tensorflow.random_normal_initializer', 'stddev=0.1')).toEqual([]);
    expect(changed('tensorflow.random_uniform_initializer', 'minval=0')).toEqual(['maxval']);
    expect(changed('tensorflow.compat.v1.random_normal_initializer', '')).toEqual([]);
    expect(changed('tensorflow.python.ops.init_ops.random_normal_initializer', '')).toEqual([]);
    expect(changed('tensorflow.truncated_normal_initializer', '')).toEqual([]);
  });
});

describe('describeResultError', () => {
  it.each([
    ['tf_slim.l2_regularizer', '0', 'ValueError: scale cannot be an integer: 0 (scale)'],
    ['tensorflow.contrib.layers.l1_regularizer', 'True', 'ValueError: scale cannot be an integer: True (scale)'],
    ['tf_slim.l2_regularizer', '-0.5', 'ValueError: Setting a scale less than 0 on a regularizer: -0.5. (scale)'],
    ['tf_slim.l1_regularizer', '-2.0', 'ValueError: Setting a scale less than 0 on a regularizer: -2 (scale)'],
    ['tf_slim.l1_l2_regularizer', '1', 'ValueError: scale_l1 cannot be an integer: 1 (scale_l1)'],
    ['tf_slim.l1_l2_regularizer', '0.1, 1', 'ValueError: scale_l2 cannot be an integer: 1 (scale_l2)'],
    [
      'tf_slim.variance_scaling_initializer',
      "mode='fan_in'",
      'TypeError: Unknown mode fan_in [FAN_IN, FAN_OUT, FAN_AVG] (mode)',
    ],
  ])('%s(%s)', (callee, text, expected) => {
    const error = describeResultError(callee, args(text));
    expect(error && `${error.type}: ${error.message} (${error.argument})`).toBe(expected);
  });

  it.each([
    ['tf_slim.l2_regularizer', '0.0'],
    ['tf_slim.l2_regularizer', '0.0005'],
    ['tensorflow.variance_scaling_initializer', "mode='fan_in'"],
    ['tensorflow.nn.relu', ''],
  ])('is silent on %s(%s)', (callee, text) => {
    expect(describeResultError(callee, args(text))).toBeUndefined();
  });
});
