/**
 * Reports a file that is written for TensorFlow 1 as a whole, once, at its first import of TensorFlow; the findings
 * about its single names are hints then. How much is said is set by `slimscope.tf1Files`.
 */
import type { Rule } from './rule';
import { tensorflowFileFindings } from './support/tensorflowFileFindings';

export const tf1File: Rule = {
  name: 'tf1-file',
  summary: 'File that is written for TensorFlow 1 as a whole',
  family: 'tf1-api',
  severity: 'error',
  since: '0.2.0',
  fix: 'unsafe',
  check: (context) => tensorflowFileFindings(context),
};
