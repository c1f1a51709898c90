/**
 * The `with` statement that enters an `arg_scope(...)`, and whether its body can be judged by what is seen to run in it.
 */
import type { SourceFile } from '../../semantics/program';
import type { Op, ScopeSite } from '../../slim/model';
import { calleeName } from '../../slim/rewrite/syntaxAt';
import type * as ast from '../../syntax/ast';
import { childrenOf, findPath } from '../../syntax/visit';

/** The statement with this very expression as one of its items. */
export function enteringWith(source: SourceFile, site: ScopeSite): ast.With | undefined {
  const { start, end } = site.call.span;
  return findPath(source.tree.module, start).find(
    (node): node is ast.With =>
      node.kind === 'With' &&
      node.items.some(({ context }) => context.span.start === start && context.span.end === end),
  );
}

/**
 * True when everything that runs inside the scope was followed: nothing else in its body can call an op. A body that
 * gives control away (`yield`), reads attributes for what they do, or calls one of the ops in a branch that was taken to
 * be dead is not closed.
 */
export function isClosedScope(source: SourceFile, site: ScopeSite, ops: readonly Op[]): boolean {
  const { extent } = site;
  const statement = enteringWith(source, site);
  if (!extent?.closed || !statement) return false;
  const names = new Set(ops.flatMap((op) => [op.name, op.functionName]));
  const computed = computedAttributes(source.tree.module);
  const isCalled = (name: string): boolean =>
    extent.called.some(({ op }) => op.name === name || op.functionName === name);
  const isOpen = (node: ast.Node): boolean => {
    if (node.kind === 'Yield' || node.kind === 'Await') return true;
    if (node.kind === 'ExpressionStatement' && node.value.kind === 'Attribute') return true;
    if (node.kind === 'Attribute' && computed.has(node.attribute.name)) return true;
    if (node.kind !== 'Call') return false;
    const name = calleeName(node);
    return name !== undefined && names.has(name) && !isCalled(name);
  };
  return !someNode(statement.body, isOpen);
}

const computedNames = new WeakMap<ast.Module, ReadonlySet<string>>();

/** Names of decorated functions of the file: reading such an attribute may run one. Looked for once per file. */
function computedAttributes(module: ast.Module): ReadonlySet<string> {
  const known = computedNames.get(module);
  if (known) return known;
  const names = new Set<string>();
  computedNames.set(module, names);
  someNode(module.body, (node) => {
    if (node.kind === 'FunctionDef' && node.decorators.length > 0) names.add(node.name.name);
    return false;
  });
  return names;
}

function someNode(nodes: readonly ast.Node[], test: (node: ast.Node) => boolean): boolean {
  const open = [...nodes];
  for (let node = open.pop(); node; node = open.pop()) {
    if (test(node)) return true;
    open.push(...childrenOf(node));
  }
  return false;
}
