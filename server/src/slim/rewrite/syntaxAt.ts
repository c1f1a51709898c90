/**
 * Look-ups in the syntax tree that converters need: nodes by their span, the scope in which a node runs, the names
 * that an expression reads. Nothing is evaluated or resolved here.
 */
import { contains } from '../../base/span';
import type { Span } from '../../base/span';
import type { SourceFile } from '../../semantics/program';
import type { Scope } from '../../semantics/scopes';
import type * as ast from '../../syntax/ast';
import { childrenOf, fullSpan } from '../../syntax/visit';

/** The nodes that contain `span`, from the module inwards. A node with exactly this span is included. */
export function pathTo(module: ast.Module, span: Span): ast.Node[] {
  const path: ast.Node[] = [module];
  for (;;) {
    const last = path[path.length - 1] as ast.Node;
    const next = childAround(childrenOf(last), span);
    if (!next) return path;
    path.push(next);
  }
}

/** Children stand in the order of the text: in a long file most are passed over. */
function childAround(children: readonly ast.Node[], span: Span): ast.Node | undefined {
  let [low, high] = [0, children.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fullSpan(children[middle] as ast.Node).start <= span.start) low = middle + 1;
    else high = middle;
  }
  const last = children[low - 1];
  if (last && contains(fullSpan(last), span)) return last;
  return children.find((child) => contains(fullSpan(child), span));
}

/** The scope in which a node with this path runs. */
export function scopeAlong(source: SourceFile, path: readonly ast.Node[]): Scope {
  let scope = source.scopes.module;
  for (let i = 1; i < path.length; i++) {
    const node = path[i] as ast.Node;
    const inner = path[i + 1];
    if (!inner) break;
    if (node.kind === 'FunctionDef' || node.kind === 'Lambda') {
      // Decorators, defaults and annotations run in the scope around the function.
      if (runsInside(node, inner)) scope = source.scopes.scopeOf(node);
    } else if (node.kind === 'ClassDef') {
      if ((node.body as readonly ast.Node[]).includes(inner)) scope = source.scopes.scopeOf(node);
    } else if (node.kind === 'Comprehension') {
      if (inner !== node.clauses[0] || !contains(inner.iter.span, (path[i + 2] ?? inner).span)) {
        scope = source.scopes.scopeOf(node);
      }
    }
  }
  return scope;
}

/** The names that an expression reads from outside itself. */
export function freeNames(source: SourceFile, path: readonly ast.Node[]): Set<string> {
  const expression = path[path.length - 1] as ast.Node;
  const names = new Set<string>();
  const visit = (node: ast.Node, bound: readonly ReadonlySet<string>[]): void => {
    if (node.kind === 'Name') {
      if (!bound.some((set) => set.has(node.name))) names.add(node.name);
      return;
    }
    const inner =
      node.kind === 'Lambda' || node.kind === 'Comprehension'
        ? [...bound, new Set(source.scopes.scopeOf(node).bindings.keys())]
        : bound;
    // The first iterable of a comprehension is computed outside it.
    const first = node.kind === 'Comprehension' ? node.clauses[0]?.iter : undefined;
    if (first) visit(first, bound);
    for (const child of childrenOf(node)) visit(child, inner);
  };
  visit(expression, []);
  return names;
}

/** The last component of a callee: `variable_scope` for `tf.compat.v1.variable_scope(...)`. */
export function calleeName(call: ast.Call): string | undefined {
  const { callee } = call;
  if (callee.kind === 'Name') return callee.name;
  return callee.kind === 'Attribute' ? callee.attribute.name : undefined;
}

function runsInside(node: ast.FunctionDef | ast.Lambda, inner: ast.Node): boolean {
  return node.kind === 'Lambda' ? inner === node.body : (node.body as readonly ast.Node[]).includes(inner);
}
