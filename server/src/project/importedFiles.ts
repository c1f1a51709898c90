/**
 * Which workspace files the import statements of a module reach, wherever in the module they stand.
 * Says nothing of names; the evaluator follows those.
 */
import type * as ast from '../syntax/ast';
import { walk } from '../syntax/visit';

/**
 * @param resolve finds an imported module, as `Program.resolveImport`
 * @returns identities of the files that importing this module would load directly
 */
export function importedFiles(
  module: ast.Module,
  resolve: (name: string, level: number) => string | undefined,
): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (name: string, level: number) => {
    const file = resolve(name, level);
    if (file !== undefined) found.add(file);
  };
  walk(module, (statement) => {
    if (statement.kind === 'Import') {
      // `import a.b.c` loads `a` and `a.b` on the way.
      for (const alias of statement.names) forEachPrefix(alias.name, (name) => add(name, 0));
    } else if (statement.kind === 'ImportFrom') {
      forEachPrefix(statement.module, (name) => add(name, statement.level));
      const base = dotted(statement.module);
      if (base === '') add('', statement.level);
      for (const { name } of statement.names) add(base === '' ? name.name : `${base}.${name.name}`, statement.level);
    }
  });
  return found;
}

function dotted(name: ast.DottedName): string {
  return name.parts.map((part) => part.name).join('.');
}

function forEachPrefix(name: ast.DottedName, visit: (prefix: string) => void): void {
  let prefix = '';
  for (const part of name.parts) {
    prefix = prefix === '' ? part.name : `${prefix}.${part.name}`;
    visit(prefix);
  }
}
