/**
 * The modules that names stand for at a place of a file: what its imports bind there, without ambiguity. Says nothing of
 * names that are assigned.
 */
import type { SourceFile } from '../../semantics/program';
import type { Binding, Scope } from '../../semantics/scopes';
import { lookup } from '../../semantics/scopes';
import { pathTo } from './syntaxAt';

/**
 * Names that code at `offset` in `scope` can use, with the dotted path that an import binds to them. Names that are also
 * bound otherwise, or by several imports, are left out.
 */
export function visibleModules(source: SourceFile, scope: Scope, offset: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let current: Scope | undefined = scope; current; current = current.parent) {
    for (const name of current.bindings.keys()) {
      const resolved = lookup(scope, name);
      if (!resolved || resolved.scope !== current || found.has(name)) continue;
      const paths = new Set(resolved.bindings.map((binding) => importedPath(source, binding)));
      const [path] = paths;
      const runsBefore = current !== scope || resolved.bindings.some((binding) => binding.span.end <= offset);
      if (paths.size === 1 && path && runsBefore) found.set(name, path);
    }
  }
  return found;
}

/** The dotted path that an import binds, or undefined for another binding and for relative imports. */
function importedPath(source: SourceFile, binding: Binding): string | undefined {
  if (binding.kind !== 'import' && binding.kind !== 'importFrom') return undefined;
  for (const node of pathTo(source.tree.module, binding.span).reverse()) {
    if (node.kind !== 'Import' && node.kind !== 'ImportFrom') continue;
    const alias = [...node.names].find(
      (one) => one.span.start <= binding.span.start && binding.span.end <= one.span.end,
    );
    if (!alias) return undefined;
    if (alias.kind === 'ImportFromAlias') {
      if (node.kind !== 'ImportFrom' || node.level > 0) return undefined;
      return [...node.module.parts.map((part) => part.name), alias.name.name].join('.');
    }
    const parts = alias.name.parts.map((part) => part.name);
    if (alias.asName) return parts.join('.');
    // `import tensorflow.contrib.slim` binds `tensorflow`, but it is a line that has to go.
    return parts[1] === 'contrib' ? undefined : parts[0];
  }
  return undefined;
}
