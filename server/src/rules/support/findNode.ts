/**
 * Finds the syntax node at an exact place: the way back from an analysis result to the syntax tree.
 */
import type { Span } from '../../base/span';
import { contains } from '../../base/span';
import type { SourceFile } from '../../semantics/program';
import type * as ast from '../../syntax/ast';
import { childrenOf, fullSpan } from '../../syntax/visit';

/** The outermost node of this kind with exactly this span. */
export function findNodeAt<Kind extends ast.Node['kind']>(
  source: SourceFile,
  span: Span,
  kind: Kind,
): Extract<ast.Node, { kind: Kind }> | undefined {
  let candidates: readonly ast.Node[] = [source.tree.module];
  while (candidates.length > 0) {
    for (const node of candidates) {
      if (node.kind === kind && node.span.start === span.start && node.span.end === span.end) {
        return node as Extract<ast.Node, { kind: Kind }>;
      }
    }
    candidates = candidates.flatMap((node) => childrenOf(node)).filter((node) => mayContain(node, span));
  }
  return undefined;
}

/** Decorators lie before the span of their function. */
function mayContain(node: ast.Node, span: Span): boolean {
  return contains(fullSpan(node), span);
}
