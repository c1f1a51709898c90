/**
 * The findings of the `tf1-...` rules about single names, one per use. An error where TensorFlow 2 raises, a hint on what
 * is reached through such a place, and hints only where one finding speaks for the whole file (tensorflowFile.ts).
 */
import type { Finding, RuleContext } from '../rule';
import { isKeras2Only, isTensorflow1Only, keras2File, tensorflow1File } from './tensorflowFile';
import { tensorflowFixes } from './tensorflowFixes';
import { tensorflowMessage } from './tensorflowMessages';
import type { TensorflowFamily, TensorflowUse } from './tensorflowUses';
import { tensorflowUses } from './tensorflowUses';

/** The findings that belong to one of the rules. */
export function* tensorflowFindings(context: RuleContext, family: TensorflowFamily): Iterable<Finding> {
  const { tf1Files } = context.settings;
  const isWhole = tensorflow1File(context) !== undefined;
  const isOfKeras2 = keras2File(context) !== undefined;
  for (const one of tensorflowUses(context)) {
    if (one.family !== family) continue;
    const isTold = (isWhole && isTensorflow1Only(one)) || (isOfKeras2 && isKeras2Only(one));
    if (!isTold || tf1Files !== 'off') yield toFinding(context, one, isTold && tf1Files === 'summary');
  }
}

/** What no import brings back stays an error, however much else is wrong with the file. */
function severityOf(one: TensorflowUse, isSummed: boolean): Pick<Finding, 'severity'> {
  const { origin, use, family } = one;
  if (origin || (isSummed && family !== 'tf1-removed')) return { severity: 'hint' };
  return use.conditional ? { severity: 'info' } : {};
}

function toFinding(context: RuleContext, one: TensorflowUse, isSummed: boolean): Finding {
  const { origin } = one;
  return {
    span: one.use.span,
    message: tensorflowMessage(context, one),
    tags: ['deprecated'],
    ...severityOf(one, isSummed),
    related: origin ? [{ location: origin.location, message: 'TensorFlow 2 fails here first' }] : [],
    fixes: () => tensorflowFixes(context, one),
  };
}
