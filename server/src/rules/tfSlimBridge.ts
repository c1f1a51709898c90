/**
 * Hints that `tf_slim` is a bridge and which TensorFlow versions it carries (E3). Once per file, at its first import,
 * and never more than a hint: the code works. Not inside `tf_slim` itself, whose files import each other.
 */
import { isTensorflow1 } from '../project/target';
import { usesOf } from '../semantics/qualifiedNames';
import type { Rule } from './rule';
import { tfSlimConditions } from './support/contribMessages';

export const tfSlimBridge: Rule = {
  name: 'tf-slim-bridge',
  summary: 'Import of `tf_slim`, which is no longer developed',
  family: 'bridge',
  severity: 'hint',
  since: '0.1.0',
  fix: 'none',
  *check(context) {
    if (/\/tf_slim\//.test(context.source.file)) return;
    const first = usesOf(context.program, context.source).find(
      ({ form, targets, guarded }) =>
        (form === 'import' || form === 'fromImport' || form === 'starImport') &&
        !guarded &&
        targets.every(({ path, steps }) => steps.length === 0 && /^tf_slim(\.|$)/.test(path)),
    );
    if (!first || isTensorflow1(context.target.target)) return;
    yield {
      span: first.span,
      message:
        '`tf_slim` runs under TensorFlow 2, but only as a bridge to Keras\n' +
        `${tfSlimConditions(context.target.target)}. New code has no use for it`,
    };
  },
};
