/**
 * Which part of an assignment's right side one name on its left receives. Syntax only.
 */
import type { Span } from '../../base/span';
import { contains } from '../../base/span';
import type * as ast from '../../syntax/ast';

/** The part of an assignment's value that a name receives; undefined when it cannot be told apart. */
export function assignedValue(binding: { readonly node: ast.Node; readonly span: Span }): ast.Expression | undefined {
  const { node, span } = binding;
  switch (node.kind) {
    case 'Assign':
      for (const target of node.targets) {
        const value = matchTarget(target, node.value, span);
        if (value) return value;
      }
      return undefined;
    case 'AnnAssign':
    case 'NamedExpression':
      return node.value;
    default:
      return undefined;
  }
}

/** `a, (b, c) = x, (y, z)`: the value for the target at `span`. */
function matchTarget(target: ast.Expression, value: ast.Expression, span: Span): ast.Expression | undefined {
  if (!contains(target.span, span)) return undefined;
  if (target.kind !== 'Tuple' && target.kind !== 'List') return target.kind === 'Starred' ? undefined : value;
  if (value.kind !== 'Tuple' && value.kind !== 'List') return undefined;
  if (target.elements.length !== value.elements.length) return undefined;
  if ([...target.elements, ...value.elements].some((one) => one.kind === 'Starred')) return undefined;
  const index = target.elements.findIndex((one) => contains(one.span, span));
  const [inner, part] = [target.elements[index], value.elements[index]];
  return inner && part ? matchTarget(inner, part, span) : undefined;
}
