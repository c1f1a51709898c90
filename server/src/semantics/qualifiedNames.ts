/**
 * Every place of a file that denotes something of a library: imports, names and attribute chains, each reported once
 * at its outermost chain, with the dotted paths that it can denote. Resolution is by binding (names/nameMeanings.ts),
 * so that an alias is found and a look-alike is not. Linear in the file. Knows no particular library.
 */
import type { Span } from '../base/span';
import type * as ast from '../syntax/ast';
import type { Guard } from './names/guards';
import {
  alternativeBindings,
  guardInFunction,
  isConditional,
  isVersionCheck,
  leavingGuards,
  tryGuards,
  versionGuards,
} from './names/guards';
import { importFromMeanings, importMeanings } from './names/importMeanings';
import type { Meaning, NameResolver, PathMeaning, Step } from './names/meaning';
import { resolverOf } from './names/meaning';
import { bindingMeanings, meaningsOf } from './names/nameMeanings';
import { childrenOf } from '../syntax/visit';
import type { Program, SourceFile } from './program';
import type { Scope } from './scopes';
import { lookup } from './scopes';

/** One use of something of a library. */
export interface QualifiedUse {
  /** The outermost chain; in imports the dotted name, the imported name, or the `*`. */
  readonly span: Span;
  readonly form: 'import' | 'fromImport' | 'starImport' | 'attribute' | 'name';
  /** Everything that it can denote, in source order of the alternatives; never empty. */
  readonly targets: readonly UseTarget[];
  /** False when it may also be something else, that cannot be followed. */
  readonly certain: boolean;
  /** True when its author provides a replacement in the other branch of a `try` or a version check. */
  readonly guarded: boolean;
  /** True inside any such construct: what fails there is caught, or does not run, whether or not it is replaced. */
  readonly conditional: boolean;
  readonly node: ast.Expression | ast.ImportAlias | ast.ImportFromAlias | ast.ImportFrom;
}

export interface UseTarget {
  /** For example `tensorflow.contrib.slim.conv2d`. */
  readonly path: string;
  /** How the root of the chain got its meaning: imports and assignments before this place, the library's import first. */
  readonly steps: readonly Step[];
  /** True when only an `import *` can have brought it. */
  readonly viaStar: boolean;
}

/** The uses of a file, sorted by position. */
export function usesOf(program: Program, source: SourceFile): readonly QualifiedUse[] {
  let files = memo.get(program);
  if (!files) memo.set(program, (files = new WeakMap<SourceFile, readonly QualifiedUse[]>()));
  let uses = files.get(source);
  if (!uses) files.set(source, (uses = collectUses(program, source)));
  return uses;
}

/** Several rules ask for the uses of one file of one snapshot. */
const memo = new WeakMap<Program, WeakMap<SourceFile, readonly QualifiedUse[]>>();

function collectUses(program: Program, source: SourceFile): readonly QualifiedUse[] {
  const walk: Walk = { resolver: resolverOf(program), source, uses: [], open: [] };
  pushBlock(walk, source.tree.module.body, { scope: source.scopes.module, guard: undefined, statement: undefined });
  for (let item = walk.open.pop(); item; item = walk.open.pop()) visit(walk, item.node, item.place);
  return walk.uses.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** The library paths that an expression of a file can denote; empty when it is nothing of a library. */
export function pathsOf(program: Program, source: SourceFile, scope: Scope, node: ast.Expression): readonly string[] {
  return meaningsOf(resolverOf(program), source, scope, node).flatMap((one) => (one.kind === 'path' ? [one.path] : []));
}

// ----------------------------------------------------------------------------------------------- the walk

/** What a node needs to know of its surroundings. */
interface Place {
  readonly scope: Scope;
  readonly guard: Guard | undefined;
  /** The assignment that the node is the value of. */
  readonly statement: ast.Assign | ast.AnnAssign | undefined;
}

interface Walk {
  readonly resolver: NameResolver;
  readonly source: SourceFile;
  readonly uses: QualifiedUse[];
  /** Explicit stack: the depth of the code never limits us. */
  readonly open: { readonly node: object; readonly place: Place }[];
}

function push(walk: Walk, nodes: readonly object[], place: Place): void {
  for (const node of nodes) walk.open.push({ node, place });
}

/** Statements in a row: after a version check that leaves, the rest is the other branch. */
function pushBlock(walk: Walk, statements: readonly ast.Statement[], place: Place): void {
  let inner = place;
  for (const [i, statement] of statements.entries()) {
    const mayLeave = statement.kind === 'If' || statement.kind === 'Assert';
    const guards = mayLeave ? leavingGuards(statement, statements.slice(i + 1), inner.guard) : undefined;
    if (guards && statement.kind === 'If') {
      push(walk, [statement.test], inner);
      pushBlock(walk, statement.body, { ...inner, guard: guards.body });
    } else push(walk, [statement], inner);
    if (guards) inner = { ...inner, guard: guards.rest };
  }
}

function visit(walk: Walk, anyNode: object, place: Place): void {
  const node = anyNode as ast.Node;
  switch (node.kind) {
    case 'Import':
      for (const alias of node.names) visitImport(walk, alias, place);
      return;
    case 'ImportFrom':
      visitImportFrom(walk, node, place);
      return;
    case 'Name':
    case 'Attribute':
      visitChain(walk, node, place);
      return;
    case 'FunctionDef':
      push(walk, [...node.decorators, ...(node.returns ? [node.returns] : [])], place);
      pushParameters(walk, node.parameters, place);
      pushBlock(walk, node.body, {
        scope: walk.source.scopes.scopeOf(node),
        guard: guardInFunction(place.guard),
        statement: undefined,
      });
      return;
    case 'ClassDef':
      push(walk, [...node.decorators, ...node.bases.map((base) => base.value)], place);
      push(walk, node.body, { ...place, scope: walk.source.scopes.scopeOf(node), statement: undefined });
      return;
    case 'Lambda':
      pushParameters(walk, node.parameters, place);
      push(walk, [node.body], {
        ...place,
        scope: walk.source.scopes.scopeOf(node),
        guard: guardInFunction(place.guard),
      });
      return;
    case 'Comprehension':
      visitComprehension(walk, node, place);
      return;
    case 'Try':
      visitTry(walk, node, place);
      return;
    case 'If':
      visitIf(walk, node, place);
      return;
    case 'Conditional':
      visitConditional(walk, node, place);
      return;
    default:
      visitStatementOrExpression(walk, node, place);
  }
}

function visitStatementOrExpression(walk: Walk, node: ast.Node, place: Place): void {
  switch (node.kind) {
    case 'Assign':
      pushTargets(walk, node.targets, place);
      push(walk, [node.value], { ...place, statement: node });
      return;
    case 'AnnAssign':
      pushTargets(walk, [node.target], place);
      push(walk, [node.annotation], place);
      if (node.value) push(walk, [node.value], { ...place, statement: node });
      return;
    case 'AugAssign':
      pushTargets(walk, [node.target], place);
      push(walk, [node.value], place);
      return;
    case 'For':
      pushTargets(walk, [node.target], place);
      push(walk, [node.iter, ...node.body, ...node.orelse], place);
      return;
    case 'WithItem':
      if (node.target) pushTargets(walk, [node.target], place);
      push(walk, [node.context], place);
      return;
    case 'ExceptHandler':
      push(walk, [...(node.type ? [node.type] : []), ...node.body], place);
      return;
    case 'NamedExpression':
      push(walk, [node.value], place);
      return;
    case 'Delete':
      pushTargets(walk, node.targets, place);
      return;
    case 'Global':
    case 'Nonlocal':
      return;
    case 'Call':
      visitCall(walk, node, place);
      return;
    default:
      push(walk, childrenOf(node), place);
  }
}

function pushParameters(walk: Walk, parameters: readonly ast.Parameter[], place: Place): void {
  for (const { annotation, default: value } of parameters) {
    if (annotation) push(walk, [annotation], place);
    if (value) push(walk, [value], place);
  }
}

/** A bound name is no use; `a.b = 1` uses `a` and `a[i] = 1` uses `a` and `i`. */
function pushTargets(walk: Walk, targets: readonly ast.Expression[], place: Place): void {
  for (const target of targets) {
    if (target.kind === 'Name') continue;
    if (target.kind === 'Tuple' || target.kind === 'List') pushTargets(walk, target.elements, place);
    else if (target.kind === 'Starred' || target.kind === 'Attribute') {
      if (target.kind === 'Starred') pushTargets(walk, [target.value], place);
      else push(walk, [target.value], place);
    } else push(walk, [target], place);
  }
}

/** Only the first iterable is evaluated in the enclosing scope. */
function visitComprehension(walk: Walk, node: ast.Comprehension, place: Place): void {
  const inner = { ...place, scope: walk.source.scopes.scopeOf(node) };
  push(walk, [...(node.key ? [node.key] : []), node.element], inner);
  for (const [i, clause] of node.clauses.entries()) {
    pushTargets(walk, [clause.target], inner);
    push(walk, [clause.iter], i === 0 ? place : inner);
    push(walk, clause.conditions, inner);
  }
}

function visitTry(walk: Walk, node: ast.Try, place: Place): void {
  const guards = tryGuards(node, place.guard);
  pushBlock(walk, node.body, { ...place, guard: guards?.body ?? place.guard });
  for (const [i, handler] of node.handlers.entries()) {
    push(walk, [handler], { ...place, guard: guards?.handlers[i] ?? place.guard });
  }
  push(walk, [...node.orelse, ...node.finalbody], place);
}

function visitIf(walk: Walk, node: ast.If, place: Place): void {
  const guards = versionGuards(node, place.guard);
  push(walk, [node.test], place);
  pushBlock(walk, node.body, { ...place, guard: guards?.body ?? place.guard });
  pushBlock(walk, node.orelse, { ...place, guard: guards?.orelse ?? place.guard });
}

/** `tf.contrib.slim if TF1 else tf_slim` has its replacement beside it. */
function visitConditional(walk: Walk, node: ast.Conditional, place: Place): void {
  push(walk, [node.test], place);
  const branches = [node.body, node.orelse];
  if (!isVersionCheck(node.test)) push(walk, branches, place);
  else {
    for (const branch of branches) {
      const before = walk.uses.length;
      const inner: Walk = { ...walk, open: [] };
      push(inner, [branch], place);
      for (let item = inner.open.pop(); item; item = inner.open.pop()) visit(inner, item.node, item.place);
      for (let i = before; i < walk.uses.length; i++) {
        const use = walk.uses[i];
        if (use) walk.uses[i] = { ...use, guarded: true, conditional: true };
      }
    }
  }
}

// ------------------------------------------------------------------------------------------------ uses

function visitImport(walk: Walk, alias: ast.ImportAlias, place: Place): void {
  const name = alias.asName ?? alias.name.parts[0];
  const meanings = importMeanings(walk.resolver, walk.source, alias).map((one) =>
    one.kind === 'path' ? { ...one, path: alias.name.parts.map((part) => part.name).join('.'), steps: [] } : one,
  );
  addUse(walk, meanings, {
    span: alias.name.span,
    form: 'import',
    node: alias,
    guarded: isGuarded(walk, place, name ? [name.name] : [], meanings),
    conditional: isConditional(place.guard),
  });
}

function visitImportFrom(walk: Walk, node: ast.ImportFrom, place: Place): void {
  for (const alias of node.names) {
    const meanings = importFromMeanings(walk.resolver, walk.source, node, alias).map((one) =>
      one.kind === 'path' ? { ...one, steps: one.steps.slice(0, -1) } : one,
    );
    const bound = (alias.asName ?? alias.name).name;
    addUse(walk, meanings, {
      span: alias.name.span,
      form: 'fromImport',
      node: alias,
      guarded: isGuarded(walk, place, [bound], meanings),
      conditional: isConditional(place.guard),
    });
  }
  const module = node.module.parts.map((part) => part.name).join('.');
  if (!node.star || node.level > 0 || module === '') return;
  if (walk.resolver.program.resolveImport(walk.source, module, 0)) return;
  const meaning: PathMeaning = { kind: 'path', path: module, steps: [], viaStar: false };
  const conditional = isConditional(place.guard);
  addUse(walk, [meaning], { span: node.star, form: 'starImport', node, guarded: false, conditional });
}

function visitChain(walk: Walk, node: ast.Name | ast.Attribute, place: Place): void {
  const meanings = meaningsOf(walk.resolver, walk.source, place.scope, node);
  const isUse = addUse(walk, meanings, {
    span: node.span,
    form: node.kind === 'Name' ? 'name' : 'attribute',
    node,
    guarded: isGuarded(walk, place, assignedNames(place.statement, node), meanings),
    conditional: isConditional(place.guard),
  });
  if (isUse || node.kind === 'Name') return;
  // Nothing of a library as a whole; a part of it may be (`self.slim().x`, `slim.conv2d(x).shape`).
  let root: ast.Expression = node.value;
  while (root.kind === 'Attribute') root = root.value;
  push(walk, [root], { ...place, statement: undefined });
}

/** `getattr(tf.contrib, 'slim')` and `importlib.import_module('tensorflow.contrib')` are uses as a whole. */
function visitCall(walk: Walk, node: ast.Call, place: Place): void {
  const inner = { ...place, statement: undefined };
  const name =
    node.callee.kind === 'Name' ? node.callee.name : node.callee.kind === 'Attribute' ? node.callee.attribute.name : '';
  if (name === 'getattr' || name === 'import_module' || name === '__import__') {
    const meanings = meaningsOf(walk.resolver, walk.source, place.scope, node).map((one) =>
      one.kind === 'path' && name !== 'getattr' ? { ...one, path: one.steps.at(-1)?.path ?? one.path, steps: [] } : one,
    );
    const form = name === 'getattr' ? 'attribute' : 'import';
    const guarded = isGuarded(walk, place, assignedNames(place.statement, node), meanings);
    const conditional = isConditional(place.guard);
    if (addUse(walk, meanings, { span: node.span, form, node, guarded, conditional })) {
      push(walk, node.args.slice(2), inner);
      return;
    }
  }
  // `x = tf.contrib.layers.xavier_initializer()`: the callee of the value counts as the value.
  push(walk, [node.callee], place.statement?.value === node ? place : inner);
  push(walk, node.args, inner);
}

function addUse(
  walk: Walk,
  meanings: readonly Meaning[],
  use: Pick<QualifiedUse, 'span' | 'form' | 'node' | 'guarded' | 'conditional'>,
): boolean {
  const targets = meanings.filter((one) => one.kind === 'path');
  if (targets.length === 0) return false;
  walk.uses.push({
    ...use,
    targets: targets.map(({ path, steps, viaStar }) => ({ path, steps, viaStar })),
    certain: targets.length === meanings.length,
  });
  return true;
}

// ---------------------------------------------------------------------------------------------- guards

/** The names that an assignment gives to its value, if the value is exactly this node or a call of it. */
function assignedNames(statement: Place['statement'], node: ast.Expression): readonly string[] {
  const value = statement?.value;
  if (!statement || !value || (value !== node && !(value.kind === 'Call' && value.callee === node))) return [];
  const targets = statement.kind === 'Assign' ? statement.targets : [statement.target];
  return targets.flatMap((target) => (target.kind === 'Name' ? [target.name] : []));
}

function isGuarded(walk: Walk, place: Place, names: readonly string[], meanings: readonly Meaning[]): boolean {
  const isReplaced = (guard: Guard): boolean =>
    names.length > 0 && names.every((name) => hasReplacement(walk, place, guard, name, meanings));
  for (let guard = place.guard; guard; guard = guard.parent) {
    if (guard.otherLeaves) return true;
    if (guard.kind === 'version' && names.length === 0 && guard.other.length > 0) return true;
    if (isReplaced(guard)) return true;
  }
  return false;
}

/** True when the other branch binds the name to something of another library, or to something of the workspace. */
function hasReplacement(walk: Walk, place: Place, guard: Guard, name: string, meanings: readonly Meaning[]): boolean {
  const found = lookup(place.scope, name);
  if (!found) return false;
  const roots = new Set(meanings.flatMap((one) => (one.kind === 'path' ? [libraryOf(one.path)] : [])));
  return alternativeBindings(guard, found.bindings).some((binding) =>
    bindingMeanings(walk.resolver, walk.source, found.scope, binding, 0).some(
      (one) => one.kind !== 'path' || !roots.has(libraryOf(one.path)),
    ),
  );
}

/** The first two components: `tensorflow.contrib` and `tensorflow.compat` count as different libraries. */
function libraryOf(path: string): string {
  return path.split('.', 2).join('.');
}
