/**
 * Arguments that a function of TensorFlow 1 took and the one of the same name in TensorFlow 2 does not: each of them is a
 * TypeError. Says where, in which words, and how to write it instead. `keep_prob` has a rule of its own.
 */
import type * as ast from '../../syntax/ast';
import type { Finding, RuleContext } from '../rule';
import type { ChangedCall } from './changedCalls';
import { changedCalls, newParameterName } from './changedCalls';
import { tensorflow1File } from './tensorflowFile';

/** The findings, one per argument. */
export function* argumentFindings(context: RuleContext): Iterable<Finding> {
  const isWhole = tensorflow1File(context) !== undefined;
  const mode = context.settings.tf1Files;
  if (isWhole && mode === 'off') return;
  const severity: Pick<Finding, 'severity'> = isWhole && mode === 'summary' ? { severity: 'hint' } : {};
  for (const changed of changedCalls(context)) {
    for (const [name, argument] of changed.keywords) {
      if (isLost(changed, name)) yield { ...keywordFinding(changed, name, argument), ...severity };
    }
    const extra = changed.positional[changed.signature.after.length];
    if (extra && changed.positional.length <= changed.signature.before.length) {
      yield { ...extraFinding(changed, extra), ...severity };
    }
  }
}

function isLost({ name, signature }: ChangedCall, keyword: string): boolean {
  if (name === 'nn.dropout' && keyword === 'keep_prob') return false;
  const has = (one: { readonly name: string }): boolean => one.name === keyword;
  return signature.before.some(has) && !signature.after.some(has);
}

function keywordFinding(changed: ChangedCall, keyword: string, argument: ast.Argument): Finding {
  const { name, signature, keywords } = changed;
  const now = newParameterName(signature, keyword);
  const place = argument.name?.span ?? argument.span;
  const canRename = now !== undefined && !keywords.has(now) && !givenByPosition(changed, now);
  return {
    span: place,
    message:
      `\`tf.${name}\` takes no \`${keyword}\` in TensorFlow 2: \`TypeError\`\n` +
      (now === undefined ? takesText(changed) : `Write \`${now}\`, which is the same`),
    fixes: () =>
      canRename ? [{ title: `Rename to \`${now}\``, safety: 'safe', edits: [{ span: place, newText: now }] }] : [],
  };
}

function givenByPosition({ positional, signature }: ChangedCall, name: string): boolean {
  return signature.after.findIndex((one) => one.name === name) < positional.length;
}

function extraFinding(changed: ChangedCall, extra: ast.Argument): Finding {
  const count = changed.signature.after.length;
  const arguments_ = count === 1 ? 'one argument' : `${count} arguments`;
  return {
    span: extra.span,
    message: `\`tf.${changed.name}\` takes ${arguments_} in TensorFlow 2, and this is one more: \`TypeError\`\n${takesText(changed)}`,
  };
}

function takesText({ name, signature }: ChangedCall): string {
  const now = signature.after.map((one) => `\`${one.name}\``).join(', ');
  return `It takes ${now}; \`tf.compat.v1.${name}\` still takes what it took before`;
}
