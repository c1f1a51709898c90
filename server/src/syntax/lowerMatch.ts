/**
 * Lowers `match`: of the patterns only the names that they bind are kept.
 */
import type * as ast from './ast';
import { childOfType, type CstNode, hasToken, namedChildren } from './cst';
import { absentExpression, type LowerContext, lowerIdentifier, spanOf, textOf } from './lowerContext';

/** Lowers a `match_statement`; `bodyOf` lowers the block of a case. */
export function lowerMatch(
  context: LowerContext,
  node: CstNode,
  bodyOf: (clause: CstNode) => readonly ast.Statement[],
): ast.Match {
  const subjects = node.children.filter((child) => child.isNamed && child.type !== 'block' && child.type !== 'ERROR');
  const cases = (childOfType(node, 'block')?.children ?? []).filter((child) => child.type === 'case_clause');
  return {
    kind: 'Match',
    span: spanOf(context, node),
    subject: lowerSubject(context, node, subjects),
    cases: cases.map((clause) => lowerCase(context, clause, bodyOf)),
  };
}

function lowerSubject(context: LowerContext, node: CstNode, subjects: readonly CstNode[]): ast.Expression {
  const [first] = subjects;
  const last = subjects[subjects.length - 1];
  if (!first || !last) return absentExpression(context, node.children[0]?.end ?? node.start);
  if (subjects.length === 1 && !hasToken(node, ',')) return context.expression(first);
  const elements = subjects.map((subject) => context.expression(subject));
  return { kind: 'Tuple', span: context.span(first.start, last.end), elements };
}

function lowerCase(
  context: LowerContext,
  node: CstNode,
  bodyOf: (clause: CstNode) => readonly ast.Statement[],
): ast.MatchCase {
  const bound: ast.Identifier[] = [];
  for (const child of node.children) if (child.type === 'case_pattern') collectBound(context, child, bound);
  const guard = childOfType(node, 'if_clause');
  const condition = guard && namedChildren(guard)[0];
  return {
    kind: 'MatchCase',
    span: spanOf(context, node),
    bound,
    ...(condition && { guard: context.expression(condition) }),
    body: bodyOf(node),
  };
}

/** Adds the captures below a pattern in source order; iterative, because patterns may nest. */
function collectBound(context: LowerContext, pattern: CstNode, bound: ast.Identifier[]): void {
  const todo: CstNode[] = [pattern];
  for (let node = todo.pop(); node; node = todo.pop()) {
    if (node.type === 'identifier') {
      if (textOf(context, node) !== '_') bound.push(lowerIdentifier(context, node));
      continue;
    }
    const children = captureParts(node);
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child) todo.push(child);
    }
  }
}

/** The children in which a name would be a capture: not class names, keywords or dotted constants. */
function captureParts(node: CstNode): readonly CstNode[] {
  const parts = namedChildren(node);
  switch (node.type) {
    case 'dotted_name':
      return parts.length === 1 ? parts : [];
    case 'class_pattern':
    case 'keyword_pattern':
      return parts.slice(1);
    default:
      return parts;
  }
}
