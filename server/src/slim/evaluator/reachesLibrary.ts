/**
 * A cheap gate: can an op of TF-Slim be reached from a file at all? Most files of a workspace cannot, and are not run.
 * An op comes in through the names `tensorflow` or `tf_slim`, and by its own name or one that a program computes; in the
 * file itself or in workspace files that it imports.
 */
import type { Program, SourceFile } from '../../semantics/program';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import { slimFunctions } from '../signatures/libraryFunctions';
import { tfLayersFunctions } from '../signatures/tfLayersSignatures';

const LIBRARY = /\b(?:tensorflow|tf_slim)\b/;

/** Names of ops, of what configures them, and of what finds a function by a name that is computed. */
const OP = new RegExp(String.raw`\b(?:${[...opNames(), 'arg_scope', 'nets', 'getattr', '__dict__'].join('|')})\b`);

function opNames(): ReadonlySet<string> {
  return new Set([...slimFunctions, ...tfLayersFunctions].flatMap(({ name, aliases }) => [name, ...aliases]));
}

/** False when the file and all that it imports mention no library with ops, or none of its ops. */
export function reachesLibrary(program: Program, source: SourceFile): boolean {
  const seen = new Set([source]);
  let hasLibrary = false;
  let hasOp = false;
  for (const file of seen) {
    const mentioned = mentionsOf(file);
    hasLibrary ||= mentioned.library;
    hasOp ||= mentioned.op;
    if (hasLibrary && hasOp) return true;
    for (const imported of importsOf(program, file)) seen.add(imported);
  }
  return false;
}

interface Mentions {
  readonly library: boolean;
  readonly op: boolean;
}

const mentions = new WeakMap<SourceFile, Mentions>();

function mentionsOf(file: SourceFile): Mentions {
  let found = mentions.get(file);
  if (!found) {
    found = { library: LIBRARY.test(file.text), op: OP.test(file.text) };
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
