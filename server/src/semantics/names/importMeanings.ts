/**
 * What imports bind: library paths, or files of the workspace and what those re-export, `import *` included.
 * Counterpart of nameMeanings.ts, which follows names and expressions.
 */
import type { Location, Span } from '../../base/span';
import type * as ast from '../../syntax/ast';
import type { SourceFile } from '../program';
import type { Binding, Scope } from '../scopes';
import type { Meaning, NameResolver, Step } from './meaning';
import { maxSteps, opaque, remembered, union } from './meaning';
import { boundMeanings } from './nameMeanings';

/** What `import a.b.c [as d]` binds. */
export function importMeanings(resolver: NameResolver, source: SourceFile, alias: ast.ImportAlias): readonly Meaning[] {
  const parts = alias.name.parts.map((part) => part.name);
  const full = parts.join('.');
  return moduleMeanings(resolver, source, full, alias.asName ? full : (parts[0] ?? ''), alias.span);
}

/** A module that is imported as `imported`, and of which the expression or name denotes `bound`. */
export function moduleMeanings(
  resolver: NameResolver,
  source: SourceFile,
  imported: string,
  bound: string,
  at: Span,
): readonly Meaning[] {
  if (bound === '') return opaque;
  const file = resolver.program.resolveImport(source, bound, 0);
  if (file) return [{ kind: 'file', source: file }];
  if (resolver.program.resolveImport(source, imported, 0)) return [{ kind: 'namespace', from: source, name: bound }];
  const step: Step = { location: { file: source.file, span: at }, form: 'import', path: imported };
  return [{ kind: 'path', path: bound, steps: [step], viaStar: false }];
}

/** What one name of `from m import n` denotes. */
export function importFromMeanings(
  resolver: NameResolver,
  source: SourceFile,
  statement: ast.ImportFrom,
  alias: ast.ImportFromAlias,
  depth = 0,
): readonly Meaning[] {
  const name = alias.name.name;
  const location = { file: source.file, span: alias.span };
  const meanings = memberOfModule(resolver, source, statement, name, location, depth);
  // An import of something that another file of the workspace took from a library is one more step.
  return meanings.map((one) =>
    one.kind === 'path' && one.steps.at(-1)?.location !== location
      ? { ...one, steps: [...one.steps, { location, form: 'fromImport', path: one.path }] }
      : one,
  );
}

function memberOfModule(
  resolver: NameResolver,
  source: SourceFile,
  statement: ast.ImportFrom,
  name: string,
  location: Location,
  depth: number,
): readonly Meaning[] {
  const module = statement.module.parts.map((part) => part.name).join('.');
  const file = resolver.program.resolveImport(source, module, statement.level);
  if (file && file !== source) return exportMeanings(resolver, file, name, depth + 1);
  const submodule = resolver.program.resolveImport(source, module ? `${module}.${name}` : name, statement.level);
  if (submodule) return [{ kind: 'file', source: submodule }];
  if (statement.level > 0 || module === '' || name === '') return opaque;
  const path = `${module}.${name}`;
  return [{ kind: 'path', path, steps: [{ location, form: 'fromImport', path }], viaStar: false }];
}

/** What the name means as an attribute of a file of the workspace, submodules of a package included. */
export function exportMeanings(
  resolver: NameResolver,
  file: SourceFile,
  name: string,
  depth: number,
): readonly Meaning[] {
  if (depth > maxSteps) return opaque;
  const scope = file.scopes.module;
  const bindings = scope.bindings.get(name);
  if (bindings) return boundMeanings(resolver, file, scope, name, bindings, depth);
  const submodule = file.isPackage ? resolver.program.resolveImport(file, name, 1) : undefined;
  if (submodule) return [{ kind: 'file', source: submodule }];
  const star = starMeanings(resolver, file, scope, name, depth);
  return star.length > 0 ? star : opaque;
}

/** What an unbound name may be through the `import *` of a module scope; empty when there are none. */
export function starMeanings(
  resolver: NameResolver,
  source: SourceFile,
  scope: Scope,
  name: string,
  depth: number,
): readonly Meaning[] {
  if (scope.starImports.length === 0 || depth > maxSteps || name.startsWith('_')) return [];
  return remembered(resolver, scope, `*${name}`, () =>
    union(scope.starImports.map((one) => starMember(resolver, source, one, name, depth + 1))),
  );
}

function starMember(
  resolver: NameResolver,
  source: SourceFile,
  statement: ast.ImportFrom,
  name: string,
  depth: number,
): readonly Meaning[] {
  const module = statement.module.parts.map((part) => part.name).join('.');
  const file = resolver.program.resolveImport(source, module, statement.level);
  if (file) {
    if (file === source) return [];
    const scope = file.scopes.module;
    const bindings = scope.bindings.get(name);
    return bindings
      ? boundMeanings(resolver, file, scope, name, bindings, depth)
      : starMeanings(resolver, file, scope, name, depth);
  }
  if (statement.level > 0 || module === '') return opaque;
  const location = { file: source.file, span: statement.star ?? statement.span };
  return [
    { kind: 'path', path: `${module}.${name}`, steps: [{ location, form: 'starImport', path: module }], viaStar: true },
  ];
}

/** The `from` statement that a binding belongs to. */
export function importParent(resolver: NameResolver, source: SourceFile, binding: Binding): ast.ImportFrom | undefined {
  if (binding.node.kind === 'ImportFrom') return binding.node;
  let parents = resolver.importParents.get(source);
  if (!parents) {
    parents = importParents(source.tree.module);
    resolver.importParents.set(source, parents);
  }
  return parents.get(binding.node);
}

function importParents(module: ast.Module): ReadonlyMap<ast.Node, ast.ImportFrom> {
  const parents = new Map<ast.Node, ast.ImportFrom>();
  const open: unknown[] = [module.body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (Array.isArray(node)) open.push(...(node as unknown[]));
    else if (typeof node === 'object' && node !== null) {
      const statement = node as ast.Statement &
        Partial<Record<'body' | 'orelse' | 'finalbody' | 'handlers' | 'cases', unknown>>;
      if (statement.kind === 'ImportFrom') for (const alias of statement.names) parents.set(alias, statement);
      for (const key of ['body', 'orelse', 'finalbody', 'handlers', 'cases'] as const) {
        const inner = statement[key];
        if (Array.isArray(inner)) open.push(inner);
      }
    }
  }
  return parents;
}
