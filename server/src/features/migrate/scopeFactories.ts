/**
 * What is left of scope factories (`def vgg_arg_scope(): with slim.arg_scope(...) as sc: return sc`) once the layers that
 * they configured are Keras: variables that hold a scope nobody enters, other names of factories, imports of them, and the
 * functions themselves. By names over the whole workspace: what anybody mentions stays.
 */
import { contains, type Span } from '../../base/span';
import type { TextEdit } from '../../base/textEdit';
import type { Snapshot } from '../../project/snapshot';
import type { SourceFile } from '../../semantics/program';
import type { FileAnalysis } from '../../slim/model';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { Removal } from './removal';
import { wholeLinesOf } from './wholeLines';

/** The functions of a file, at its top level, that make nothing but a scope. */
export function scopeFactoriesOf(source: SourceFile, analysis: FileAnalysis): readonly ast.FunctionDef[] {
  return source.tree.module.body.filter(
    (node): node is ast.FunctionDef => node.kind === 'FunctionDef' && isFactory(node, analysis),
  );
}

function isFactory(fn: ast.FunctionDef, analysis: FileAnalysis): boolean {
  if (analysis.calls.some(({ call }) => contains(fn.span, call.span))) return false;
  const entered = analysis.scopes.filter(({ call, entered }) => entered && contains(fn.span, call.span));
  if (entered.length === 0) return false;
  const saved = new Set<string>();
  let returns = 0;
  let isPure = fn.decorators.length === 0;
  walk(fn, (node) => {
    if (node.kind === 'WithItem' && node.target?.kind === 'Name') saved.add(node.target.name);
    if (node.kind === 'Return') {
      returns++;
      const { value } = node;
      const isScope = value?.kind === 'Name' && saved.has(value.name);
      if (!isScope && !isCurrentScope(value)) isPure = false;
    }
    if (node.kind === 'Yield' || node.kind === 'Global' || node.kind === 'Nonlocal' || node.kind === 'Await')
      isPure = false;
    if (node !== fn && (node.kind === 'FunctionDef' || node.kind === 'ClassDef')) isPure = false;
  });
  return isPure && returns > 0;
}

function isCurrentScope(value: ast.Expression | undefined): boolean {
  if (value?.kind !== 'Call' || value.args.length > 0) return false;
  const { callee } = value;
  const name = callee.kind === 'Name' ? callee.name : callee.kind === 'Attribute' ? callee.attribute.name : '';
  return name === 'current_arg_scope';
}

/** True when every function of this name in the workspace makes nothing but a scope. */
export function isKnownFactory(snapshot: Snapshot, name: string): boolean {
  const definition = new RegExp(`\\bdef\\s+${name}\\b`);
  const files = snapshot.files.filter((file) => definition.test(snapshot.getText(file) ?? ''));
  return (
    files.length > 0 &&
    files.every((file) => {
      const source = snapshot.getFile(file);
      const analysis = source && snapshot.quickAnalysis(file);
      return source && analysis && scopeFactoriesOf(source, analysis).some((fn) => fn.name.name === name);
    })
  );
}

/** `inception_v3_arg_scope = inception_utils.inception_arg_scope`: further names of factories in a file. */
export function otherNamesIn(source: SourceFile, names: ReadonlySet<string>): readonly string[] {
  return source.tree.module.body.flatMap((statement) => otherName(statement, names) ?? []);
}

/** Edits that take away what nothing uses any more of the factories with these names. */
export function deadFactoryEdits(
  snapshot: Snapshot,
  source: SourceFile,
  analysis: FileAnalysis,
  names: ReadonlySet<string>,
): Removal {
  const edits: TextEdit[] = [];
  const removed: { readonly span: Span; readonly what: string }[] = [];
  const remove = (span: Span, what: string, edit: TextEdit | undefined): void => {
    if (!edit) return;
    edits.push(edit);
    removed.push({ span, what });
  };
  for (const { statement, name } of heldScopes(source, names)) {
    const what = `\`${name}\`, a saved scope that nothing enters any more`;
    if (mentions(source, name) === 1) remove(statement.span, what, removalOf(source, statement));
  }
  for (const statement of source.tree.module.body) {
    const other = otherName(statement, names);
    if (other !== undefined && !isUsed(snapshot, source, other, statement))
      remove(
        statement.span,
        `\`${other}\`, another name of a scope that nothing uses any more`,
        removalOf(source, statement),
      );
    if (statement.kind !== 'ImportFrom') continue;
    for (const edit of importEdits(snapshot, source, statement, names)) remove(statement.span, edit.what, edit.edit);
  }
  for (const fn of scopeFactoriesOf(source, analysis)) {
    if (!names.has(fn.name.name) || isUsed(snapshot, source, fn.name.name, fn)) continue;
    remove(fn.span, `\`${fn.name.name}\`, a scope that nothing uses any more`, removalOf(source, fn));
  }
  return { edits: withoutOverlaps(edits), removed };
}

/** Who still uses a factory, by their paths; the file itself included. */
export function usersOf(snapshot: Snapshot, source: SourceFile, fn: ast.FunctionDef): readonly string[] {
  const { name } = fn.name;
  const own = mentions(source, name) - mentionsIn(fn, name) > 0 ? [source.path] : [];
  return [...own, ...otherUsers(snapshot, source, name)];
}

// ------------------------------------------------------------------------------------------------ statements

/** `sc = vgg_arg_scope(...)`: calling a factory does nothing but make the scope. */
function heldScopes(source: SourceFile, names: ReadonlySet<string>) {
  const found: { readonly statement: ast.Assign; readonly name: string }[] = [];
  walk(source.tree.module, (node, parents) => {
    if (node.kind !== 'Assign' || node.targets.length !== 1 || node.value.kind !== 'Call') return;
    const [target] = node.targets;
    if (target?.kind !== 'Name' || !names.has(lastName(node.value.callee)) || !isPlain(node.value)) return;
    if (!isAlone(node, parents.at(-1))) found.push({ statement: node, name: target.name });
  });
  return found;
}

/** True for the only statement of a block: it cannot go. */
function isAlone(node: ast.Node, parent: ast.Node | undefined): boolean {
  const blocks: readonly unknown[] = parent ? Object.values(parent) : [];
  return !blocks.some((block) => Array.isArray(block) && block.length > 1 && block.includes(node));
}

/** Arguments that do nothing: names, attributes and literals. */
function isPlain(call: ast.Call): boolean {
  let isFine = true;
  for (const { value } of call.args) {
    walk(value, (node) => {
      if (['Call', 'Yield', 'Await', 'NamedExpression', 'Comprehension'].includes(node.kind)) isFine = false;
    });
  }
  return isFine;
}

/** `inception_v3_arg_scope = inception_utils.inception_arg_scope` */
function otherName(statement: ast.Statement, names: ReadonlySet<string>): string | undefined {
  if (statement.kind !== 'Assign' || statement.targets.length !== 1) return undefined;
  const [target] = statement.targets;
  return target?.kind === 'Name' && names.has(lastName(statement.value)) ? target.name : undefined;
}

function lastName(node: ast.Expression): string {
  if (node.kind === 'Name') return node.name;
  return node.kind === 'Attribute' ? node.attribute.name : '';
}

function importEdits(
  snapshot: Snapshot,
  source: SourceFile,
  statement: ast.ImportFrom,
  names: ReadonlySet<string>,
): readonly { readonly what: string; readonly edit: TextEdit | undefined }[] {
  const dead = statement.names.filter(({ name, asName }) => {
    const bound = (asName ?? name).name;
    return names.has(name.name) && !isUsed(snapshot, source, bound, statement);
  });
  if (dead.length === 0) return [];
  const what = `the import of ${dead.map(({ name }) => `\`${name.name}\``).join(', ')}`;
  if (dead.length === statement.names.length) return [{ what, edit: removalOf(source, statement) }];
  return dead.map((alias) => ({
    what: `the import of \`${alias.name.name}\``,
    edit: aliasRemoval(source, statement, alias),
  }));
}

/** Takes one name out of several, with its comma. */
function aliasRemoval(source: SourceFile, statement: ast.ImportFrom, alias: ast.ImportFromAlias): TextEdit {
  const index = statement.names.indexOf(alias);
  const next = statement.names[index + 1];
  if (next) return { span: { start: alias.span.start, end: next.span.start }, newText: '' };
  const before = statement.names[index - 1];
  return { span: { start: before?.span.end ?? alias.span.start, end: alias.span.end }, newText: '' };
}

function removalOf(source: SourceFile, statement: ast.Statement): TextEdit | undefined {
  const span = wholeLinesOf(source, statement);
  return span && { span, newText: '' };
}

function withoutOverlaps(edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.filter(
    ({ span }, i) => !edits.slice(0, i).some((other) => other.span.start < span.end && span.start < other.span.end),
  );
}

// -------------------------------------------------------------------------------------------------- mentions

/** True when a name is read in its file outside of what binds it, or through an import in another one. */
function isUsed(snapshot: Snapshot, source: SourceFile, name: string, binding: ast.Node): boolean {
  return mentions(source, name) > mentionsIn(binding, name) || otherUsers(snapshot, source, name).length > 0;
}

/** Files that import this one and read the name through it, or may. */
function otherUsers(snapshot: Snapshot, source: SourceFile, name: string): readonly string[] {
  const users = snapshot.importersOf(source.file).filter((importer) => {
    if (!new RegExp(`\\b${name}\\b|import\\s*\\*`).test(importer.text)) return false;
    let isRead = false;
    walk(importer.tree.module, (node) => {
      if (node.kind === 'Attribute' && node.attribute.name === name) isRead = true;
      if (node.kind === 'String' && node.value === name) isRead = true;
      if (node.kind === 'ImportFrom') isRead ||= importsFrom(snapshot, { importer, node }, source, name);
    });
    return isRead || mentions(importer, name) > mentionsIn(importer.tree.module, name);
  });
  return users.map(({ path }) => path);
}

function importsFrom(
  snapshot: Snapshot,
  { importer, node }: { readonly importer: SourceFile; readonly node: ast.ImportFrom },
  source: SourceFile,
  name: string,
): boolean {
  const module = node.module.parts.map((part) => part.name).join('.');
  if (snapshot.resolveImport(importer, module, node.level)?.file !== source.file) return false;
  return node.names.length === 0 || node.names.some((alias) => alias.name.name === name || alias.name.name === '*');
}

function mentions(source: SourceFile, name: string): number {
  const directives = source.tree.comments.filter(
    ({ text }) => text.includes('assume-scope') && new RegExp(`\\b${name}\\b`).test(text),
  );
  return mentionsIn(source.tree.module, name) + directives.length;
}

function mentionsIn(root: ast.Node, name: string): number {
  let count = 0;
  walk(root, (node) => {
    if (node.kind === 'Name' && node.name === name) count++;
    else if (node.kind === 'Attribute' && node.attribute.name === name) count++;
    else if (node.kind === 'String' && node.value === name) count++;
    else if (node.kind === 'FunctionDef' && node.name.name === name) count++;
    else if (node.kind === 'ImportFromAlias' && (node.name.name === name || node.asName?.name === name)) count++;
  });
  return count;
}
