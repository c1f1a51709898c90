/**
 * Reports uses of `tf.contrib` that a rename repairs: the same function, verified to exist in today's TensorFlow.
 * An error where TensorFlow 2 fails, a hint on what only uses a name from there (docs/decisions/0003).
 */
import type { Rule } from './rule';
import { contribFindings } from './support/contribFindings';

export const contribMoved: Rule = {
  name: 'contrib-moved',
  summary: 'Use of `tf.contrib` that TensorFlow 2 has under another name',
  family: 'removed',
  severity: 'error',
  since: '0.1.0',
  fix: 'safe',
  check: (context) => contribFindings(context, 'contrib-moved'),
};
