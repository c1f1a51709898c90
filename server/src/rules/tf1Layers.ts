/**
 * Reports uses of `tf.layers` and `tf.nn.rnn_cell`: gone from `tf`, and in `tf.compat.v1` they raise from TensorFlow 2.16
 * on (E2). Also `tf.keras.layers.conv2d`, which is written when `tf.layers` is replaced by name and never existed.
 */
import type { Rule } from './rule';
import { tensorflowFindings } from './support/tensorflowFindings';

export const tf1Layers: Rule = {
  name: 'tf1-layers',
  summary: 'Use of \`tf.layers\` or \`tf.nn.rnn_cell\`, which need Keras 2',
  family: 'legacy-layers',
  severity: 'error',
  since: '0.2.0',
  fix: 'unsafe',
  check: (context) => tensorflowFindings(context, 'tf1-layers'),
};
