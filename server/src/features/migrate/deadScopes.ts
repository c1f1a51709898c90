/**
 * The `with` statements that are left without an effect when the calls in them have become Keras: every item is an
 * `arg_scope` inside which, as far as everything is seen, no op runs that it speaks of. The header goes, the body moves
 * to the left. What may do anything else than open a scope stays.
 */
import { contains, type Span } from '../../base/span';
import type { Snapshot } from '../../project/snapshot';
import type { SourceFile } from '../../semantics/program';
import { pathsOf } from '../../semantics/qualifiedNames';
import type { FileAnalysis, ScopeSite } from '../../slim/model';
import { calleeName, pathTo, scopeAlong } from '../../slim/rewrite/syntaxAt';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import { makesVariables } from './makesVariables';
import type { Removal } from './removal';
import { isKnownFactory } from './scopeFactories';
import { unwrap } from './unwrap';

/** Edits that take dead scopes away; of nested ones the innermost, so that the others come in later rounds. */
export function deadScopeEdits(
  snapshot: Snapshot,
  source: SourceFile,
  analysis: FileAnalysis,
  {
    within,
    isHanded,
    hasThreads,
  }: { readonly within: Span; readonly hasThreads: boolean; isHanded(name: string): boolean },
): Removal {
  const dead: ast.With[] = [];
  walk(source.tree.module, (node) => {
    if (node.kind !== 'With' || node.isAsync || !contains(within, node.span)) return;
    const isQuiet = () =>
      !keepsScopes(node) &&
      !node.body.some((one) => makesVariables({ snapshot, source, analysis, hasThreads, seen: new Set() }, one));
    if (node.items.every((item) => isDead({ snapshot, source, analysis, isQuiet, isHanded }, item))) dead.push(node);
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

/** `as sc`, or a function that gives the scopes that are open: somebody may enter them again. */
function keepsScopes(node: ast.With): boolean {
  let keeps = false;
  walk(node, (part) => {
    const isKept = part.kind === 'WithItem' && part.target !== undefined && /scope/.test(nameOf(part.context));
    if (isKept || nameOf(part) === 'current_arg_scope') keeps = true;
  });
  return keeps;
}

/** The last part of a callee. */
function nameOf(node: ast.Node): string {
  return node.kind === 'Call' ? (calleeName(node) ?? '') : '';
}

interface Place {
  readonly snapshot: Snapshot;
  readonly source: SourceFile;
  readonly analysis: FileAnalysis;
  /** True when nothing in the body can be a layer, whatever the evaluator could not follow. */
  isQuiet(): boolean;
  /** True for a user's function that is handed a dictionary instead of a collection. */
  isHanded(name: string): boolean;
}

function isDead({ snapshot, source, analysis, isQuiet, isHanded }: Place, item: ast.WithItem): boolean {
  const site = analysis.scopes.find(({ call }) => isSameSpan(call.span, item.context.span));
  if (!site || item.context.kind !== 'Call' || site.error) return false;
  return (
    reachesNothing(site, { isQuiet, isHanded }) &&
    isTargetUnused(source, item) &&
    isHarmless(snapshot, source, item.context)
  );
}

function reachesNothing(
  { extent, form, keywords, ops }: ScopeSite,
  { isQuiet, isHanded }: Pick<Place, 'isQuiet' | 'isHanded'>,
): boolean {
  if ((form !== 'list' && form !== 'dict') || !extent) return false;
  const onlyCollects = keywords.every(({ name }) => name === 'outputs_collections');
  // What such a scope gives to functions further down is handed to them now.
  const isHandedOn = onlyCollects && extent.called.some(({ op }) => isHanded(op.name));
  const isMeant = (name: string) => ops.some(({ op }) => op?.name === name);
  const called = extent.called.filter(({ op }) => !isHanded(op.name) || isMeant(op.name));
  if (called.length > 0 && !isHandedOn) return false;
  return extent.closed || isQuiet();
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
    if (
      !isOfLibrary(snapshot, source, node) &&
      !isScopeFactory(snapshot, node, call) &&
      !isShorthand(snapshot, source, node)
    )
      isFine = false;
    return undefined;
  });
  return isFine;
}

/** `trunc_normal = lambda stddev: tf.truncated_normal_initializer(0.0, stddev)`: another name for a library's function. */
function isShorthand(snapshot: Snapshot, source: SourceFile, { callee }: ast.Call): boolean {
  if (callee.kind !== 'Name') return false;
  const [made, ...others] = source.scopes.module.bindings.get(callee.name) ?? [];
  if (!made || others.length > 0 || made.node.kind !== 'Assign' || made.node.value.kind !== 'Lambda') return false;
  const { body } = made.node.value;
  return body.kind === 'Call' && isHarmless(snapshot, source, body) && isOfLibrary(snapshot, source, body);
}

function isOfLibrary(snapshot: Snapshot, source: SourceFile, { callee }: ast.Call): boolean {
  const paths = pathsOf(snapshot, source, scopeAlong(source, pathTo(source.tree.module, callee.span)), callee);
  return paths.length > 0 && paths.every((path) => /^(tensorflow|tf_slim)\b/.test(path));
}

/** `arg_scope(vgg_arg_scope(...))`: a function that gives a saved scope is taken to do nothing else. */
function isScopeFactory(snapshot: Snapshot, node: ast.Call, call: ast.Call): boolean {
  const [first] = call.args;
  const name =
    node.callee.kind === 'Name' ? node.callee.name : node.callee.kind === 'Attribute' ? node.callee.attribute.name : '';
  return (
    first?.value === node && call.args.length === 1 && (name.endsWith('arg_scope') || isKnownFactory(snapshot, name))
  );
}

function isSameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}
