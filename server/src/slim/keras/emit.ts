/**
 * Writes converted layers in place of the call, in the style of the file. One statement per layer where the call is
 * all that a statement assigns or returns, else one nested expression. Comments inside the call are kept above it.
 */
import { contains } from '../../base/span';
import type { Span } from '../../base/span';
import type { TextEdit } from '../../base/textEdit';
import { lookup } from '../../semantics/scopes';
import type * as ast from '../../syntax/ast';
import { childrenOf, walk } from '../../syntax/visit';
import { indentationAt } from '../rewrite/fileStyle';
import type { ConvertedCall, LayerPlan } from './layers';
import type { KerasSite } from './kerasSite';
import type { LayerText } from './wrap';
import { deeperThan, wrapLayers } from './wrap';

/** The edits that put the layers in place of the call, import included. */
export function emitLayers(site: KerasSite, converted: ConvertedCall): TextEdit[] {
  const target = findTarget(site, converted);
  const edits = target ? emitStatements(site, converted, target) : emitExpression(site, converted);
  const { importEdit } = site.names;
  return importEdit ? [importEdit, ...edits] : edits;
}

/** True when the layers become statements, so that something can be said of the result of each. */
export function hasOwnStatement(site: KerasSite, converted: ConvertedCall): boolean {
  return findTarget(site, converted) !== undefined;
}

/** The statement that the layers become, and the variable that holds what is between them. */
interface Target {
  readonly variable: string;
  /** What stands before the last layer: `net = ` or `return `. */
  readonly last: string;
  readonly statement: Span;
}

function findTarget(site: KerasSite, converted: ConvertedCall): Target | undefined {
  const statement = site.path[site.path.length - 2];
  const target = statement && (targetOfAssign(site, statement) ?? targetOfReturn(site, statement, converted));
  if (!target || !isAlone(site, target.statement)) return undefined;
  const isSingle = converted.layers.length === 1;
  return isSingle || isFreeBetween(site, target.variable, converted) ? target : undefined;
}

function targetOfAssign(site: KerasSite, statement: ast.Node): Target | undefined {
  if (statement.kind !== 'Assign' || statement.value !== site.node || statement.targets.length !== 1) return undefined;
  const [target] = statement.targets;
  if (target?.kind !== 'Name') return undefined;
  return { variable: target.name, last: `${target.name} = `, statement: statement.span };
}

/** `return slim.conv2d(net, ...)`: a local variable with the inputs may as well hold what comes after them. */
function targetOfReturn(site: KerasSite, statement: ast.Node, converted: ConvertedCall): Target | undefined {
  if (statement.kind !== 'Return' || statement.value !== site.node) return undefined;
  const variable = converted.inputs;
  const bound = lookup(site.scope, variable);
  if (!bound || bound.scope !== site.scope || site.scope.kind !== 'function') return undefined;
  const isCaptured = site.scope.children.some((child) => !child.bindings.has(variable) && reads(child.node, variable));
  return isCaptured ? undefined : { variable, last: 'return ', statement: statement.span };
}

function reads(node: ast.Node, name: string): boolean {
  let found = false;
  walk(node, (part) => {
    if (part.kind === 'Name' && part.name === name) found = true;
  });
  return found;
}

/** True when nothing but white space and a comment stands on the lines of a statement. */
function isAlone(site: KerasSite, span: Span): boolean {
  const { text, lines } = site.source;
  const before = text.slice(lines.lineStart(lines.positionAt(span.start).line), span.start);
  const after = /^[^\r\n]*/.exec(text.slice(span.end))?.[0] ?? '';
  return before.trim() === '' && /^\s*(?:#.*)?$/.test(after);
}

/** True when nobody can see the variable between the statements: later arguments, or code behind `global`. */
function isFreeBetween(site: KerasSite, variable: string, converted: ConvertedCall): boolean {
  if (site.scope.globals.has(variable) || site.scope.nonlocals.has(variable)) return false;
  const later = converted.layers.slice(1).flatMap((layer) => [...layer.args, ...layer.callArgs]);
  const name = new RegExp(`(?<![\\w.])${variable}(?!\\w)`);
  return !later.some((text) => name.test(text.replace(/^\w+=/, '')));
}

function emitStatements(site: KerasSite, converted: ConvertedCall, target: Target): TextEdit[] {
  const indentation = indentationAt(site.source, target.statement.start);
  const count = converted.layers.length;
  const statements = converted.layers.flatMap((layer, index) => {
    const isLast = index === count - 1;
    const before = isLast && layer.endPoint === undefined ? target.last : `${target.variable} = `;
    const input = index === 0 ? converted.inputs : target.variable;
    const made = before + wrapLayers(site.style, textOf(site, layer, input), { indentation, before, after: '' });
    if (layer.endPoint === undefined) return [made];
    const isReturned = isLast && target.last === 'return ';
    return [made, `${layer.endPoint} = ${target.variable}`, ...(isReturned ? [`return ${target.variable}`] : [])];
  });
  const lineBreak = site.style.lineEnd + indentation;
  const lines = [...commentsInside(site, target.statement), ...statements];
  return [{ span: target.statement, newText: lines.join(lineBreak) }];
}

/** `C(...)(B(...)(A(...)(inputs), training=True))`: the last layer is the outermost. */
function emitExpression(site: KerasSite, converted: ConvertedCall): TextEdit[] {
  const nested = converted.layers.reduce<LayerText | string>(
    (input, layer) => textOf(site, layer, input),
    converted.inputs,
  );
  if (typeof nested === 'string') return [];
  const edits = [placeExpression(site, nested)];
  const comments = commentsInside(site, site.node.span);
  if (comments.length === 0) return edits;
  // Above the statement: behind one of its own tokens a comment would swallow what follows.
  const at = statementStart(site);
  const lineBreak = site.style.lineEnd + indentationAt(site.source, at);
  const above = comments.map((comment) => comment + lineBreak).join('');
  return [{ span: { start: at, end: at }, newText: above }, ...edits];
}

/** On the line where the call was, or on a line of its own where it is too long and brackets allow that. */
function placeExpression(site: KerasSite, expression: LayerText): TextEdit {
  const { span } = site.node;
  const { text, lines } = site.source;
  const indentation = indentationAt(site.source, span.start);
  const before = text.slice(lines.lineStart(lines.positionAt(span.start).line) + indentation.length, span.start);
  const after = /^[^\r\n#]*/.exec(text.slice(span.end))?.[0].trimEnd() ?? '';
  const newText = wrapLayers(site.style, expression, { indentation, before, after });
  const mayBreak = /[([{,]\s*$/.test(before) && before.trim() !== '';
  if (!mayBreak || !/[\r\n]/.test(newText)) return { span, newText };
  const deeper = siblingIndentation(site) ?? deeperThan(site.style, indentation);
  const own = wrapLayers(site.style, expression, { indentation: deeper, before: '', after: after.slice(0, 1) });
  const start = span.start - (before.length - before.trimEnd().length);
  return { span: { start, end: span.end }, newText: site.style.lineEnd + deeper + own };
}

/** Indentation of the element before the call in the same brackets, if that begins a line. */
function siblingIndentation(site: KerasSite): string | undefined {
  const parent = site.path.findLast((node) => node.kind === 'List' || node.kind === 'Tuple' || isOuterCall(site, node));
  if (!parent) return undefined;
  const before = childrenOf(parent).filter(
    (child) => child.span.end <= site.node.span.start && child.span.start > parent.span.start,
  );
  const { text, lines } = site.source;
  const starts = before.map((child) => child.span.start);
  const first = starts.find((start) => text.slice(lines.lineStart(lines.positionAt(start).line), start).trim() === '');
  return first === undefined ? undefined : indentationAt(site.source, first);
}

function isOuterCall(site: KerasSite, node: ast.Node): boolean {
  return node.kind === 'Call' && node !== site.node;
}

function textOf(site: KerasSite, layer: LayerPlan, input: LayerText | string): LayerText {
  if (layer.function !== undefined) {
    return { callee: layer.function, args: layer.args, input: undefined, callArgs: [] };
  }
  const callee = `${site.names.keras}.layers.${layer.className}`;
  return { callee, args: layer.args, input, callArgs: layer.callArgs };
}

/** Comments between the tokens of a span, as they are. */
function commentsInside(site: KerasSite, span: Span): string[] {
  return site.source.tree.comments.filter((comment) => contains(span, comment.span)).map((comment) => comment.text);
}

const statementKinds: ReadonlySet<ast.Node['kind']> = new Set<ast.Node['kind']>([
  ...(['FunctionDef', 'ClassDef', 'Return', 'Assign', 'AugAssign', 'AnnAssign', 'For', 'While', 'With'] as const),
  ...(['Try', 'If', 'Raise', 'Assert', 'Delete', 'ExpressionStatement', 'Print', 'Exec', 'Match'] as const),
]);

/** The start of the innermost statement around the call that begins a line; an `elif` does not count. */
function statementStart(site: KerasSite): number {
  const { text, lines } = site.source;
  const starts = site.path
    .filter((node) => statementKinds.has(node.kind))
    .map((node) => node.span.start)
    .filter((start) => !text.startsWith('elif', start))
    .filter((start) => text.slice(lines.lineStart(lines.positionAt(start).line), start).trim() === '');
  return starts[starts.length - 1] ?? lines.lineStart(lines.positionAt(site.node.span.start).line);
}
