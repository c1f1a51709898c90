/**
 * What an expression says about the name that it gives at run time: the text, or its known parts with `*` between
 * them, which no name of a layer has. Nothing is evaluated that does not stand in the expression itself.
 */
import type * as ast from '../../syntax/ast';

/** A part that is known at run time only. */
const hole = '*';

/** The name where it is known, else its pattern. */
export interface LayerNameText {
  readonly name: string | null;
  readonly pattern: string | null;
}

/** Reads the value of `name=`. */
export function readNamePattern(expression: ast.Expression): LayerNameText {
  const text = textOf(expression).replaceAll(/\*+/g, hole);
  return text.includes(hole) ? { name: null, pattern: text } : { name: text, pattern: null };
}

function textOf(expression: ast.Expression): string {
  switch (expression.kind) {
    case 'String':
      return expression.value;
    case 'FormattedString':
      return expression.parts.map((part) => (part.kind === 'FormattedText' ? part.value : textOf(part.value))).join('');
    case 'BinaryOp':
      return ofOperator(expression);
    case 'Call':
      return ofMethod(expression);
    default:
      return hole;
  }
}

function ofOperator({ left, operator, right }: ast.BinaryOp): string {
  if (operator === '+') return textOf(left) + textOf(right);
  if (operator !== '%' || left.kind !== 'String') return hole;
  return left.value.replaceAll(/%(?:\(\w+\))?[-+ #0]*\d*(?:\.\d+)?([a-zA-Z%])/g, (_, type) =>
    type === '%' ? '%' : hole,
  );
}

/** `'conv{}'.format(i)`, and `.replace('/', '_')` of anything: slashes stand in no name. */
function ofMethod({ callee, args }: ast.Call): string {
  if (callee.kind !== 'Attribute') return hole;
  if (callee.attribute.name === 'format' && callee.value.kind === 'String') {
    return callee.value.value.replaceAll(/\{\{|\}\}|\{[^{}]*\}/g, (part) =>
      part === '{{' ? '{' : part === '}}' ? '}' : hole,
    );
  }
  const [from, to] = args.map(({ value }) => value);
  if (callee.attribute.name !== 'replace' || from?.kind !== 'String' || to?.kind !== 'String' || from.value === '') {
    return hole;
  }
  return textOf(callee.value).replaceAll(from.value, to.value);
}
