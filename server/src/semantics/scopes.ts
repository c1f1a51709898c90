/**
 * Python's lexical scopes: which names each module, class, function, lambda and comprehension binds, and where.
 * Flow-insensitive and total; says nothing about values. See Python's reference, "Naming and binding".
 */
import type { Span } from '../base/span';
import type * as ast from '../syntax/ast';

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
