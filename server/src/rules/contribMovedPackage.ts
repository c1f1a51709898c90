/**
 * Reports uses of `tf.contrib` whose successor is another package: `tf_slim`, a maintained one, or one at its end of life.
 * An error where TensorFlow 2 fails, a hint on what only uses a name from there (docs/decisions/0003).
 */
import type { Rule } from './rule';
import { contribFindings } from './support/contribFindings';

export const contribMovedPackage: Rule = {
  name: 'contrib-moved-package',
  summary: 'Use of `tf.contrib` that moved to another package',
  family: 'removed',
  severity: 'error',
  since: '0.1.0',
  fix: 'suggestion',
  check: (context) => contribFindings(context, 'contrib-moved-package'),
};
