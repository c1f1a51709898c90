/**
 * Reports uses of `tf.contrib` with a successor in TensorFlow or Keras for which a rename is not enough.
 * An error where TensorFlow 2 fails, a hint on what only uses a name from there (docs/decisions/0003).
 */
import type { Rule } from './rule';
import { contribFindings } from './support/contribFindings';

export const contribChanged: Rule = {
  name: 'contrib-changed',
  summary: 'Use of `tf.contrib` whose successor in TensorFlow takes other arguments or behaves differently',
  family: 'removed',
  severity: 'error',
  since: '0.1.0',
  fix: 'none',
  check: (context) => contribFindings(context, 'contrib-changed'),
};
