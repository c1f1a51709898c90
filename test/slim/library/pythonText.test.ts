/** Python text of literal values, and the values of the default texts of the signature tables. */
import { describe, expect, it } from 'vitest';
import type { StaticValue } from '../../../server/src/semantics/staticValue';
import { defaultValue, toPythonText } from '../../../server/src/slim/library/pythonText';

const int = (value: number): StaticValue => ({ kind: 'int', value });
const float = (value: number): StaticValue => ({ kind: 'float', value });
const str = (value: string): StaticValue => ({ kind: 'str', value });

describe('toPythonText', () => {
  it.each<[StaticValue, string]>([
    [{ kind: 'none' }, 'None'],
    [{ kind: 'ellipsis' }, '...'],
    [{ kind: 'bool', value: true }, 'True'],
    [{ kind: 'bool', value: false }, 'False'],
    [int(-3), '-3'],
    [float(2), '2.0'],
    [float(0), '0.0'],
    [float(-0), '-0.0'],
    [float(0.5), '0.5'],
    [float(0.0001), '0.0001'],
    [float(0.00001), '1e-05'],
    [float(0.00004), '4e-05'],
    [float(1e-7), '1e-07'],
    [float(2 ** -18), '3.814697265625e-06'],
    [float(123456.75), '123456.75'],
    [float(1e15), '1000000000000000.0'],
    [float(1e16), '1e+16'],
    [float(1.5e300), '1.5e+300'],
    [float(0.19999999999999996), '0.19999999999999996'],
    [float(Infinity), "float('inf')"],
    [float(-Infinity), "float('-inf')"],
    [float(NaN), "float('nan')"],
    [str('SAME'), "'SAME'"],
    [str("it's"), '"it\'s"'],
    [str('"a" \'b\''), "'\"a\" \\'b\\''"],
    [str('a\n\t\\\u0001é😀'), "'a\\n\\t\\\\\\x01é😀'"],
    [{ kind: 'bytes', value: 'a\u00ff' }, "b'a\\xff'"],
    [{ kind: 'tuple', items: [] }, '()'],
    [{ kind: 'tuple', items: [int(1)] }, '(1,)'],
    [{ kind: 'tuple', items: [int(1), int(2)] }, '(1, 2)'],
    [{ kind: 'list', items: [int(3), str('x')] }, "[3, 'x']"],
    [{ kind: 'set', items: [] }, 'set()'],
    [{ kind: 'set', items: [int(1)] }, '{1}'],
    [{ kind: 'dict', entries: [[str('decay'), float(0.997)]] }, "{'decay': 0.997}"],
  ])('%j', (value, text) => {
    expect(toPythonText(value)).toBe(text);
  });

  it.each<[string, StaticValue]>([
    ['a name of a library', { kind: 'external', paths: ['tensorflow.nn.relu'] }],
    ['a list with one', { kind: 'list', items: [{ kind: 'external', paths: ['tensorflow.nn.relu'] }] }],
    ['a dict with an unknown', { kind: 'dict', entries: [[str('a'), { kind: 'unknown', reason: 'r' }]] }],
    ['an integer that lost digits', int(2 ** 60)],
  ])('has no text for %s', (_, value) => {
    expect(toPythonText(value)).toBeUndefined();
  });
});

describe('defaultValue', () => {
  it.each<[string, StaticValue]>([
    ['None', { kind: 'none' }],
    ['True', { kind: 'bool', value: true }],
    ['-1', int(-1)],
    ['2', int(2)],
    ['0.999', float(0.999)],
    ['1e-06', float(1e-6)],
    ['2 ** (-18)', float(2 ** -18)],
    ["'SAME'", str('SAME')],
    ["''", str('')],
    ['(-3, -2)', { kind: 'tuple', items: [int(-3), int(-2)] }],
    ['(1, 1)', { kind: 'tuple', items: [int(1), int(1)] }],
    ['(tf.GraphKeys.WEIGHTS,)', { kind: 'tuple', items: [str('weights')] }],
    ['tf.GraphKeys.UPDATE_OPS', str('update_ops')],
    ['tf.GraphKeys.GLOBAL_VARIABLES', str('variables')],
    ['tf.nn.relu', { kind: 'external', paths: ['tensorflow.compat.v1.nn.relu'] }],
    ['tf.float32', { kind: 'external', paths: ['tensorflow.compat.v1.float32'] }],
    ['train_step', { kind: 'external', paths: ['tf_slim.learning.train_step'] }],
  ])('%s', (text, value) => {
    expect(defaultValue(text)).toEqual(value);
  });

  it.each([
    ['xavier_initializer()', 'tf_slim.xavier_initializer'],
    ['tf.zeros_initializer()', 'tensorflow.compat.v1.zeros_initializer'],
  ])('%s is the result of a call', (text, path) => {
    expect(defaultValue(text)).toMatchObject({
      kind: 'externalResult',
      callee: { kind: 'external', paths: [path] },
      args: [],
    });
  });

  it.each(['<library default>', 'tf.GraphKeys.NO_SUCH_KEY', '(1, ', "'a' 'b'", ''])(
    '%s is unknown, with the reason',
    (text) => {
      expect(defaultValue(text)).toEqual({
        kind: 'unknown',
        reason: `the default \`${text}\` is private to the library`,
      });
    },
  );
});
