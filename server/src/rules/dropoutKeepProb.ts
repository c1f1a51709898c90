/**
 * Reports `tf.nn.dropout` with a keep probability: TensorFlow 2 takes the share that is dropped. By keyword it raises; by
 * position it drops what should be kept, and is reported only where the file shows that this was meant.
 */
import type * as ast from '../syntax/ast';
import type { Finding, Fix, Rule, RuleContext } from './rule';
import type { ChangedCall } from './support/changedCalls';
import { changedCalls } from './support/changedCalls';
import { isWrittenForTensorflow1 } from './support/tensorflowFile';

export const dropoutKeepProb: Rule = {
  name: 'dropout-keep-prob',
  summary: 'Keep probability given to `tf.nn.dropout`, which takes the share to drop',
  family: 'silent-change',
  severity: 'warning',
  since: '0.2.0',
  fix: 'safe',
  *check(context) {
    for (const changed of changedCalls(context)) {
      if (changed.name === 'nn.dropout') yield* findingsOf(context, changed);
    }
  },
};

function* findingsOf(context: RuleContext, { keywords, positional }: ChangedCall): Iterable<Finding> {
  const keyword = keywords.get('keep_prob');
  if (keyword) {
    yield {
      span: keyword.span,
      severity: 'error',
      message:
        '`tf.nn.dropout` takes no `keep_prob` in TensorFlow 2: `TypeError`\n' +
        'Write `rate`, the share that is dropped: one minus the keep probability',
      fixes: () => (keywords.has('rate') || positional.length > 1 ? [] : [rateFix(context, keyword, 'safe')]),
    };
  }
  const second = positional[1];
  if (!second || keyword || keywords.has('rate') || !isKeepProbability(context, second.value)) return;
  yield {
    span: second.span,
    message:
      '`tf.nn.dropout` of TensorFlow 2 takes the share to drop here, and this is the share to keep\n' +
      'Write `rate=`, one minus the keep probability, which TensorFlow 1.15 takes too',
    fixes: () => (positional.length > 2 ? [] : [rateFix(context, second, 'suggestion')]),
  };
}

/** By its name, or because the file is TensorFlow 1's; half is the same either way. */
function isKeepProbability(context: RuleContext, value: ast.Expression): boolean {
  const text = context.source.text.slice(value.span.start, value.span.end);
  if (/^0?\.50*$/.test(text)) return false;
  if (value.kind === 'Name' || value.kind === 'Attribute') {
    const name = value.kind === 'Name' ? value.name : value.attribute.name;
    if (/keep/i.test(name)) return true;
    if (/rate|drop/i.test(name)) return false;
  }
  return /^[\d.]+$/.test(text) && isWrittenForTensorflow1(context);
}

function rateFix(context: RuleContext, argument: ast.Argument, safety: Fix['safety']): Fix {
  const { value } = argument;
  const text = context.source.text.slice(value.span.start, value.span.end);
  const isSimple =
    value.kind === 'Name' || value.kind === 'Attribute' || value.kind === 'Call' || /^[\d.]+$/.test(text);
  const newText = `rate=1 - ${isSimple ? text : `(${text})`}`;
  return { title: `Replace by \`${newText}\``, safety, edits: [{ span: argument.span, newText }] };
}
