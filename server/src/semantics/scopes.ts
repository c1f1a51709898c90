/**
 * Python's lexical scopes: which names each module, class, function, lambda and comprehension binds, and where.
 * Flow-insensitive and total; says nothing about values. See Python's reference, "Naming and binding".
 */
import { invariant } from '../base/assertNever';
import type { Span } from '../base/span';
import type * as ast from '../syntax/ast';
import { childrenOf } from '../syntax/visit';

export type ScopeKind = 'module' | 'class' | 'function' | 'lambda' | 'comprehension';

export interface Scope {
  readonly kind: ScopeKind;
  readonly node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.Lambda | ast.Comprehension;
  readonly parent: Scope | undefined;
  readonly children: readonly Scope[];
  /** Names bound in this very scope, with every place that binds them, in source order. */
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** Names declared `global` / `nonlocal` here; their bindings are in the scope that they refer to. */
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
  /** Modules whose names come in by `import *`. */
  readonly starImports: readonly ast.ImportFrom[];
}

export interface Binding {
  readonly name: string;
  readonly kind:
    | 'import'
    | 'importFrom'
    | 'assign'
    | 'parameter'
    | 'function'
    | 'class'
    | 'loop'
    | 'with'
    | 'except'
    | 'delete'
    | 'match';
  /** The name where it is bound. */
  readonly span: Span;
  /** The statement, alias or parameter that binds it. */
  readonly node: ast.Node;
}

export interface ScopeTree {
  readonly module: Scope;
  /** The scope that a node of kind module, class, function, lambda or comprehension opens. */
  scopeOf(node: Scope['node']): Scope;
}

/** Where a name is found. */
export interface FoundName {
  readonly scope: Scope;
  readonly bindings: readonly Binding[];
}

/**
 * The scope that binds `name` for code in `scope`, by Python's rules: class scopes are only seen from their own
 * body, not from functions, lambdas and comprehensions inside it. Undefined for builtins, star imports and typos.
 */
export function lookup(scope: Scope, name: string): FoundName | undefined {
  let current: Scope | undefined = scope.globals.has(name) ? moduleOf(scope) : scope;
  for (; current; current = current.parent) {
    if (current.kind === 'class' && current !== scope) continue;
    // A `global` declaration holds for the functions nested in the declaring one as well.
    if (current.globals.has(name)) current = moduleOf(current);
    const bindings = current.bindings.get(name);
    if (bindings) return { scope: current, bindings };
  }
  return undefined;
}

function moduleOf(scope: Scope): Scope {
  let current = scope;
  while (current.parent) current = current.parent;
  return current;
}

/** Finds all scopes of a module and what they bind. */
export function buildScopes(module: ast.Module): ScopeTree {
  const byNode = new Map<ast.Node, MutableScope>();
  const builder: Builder = { byNode, late: [] };
  const root = openScope(builder, 'module', module, undefined);
  visitAll(builder, root, module.body);
  for (const { scope, binding } of builder.late) addBinding(nonlocalHome(scope, binding.name), binding);
  for (const scope of byNode.values()) sortBindings(scope);
  return {
    module: root,
    scopeOf(node) {
      const scope = byNode.get(node);
      invariant(scope !== undefined, `no scope for ${node.kind}: it belongs to another module`);
      return scope;
    },
  };
}

// ------------------------------------------------------------------------------------------------------- building

interface MutableScope extends Scope {
  readonly parent: MutableScope | undefined;
  readonly children: MutableScope[];
  readonly bindings: Map<string, Binding[]>;
  readonly globals: Set<string>;
  readonly nonlocals: Set<string>;
  readonly starImports: ast.ImportFrom[];
}

interface Builder {
  readonly byNode: Map<ast.Node, MutableScope>;
  /** Bindings of `nonlocal` names: their home is only known when the enclosing functions are complete. */
  readonly late: { readonly scope: MutableScope; readonly binding: Binding }[];
}

function openScope(
  builder: Builder,
  kind: ScopeKind,
  node: Scope['node'],
  parent: MutableScope | undefined,
): MutableScope {
  const scope: MutableScope = {
    kind,
    node,
    parent,
    children: [],
    bindings: new Map(),
    globals: new Set(),
    nonlocals: new Set(),
    starImports: [],
  };
  parent?.children.push(scope);
  builder.byNode.set(node, scope);
  // `global` holds for the whole block, also for uses before it.
  if (node.kind === 'FunctionDef' || node.kind === 'ClassDef') collectDeclarations(scope, node.body);
  return scope;
}

function collectDeclarations(scope: MutableScope, statements: readonly ast.Node[]): void {
  for (const statement of statements) {
    if (statement.kind === 'Global' || statement.kind === 'Nonlocal') {
      const names = statement.kind === 'Global' ? scope.globals : scope.nonlocals;
      for (const { name } of statement.names) names.add(name);
    } else if (blockKinds.has(statement.kind)) {
      collectDeclarations(scope, childrenOf(statement));
    }
  }
}

/** Nodes that hold statements of the same scope. */
const blockKinds: ReadonlySet<ast.Node['kind']> = new Set<ast.Node['kind']>([
  'For',
  'While',
  'If',
  'With',
  'Try',
  'ExceptHandler',
  'Match',
  'MatchCase',
]);

function bind(builder: Builder, scope: MutableScope, binding: Binding): void {
  if (binding.name === '') return;
  if (scope.globals.has(binding.name)) addBinding(moduleOf(scope) as MutableScope, binding);
  else if (scope.nonlocals.has(binding.name)) builder.late.push({ scope, binding });
  else addBinding(scope, binding);
}

function addBinding(scope: MutableScope, binding: Binding): void {
  const bindings = scope.bindings.get(binding.name);
  if (bindings) bindings.push(binding);
  else scope.bindings.set(binding.name, [binding]);
}

/** The nearest enclosing function that binds the name; the innermost one when none does, which Python rejects. */
function nonlocalHome(scope: MutableScope, name: string): MutableScope {
  for (let current = scope.parent; current; current = current.parent) {
    if (current.kind !== 'class' && current.kind !== 'module' && current.bindings.has(name)) return current;
  }
  return scope;
}

function sortBindings(scope: MutableScope): void {
  for (const bindings of scope.bindings.values()) {
    if (bindings.length > 1) bindings.sort((a, b) => a.span.start - b.span.start);
  }
}

function visitAll(builder: Builder, scope: MutableScope, nodes: readonly ast.Node[]): void {
  for (const node of nodes) visit(builder, scope, node);
}

/** Recursion is bounded: the syntax layer flattens what nests too deeply. */
function visit(builder: Builder, scope: MutableScope, node: ast.Node): void {
  switch (node.kind) {
    case 'FunctionDef':
    case 'Lambda':
      visitFunction(builder, scope, node);
      return;
    case 'ClassDef':
      visitAll(builder, scope, [...node.decorators, ...node.bases]);
      bindIdentifier(builder, scope, 'class', node.name, node);
      visitAll(builder, openScope(builder, 'class', node, scope), node.body);
      return;
    case 'Comprehension':
      visitComprehension(builder, scope, node);
      return;
    case 'NamedExpression':
      visit(builder, scope, node.value);
      bindTarget(builder, walrusScope(scope), 'assign', node.target, node);
      return;
    case 'Import':
      for (const alias of node.names) {
        // `import a.b` binds `a`; `import a.b as c` binds `c`.
        bindIdentifier(builder, scope, 'import', alias.asName ?? alias.name.parts[0], alias);
      }
      return;
    case 'ImportFrom':
      if (node.star) scope.starImports.push(node);
      for (const alias of node.names) bindIdentifier(builder, scope, 'importFrom', alias.asName ?? alias.name, alias);
      return;
    default:
      visitBinder(builder, scope, node);
  }
}

/** Statements and clauses with targets; then everything inside. */
function visitBinder(builder: Builder, scope: MutableScope, node: ast.Node): void {
  switch (node.kind) {
    case 'Assign':
      for (const target of node.targets) bindTarget(builder, scope, 'assign', target, node);
      break;
    case 'AugAssign':
    case 'AnnAssign':
      bindTarget(builder, scope, 'assign', node.target, node);
      break;
    case 'For':
      bindTarget(builder, scope, 'loop', node.target, node);
      break;
    case 'WithItem':
      if (node.target) bindTarget(builder, scope, 'with', node.target, node);
      break;
    case 'ExceptHandler':
      if (node.name) bindTarget(builder, scope, 'except', node.name, node);
      break;
    case 'Delete':
      for (const target of node.targets) bindTarget(builder, scope, 'delete', target, node);
      break;
    case 'MatchCase':
      for (const name of node.bound) bindIdentifier(builder, scope, 'match', name, node);
      break;
    default:
      break;
  }
  visitAll(builder, scope, childrenOf(node));
}

function visitFunction(builder: Builder, scope: MutableScope, node: ast.FunctionDef | ast.Lambda): void {
  // Decorators, defaults and annotations are evaluated outside.
  const isLambda = node.kind === 'Lambda';
  if (!isLambda) visitAll(builder, scope, node.decorators);
  for (const parameter of node.parameters) visitAll(builder, scope, childrenOf(parameter));
  if (!isLambda) {
    if (node.returns) visit(builder, scope, node.returns);
    bindIdentifier(builder, scope, 'function', node.name, node);
  }
  const inner = openScope(builder, isLambda ? 'lambda' : 'function', node, scope);
  for (const parameter of node.parameters) {
    for (const name of parameter.unpacked ?? [parameter.name]) {
      bindIdentifier(builder, inner, 'parameter', name, parameter);
    }
  }
  if (node.kind === 'Lambda') visit(builder, inner, node.body);
  else visitAll(builder, inner, node.body);
}

/** The first iterable is evaluated outside, everything else inside. */
function visitComprehension(builder: Builder, scope: MutableScope, node: ast.Comprehension): void {
  const inner = openScope(builder, 'comprehension', node, scope);
  node.clauses.forEach((clause, index) => {
    visit(builder, index === 0 ? scope : inner, clause.iter);
    bindTarget(builder, inner, 'loop', clause.target, clause);
    visit(builder, inner, clause.target);
    visitAll(builder, inner, clause.conditions);
  });
  if (node.key) visit(builder, inner, node.key);
  visit(builder, inner, node.element);
}

/** A walrus inside a comprehension binds outside of it. */
function walrusScope(scope: MutableScope): MutableScope {
  let current = scope;
  while (current.kind === 'comprehension' && current.parent) current = current.parent;
  return current;
}

function bindIdentifier(
  builder: Builder,
  scope: MutableScope,
  kind: Binding['kind'],
  identifier: ast.Identifier | undefined,
  node: ast.Node,
): void {
  if (identifier) bind(builder, scope, { name: identifier.name, kind, span: identifier.span, node });
}

/** Binds the names of a target; attributes and subscripts bind none. */
function bindTarget(
  builder: Builder,
  scope: MutableScope,
  kind: Binding['kind'],
  target: ast.Expression,
  node: ast.Node,
): void {
  if (target.kind === 'Name') {
    bind(builder, scope, { name: target.name, kind, span: target.span, node });
  } else if (target.kind === 'Tuple' || target.kind === 'List') {
    for (const element of target.elements) bindTarget(builder, scope, kind, element, node);
  } else if (target.kind === 'Starred') {
    bindTarget(builder, scope, kind, target.value, node);
  }
}
