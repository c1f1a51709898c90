/**
 * Lowers statements: dispatch, blocks and the simple statements (compound ones: lowerCompound.ts). A block is a list
 * of nodes of which some may be damage; statements inside damage stay statements, so that what they enclose keeps
 * its chain of `with` and `def`.
 */
import type { Span } from '../base/span';
import type * as ast from './ast';
import { childOfType, type CstNode, hasToken, namedChildren, tokenIndex } from './cst';
import { compoundLowerings } from './lowerCompound';
import { absentExpression, type LowerContext, lowerIdentifier, spanOf } from './lowerContext';
import { lowerErrorExpressions } from './lowerError';
import { lowerImport, lowerImportFrom } from './lowerImport';
import { targetOfTypeCall } from './reshape';

/** Lowers one statement node; the statements that the node stands for, mostly one. */
export type LowerStatement = (context: StatementContext, node: CstNode) => ast.Statement;

/** A context that can also lower the statements of a block. */
export interface StatementContext extends LowerContext {
  readonly statements: (nodes: readonly CstNode[]) => ast.Statement[];
  /** How many blocks enclose the one that is being lowered. */
  depth: number;
}

/** Deeper blocks are flattened; Python itself refuses more than 100 levels of indentation. */
const maxDepth = 120;

/** Lowers the children of a block, a module or an `ERROR` node. */
export function lowerStatements(context: StatementContext, nodes: readonly CstNode[]): ast.Statement[] {
  const statements: ast.Statement[] = [];
  const loose: CstNode[] = [];
  const flush = (): void => {
    const statement = lowerLoose(context, loose);
    if (statement) statements.push(statement);
    loose.length = 0;
  };
  context.depth++;
  for (const node of nodes) {
    const lower = context.depth < maxDepth ? lowerings.get(node.type) : undefined;
    if (lower && node.isNamed) {
      flush();
      statements.push(...lowerOne(context, node, lower));
    } else if ((node.type === 'ERROR' || node.type === 'block') && context.depth < maxDepth) {
      if (node.type === 'ERROR') context.damage.push(spanOf(context, node));
      if (!hasStatement(node)) {
        loose.push(...node.children);
        continue;
      }
      flush();
      statements.push(...lowerStatements(context, node.children));
    } else if (node.type !== ';') {
      loose.push(node);
    }
  }
  flush();
  context.depth--;
  return statements;
}

function hasStatement(node: CstNode): boolean {
  return node.children.some((child) => lowerings.has(child.type) || child.type === 'block' || child.type === 'ERROR');
}

/** Nodes that belong to no statement. */
function lowerLoose(context: StatementContext, nodes: readonly CstNode[]): ast.ErrorStatement | undefined {
  const [first] = nodes;
  const last = nodes[nodes.length - 1];
  if (!first || !last) return undefined;
  const span = context.span(first.start, last.end);
  context.damage.push(span);
  return { kind: 'ErrorStatement', span, children: lowerErrorExpressions(context, nodes) };
}

/** Damage directly inside a statement is lowered on its own: before the body of a compound one, else beside it. */
function lowerOne(context: StatementContext, node: CstNode, lower: LowerStatement): ast.Statement[] {
  if (!node.hasErrorChild || compoundLowerings.has(node.type)) return [lower(context, node)];
  const errors = node.children.filter((child) => child.type === 'ERROR');
  for (const error of errors) context.damage.push(spanOf(context, error));
  const found = errors.some((error) => error.children.some((child) => child.isNamed));
  const sound = node.children.filter((child) => child.type !== 'ERROR');
  const end = sound[sound.length - 1]?.end ?? node.end;
  const isTail = errors.every((error) => error.start >= end);
  if (!found || isTail) {
    const statement = lower(context, { ...node, children: sound, end, hasErrorChild: false });
    const loose = found ? lowerLoose(context, errors) : undefined;
    return loose ? [statement, loose] : [statement];
  }
  const loose = lowerLoose(context, node.children);
  return loose ? [loose] : [];
}

// ----------------------------------------------------------------------------------------------- simple statements

const lowerExpressionStatement: LowerStatement = (context, node) => {
  const parts = namedChildren(node);
  const [first] = parts;
  const span = spanOf(context, node);
  if (!first) return { kind: 'ExpressionStatement', span, value: absentExpression(context, node.start) };
  if (parts.length === 1 && !hasToken(node, ',')) {
    if (first.type === 'assignment') return lowerAssignment(context, first, span);
    if (first.type === 'augmented_assignment' && !first.hasErrorChild) return lowerAugmented(context, first);
    return { kind: 'ExpressionStatement', span, value: context.expression(first) };
  }
  const elements = parts.map((part) => context.expression(part));
  return { kind: 'ExpressionStatement', span, value: { kind: 'Tuple', span, elements } };
};

function lowerAssignment(context: StatementContext, node: CstNode, span: Span): ast.Statement {
  const targets: ast.Expression[] = [];
  let next: CstNode = node;
  for (;;) {
    if (next.hasErrorChild) return damagedStatement(context, node);
    const [target, ...rest] = namedChildren(next);
    if (!target) return damagedStatement(context, node);
    const annotation = childOfType(next, 'type');
    const value = hasToken(next, '=') ? rest[rest.length - 1] : undefined;
    if (annotation && targets.length === 0) return lowerAnnotated(context, span, target, annotation, value);
    targets.push(context.expression(target));
    if (value?.type === 'assignment') {
      next = value;
      continue;
    }
    const lowered = value ? context.expression(value) : absentExpression(context, next.end);
    return { kind: 'Assign', span, targets, value: lowered };
  }
}

function lowerAnnotated(
  context: StatementContext,
  span: Span,
  target: CstNode,
  annotation: CstNode,
  value: CstNode | undefined,
): ast.AnnAssign {
  return {
    kind: 'AnnAssign',
    span,
    target: context.expression(target),
    annotation: context.expression(annotation),
    ...(value && value !== annotation && { value: context.expression(value) }),
  };
}

function lowerAugmented(context: StatementContext, node: CstNode): ast.AugAssign {
  const [target, value] = namedChildren(node);
  const operator = node.children.find((child) => !child.isNamed)?.type ?? '=';
  return {
    kind: 'AugAssign',
    span: spanOf(context, node),
    target: target ? context.expression(target) : absentExpression(context, node.start),
    operator: operator.slice(0, -1),
    value: value ? context.expression(value) : absentExpression(context, node.end),
  };
}

function damagedStatement(context: StatementContext, node: CstNode): ast.ErrorStatement {
  const span = spanOf(context, node);
  context.damage.push(span);
  return { kind: 'ErrorStatement', span, children: lowerErrorExpressions(context, node.children) };
}

const lowerReturn: LowerStatement = (context, node) => {
  const [value] = namedChildren(node);
  return { kind: 'Return', span: spanOf(context, node), ...(value && { value: context.expression(value) }) };
};

const lowerDelete: LowerStatement = (context, node) => {
  const [only] = namedChildren(node);
  const nodes = only?.type === 'expression_list' ? namedChildren(only) : only ? [only] : [];
  return { kind: 'Delete', span: spanOf(context, node), targets: nodes.map((target) => context.expression(target)) };
};

/** `raise value from cause`, or Python 2's `raise type, value, traceback`. */
const lowerRaise: LowerStatement = (context, node) => {
  const from = tokenIndex(node, 'from');
  const parts = namedChildren(node);
  const [first] = parts;
  const span = spanOf(context, node);
  if (first?.type === 'expression_list') {
    context.python2 = true;
    const [value, ...extra] = namedChildren(first).map((operand) => context.expression(operand));
    return { kind: 'Raise', span, ...(value && { value }), extra };
  }
  const [value, ...extra] = parts.map((part) => context.expression(part));
  return { kind: 'Raise', span, ...(value && from !== 1 && { value }), extra };
};

const lowerAssert: LowerStatement = (context, node) => {
  const [test, message] = namedChildren(node);
  return {
    kind: 'Assert',
    span: spanOf(context, node),
    test: test ? context.expression(test) : absentExpression(context, node.end),
    ...(message && { message: context.expression(message) }),
  };
};

function lowerSimple(kind: ast.Simple['kind']): LowerStatement {
  return (context, node) => ({ kind, span: spanOf(context, node) });
}

function lowerGlobal(kind: ast.Global['kind']): LowerStatement {
  return (context, node) => {
    const names = namedChildren(node).map((name) => lowerIdentifier(context, name));
    return { kind, span: spanOf(context, node), names };
  };
}

function lowerOperands(kind: 'Print' | 'Exec'): LowerStatement {
  return (context, node) => {
    context.python2 = true;
    const values = namedChildren(node).map((value) => context.expression(value));
    return { kind, span: spanOf(context, node), values };
  };
}

/** `type Name = value`: the value is evaluated late, but the name is bound all the same. */
const lowerTypeAlias: LowerStatement = (context, node) => {
  const [alias, right] = namedChildren(node);
  const left = targetOfTypeCall(node) ?? alias;
  return {
    kind: 'Assign',
    span: spanOf(context, node),
    targets: [left ? context.expression(left) : absentExpression(context, node.start)],
    value: right ? context.expression(right) : absentExpression(context, node.end),
  };
};

const lowerings: ReadonlyMap<string, LowerStatement> = new Map<string, LowerStatement>([
  ...compoundLowerings,
  ['expression_statement', lowerExpressionStatement],
  ['return_statement', lowerReturn],
  ['delete_statement', lowerDelete],
  ['raise_statement', lowerRaise],
  ['assert_statement', lowerAssert],
  ['pass_statement', lowerSimple('Pass')],
  ['break_statement', lowerSimple('Break')],
  ['continue_statement', lowerSimple('Continue')],
  ['global_statement', lowerGlobal('Global')],
  ['nonlocal_statement', lowerGlobal('Nonlocal')],
  ['print_statement', lowerOperands('Print')],
  ['exec_statement', lowerOperands('Exec')],
  ['type_alias_statement', lowerTypeAlias],
  ['import_statement', lowerImport],
  ['import_from_statement', lowerImportFrom],
  ['future_import_statement', lowerImportFrom],
]);
