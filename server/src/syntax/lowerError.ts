/**
 * Reads expressions out of damaged code: the tokens and nodes that the parser could not put together. Calls without
 * their closing parenthesis (`slim.conv2d(net, 64,`), attributes without a name (`slim.`) and keyword arguments are
 * rebuilt; everything else is kept in source order. Iterative over brackets, so that damage cannot exhaust the stack.
 */
import { contains } from '../base/span';
import type * as ast from './ast';
import type { CstNode } from './cst';
import { lowerArgumentList } from './lowerArguments';
import { absentIdentifier, type LowerContext, lowerIdentifier, spanOf } from './lowerContext';

/** An open bracket; with a callee it is a call. */
interface Frame {
  readonly opener: CstNode | undefined;
  readonly callee: ast.Expression | undefined;
  readonly items: Item[];
}

/** An expression, with the keyword that stood before it. */
interface Item {
  readonly name: ast.Identifier | undefined;
  readonly value: ast.Expression;
  /** False after a comma or an operator: then `(` does not call it and `.` does not follow it. */
  isOpen: boolean;
}

interface Reader {
  readonly context: LowerContext;
  readonly frames: Frame[];
  top: Frame;
  /** After `expression.`: waiting for the name. */
  dot: CstNode | undefined;
  keyword: ast.Identifier | undefined;
}

/** The expressions in a run of nodes and tokens, in source order. */
export function lowerErrorExpressions(context: LowerContext, nodes: readonly CstNode[]): ast.Expression[] {
  const root: Frame = { opener: undefined, callee: undefined, items: [] };
  const reader: Reader = { context, frames: [], top: root, dot: undefined, keyword: undefined };
  let end = 0;
  const todo = [...nodes].reverse();
  for (let node = todo.pop(); node; node = todo.pop()) {
    end = node.end;
    if (node.type === 'ERROR')
      for (let i = node.children.length - 1; i >= 0; i--) todo.push(node.children[i] as CstNode);
    else if (node.isNamed) readNode(reader, node);
    else readToken(reader, node);
  }
  finishDot(reader);
  while (reader.frames.length > 0) closeFrame(reader, end);
  return root.items.map((item) => item.value);
}

function readNode(reader: Reader, node: CstNode): void {
  const { context, top } = reader;
  const last = top.items[top.items.length - 1];
  if (reader.dot && node.type === 'identifier' && last) {
    top.items.pop();
    reader.dot = undefined;
    const attribute = lowerIdentifier(context, node);
    const span = { start: last.value.span.start, end: attribute.span.end };
    top.items.push({ ...last, value: { kind: 'Attribute', span, value: last.value, attribute }, isOpen: true });
    return;
  }
  finishDot(reader);
  if (node.type === 'argument_list') {
    readArgumentList(reader, node);
  } else if (node.type === 'keyword_argument' && top.callee) {
    const [argument] = lowerArgumentList(context, { ...node, children: [node] });
    if (argument) top.items.push({ name: argument.name, value: argument.value, isOpen: true });
  } else if (node.type !== 'comment') {
    const value = context.expression(node);
    if (value.kind === 'ErrorExpression' && value.children.length === 0) return;
    top.items.push({ name: reader.keyword, value, isOpen: true });
    reader.keyword = undefined;
  }
}

function readArgumentList(reader: Reader, node: CstNode): void {
  const { context, top } = reader;
  const args = lowerArgumentList(context, node);
  const last = top.items[top.items.length - 1];
  if (last?.isOpen && isCallable(last.value)) {
    top.items.pop();
    const span = { start: last.value.span.start, end: spanOf(context, node).end };
    const call: ast.Call = { kind: 'Call', span, callee: last.value, args, argsSpan: spanOf(context, node) };
    top.items.push({ ...last, value: call });
  } else {
    for (const { value } of args) top.items.push({ name: undefined, value, isOpen: false });
  }
}

function readToken(reader: Reader, token: CstNode): void {
  if (token.isMissing) return;
  const { context, top } = reader;
  const last = top.items[top.items.length - 1];
  if (token.type === '.') {
    if (last?.isOpen) reader.dot = token;
    return;
  }
  finishDot(reader);
  if (token.type === '(' || token.type === '[' || token.type === '{') {
    const callee = token.type === '(' && last?.isOpen && isCallable(last.value) ? last.value : undefined;
    if (callee) top.items.pop();
    if (callee && last?.name) reader.keyword = last.name;
    reader.frames.push(top);
    reader.top = { opener: token, callee, items: [] };
  } else if (token.type === ')' || token.type === ']' || token.type === '}') {
    if (top.opener?.type === openerOf[token.type]) closeFrame(reader, token.end);
  } else if (token.type === '=' && top.callee && last?.isOpen && last.value.kind === 'Name') {
    top.items.pop();
    reader.keyword = { kind: 'Identifier', name: last.value.name, span: last.value.span };
    context.damage.push(last.value.span);
  } else {
    const current = reader.top.items[reader.top.items.length - 1];
    if (current) current.isOpen = false;
    if (token.type === ',') reader.keyword = undefined;
  }
}

const openerOf: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** `slim.` with nothing behind: an attribute with an empty name. */
function finishDot(reader: Reader): void {
  const { dot, top, context } = reader;
  reader.dot = undefined;
  const last = top.items[top.items.length - 1];
  if (!dot || !last) return;
  top.items.pop();
  const attribute = absentIdentifier(context, dot.end);
  const span = { start: last.value.span.start, end: attribute.span.end };
  top.items.push({ ...last, value: { kind: 'Attribute', span, value: last.value, attribute }, isOpen: false });
}

function closeFrame(reader: Reader, end: number): void {
  const { top, context } = reader;
  const parent = reader.frames.pop();
  if (!parent) return;
  reader.top = parent;
  if (!top.callee || !top.opener) {
    for (const item of top.items) parent.items.push({ ...item, isOpen: false });
    return;
  }
  const argsSpan = context.span(top.opener.start, Math.max(end, top.opener.end));
  const span = { start: top.callee.span.start, end: argsSpan.end };
  const args = top.items.map((item) => argumentOf(item)).filter((argument) => contains(argsSpan, argument.span));
  parent.items.push({
    name: undefined,
    value: { kind: 'Call', span, callee: top.callee, args, argsSpan },
    isOpen: true,
  });
}

function argumentOf({ name, value }: Item): ast.Argument {
  if (!name) return { kind: 'Argument', span: value.span, form: 'positional', value };
  return { kind: 'Argument', span: { start: name.span.start, end: value.span.end }, form: 'keyword', name, value };
}

function isCallable(value: ast.Expression): boolean {
  return value.kind === 'Name' || value.kind === 'Attribute' || value.kind === 'Call' || value.kind === 'Subscript';
}
