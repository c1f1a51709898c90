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
    if (mentionsLibrary(file)) return true;
    return importsOf(program, file).some(visit);
  };
  return visit(source);
}

const mentions = new WeakMap<SourceFile, boolean>();

function mentionsLibrary(file: SourceFile): boolean {
  let found = mentions.get(file);
  if (found === undefined) {
    found = LIBRARY.test(file.text);
    mentions.set(file, found);
  }
  return found;
}

/** Workspace files that the imports of a file lead to. */
function importsOf(program: Program, file: SourceFile): readonly SourceFile[] {
  const found: SourceFile[] = [];
  for (const { name, level } of importedNames(file)) {
    const target = program.resolveImport(file, name, level);
    if (target) found.push(target);
  }
  return found;
}

interface ImportedName {
  readonly name: string;
  readonly level: number;
}

const importedNamesOf = new WeakMap<SourceFile, readonly ImportedName[]>();

/** Every module that an import of the file may mean; `from a import b` may mean `a` and `a.b`. */
function importedNames(file: SourceFile): readonly ImportedName[] {
  let names = importedNamesOf.get(file);
  if (!names) {
    const found: ImportedName[] = [];
    walk(file.tree.module, (node) => {
      if (node.kind === 'Import') for (const alias of node.names) found.push({ name: dotted(alias.name), level: 0 });
      if (node.kind !== 'ImportFrom') return;
      const { level } = node;
      const name = dotted(node.module);
      found.push({ name, level });
      for (const alias of node.names)
        found.push({ name: name === '' ? alias.name.name : `${name}.${alias.name.name}`, level });
    });
    names = found;
    importedNamesOf.set(file, names);
  }
  return names;
}

function dotted(name: ast.DottedName): string {
  return name.parts.map((part) => part.name).join('.');
}
