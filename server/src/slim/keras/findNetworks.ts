/**
 * Looks a file over for what can be migrated as a whole: variable scopes that a parameter names, and collections that
 * become dictionaries. What is found here is a plan (networkPlan.ts), made from the text alone; whether it comes out is
 * seen when all calls are converted.
 */
import type { SourceFile } from '../../semantics/program';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import { planKey, type EndPoints, type NetworkPlan } from '../rewrite/networkPlan';
import { collectionUses, type CollectionUse } from './endPoints';
import { isVariableScope, variableScopeArgument } from './surroundings';

/** Parts of a plan that did not come out, with the reason where there is one to tell. */
export interface GivenUp {
  readonly scopes: ReadonlySet<string>;
  readonly collections: ReadonlyMap<string, string>;
}

/** The plan for a file, without what was given up. */
export function findNetworks(
  source: SourceFile,
  { scopes, collections }: GivenUp,
  { handed, handedCollections }: Pick<NetworkPlan, 'handed' | 'handedCollections'>,
): NetworkPlan {
  const found = [...uniqueFunctions(source)].flatMap((owner) => scopesByParameter(source, owner));
  const keys = found.map(({ owner, parameter }) => planKey(owner.name.name, parameter));
  // Calls that hand the dictionary on name it already.
  const endPoints = findCollections(source, handedCollections.size > 0)
    .map(({ owner, use }): EndPoints => ({ owner, collection: use.collection, dictionary: use.dictionary }))
    .filter(({ owner, collection }) => !collections.has(planKey(owner, collection)));
  const kept = new Set(keys.filter((key) => !scopes.has(key)));
  return { scopes: kept, endPoints, keptCollections: collections, handed, handedCollections };
}

/** The collections of a file that can become dictionaries; `isFilled` when layers have entries in these already. */
export function findCollections(
  source: SourceFile,
  isFilled: boolean,
): readonly { readonly owner: string; readonly use: CollectionUse }[] {
  return [...uniqueFunctions(source)].flatMap((owner) =>
    collectionUses(source, owner, isFilled).map((use) => ({ owner: owner.name.name, use })),
  );
}

/** A variable scope that a parameter of its function names. */
export interface ParameterScope {
  readonly owner: ast.FunctionDef;
  readonly parameter: string;
  readonly node: ast.With;
  readonly item: ast.WithItem;
  /** What names the scope when the parameter is None; undefined when its default is a text. */
  readonly fallback: string | undefined;
}

/** The variable scopes in a function that can go because a parameter says their name. */
export function scopesByParameter(source: SourceFile, owner: ast.FunctionDef): readonly ParameterScope[] {
  const found: ParameterScope[] = [];
  walk(owner, (node, parents) => {
    if (node.kind !== 'With' || parents.some((one) => one !== owner && one.kind === 'FunctionDef')) return;
    for (const item of node.items) {
      if (!isVariableScope(item.context)) continue;
      const name = variableScopeArgument(item.context, 'name_or_scope');
      if (name === undefined || name === 'unpacked' || name.kind !== 'Name') continue;
      const parameter = owner.parameters.find((one) => one.name.name === name.name);
      const fallback = parameter && fallbackOf(item.context, parameter);
      if (!fallback || !isOnlyBoundHere(source, owner, { name: name.name, item })) continue;
      found.push({ owner, parameter: name.name, node, item, fallback: fallback.text });
    }
  });
  return found;
}

/** Undefined when the scope may have no name. */
function fallbackOf(call: ast.Call, parameter: ast.Parameter): { readonly text: string | undefined } | undefined {
  const given = parameter.default;
  if (given?.kind === 'String') return { text: undefined };
  const name = variableScopeArgument(call, 'default_name');
  if (name !== undefined && name !== 'unpacked' && name.kind === 'String') return { text: name.value };
  return undefined;
}

/** Bound by the parameter, by `as` of the scope itself, and by `scope = scope or 'net'`. */
function isOnlyBoundHere(
  source: SourceFile,
  owner: ast.FunctionDef,
  one: { readonly name: string; readonly item: ast.WithItem },
): boolean {
  const bindings = source.scopes.scopeOf(owner).bindings.get(one.name) ?? [];
  return bindings.every(({ kind, node, span }) => {
    if (kind === 'parameter') return true;
    if (kind === 'with') return one.item.target?.span.start === span.start;
    return node.kind === 'Assign' && node.value.kind === 'BoolOp' && node.value.operator === 'or';
  });
}

/** Functions, told apart by their names: a name that two of them have means neither. */
export function uniqueFunctions(source: SourceFile): ReadonlySet<ast.FunctionDef> {
  const byName = new Map<string, ast.FunctionDef | undefined>();
  walk(source.tree.module, (node) => {
    if (node.kind !== 'FunctionDef') return;
    byName.set(node.name.name, byName.has(node.name.name) ? undefined : node);
  });
  return new Set([...byName.values()].filter((one) => one !== undefined));
}
