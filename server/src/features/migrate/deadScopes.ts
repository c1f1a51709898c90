/**
 * The `with` statements that are left without an effect when the calls in them have become Keras: every item is an
 * `arg_scope` inside which, as far as everything is seen, no op runs that it speaks of. The header goes, the body moves
 * to the left. What may do anything else than open a scope stays.
 */
import { contains, type Span } from '../../base/span';
import type { TextEdit } from '../../base/textEdit';
import type { Snapshot } from '../../project/snapshot';
import type { SourceFile } from '../../semantics/program';
import { pathsOf } from '../../semantics/qualifiedNames';
import type { FileAnalysis, ScopeSite } from '../../slim/model';
import { pathTo, scopeAlong } from '../../slim/rewrite/syntaxAt';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';

export interface Removal {
  /** Never overlapping. */
  readonly edits: readonly TextEdit[];
  readonly removed: readonly { readonly span: Span; readonly what: string }[];
}

/** Edits that take dead scopes away; of nested ones the innermost, so that the others come in later rounds. */
export function deadScopeEdits(snapshot: Snapshot, source: SourceFile, analysis: FileAnalysis, within: Span): Removal {
  const dead: ast.With[] = [];
  walk(source.tree.module, (node) => {
    if (node.kind !== 'With' || node.isAsync || !contains(within, node.span)) return;
    if (node.items.every((item) => isDead(snapshot, source, analysis, item))) dead.push(node);
  });
  const innermost = dead.filter((one) => !dead.some((other) => other !== one && contains(one.span, other.span)));
  const withEdits = innermost.flatMap((node) => {
    const edits = unwrap(source, node);
    return edits ? [{ edits, removed: { span: node.header, what: describe(node) } }] : [];
  });
  return { edits: withEdits.flatMap(({ edits }) => edits), removed: withEdits.map(({ removed }) => removed) };
}

function describe(node: ast.With): string {
  return node.items.length === 1
    ? 'an `arg_scope` that reaches no call any more'
    : 'arg_scopes that reach no call any more';
}

function isDead(snapshot: Snapshot, source: SourceFile, analysis: FileAnalysis, item: ast.WithItem): boolean {
  const site = analysis.scopes.find(({ call }) => isSameSpan(call.span, item.context.span));
  if (!site || item.context.kind !== 'Call' || site.error) return false;
  return reachesNothing(site) && isTargetUnused(source, item) && isHarmless(snapshot, source, item.context);
}

function reachesNothing({ extent, form }: ScopeSite): boolean {
  return (form === 'list' || form === 'dict') && extent !== undefined && extent.closed && extent.called.length === 0;
}

/** `as sc` is fine as long as nobody reads `sc`. */
function isTargetUnused(source: SourceFile, { target }: ast.WithItem): boolean {
  if (target === undefined) return true;
  if (target.kind !== 'Name') return false;
  let isRead = false;
  walk(source.tree.module, (node) => {
    if (node.kind === 'Name' && node !== target && node.name === target.name) isRead = true;
  });
  return !isRead;
}

/** True when evaluating the arguments does nothing but make values: names, literals, and calls of the libraries. */
function isHarmless(snapshot: Snapshot, source: SourceFile, call: ast.Call): boolean {
  let isFine = true;
  walk(call, (node) => {
    if (node.kind === 'Lambda') return 'skip';
    if (['Yield', 'Await', 'NamedExpression'].includes(node.kind)) isFine = false;
    if (node.kind !== 'Call' || node === call) return undefined;
    const scope = scopeAlong(source, pathTo(source.tree.module, node.span));
    const paths = pathsOf(snapshot, source, scope, node.callee);
    const isLibrary = paths.length > 0 && paths.every((path) => /^(tensorflow|tf_slim)\b/.test(path));
    if (!isLibrary && !isScopeFactory(node, call)) isFine = false;
    return undefined;
  });
  return isFine;
}

/** `arg_scope(vgg_arg_scope(...))`: a function that gives a saved scope is taken to do nothing else. */
function isScopeFactory(node: ast.Call, call: ast.Call): boolean {
  const [first] = call.args;
  const name =
    node.callee.kind === 'Name' ? node.callee.name : node.callee.kind === 'Attribute' ? node.callee.attribute.name : '';
  return first?.value === node && call.args.length === 1 && name.endsWith('arg_scope');
}

// ---------------------------------------------------------------------------------------------------- text

/** Takes the header away and moves the body; undefined for a body on the line of the header. */
function unwrap(source: SourceFile, node: ast.With): readonly TextEdit[] | undefined {
  const { text, lines } = source;
  const [first] = node.body;
  if (!first) return undefined;
  const headerLine = lines.positionAt(node.span.start).line;
  const firstLine = lines.positionAt(first.span.start).line;
  const lastLine = lines.positionAt(node.span.end).line;
  const outer = text.slice(lines.lineStart(headerLine), node.span.start);
  if (outer.trim() !== '' || firstLine === lines.positionAt(node.header.end).line) return undefined;
  const inner = text.slice(lines.lineStart(firstLine), first.span.start);
  if (!inner.startsWith(outer) || inner.length === outer.length) return undefined;
  const comments = source.tree.comments.filter(({ span }) =>
    contains({ start: node.span.start, end: first.span.start }, span),
  );
  const kept = comments.map((comment) => `${outer}${comment.text}${lineEnd(text)}`).join('');
  const header = { start: lines.lineStart(headerLine), end: lines.lineStart(firstLine) };
  const edits: TextEdit[] = [{ span: header, newText: kept }];
  const strings = multilineStrings(node);
  for (let line = firstLine; line <= lastLine; line++) {
    const start = lines.lineStart(line);
    if (strings.some((span) => span.start < start && start < span.end)) continue;
    const extra = text.slice(start).startsWith(inner) ? inner.length - outer.length : 0;
    if (extra > 0)
      edits.push({ span: { start: start + outer.length, end: start + outer.length + extra }, newText: '' });
  }
  return edits;
}

/** Lines inside a string are not ours to move. */
function multilineStrings(node: ast.Node): readonly Span[] {
  const spans: Span[] = [];
  walk(node, (part) => {
    if (part.kind === 'String' || part.kind === 'FormattedString') spans.push(part.span);
  });
  return spans;
}

function lineEnd(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}

function isSameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}
