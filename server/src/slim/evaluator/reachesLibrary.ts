/**
 * A cheap gate: can an op of TF-Slim be reached from a file at all? Most files of a workspace cannot, and are not run.
 * Ops come in through the names `tensorflow` and `tf_slim`, in the file itself or in a workspace file that it imports.
 */
import type { Program, SourceFile } from '../../semantics/program';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';

const LIBRARY = /\b(?:tensorflow|tf_slim)\b/;

/** False when neither the file nor anything that it imports mentions a library with ops. */
export function reachesLibrary(program: Program, source: SourceFile): boolean {
  const seen = new Set<string>();
  const visit = (file: SourceFile): boolean => {
    if (seen.has(file.file)) return false;
    seen.add(file.file);
    if (LIBRARY.test(file.text)) return true;
    return importsOf(program, file).some(visit);
  };
  return visit(source);
}

/** Workspace files that the imports of a file lead to. */
function importsOf(program: Program, file: SourceFile): readonly SourceFile[] {
  const statements: (ast.Import | ast.ImportFrom)[] = [];
  walk(file.tree.module, (node) => {
    if (node.kind === 'Import' || node.kind === 'ImportFrom') statements.push(node);
  });
  const found: SourceFile[] = [];
  const add = (name: string, level: number): void => {
    const target = program.resolveImport(file, name, level);
    if (target) found.push(target);
  };
  for (const statement of statements) {
    if (statement.kind === 'Import') for (const alias of statement.names) add(dotted(alias.name), 0);
    else {
      const name = dotted(statement.module);
      add(name, statement.level);
      for (const alias of statement.names)
        add(name === '' ? alias.name.name : `${name}.${alias.name.name}`, statement.level);
    }
  }
  return found;
}

function dotted(name: ast.DottedName): string {
  return name.parts.map((part) => part.name).join('.');
}
