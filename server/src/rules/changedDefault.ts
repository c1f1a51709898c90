/**
 * Reports calls that leave out an argument whose default is another number in TensorFlow 2: initializers, above all.
 * Only in files that are written for TensorFlow 1: elsewhere the new default may well be meant.
 */
import type { Finding, Rule } from './rule';
import type { ChangedCall } from './support/changedCalls';
import { changedCalls } from './support/changedCalls';
import { isWrittenForTensorflow1 } from './support/tensorflowFile';

export const changedDefault: Rule = {
  name: 'changed-default',
  summary: 'Argument left out whose default is another one in TensorFlow 2',
  family: 'silent-change',
  severity: 'warning',
  since: '0.2.0',
  fix: 'suggestion',
  *check(context) {
    for (const changed of changedCalls(context)) {
      const defaults = changedDefaults(changed);
      if (defaults.length > 0 && isWrittenForTensorflow1(context)) yield toFinding(changed, defaults);
    }
  },
};

interface Default {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Defaults that hold in this call and are different numbers. */
function changedDefaults({ signature, positional, keywords, isOpen }: ChangedCall): readonly Default[] {
  if (isOpen) return [];
  return signature.before.flatMap(({ name, default: before }, i) => {
    const after = signature.after.find((one) => one.name === name)?.default;
    if (i < positional.length || keywords.has(name) || before === undefined || after === undefined) return [];
    const value = before === 'None' && name === 'maxval' ? '1.0' : before;
    return isNumber(value) && isNumber(after) && Number(value) !== Number(after)
      ? [{ name, before: value, after }]
      : [];
  });
}

function isNumber(text: string): boolean {
  return text !== '' && !Number.isNaN(Number(text));
}

function toFinding({ name, call }: ChangedCall, defaults: readonly Default[]): Finding {
  const texts = defaults.map((one) => `\`${one.name}\` is ${one.after}, and was ${one.before}`);
  const written = defaults.map((one) => `${one.name}=${one.before}`).join(', ');
  const last = call.args.at(-1);
  const at = last ? last.span.end : call.argsSpan.end - 1;
  return {
    span: call.callee.span,
    message: `\`tf.${name}\` has another default in TensorFlow 2: ${texts.join('; ')}\nWrite \`${written}\``,
    fixes: () => [
      {
        title: `Add \`${written}\``,
        safety: 'suggestion',
        edits: [{ span: { start: at, end: at }, newText: last ? `, ${written}` : written }],
      },
    ],
  };
}
