/**
 * The call that someone is writing: the innermost one whose parentheses the cursor is in, also where the closing one is not
 * there yet.
 */
import type { SourceFile } from '../semantics/program';
import type * as ast from '../syntax/ast';
import { findPath } from '../syntax/visit';

/** Undefined outside of all parentheses of calls, in strings and in comments. */
export function openCall(source: SourceFile, offset: number): ast.Call | undefined {
  const { text, tree } = source;
  if (tree.comments.some(({ span }) => span.start < offset && offset <= span.end)) return undefined;
  const path = findPath(tree.module, offset);
  const last = path.at(-1);
  if (last?.kind === 'String' && last.span.start < offset && offset < last.span.end) return undefined;
  const call = innermost(path, text, offset);
  if (call) return call;
  // Blanks behind the last argument of a call that is not closed belong to no node.
  const written = offset - (/[ \t]*$/.exec(text.slice(Math.max(0, offset - 80), offset))?.[0].length ?? 0);
  return written < offset ? innermost(findPath(tree.module, written), text, written) : undefined;
}

function innermost(path: readonly ast.Node[], text: string, offset: number): ast.Call | undefined {
  const found = path.findLast((node) => {
    if (node.kind !== 'Call') return false;
    const { start, end } = node.argsSpan;
    const isClosed = text[end - 1] === ')' && end - 1 > start;
    return start < offset && offset <= (isClosed ? end - 1 : end);
  });
  return found?.kind === 'Call' ? found : undefined;
}
