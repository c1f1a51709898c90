/**
 * Collections of outputs as dictionaries: what `outputs_collections=` gathers and `convert_collection_to_dict` reads
 * becomes `end_points['net/conv1'] = net` behind each layer, with the key that slim gives (the scope's whole name).
 * Only where one function makes the collection, fills it and reads it once; whether all layers that fill it are converted
 * is for whoever makes the plan (findNetworks.ts) to see.
 */
import { contains, type Span } from '../../base/span';
import type { TextEdit } from '../../base/textEdit';
import type { SourceFile } from '../../semantics/program';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { EffectiveArgument } from '../model';
import type { EndPoints } from '../rewrite/networkPlan';
import { addCaveat, refuse } from '../rewrite/notes';
import { findArgument } from '../rewrite/site';
import { calleeName, pathTo } from '../rewrite/syntaxAt';
import type { KerasSite } from './kerasSite';
import { ownScope, scopeAround } from './layerName';
import { functionsAround } from './surroundings';
import { templateText } from './templateText';

/** The parameter with a dictionary that a caller hands down. */
const handedDictionary = 'end_points';

/** The dictionary that takes the place of the collection an argument names, if the plan has one. */
export function endPointsOf(site: KerasSite, argument: EffectiveArgument | undefined): EndPoints | undefined {
  const { expression } = argument ?? {};
  const source = expression && site.program.getFile(expression.file);
  if (!site.network || !source) return undefined;
  const path = pathTo(source.tree.module, expression.span);
  const node = path[path.length - 1];
  const named = node?.kind === 'List' || node?.kind === 'Tuple' ? node.elements : [node];
  const [only] = named;
  if (named.length !== 1 || only?.kind !== 'Name') return undefined;
  const around = functionsAround(site.path)[0];
  if (around && site.network.handed.has(around.name.name) && site.network.handedCollections.has(only.name)) {
    return { owner: around.name.name, collection: only.name, dictionary: handedDictionary };
  }
  const owner = functionsAround(path)[0];
  if (!owner || owner !== functionsAround(site.path)[0]) return undefined;
  return site.network.endPoints.find((one) => one.owner === owner.name.name && one.collection === only.name);
}

/** The entry of the dictionary for the result of a call, as text; undefined when there is none, or it is refused. */
export function endPointText(site: KerasSite): string | undefined {
  const endPoints = endPointsOf(site, findArgument(site.context, 'outputs_collections'));
  if (!endPoints) return undefined;
  const scope = findArgument(site.context, 'scope');
  const own = scope && scope.value.kind !== 'none' ? ownScope(site, scope) : undefined;
  const whole = own === undefined ? undefined : scopeAround(site, own, site.path);
  if (!whole?.isWhole) {
    return refuse(site.notes, `the key in \`${endPoints.dictionary}\` is not known: the scope of the call is not`);
  }
  addCaveat(
    site.notes,
    `the keys of \`${endPoints.dictionary}\` are those of the first network in a graph: TensorFlow 1 numbers the scopes of further ones`,
  );
  return `${endPoints.dictionary}[${templateText(site, whole.template)}]`;
}

/** Functions that read a collection as a dictionary. */
const reader = 'convert_collection_to_dict';

/** What one function does with a collection. */
export interface CollectionUse {
  readonly collection: string;
  readonly dictionary: string;
  /** Where the collection gets its name. */
  readonly made: ast.Assign;
  readonly read: ast.Call;
  /** Set when reading is all that a statement does. */
  readonly statement: ast.Assign | undefined;
  /** The block with the statement, so that it is seen whether anything else is in it. */
  readonly block: readonly ast.Statement[] | undefined;
}

/**
 * The collections that a function makes, fills and reads, as far as all of their uses are understood. `isFilled` when
 * layers have entries in the dictionary already.
 */
export function collectionUses(
  source: SourceFile,
  owner: ast.FunctionDef,
  isFilled: boolean,
): readonly CollectionUse[] {
  const reads: { readonly call: ast.Call; readonly parents: readonly ast.Node[] }[] = [];
  walk(owner, (node, parents) => {
    if (node.kind === 'Call' && calleeName(node) === reader) reads.push({ call: node, parents: [...parents] });
  });
  return reads.flatMap(({ call, parents }) => {
    const first = call.args[0]?.value;
    if (first?.kind !== 'Name') return [];
    if (reads.filter((other) => mentions(other.call, first.name)).length > 1) return [];
    const use = readUse(source, owner, { collection: first.name, read: call, parents, isFilled });
    return use ? [use] : [];
  });
}

interface Read {
  readonly collection: string;
  readonly read: ast.Call;
  readonly parents: readonly ast.Node[];
  readonly isFilled: boolean;
}

function readUse(
  source: SourceFile,
  owner: ast.FunctionDef,
  { collection, read, parents, isFilled }: Read,
): CollectionUse | undefined {
  const bindings = source.scopes.scopeOf(owner).bindings.get(collection) ?? [];
  const made = bindings.length === 1 ? bindings[0]?.node : undefined;
  if (made?.kind !== 'Assign' || made.targets.length !== 1 || isInside(owner, made)) return undefined;
  if (!areMentionsUnderstood(owner, { collection, read, made })) return undefined;
  const parent = parents[parents.length - 1];
  const [target] = parent?.kind === 'Assign' ? parent.targets : [];
  const statement =
    parent?.kind === 'Assign' && parent.value === read && parent.targets.length === 1 ? parent : undefined;
  if (parents.some((node) => node.kind === 'For' || node.kind === 'While' || node.kind === 'Lambda')) return undefined;
  if (parents.filter((node) => node.kind === 'FunctionDef').some((node) => node !== owner)) return undefined;
  const block = blockOf(parents[parents.length - 2], statement);
  if (statement && block?.length === 1) return undefined;
  const given = statement && target?.kind === 'Name' ? target.name : undefined;
  const dictionary = given ?? (isFilled ? commonName : freeName(source, owner));
  if (dictionary === undefined) return undefined;
  if (given !== undefined && !isFilled && isUsedBefore(owner, given, read.span.start)) return undefined;
  return { collection, dictionary, made, read, statement: given === undefined ? undefined : statement, block };
}

function blockOf(parent: ast.Node | undefined, statement: ast.Node | undefined): readonly ast.Statement[] | undefined {
  if (!parent || !statement) return undefined;
  for (const value of Object.values(parent)) {
    if (Array.isArray(value) && value.includes(statement)) return value as readonly ast.Statement[];
  }
  return undefined;
}

/** In a loop, a branch or a nested function the collection may be another one, or none. */
function isInside(owner: ast.FunctionDef, made: ast.Assign): boolean {
  let inside = false;
  walk(owner, (node, parents) => {
    if (node !== made) return;
    inside = parents.some((one) => one !== owner && one.kind !== 'With');
  });
  return inside;
}

/** Each mention is where the name is made, read, or given as `outputs_collections`. */
function areMentionsUnderstood(
  owner: ast.FunctionDef,
  { collection, read, made }: Pick<CollectionUse, 'collection' | 'read' | 'made'>,
): boolean {
  let understood = true;
  walk(owner, (node, parents) => {
    if (node.kind !== 'Name' || node.name !== collection) return;
    if (contains(made.targets[0]?.span ?? made.span, node.span) || contains(read.span, node.span)) return;
    const argument = parents.findLast((one) => one.kind === 'Argument');
    const isGiven = argument?.kind === 'Argument' && argument.name?.name === 'outputs_collections';
    if (!isGiven || node.span.start < made.span.start || node.span.start > read.span.start) understood = false;
  });
  return understood;
}

function mentions(root: ast.Node, name: string): boolean {
  let found = false;
  walk(root, (node) => {
    if (node.kind === 'Name' && node.name === name) found = true;
  });
  return found;
}

function isUsedBefore(owner: ast.FunctionDef, name: string, offset: number): boolean {
  let used = owner.parameters.some((parameter) => parameter.name.name === name);
  walk(owner, (node) => {
    if (node.kind === 'Name' && node.name === name && node.span.end < offset && !isTargetOf(owner, node, offset))
      used = true;
  });
  return used;
}

/** The target of the statement that reads stands before the call. */
function isTargetOf(owner: ast.FunctionDef, name: ast.Name, offset: number): boolean {
  let isTarget = false;
  walk(owner, (node) => {
    if (node.kind === 'Assign' && node.targets.includes(name) && node.value.span.start === offset) isTarget = true;
  });
  return isTarget;
}

/** The dictionary's name where the function gives it none. */
const commonName = 'end_points';

function freeName(source: SourceFile, owner: ast.FunctionDef): string | undefined {
  return mentions(owner, commonName) || source.scopes.module.bindings.has(commonName) ? undefined : commonName;
}

/** Edits that make the dictionary where the collection was named, and read it where the collection was read. */
export function endPointsEdits(source: SourceFile, use: CollectionUse): readonly TextEdit[] {
  const edits: TextEdit[] = [{ span: use.made.span, newText: `${use.dictionary} = {}` }];
  if (!use.statement) return [...edits, { span: use.read.span, newText: use.dictionary }];
  const span = wholeLines(source, use.statement.span);
  return [...edits, { span: span ? withComment(source, span, use) : use.statement.span, newText: span ? '' : 'pass' }];
}

/** A comment directly above that speaks of nothing but the conversion goes with it. */
function withComment(source: SourceFile, span: Span, { collection }: CollectionUse): Span {
  const line = source.lines.positionAt(span.start).line;
  if (line === 0) return span;
  const start = source.lines.lineStart(line - 1);
  const above = source.text.slice(start, span.start).trim();
  const isOurs = above.startsWith('#') && (above.includes(collection) || /\bconvert\b/i.test(above));
  return isOurs ? { start, end: span.end } : span;
}

function wholeLines({ text, lines }: SourceFile, span: Span): Span | undefined {
  const start = lines.lineStart(lines.positionAt(span.start).line);
  const rest = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(span.end));
  if (text.slice(start, span.start).trim() !== '' || !rest) return undefined;
  return { start, end: span.end + rest[0].length };
}
