/**
 * Lowers expressions. A node with damage directly inside keeps every expression found in it, in source order, as the
 * children of an `ErrorExpression`; so does one that nests deeper than any recursion here or above could follow.
 * Parentheses vanish, as in Python's own tree.
 */
import type * as ast from './ast';
import { childOfType, type CstNode, hasToken, namedChildren } from './cst';
import { decodeNumber } from './literals';
import { lowerArgumentList } from './lowerArguments';
import { lowerComprehension } from './lowerComprehension';
import { absentExpression, absentIdentifier, type LowerContext, lowerIdentifier, spanOf, textOf } from './lowerContext';
import { lowerErrorExpressions } from './lowerError';
import { lowerParameters } from './lowerParameters';
import { lowerString } from './lowerString';
import { regroupedBits, withoutLeadingStar } from './reshape';

/** Higher expression trees are flattened: real code stays far below, and every reader may recurse up to here. */
const maxHeight = 250;

type Lower = (context: LowerContext, node: CstNode) => ast.Expression;

/** Lowers a node of any type that may stand for an expression. */
export function lowerExpression(context: LowerContext, node: CstNode): ast.Expression {
  if (node.height > maxHeight) return lowerTooDeep(context, node);
  if (node.isMissing) return absentExpression(context, node.start);
  const lower = lowerings.get(node.type);
  if (lower === undefined) return lowerDamaged(context, node);
  if (node.hasErrorChild && !readsErrors.has(node.type)) return lowerDamaged(context, node);
  const starred = withoutLeadingStar(node, context.text);
  if (!starred) return lower(context, node);
  return { kind: 'Starred', span: spanOf(context, node), value: lowerExpression(context, starred) };
}

/** The named child at an index, or an empty expression where it is missing. */
function operand(context: LowerContext, node: CstNode, index: number): ast.Expression {
  let seen = 0;
  for (const child of node.children) if (child.isNamed && seen++ === index) return lowerExpression(context, child);
  return absentExpression(context, node.end);
}

function lowerDamaged(context: LowerContext, node: CstNode): ast.Expression {
  context.damage.push(spanOf(context, node));
  const children = lowerErrorExpressions(context, node.children);
  return { kind: 'ErrorExpression', span: spanOf(context, node), children };
}

/** Collects the parts that are low enough; iterative, because the height is the problem. */
function lowerTooDeep(context: LowerContext, node: CstNode): ast.Expression {
  context.damage.push(spanOf(context, node));
  const children: ast.Expression[] = [];
  const todo: CstNode[] = [node];
  for (let next = todo.pop(); next; next = todo.pop()) {
    if (!next.isNamed) continue;
    if (next.height <= maxHeight / 2 && lowerings.has(next.type)) children.push(lowerExpression(context, next));
    else for (let i = next.children.length - 1; i >= 0; i--) todo.push(next.children[i] as CstNode);
  }
  return { kind: 'ErrorExpression', span: spanOf(context, node), children };
}

// ------------------------------------------------------------------------------------------ one function per kind

const lowerName: Lower = (context, node) => {
  const identifier = lowerIdentifier(context, node);
  if (identifier.name === '') return { kind: 'ErrorExpression', span: identifier.span, children: [] };
  return { kind: 'Name', span: identifier.span, name: identifier.name };
};

const lowerNumber: Lower = (context, node) => {
  const { type, value, python2 } = decodeNumber(textOf(context, node));
  if (python2) context.python2 = true;
  return { kind: 'Number', span: spanOf(context, node), type, value };
};

function lowerConstant(value: ast.Constant['value']): Lower {
  return (context, node) => ({ kind: 'Constant', span: spanOf(context, node), value });
}

const lowerAttribute: Lower = (context, node) => {
  const name = node.children[node.children.length - 1];
  const attribute = name?.type === 'identifier' && node.children.length > 2 && !name.isMissing
    ? lowerIdentifier(context, name)
    : absentIdentifier(context, node.end); // prettier-ignore
  return { kind: 'Attribute', span: spanOf(context, node), value: operand(context, node, 0), attribute };
};

const lowerSubscript: Lower = (context, node) => {
  const [value, ...indexes] = namedChildren(node);
  const first = indexes[0];
  const last = indexes[indexes.length - 1];
  const base = value ? lowerExpression(context, value) : absentExpression(context, node.start);
  if (!first || !last) {
    return { kind: 'Subscript', span: spanOf(context, node), value: base, index: absentExpression(context, node.end) };
  }
  const elements = indexes.map((index) => lowerExpression(context, index));
  const only = elements.length === 1 && !hasToken(node, ',') ? elements[0] : undefined;
  // Unlike in a call, a last comma makes a difference, and Python counts it to the tuple.
  const end = node.children.findLast((child) => child.type === ',' && child.start >= last.end)?.end ?? last.end;
  const index: ast.Expression = only ?? { kind: 'Tuple', span: context.span(first.start, end), elements };
  return { kind: 'Subscript', span: spanOf(context, node), value: base, index };
};

const lowerSlice: Lower = (context, node) => {
  const parts: (ast.Expression | undefined)[] = [undefined, undefined, undefined];
  let at = 0;
  for (const child of node.children) {
    if (child.isNamed) parts[at] = lowerExpression(context, child);
    else if (child.type === ':') at++;
  }
  const [lower, upper, step] = parts;
  return {
    kind: 'Slice',
    span: spanOf(context, node),
    ...(lower && { lower }),
    ...(upper && { upper }),
    ...(step && { step }),
  };
};

const lowerCall: Lower = (context, node) => {
  const callee = operand(context, node, 0);
  const args = node.children[node.children.length - 1];
  const span = spanOf(context, node);
  if (args?.type === 'generator_expression') {
    const value = lowerExpression(context, args);
    const argsSpan = spanOf(context, args);
    const argument: ast.Argument = { kind: 'Argument', span: argsSpan, form: 'positional', value };
    return { kind: 'Call', span, callee, args: [argument], argsSpan };
  }
  if (args?.type !== 'argument_list') return lowerDamaged(context, node);
  return { kind: 'Call', span, callee, args: lowerArgumentList(context, args), argsSpan: spanOf(context, args) };
};

const lowerUnary: Lower = (context, node) => {
  const token = node.children[0]?.type;
  const operator = token === '-' || token === '+' || token === '~' ? token : 'not';
  return { kind: 'UnaryOp', span: spanOf(context, node), operator, operand: operand(context, node, 0) };
};

const lowerBinary: Lower = (context, node) => {
  const sound = regroupedBits(node) ?? node;
  return {
    kind: 'BinaryOp',
    span: spanOf(context, node),
    left: operand(context, sound, 0),
    operator: sound.children.find((child) => !child.isNamed)?.type ?? '',
    right: operand(context, sound, 1),
  };
};

const lowerBool: Lower = (context, node) => ({
  kind: 'BoolOp',
  span: spanOf(context, node),
  operator: hasToken(node, 'and') ? 'and' : 'or',
  left: operand(context, node, 0),
  right: operand(context, node, 1),
});

const lowerCompare: Lower = (context, node) => {
  const operands: ast.Expression[] = [];
  const operators: string[] = [];
  for (const child of node.children) {
    if (child.isNamed) {
      operands.push(lowerExpression(context, child));
    } else if (child.type === '<>') {
      context.python2 = true;
      operators.push('!=');
    } else {
      operators.push(child.type);
    }
  }
  return { kind: 'Compare', span: spanOf(context, node), operands, operators };
};

const lowerConditional: Lower = (context, node) => ({
  kind: 'Conditional',
  span: spanOf(context, node),
  body: operand(context, node, 0),
  test: operand(context, node, 1),
  orelse: operand(context, node, 2),
});

const lowerLambda: Lower = (context, node) => {
  const parameters = childOfType(node, 'lambda_parameters');
  const body = node.children[node.children.length - 1];
  return {
    kind: 'Lambda',
    span: spanOf(context, node),
    parameters: parameters ? lowerParameters(context, parameters) : [],
    body: body?.isNamed && body !== parameters ? lowerExpression(context, body) : absentExpression(context, node.end),
  };
};

function lowerSequence(kind: ast.Sequence['kind']): Lower {
  return (context, node) => ({ kind, span: spanOf(context, node), elements: lowerElements(context, node) });
}

function lowerElements(context: LowerContext, node: CstNode): ast.Expression[] {
  const elements: ast.Expression[] = [];
  for (const child of node.children) {
    if (!child.isNamed) continue;
    if (child.type !== 'ERROR') elements.push(lowerExpression(context, child));
    else if (child.children.length > 0) elements.push(lowerDamaged(context, child));
    else context.damage.push(spanOf(context, child));
  }
  return elements;
}

const lowerDict: Lower = (context, node) => {
  const entries: ast.DictEntry[] = [];
  for (const child of node.children) {
    if (!child.isNamed) continue;
    const span = spanOf(context, child);
    if (child.type === 'pair' && !child.hasErrorChild) {
      entries.push({ kind: 'DictEntry', span, key: operand(context, child, 0), value: operand(context, child, 1) });
    } else if (child.type === 'dictionary_splat' && !child.hasErrorChild) {
      entries.push({ kind: 'DictEntry', span, value: operand(context, child, 0) });
    } else {
      entries.push({ kind: 'DictEntry', span, value: lowerDamaged(context, child) });
    }
  }
  return { kind: 'Dict', span: spanOf(context, node), entries };
};

const lowerYield: Lower = (context, node) => {
  const value = namedChildren(node)[0];
  const isFrom = hasToken(node, 'from');
  return {
    kind: 'Yield',
    span: spanOf(context, node),
    isFrom,
    ...(value && { value: lowerExpression(context, value) }),
  };
};

const lowerStarred: Lower = (context, node) => ({
  kind: 'Starred',
  span: spanOf(context, node),
  value: operand(context, node, 0),
});

const lowerWalrus: Lower = (context, node) => {
  const target = namedChildren(node)[0];
  const name = target ? lowerName(context, target) : absentExpression(context, node.start);
  const value = operand(context, node, 1);
  if (name.kind === 'Name') return { kind: 'NamedExpression', span: spanOf(context, node), target: name, value };
  return { kind: 'ErrorExpression', span: spanOf(context, node), children: [value] };
};

/** A node that only wraps another one. */
const lowerInner: Lower = (context, node) => operand(context, node, 0);

/** An assignment where only an expression may stand, as in `a = b += 1`. */
const lowerMisplaced: Lower = (context, node) => lowerDamaged(context, node);

const lowerings: ReadonlyMap<string, Lower> = new Map<string, Lower>([
  ['identifier', lowerName],
  ['integer', lowerNumber],
  ['float', lowerNumber],
  ['true', lowerConstant('True')],
  ['false', lowerConstant('False')],
  ['none', lowerConstant('None')],
  ['ellipsis', lowerConstant('...')],
  ['string', lowerString],
  ['concatenated_string', lowerString],
  ['attribute', lowerAttribute],
  ['member_type', lowerAttribute],
  ['subscript', lowerSubscript],
  ['generic_type', lowerGenericType],
  ['slice', lowerSlice],
  ['call', lowerCall],
  ['unary_operator', lowerUnary],
  ['not_operator', lowerUnary],
  ['binary_operator', lowerBinary],
  ['union_type', lowerBinary],
  ['boolean_operator', lowerBool],
  ['comparison_operator', lowerCompare],
  ['conditional_expression', lowerConditional],
  ['lambda', lowerLambda],
  ['tuple', lowerSequence('Tuple')],
  ['expression_list', lowerSequence('Tuple')],
  ['pattern_list', lowerSequence('Tuple')],
  ['tuple_pattern', lowerSequence('Tuple')],
  ['list', lowerSequence('List')],
  ['list_pattern', lowerSequence('List')],
  ['set', lowerSequence('Set')],
  ['dictionary', lowerDict],
  ['list_comprehension', lowerComprehension],
  ['set_comprehension', lowerComprehension],
  ['dictionary_comprehension', lowerComprehension],
  ['generator_expression', lowerComprehension],
  ['list_splat', lowerStarred],
  ['dictionary_splat', lowerStarred],
  ['list_splat_pattern', lowerStarred],
  ['dictionary_splat_pattern', lowerStarred],
  ['splat_type', lowerStarred],
  ['await', (context, node) => ({ kind: 'Await', span: spanOf(context, node), value: operand(context, node, 0) })],
  ['yield', lowerYield],
  ['named_expression', lowerWalrus],
  ['parenthesized_expression', lowerInner],
  ['parenthesized_list_splat', lowerInner],
  ['type', lowerInner],
  ['as_pattern', lowerInner],
  ['as_pattern_target', lowerInner],
  ['chevron', lowerInner],
  ['assignment', lowerMisplaced],
  ['augmented_assignment', lowerMisplaced],
]);

/** Types whose own function deals with damage among the children. */
const readsErrors: ReadonlySet<string> = new Set([
  'tuple', 'expression_list', 'pattern_list', 'tuple_pattern', 'list', 'list_pattern', 'set', 'dictionary',
  'string', 'concatenated_string',
]); // prettier-ignore

/** `list[int]` in an annotation. */
function lowerGenericType(context: LowerContext, node: CstNode): ast.Expression {
  const [base, parameters] = namedChildren(node);
  if (!base || !parameters) return lowerDamaged(context, node);
  const elements = namedChildren(parameters).map((parameter) => lowerExpression(context, parameter));
  const first = elements[0];
  const last = elements[elements.length - 1];
  if (!first || !last) return lowerDamaged(context, node);
  const index: ast.Expression =
    elements.length === 1 ? first : { kind: 'Tuple', span: { start: first.span.start, end: last.span.end }, elements };
  return { kind: 'Subscript', span: spanOf(context, node), value: lowerExpression(context, base), index };
}
