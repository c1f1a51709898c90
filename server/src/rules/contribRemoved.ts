/**
 * Reports uses of `tf.contrib` that have no successor, or none that is known: the code has to be rewritten.
 * An error where TensorFlow 2 fails, a hint on what only uses a name from there (docs/decisions/0003).
 */
import type { Rule } from './rule';
import { contribFindings } from './support/contribFindings';

export const contribRemoved: Rule = {
  name: 'contrib-removed',
  summary: 'Use of `tf.contrib` that nothing in TensorFlow 2 replaces',
  family: 'removed',
  severity: 'error',
  since: '0.1.0',
  fix: 'none',
  check: (context) => contribFindings(context, 'contrib-removed'),
};
