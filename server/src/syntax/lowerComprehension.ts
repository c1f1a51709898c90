/**
 * Lowers list, set and dict comprehensions and generator expressions. Conditions belong to the `for` before them.
 */
import type * as ast from './ast';
import { type CstNode, namedChildren, tokenIndex } from './cst';
import { absentExpression, type LowerContext, spanOf } from './lowerContext';

/** Lowers any of the four comprehension nodes. */
export function lowerComprehension(context: LowerContext, node: CstNode): ast.Expression {
  const [body, ...rest] = namedChildren(node);
  const form = forms[node.type] ?? 'generator';
  const [first, second] = body?.type === 'pair' ? namedChildren(body) : [body, undefined];
  const lowered = first ? context.expression(first) : absentExpression(context, node.end);
  const base = { kind: 'Comprehension' as const, span: spanOf(context, node), form };
  const value = second ? context.expression(second) : undefined;
  const clauses = lowerClauses(context, rest);
  return value ? { ...base, key: lowered, element: value, clauses } : { ...base, element: lowered, clauses };
}

const forms: Readonly<Record<string, ast.Comprehension['form']>> = {
  list_comprehension: 'list',
  set_comprehension: 'set',
  dictionary_comprehension: 'dict',
};

function lowerClauses(context: LowerContext, nodes: readonly CstNode[]): ast.ComprehensionClause[] {
  const clauses: { clause: ast.ComprehensionClause; conditions: ast.Expression[] }[] = [];
  for (const node of nodes) {
    if (node.type === 'if_clause') {
      const condition = namedChildren(node)[0];
      const last = clauses[clauses.length - 1];
      if (!condition || !last) continue;
      last.conditions.push(context.expression(condition));
      last.clause = { ...last.clause, span: { start: last.clause.span.start, end: spanOf(context, node).end } };
    } else if (node.type === 'for_in_clause') {
      const conditions: ast.Expression[] = [];
      clauses.push({ clause: lowerClause(context, node, conditions), conditions });
    }
  }
  return clauses.map(({ clause }) => clause);
}

function lowerClause(
  context: LowerContext,
  node: CstNode,
  conditions: readonly ast.Expression[],
): ast.ComprehensionClause {
  const inIndex = tokenIndex(node, 'in');
  const before = node.children.slice(0, Math.max(inIndex, 0)).filter((child) => child.isNamed);
  const after = node.children.slice(inIndex + 1).filter((child) => child.isNamed);
  const [target] = before;
  return {
    kind: 'ComprehensionClause',
    span: spanOf(context, node),
    target: target ? context.expression(target) : absentExpression(context, node.start),
    iter: lowerIterable(context, node, after),
    conditions,
    isAsync: tokenIndex(node, 'async') === 0,
  };
}

/** Python 2 accepts `[x for x in 1, 2]`: the iterable is a tuple. */
function lowerIterable(context: LowerContext, node: CstNode, nodes: readonly CstNode[]): ast.Expression {
  const [first] = nodes;
  const last = nodes[nodes.length - 1];
  if (!first || !last) return absentExpression(context, node.end);
  if (first === last) return context.expression(first);
  context.python2 = true;
  const elements = nodes.map((element) => context.expression(element));
  return { kind: 'Tuple', span: context.span(first.start, last.end), elements };
}
