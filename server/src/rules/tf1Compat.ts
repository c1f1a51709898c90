/**
 * Reports uses of names of TensorFlow 1 that TensorFlow 2 keeps in `tf.compat.v1` only: `tf.placeholder`, `tf.Session`.
 * Silent where the file takes them from there.
 */
import type { Rule } from './rule';
import { tensorflowFindings } from './support/tensorflowFindings';

export const tf1Compat: Rule = {
  name: 'tf1-compat',
  summary: 'Use of a TensorFlow 1 name that TensorFlow 2 has in \`tf.compat.v1\` only',
  family: 'tf1-api',
  severity: 'error',
  since: '0.2.0',
  fix: 'safe',
  check: (context) => tensorflowFindings(context, 'tf1-compat'),
};
