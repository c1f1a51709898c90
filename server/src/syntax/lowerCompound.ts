/**
 * Lowers compound statements: those with a block. Damage in the header becomes an `ErrorStatement` at the top of the
 * body, so that the statement itself, and with it the chain of what it encloses, stays whole.
 */
import type * as ast from './ast';
import { childOfType, type CstNode, hasToken, namedChildren, tokenIndex } from './cst';
import { lowerArgumentList } from './lowerArguments';
import { absentExpression, absentIdentifier, lowerIdentifier, spanOf } from './lowerContext';
import { lowerErrorExpressions } from './lowerError';
import { lowerMatch } from './lowerMatch';
import { lowerParameters } from './lowerParameters';
import type { LowerStatement, StatementContext } from './lowerStatement';

/** The statements of a node's block, after any damage in its header. */
export function bodyOf(context: StatementContext, node: CstNode): ast.Statement[] {
  const block = childOfType(node, 'block');
  const body = block ? context.statements(block.children) : [];
  return node.hasErrorChild ? [...headerErrors(context, node, block), ...body] : body;
}

function headerErrors(context: StatementContext, node: CstNode, block: CstNode | undefined): ast.Statement[] {
  const statements: ast.Statement[] = [];
  for (const child of node.children) {
    if (child.type !== 'ERROR') continue;
    const span = spanOf(context, child);
    context.damage.push(span);
    if (block && child.start >= block.end) continue;
    const children = lowerErrorExpressions(context, child.children);
    if (children.length > 0) statements.push({ kind: 'ErrorStatement', span, children });
  }
  return statements;
}

/** The expression in a header: the first named child that is neither damage nor a block. */
function headerExpression(context: StatementContext, node: CstNode, index = 0): ast.Expression {
  const parts = headerParts(node);
  const part = parts[index];
  return part ? context.expression(part) : absentExpression(context, (parts[0] ?? node.children[0] ?? node).end);
}

function headerParts(node: CstNode): readonly CstNode[] {
  return node.children.filter((child) => child.isNamed && !notHeader.has(child.type));
}

const notHeader: ReadonlySet<string> = new Set([
  'ERROR', 'block', 'elif_clause', 'else_clause', 'except_clause', 'finally_clause',
]); // prettier-ignore

function orelseOf(context: StatementContext, node: CstNode): ast.Statement[] {
  const clause = childOfType(node, 'else_clause');
  return clause ? bodyOf(context, clause) : [];
}

/** Longer `elif` chains would nest too deeply: what follows then stands side by side, as damage. */
const maxElifs = 100;

const lowerIf: LowerStatement = (context, node) => {
  const branches = [node, ...node.children.filter((child) => child.type === 'elif_clause')];
  const end = spanOf(context, node).end;
  const rest = branches.slice(maxElifs).map((branch) => lowerBranch(context, branch, []));
  const [first] = rest;
  if (first) context.damage.push({ start: first.span.start, end });
  let orelse: readonly ast.Statement[] = [...rest, ...orelseOf(context, node)];
  for (const branch of branches.slice(1, maxElifs).reverse()) {
    const { start } = spanOf(context, branch);
    orelse = [{ ...lowerBranch(context, branch, orelse), span: { start, end } }];
  }
  return lowerBranch(context, node, orelse);
};

function lowerBranch(context: StatementContext, branch: CstNode, orelse: readonly ast.Statement[]): ast.If {
  const test = headerExpression(context, branch);
  return { kind: 'If', span: spanOf(context, branch), test, body: bodyOf(context, branch), orelse };
}

const lowerFor: LowerStatement = (context, node) => {
  const isAsync = hasToken(node, 'async');
  return {
    kind: 'For',
    span: spanOf(context, node),
    target: headerExpression(context, node, 0),
    iter: headerExpression(context, node, 1),
    body: bodyOf(context, node),
    orelse: orelseOf(context, node),
    isAsync,
  };
};

const lowerWhile: LowerStatement = (context, node) => ({
  kind: 'While',
  span: spanOf(context, node),
  test: headerExpression(context, node),
  body: bodyOf(context, node),
  orelse: orelseOf(context, node),
});

const lowerWith: LowerStatement = (context, node) => {
  const clause = childOfType(node, 'with_clause');
  const items = (clause?.children ?? []).filter((child) => child.type === 'with_item');
  const span = spanOf(context, node);
  const headerEnd = clause?.end ?? node.children[0]?.end ?? node.start;
  const lowered = items.map((item) => lowerWithItem(context, item));
  const errors = clause?.hasErrorChild ? headerErrors(context, clause, undefined) : [];
  return {
    kind: 'With',
    span,
    header: { start: span.start, end: context.span(node.start, headerEnd).end },
    items: lowered,
    body: [...errors, ...bodyOf(context, node)],
    isAsync: hasToken(node, 'async'),
  };
};

function lowerWithItem(context: StatementContext, node: CstNode): ast.WithItem {
  const span = spanOf(context, node);
  let value = namedChildren(node)[0];
  // `with (open(path) as f):` reads as one expression in parentheses.
  const inner = value?.type === 'parenthesized_expression' ? namedChildren(value)[0] : undefined;
  if (inner?.type === 'as_pattern') value = inner;
  if (!value) return { kind: 'WithItem', span, context: absentExpression(context, node.start) };
  if (value.type !== 'as_pattern' || value.hasErrorChild) {
    return { kind: 'WithItem', span, context: context.expression(value) };
  }
  const [manager, target] = namedChildren(value);
  return {
    kind: 'WithItem',
    span,
    context: manager ? context.expression(manager) : absentExpression(context, node.start),
    ...(target && { target: context.expression(target) }),
  };
}

const lowerTry: LowerStatement = (context, node) => {
  const handlers = node.children.filter((child) => child.type === 'except_clause');
  const finallyClause = childOfType(node, 'finally_clause');
  return {
    kind: 'Try',
    span: spanOf(context, node),
    body: bodyOf(context, node),
    handlers: handlers.map((handler) => lowerHandler(context, handler)),
    orelse: orelseOf(context, node),
    finalbody: finallyClause ? bodyOf(context, finallyClause) : [],
  };
};

function lowerHandler(context: StatementContext, node: CstNode): ast.ExceptHandler {
  const span = spanOf(context, node);
  const [first, second] = headerParts(node);
  let type = first;
  let name = second;
  if (first?.type === 'as_pattern') [type, name] = namedChildren(first);
  else if (second && tokenIndex(node, ',') >= 0) context.python2 = true;
  return {
    kind: 'ExceptHandler',
    span,
    ...(type && { type: context.expression(type) }),
    ...(name && { name: context.expression(name) }),
    body: bodyOf(context, node),
  };
}

function lowerFunction(
  context: StatementContext,
  node: CstNode,
  decorators: readonly ast.Expression[],
): ast.FunctionDef {
  const name = childOfType(node, 'identifier');
  const parameters = childOfType(node, 'parameters');
  const arrow = tokenIndex(node, '->');
  const returns = arrow < 0 ? undefined : node.children[arrow + 1];
  return {
    kind: 'FunctionDef',
    span: spanOf(context, node),
    name: name ? lowerIdentifier(context, name) : absentIdentifier(context, node.children[0]?.end ?? node.start),
    parameters: parameters ? lowerParameters(context, parameters) : [],
    decorators,
    ...(returns?.type === 'type' && { returns: context.expression(returns) }),
    body: bodyOf(context, node),
    isAsync: hasToken(node, 'async'),
  };
}

function lowerClass(context: StatementContext, node: CstNode, decorators: readonly ast.Expression[]): ast.ClassDef {
  const name = childOfType(node, 'identifier');
  const bases = childOfType(node, 'argument_list');
  return {
    kind: 'ClassDef',
    span: spanOf(context, node),
    name: name ? lowerIdentifier(context, name) : absentIdentifier(context, node.children[0]?.end ?? node.start),
    bases: bases ? lowerArgumentList(context, bases) : [],
    decorators,
    body: bodyOf(context, node),
  };
}

const lowerDecorated: LowerStatement = (context, node) => {
  const definition = node.children.find((child) => definitionTypes.has(child.type));
  const decorators = node.children
    .filter((child) => child.type === 'decorator')
    .map((decorator) => headerExpression(context, decorator));
  if (definition?.type === 'function_definition') return lowerFunction(context, definition, decorators);
  if (definition) return lowerClass(context, definition, decorators);
  context.damage.push(spanOf(context, node));
  return { kind: 'ErrorStatement', span: spanOf(context, node), children: decorators };
};

const definitionTypes: ReadonlySet<string> = new Set(['function_definition', 'class_definition']);

/** Node types of compound statements. */
export const compoundLowerings: ReadonlyMap<string, LowerStatement> = new Map<string, LowerStatement>([
  ['if_statement', lowerIf],
  ['for_statement', lowerFor],
  ['while_statement', lowerWhile],
  ['with_statement', lowerWith],
  ['try_statement', lowerTry],
  ['function_definition', (context, node) => lowerFunction(context, node, [])],
  ['class_definition', (context, node) => lowerClass(context, node, [])],
  ['decorated_definition', lowerDecorated],
  ['match_statement', (context, node) => lowerMatch(context, node, (clause) => bodyOf(context, clause))],
]);
