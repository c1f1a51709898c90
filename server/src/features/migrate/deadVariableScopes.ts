/**
 * The `tf.variable_scope`s that are left without an effect when the layers in them have become Keras: nothing inside
 * makes variables of TensorFlow 1 any more. The header goes; what read the scope's name reads the variable with it. What
 * may make variables, as far as this file shows, keeps its scope.
 */
import { contains } from '../../base/span';
import type { TextEdit } from '../../base/textEdit';
import type { Snapshot } from '../../project/snapshot';
import type { SourceFile } from '../../semantics/program';
import { readFileStyle, quoteLike } from '../../slim/rewrite/fileStyle';
import type { FileAnalysis } from '../../slim/model';
import { scopesByParameter, type ParameterScope } from '../../slim/keras/findNetworks';
import { isVariableScope, variableScopeArgument } from '../../slim/keras/surroundings';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { Removal } from './removal';
import { makesVariables, type Search } from './makesVariables';
import { threadNames } from './threads/planThreads';
import { templateOf } from '../../slim/keras/scopeTemplate';
import { unwrap } from './unwrap';

/** Edits that take the innermost of such scopes away; the ones around them come in later rounds. */
export function deadVariableScopeEdits(
  snapshot: Snapshot,
  source: SourceFile,
  analysis: FileAnalysis,
  { isWithin, handed, hasThreads }: Reach,
): Removal {
  const search: Search = { snapshot, source, analysis, hasThreads, seen: new Set() };
  const dead: { readonly node: ast.With; readonly owner: ast.FunctionDef | undefined }[] = [];
  walk(source.tree.module, (node, parents) => {
    if (node.kind !== 'With' || node.isAsync || !isWithin(node)) return;
    if (!node.items.every((item) => isVariableScope(item.context))) return;
    if (node.body.some((statement) => makesVariables({ ...search, seen: new Set() }, statement))) return;
    dead.push({ node, owner: parents.findLast((one): one is ast.FunctionDef => one.kind === 'FunctionDef') });
  });
  const innermost = dead.filter(
    ({ node }) => !dead.some((other) => other.node !== node && contains(node.span, other.node.span)),
  );
  const removals = innermost.flatMap(({ node, owner }) => {
    const edits = removalOf(source, node, { owner, isHanded: owner !== undefined && handed.has(owner.name.name) });
    return edits
      ? [
          {
            edits,
            removed: { span: node.header, what: 'a `tf.variable_scope` in which no variables are made any more' },
          },
        ]
      : [];
  });
  return { edits: removals.flatMap(({ edits }) => edits), removed: removals.map(({ removed }) => removed) };
}

/** Where to look, and which functions are handed the name so far. */
interface Reach {
  isWithin(node: ast.Node): boolean;
  readonly handed: ReadonlySet<string>;
  /** True when any function is, here or in another file. */
  readonly hasThreads: boolean;
}

interface Owner {
  readonly owner: ast.FunctionDef | undefined;
  readonly isHanded: boolean;
}

function removalOf(source: SourceFile, node: ast.With, { owner, isHanded }: Owner): readonly TextEdit[] | undefined {
  const scopes = owner ? scopesByParameter(source, owner) : [];
  const edits: TextEdit[] = [];
  const statements: string[] = [];
  for (const item of node.items) {
    if (item.context.kind !== 'Call' || !hasPlainArguments(item.context)) return undefined;
    const named = scopes.find((one) => one.item === item);
    const uses = item.target === undefined ? [] : usesOf(source, owner, item);
    const renamed = uses && renameUses(source, { item, named, uses, isHanded });
    if (!renamed) return undefined;
    edits.push(...renamed);
    const statement = named && (isHanded ? wholeStatement(source, named) : fallbackStatement(source, named));
    if (statement !== undefined) statements.push(statement);
  }
  const moved = unwrap(source, node, statements.length > 0 ? statements.join('; ') : undefined);
  return moved && [...moved, ...edits];
}

/** The arguments are names and texts, so that nothing is lost with them. */
function hasPlainArguments(call: ast.Call): boolean {
  let isPlain = true;
  walk(call, (node) => {
    if (['Yield', 'Await', 'NamedExpression', 'Lambda'].includes(node.kind)) isPlain = false;
    if (node.kind === 'Call' && node !== call) {
      const { callee } = node;
      if (callee.kind !== 'Attribute' || callee.attribute.name !== 'format') isPlain = false;
    }
  });
  return isPlain;
}

/** `scope = scope or 'net'`, where the scope had a name of its own for None and something reads the variable. */
function fallbackStatement(
  source: SourceFile,
  { owner, parameter, item, fallback }: ParameterScope,
): string | undefined {
  if (fallback === undefined) return undefined;
  let isRead = false;
  let isThere = false;
  walk(owner, (node) => {
    if (node === item) return 'skip';
    if (node.kind === 'Assign' && node.value.kind === 'BoolOp' && isName(node.targets[0], parameter)) {
      isThere = true;
      return 'skip';
    }
    if (isName(node, parameter)) isRead = true;
    return undefined;
  });
  const read = isRead && !isThere;
  return read ? `${parameter} = ${parameter} or ${quoteLike(readFileStyle(source), fallback)}` : undefined;
}

/** `scope = prefix + (scope or 'unit')`: what the function's layers are named by. */
function wholeStatement(source: SourceFile, { parameter, fallback }: ParameterScope): string {
  const own = fallback === undefined ? parameter : `(${parameter} or ${quoteLike(readFileStyle(source), fallback)})`;
  return `${parameter} = ${threadNames.prefix} + ${own}`;
}

function isName(node: ast.Node | undefined, name: string): boolean {
  return node?.kind === 'Name' && node.name === name;
}

interface Use {
  readonly node: ast.Name;
  readonly parent: ast.Node | undefined;
  readonly grandparent: ast.Node | undefined;
}

/** Reads of what `as` binds; undefined when it is not a name. */
function usesOf(
  source: SourceFile,
  owner: ast.FunctionDef | undefined,
  item: ast.WithItem,
): readonly Use[] | undefined {
  const { target } = item;
  if (target?.kind !== 'Name') return undefined;
  const uses: Use[] = [];
  walk(owner ?? source.tree.module, (node, parents) => {
    if (node.kind !== 'Name' || node === target || node.name !== target.name) return;
    // The scope's own name is read before `as` binds it.
    if (parents.includes(item) || node.span.start < item.span.end) return;
    uses.push({ node, parent: parents[parents.length - 1], grandparent: parents[parents.length - 2] });
  });
  return uses;
}

interface Renaming {
  readonly item: ast.WithItem;
  readonly named: ParameterScope | undefined;
  readonly uses: readonly Use[];
  readonly isHanded: boolean;
}

/** The name of a scope that no parameter gives, behind what callers say of it. */
function textOfName(
  source: SourceFile,
  name: ast.Expression | 'unpacked' | undefined,
  isHanded: boolean,
): string | undefined {
  if (name === undefined || name === 'unpacked') return undefined;
  const style = readFileStyle(source);
  if (!isHanded) return name.kind === 'String' ? quoteLike(style, name.value) : undefined;
  const template = templateOf({ text: source.text, resolve: () => undefined }, name);
  return template === undefined ? undefined : `f${quoteLike(style, `{${threadNames.prefix}}${template}`)}`;
}

/** `sc.name` is the name itself, `sc` as an argument too: whoever gets it names things below it. */
function renameUses(source: SourceFile, { item, named, uses, isHanded }: Renaming): readonly TextEdit[] | undefined {
  if (uses.length === 0) return [];
  const style = readFileStyle(source);
  const name = item.context.kind === 'Call' ? variableScopeArgument(item.context, 'name_or_scope') : undefined;
  const text = named?.parameter ?? textOfName(source, name, isHanded);
  if (text === undefined) return undefined;
  const edits: TextEdit[] = [];
  for (const { node, parent, grandparent } of uses) {
    if (parent?.kind === 'Attribute') {
      if (parent.attribute.name === 'name') edits.push({ span: parent.span, newText: text });
      else if (parent.attribute.name === 'original_name_scope') {
        if (isHanded) return undefined;
        const withSlash = named
          ? `${text} + ${quoteLike(style, '/')}`
          : quoteLike(style, `${JSON.parse(`"${text.slice(1, -1)}"`) as string}/`);
        const isAdded = grandparent?.kind === 'BinaryOp' && grandparent.operator === '+' && grandparent.left === parent;
        edits.push({ span: parent.span, newText: named && !isAdded ? `(${withSlash})` : withSlash });
      } else return undefined;
    } else if (isInName(node, parent, grandparent)) {
      if (text !== node.name) edits.push({ span: node.span, newText: text });
    } else return undefined;
  }
  return edits;
}

/** As an argument `scope=sc`, or in the name of a layer. */
function isInName(_: ast.Name, parent: ast.Node | undefined, grandparent: ast.Node | undefined): boolean {
  if (parent?.kind === 'Argument') return parent.form === 'keyword' && parent.name?.name === 'scope';
  return parent?.kind === 'FormattedString' && grandparent?.kind === 'Argument' && grandparent.name?.name === 'name';
}
