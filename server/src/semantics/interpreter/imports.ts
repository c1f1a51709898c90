/**
 * Import statements: workspace modules are executed once and shared, everything else is a library name.
 * Import cycles are followed as Python does: a module that is being executed is used as far as it got.
 */
import type * as ast from '../../syntax/ast';
import type { PyObject, PyModule } from './objects';
import { pyUnknown } from './objects';
import { here, type Machine } from './machine';
import { bindName, variable } from './names';

/** `import a.b as c, d`. */
export function executeImport(machine: Machine, statement: ast.Import): void {
  for (const alias of statement.names) {
    const names = alias.name.parts.map((part) => part.name);
    const first = names[0];
    if (first === undefined) continue;
    if (alias.asName) bindName(machine, machine.frame.environment, alias.asName.name, importModule(machine, names, 0));
    else {
      importModule(machine, names, 0);
      bindName(machine, machine.frame.environment, first, importModule(machine, [first], 0));
    }
  }
}

/** `from a.b import c as d`. */
export function executeImportFrom(machine: Machine, statement: ast.ImportFrom): void {
  const names = statement.module.parts.map((part) => part.name);
  const { environment } = machine.frame;
  if (names[0] === '__future__') return;
  const module = importModule(machine, names, statement.level);
  for (const alias of statement.names) {
    const value = memberOf(machine, module, alias.name.name, names, statement.level, alias);
    bindName(machine, environment, (alias.asName ?? alias.name).name, value);
  }
  if (statement.star && module.kind === 'module') importStar(machine, module);
}

function importModule(machine: Machine, names: readonly string[], level: number): PyObject {
  const source = machine.program.resolveImport(machine.frame.source, names.join('.'), level);
  if (source) return machine.module(source);
  if (level > 0)
    return pyUnknown(
      `the relative import \`${'.'.repeat(level)}${names.join('.')}\` leads to no file of the workspace`,
    );
  return machine.host.external({ kind: 'external', paths: [names.join('.')], via: 'import' });
}

function memberOf(
  machine: Machine,
  module: PyObject,
  name: string,
  names: readonly string[],
  level: number,
  at: ast.ImportFromAlias,
): PyObject {
  if (module.kind === 'external') {
    return machine.host.external({
      kind: 'external',
      paths: module.paths.map((path) => `${path}.${name}`),
      via: 'import',
    });
  }
  if (module.kind === 'module') {
    const value = moduleAttribute(machine, module, name);
    if (value) return value;
  }
  const submodule = machine.program.resolveImport(machine.frame.source, [...names, name].join('.'), level);
  if (submodule) return machine.module(submodule);
  return pyUnknown(`\`${name}\` was not found in \`${'.'.repeat(level)}${names.join('.')}\``, here(machine, at));
}

/** Attribute of a workspace module: a global of it, or a sub-module that something imported. */
export function moduleAttribute(machine: Machine, module: PyModule, name: string): PyObject | undefined {
  const value = variable(module.namespace, name);
  if (value) return value;
  const { source } = module;
  for (const star of [...module.namespace.scope.starImports].reverse()) {
    const path = star.module.parts.map((part) => part.name).join('.');
    if (star.level > 0 || machine.program.resolveImport(source, path, 0)) continue;
    const found = machine.host.starImport(path, name);
    if (found) return found;
  }
  if (!source.isPackage) return undefined;
  const submodule = machine.program.resolveImport(source, name, 1);
  return submodule && machine.module(submodule);
}

/** Copies the public names, or those of `__all__` when it is a known list. */
function importStar(machine: Machine, module: PyModule): void {
  const all = variable(module.namespace, '__all__');
  const listed = all && machine.iterate(all)?.map((item) => (item.kind === 'str' ? item.value : ''));
  for (const [name, cell] of module.namespace.variables) {
    const isPublic = listed ? listed.includes(name) : !name.startsWith('_');
    if (isPublic && cell.value) bindStar(machine, name, cell.value);
  }
}

/** `import *` binds names that the scope analysis cannot know of; they go straight into the running environment. */
function bindStar(machine: Machine, name: string, value: PyObject): void {
  bindName(machine, machine.frame.environment, name, value);
}
