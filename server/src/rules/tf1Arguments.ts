/**
 * Reports arguments that a function of TensorFlow 1 took and that are a TypeError in TensorFlow 2, where the function has
 * the same name: `tf.reduce_sum(x, keep_dims=True)`. What runs with another meaning is `argument-order`'s.
 */
import type { Rule } from './rule';
import { argumentFindings } from './support/tensorflowArguments';

export const tf1Arguments: Rule = {
  name: 'tf1-arguments',
  summary: 'Argument of TensorFlow 1 that the function of TensorFlow 2 does not take',
  family: 'tf1-api',
  severity: 'error',
  since: '0.2.0',
  fix: 'safe',
  check: (context) => argumentFindings(context),
};
