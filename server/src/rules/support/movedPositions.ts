/**
 * Positional arguments whose place belongs to another parameter in TensorFlow 2. A place that was only renamed says
 * nothing: the old parameter must live on elsewhere, or the new one have had another place. A string in the place of
 * `name` is certain; for others the file must be written for TensorFlow 1.
 */
import type * as ast from '../../syntax/ast';
import type { Finding, Fix, RuleContext } from '../rule';
import type { ChangedCall } from './changedCalls';
import { changedCalls, newParameterName } from './changedCalls';
import { isWrittenForTensorflow1 } from './tensorflowFile';

/** One finding per call, at the first argument in question. */
export function* movedPositionFindings(context: RuleContext): Iterable<Finding> {
  for (const changed of changedCalls(context)) {
    const index = changed.positional.findIndex((argument, i) => isMoved(context, changed, argument, i));
    const argument = changed.positional[index];
    if (argument) yield toFinding(changed, argument, index);
  }
}

function isMoved(context: RuleContext, { name, signature }: ChangedCall, argument: ast.Argument, i: number): boolean {
  const before = signature.before[i]?.name;
  const after = signature.after[i]?.name;
  // TensorFlow 1 refused positional arguments where the name says so.
  if (before === undefined || after === undefined || /^_|^keyword_required$/.test(signature.before[0]?.name ?? '')) {
    return false;
  }
  if (before === after || signature.aliases.get(before) === after || name === 'nn.dropout') return false;
  const livesOn = newParameterName(signature, before) !== undefined;
  const hadAnotherPlace = signature.before.some((one) => one.name === after);
  if (!livesOn && !hadAnotherPlace) return false;
  const isText = argument.value.kind === 'String' || argument.value.kind === 'FormattedString';
  if (before === 'name') return isText;
  // A string in the new place of `name` was written for TensorFlow 2.
  if (after === 'name' && isText) return false;
  return isWrittenForTensorflow1(context);
}

function toFinding(changed: ChangedCall, argument: ast.Argument, index: number): Finding {
  const before = changed.signature.before[index]?.name ?? '';
  const after = changed.signature.after[index]?.name ?? '';
  const now = newParameterName(changed.signature, before);
  return {
    span: argument.span,
    message:
      `Argument ${index + 1} of \`tf.${changed.name}\` is \`${after}\` in TensorFlow 2, and was \`${before}\` before\n` +
      (now === undefined
        ? `\`${before}\` is gone: leave it out, and name the arguments behind it`
        : `Write \`${now}=\``),
    fixes: () => {
      const fix = keywordFix(changed, index, before === 'name');
      return fix ? [fix] : [];
    },
  };
}

/** Names this argument and the positional ones behind it. */
function keywordFix(changed: ChangedCall, index: number, isCertain: boolean): Fix | undefined {
  const { positional, signature, keywords, isOpen } = changed;
  if (isOpen) return undefined;
  const edits: { readonly span: { readonly start: number; readonly end: number }; readonly newText: string }[] = [];
  for (let i = index; i < positional.length; i++) {
    const before = signature.before[i]?.name;
    const now = before === undefined ? undefined : newParameterName(signature, before);
    const argument = positional[i];
    if (now === undefined || !argument || keywords.has(now)) return undefined;
    edits.push({ span: { start: argument.span.start, end: argument.span.start }, newText: `${now}=` });
  }
  return { title: 'Name the arguments', safety: isCertain ? 'safe' : 'suggestion', edits };
}
