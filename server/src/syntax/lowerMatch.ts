/**
 * Lowers `match`: of the patterns the names that they bind are kept, and the constants that they compare with.
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
  const patterns = node.children.filter((child) => child.type === 'case_pattern');
  for (const pattern of patterns) collectBound(context, pattern, bound);
  const [only, more] = patterns;
  const isAlone = only && !more && !hasToken(node, ',');
  const values = isAlone ? constantsOf(context, only) : undefined;
  const guard = childOfType(node, 'if_clause');
  const condition = guard && namedChildren(guard)[0];
  return {
    kind: 'MatchCase',
    span: spanOf(context, node),
    bound,
    ...(values && { values }),
    ...(isAlone && matchesAll(only) && { matchesAll: true as const }),
    ...(condition && { guard: context.expression(condition) }),
    body: bodyOf(node),
  };
}

/** True for `_` and for a name. */
function matchesAll(pattern: CstNode): boolean {
  const [inner, more] = namedChildren(pattern);
  if (more) return false;
  if (!inner) return hasToken(pattern, '_');
  return inner.type === 'dotted_name' && namedChildren(inner).length === 1;
}

/** The constants of a pattern that consists of nothing else: `1`, `-1 | 'a'`, `Mode.TRAIN`. */
function constantsOf(context: LowerContext, pattern: CstNode): readonly ast.Expression[] | undefined {
  const [inner] = namedChildren(pattern);
  if (inner?.type === 'union_pattern') return constantsOf(context, inner);
  const values: ast.Expression[] = [];
  let minus: CstNode | undefined;
  for (const child of pattern.children) {
    if (child.type === '-') minus = child;
    else if (child.type !== '|') {
      const value = constantOf(context, child, minus);
      if (!value) return undefined;
      values.push(value);
      minus = undefined;
    }
  }
  return values.length > 0 ? values : undefined;
}

const CONSTANTS = new Set(['integer', 'float', 'string', 'concatenated_string', 'none', 'true', 'false']);

function constantOf(context: LowerContext, node: CstNode, minus: CstNode | undefined): ast.Expression | undefined {
  if (node.type === 'dotted_name') return dottedConstant(context, node);
  if (!CONSTANTS.has(node.type)) return undefined;
  const value = context.expression(node);
  if (!minus) return value;
  return { kind: 'UnaryOp', span: context.span(minus.start, node.end), operator: '-', operand: value };
}

/** `Mode.TRAIN`: a name alone would be a capture. */
function dottedConstant(context: LowerContext, node: CstNode): ast.Expression | undefined {
  const [first, ...rest] = namedChildren(node);
  if (!first || rest.length === 0) return undefined;
  let value: ast.Expression = { kind: 'Name', span: spanOf(context, first), name: textOf(context, first) };
  for (const part of rest) {
    const attribute = lowerIdentifier(context, part);
    value = { kind: 'Attribute', span: context.span(first.start, part.end), value, attribute };
  }
  return value;
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
