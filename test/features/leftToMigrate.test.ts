import { describe, expect, it } from 'vitest';
import { neverCancelled } from '../../server/src/base/cancel';
import { leftToMigrate } from '../../server/src/features/leftToMigrate';
import { memoryWorkspace } from '../support/memoryWorkspace';

/** What is left in a file, as `line rule-or-call`. */
function leftIn(text: string, settings: Readonly<Record<string, unknown>> = {}): readonly string[] | undefined {
  const workspace = memoryWorkspace([{ path: 'a.py', text }], settings);
  const found = workspace.diagnose('a.py').map(({ diagnostic }) => diagnostic);
  const left = leftToMigrate(workspace.snapshot, workspace.uri('a.py'), { found, cancel: neverCancelled });
  const line = (offset: number) => text.slice(0, offset).split('\n').length;
  return left?.map(({ rule, span, code }) => `${line(span.start)} ${rule ?? code}`);
}

describe('what is left to migrate', () => {
  it('is each finding about what TensorFlow 2 lacks, and each call of TF-Slim', () => {
    const text = `import tensorflow as tf
import tf_slim as slim
with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm):
  net = slim.conv2d(tf.placeholder(tf.float32, [1, 8, 8, 3]), 8, 3)
  net = slim.repeat(net, 2, slim.conv2d, 8, 3)
y = tf.layers.dense(net, 3)
`;
    expect(leftIn(text, { tf1Files: 'each' })).toEqual([
      '4 slim.conv2d',
      '4 tf1-compat',
      '5 slim.repeat',
      '6 tf1-layers',
    ]);
  });

  it('counts a call through tf.contrib once, with its finding', () => {
    expect(leftIn('import tensorflow as tf\nnet = tf.contrib.slim.conv2d(x, 8, 3)\n')).toEqual(['2 contrib-changed']);
  });

  it('leaves out mistakes that are no work of the migration, and what somebody has decided about', () => {
    const text = `import tf_slim as slim
with slim.arg_scope([slim.conv2d], stride=2):
  a = slim.conv2d(x, 8, 3, 1)
`;
    expect(leftIn(text)).toEqual(['3 slim.conv2d']);
    const contrib = 'import tensorflow as tf\ny = tf.contrib.layers.flatten(x)';
    expect(leftIn(`${contrib}  # slimscope: ignore[family]\n`.replace('family', 'removed'))).toEqual([
      '2 tf.contrib.layers.flatten',
    ]);
    expect(leftIn(contrib, { rules: { 'family:removed': 'off' } })).toEqual(['2 tf.contrib.layers.flatten']);
  });

  it('is empty for a file that is ready, and nothing for one that has no part in it', () => {
    expect(leftIn('import tensorflow as tf\nlayer = tf.keras.layers.Dense(3)\n')).toEqual([]);
    expect(leftIn('from tensorflow_datasets import load\n')).toEqual([]);
    expect(leftIn('import numpy as np\n"""tensorflow"""\n')).toBeUndefined();
    expect(leftIn('from .tensorflow import x\n')).toBeUndefined();
  });

  it('shows the code of a place, and says what the rule says, in one line each', () => {
    const text = 'import tensorflow as tf\ny = tf.layers.dense(x, 3)\n';
    const workspace = memoryWorkspace([{ path: 'a.py', text }]);
    const found = workspace.diagnose('a.py').map(({ diagnostic }) => diagnostic);
    const left = leftToMigrate(workspace.snapshot, workspace.uri('a.py'), { found, cancel: neverCancelled });
    expect(left).toMatchObject([
      { code: 'tf.layers.dense', message: expect.stringMatching(/^`tf\.layers\.dense`.+$/) as string },
    ]);
  });

  it('does not take the functions of the user for calls of TF-Slim', () => {
    const text = `from tf_slim import add_arg_scope
@add_arg_scope
def block(x, stride=1):
  return x
y = block(x)
`;
    expect(leftIn(text)).toEqual([]);
  });
});
