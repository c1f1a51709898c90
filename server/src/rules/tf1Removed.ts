/**
 * Reports uses of names of TensorFlow 1 that neither `tf` nor `tf.compat.v1` of TensorFlow 2 has: `tf.pywrap_tensorflow`.
 * Not about `tf.contrib`, which has rules of its own.
 */
import type { Rule } from './rule';
import { tensorflowFindings } from './support/tensorflowFindings';

export const tf1Removed: Rule = {
  name: 'tf1-removed',
  summary: 'Use of a TensorFlow 1 name that TensorFlow 2 does not have at all',
  family: 'tf1-api',
  severity: 'error',
  since: '0.2.0',
  fix: 'none',
  check: (context) => tensorflowFindings(context, 'tf1-removed'),
};
