/**
 * Lowers the arguments of a call or the bases of a class. Damage between arguments becomes an argument of its own,
 * so that no expression inside is lost and the others keep their order.
 */
import type * as ast from './ast';
import { type CstNode, namedChildren } from './cst';
import { absentExpression, type LowerContext, lowerIdentifier, spanOf } from './lowerContext';
import { lowerErrorExpressions } from './lowerError';

/** Lowers an `argument_list` node. */
export function lowerArgumentList(context: LowerContext, node: CstNode): ast.Argument[] {
  const args: ast.Argument[] = [];
  for (const child of node.children) if (child.isNamed) args.push(...lowerArgument(context, child));
  return args;
}

function lowerArgument(context: LowerContext, node: CstNode): ast.Argument[] {
  const span = spanOf(context, node);
  if (node.type === 'ERROR') {
    context.damage.push(span);
    const children = lowerErrorExpressions(context, node.children);
    if (children.length === 0) return [];
    const value: ast.Expression = { kind: 'ErrorExpression', span, children };
    return [{ kind: 'Argument', span, form: 'positional', value }];
  }
  if (node.hasErrorChild || !(node.type in argumentForms)) {
    return [{ kind: 'Argument', span, form: 'positional', value: context.expression(node) }];
  }
  if (node.type === 'keyword_argument') return [lowerKeyword(context, node)];
  const form = node.type === 'list_splat' ? 'star' : 'doubleStar';
  const inner = namedChildren(node)[0];
  const value = inner ? context.expression(inner) : absentExpression(context, node.end);
  return [{ kind: 'Argument', span, form, value }];
}

const argumentForms = { keyword_argument: true, list_splat: true, dictionary_splat: true };

function lowerKeyword(context: LowerContext, node: CstNode): ast.Argument {
  const span = spanOf(context, node);
  const [nameNode, valueNode] = namedChildren(node);
  const value = valueNode ? context.expression(valueNode) : absentExpression(context, node.end);
  if (!nameNode) return { kind: 'Argument', span, form: 'positional', value };
  return { kind: 'Argument', span, form: 'keyword', name: lowerIdentifier(context, nameNode), value };
}
