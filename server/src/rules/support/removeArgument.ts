/**
 * Takes an argument out of a call, with the comma that belongs to it. Gives up where a comment would go with it.
 */
import type { TextEdit } from '../../base/textEdit';
import type { SourceFile } from '../../semantics/program';
import type * as ast from '../../syntax/ast';

/** The edit; undefined when the argument cannot be taken out without touching something else. */
export function removeArgument(source: SourceFile, call: ast.Call, argument: ast.Argument): TextEdit | undefined {
  const index = call.args.indexOf(argument);
  const next = call.args[index + 1];
  const before = call.args[index - 1];
  if (index < 0) return undefined;
  const span = next
    ? { start: argument.span.start, end: next.span.start }
    : { start: before ? before.span.end : argument.span.start, end: argument.span.end };
  const isCommented = source.tree.comments.some((one) => one.span.start < span.end && span.start < one.span.end);
  // Brackets around a neighbour are not part of its node.
  const isWhole = !next || /^[^()[\]{}]*$/.test(source.text.slice(argument.span.end, next.span.start));
  const isWholeBefore = next || !before || /^[\s,]*$/.test(source.text.slice(before.span.end, argument.span.start));
  return isCommented || !isWhole || !isWholeBefore ? undefined : { span, newText: '' };
}
