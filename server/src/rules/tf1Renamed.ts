/**
 * Reports uses of names of TensorFlow 1 whose very same object TensorFlow 2 has under another name: `tf.log`.
 * Sameness was seen, as identity of Python objects, and is not concluded from spelling.
 */
import type { Rule } from './rule';
import { tensorflowFindings } from './support/tensorflowFindings';

export const tf1Renamed: Rule = {
  name: 'tf1-renamed',
  summary: 'Use of a TensorFlow 1 name that TensorFlow 2 has under another name',
  family: 'tf1-api',
  severity: 'error',
  since: '0.2.0',
  fix: 'safe',
  check: (context) => tensorflowFindings(context, 'tf1-renamed'),
};
