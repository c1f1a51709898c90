/**
 * The end of a plan for networks: collections that all layers have left become dictionaries, and what did not come out
 * whole is told, so that it can be given up.
 */
import type { TextEdit } from '../../base/textEdit';
import type { SourceFile } from '../../semantics/program';
import { endPointsEdits } from '../../slim/keras/endPoints';
import { findCollections, scopesByParameter, uniqueFunctions, type GivenUp } from '../../slim/keras/findNetworks';
import { namesInTemplate, templateOf } from '../../slim/keras/scopeTemplate';
import { planKey, type NetworkPlan } from '../../slim/rewrite/networkPlan';
import { calleeName } from '../../slim/rewrite/syntaxAt';
import { isVariableScope } from '../../slim/keras/surroundings';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { RefusedLayer } from './migration';

/** Edits that make dictionaries of the planned collections. */
export function plannedEndPointsEdits(source: SourceFile, { endPoints }: NetworkPlan): readonly TextEdit[] {
  return findCollections(source, true)
    .filter(({ owner, use }) => endPoints.some((one) => one.owner === owner && one.collection === use.collection))
    .flatMap(({ use }) => endPointsEdits(source, use));
}

/** The parts of a plan that are done in part: a collection that is still named, names from a scope that is still there. */
export function brokenParts(source: SourceFile, plan: NetworkPlan, refused: readonly RefusedLayer[]): GivenUp {
  const scopes = new Set<string>();
  const collections = new Map<string, string>();
  for (const owner of uniqueFunctions(source)) {
    const name = owner.name.name;
    for (const { parameter, item, fallback } of scopesByParameter(source, owner)) {
      const key = planKey(name, parameter);
      const isRebound = item.target?.kind === 'Name' && item.target.name === parameter;
      if (plan.scopes.has(key) && (isRebound || fallback !== undefined) && isInNames(source, owner, parameter)) {
        scopes.add(key);
      }
    }
    for (const { name: parameter } of owner.parameters) {
      const key = planKey(name, parameter.name);
      if (plan.scopes.has(key) && isGivenScope(source, owner, parameter.name)) scopes.add(key);
    }
    for (const { owner: made, collection } of plan.endPoints) {
      if (made !== name || !mentions(owner, collection)) continue;
      collections.set(planKey(name, collection), whyKept(refused));
    }
  }
  return { scopes, collections };
}

/** True when a call in the file passes a variable scope itself, whose text would make no name. */
function isGivenScope(source: SourceFile, owner: ast.FunctionDef, parameter: string): boolean {
  const at = owner.parameters.findIndex(({ name }) => name.name === parameter);
  let given = false;
  walk(source.tree.module, (node, parents) => {
    if (node.kind !== 'Call' || calleeName(node) !== owner.name.name) return;
    const argument = node.args.find(({ form, name }, index) =>
      form === 'keyword' ? name?.name === parameter : form === 'positional' && index === at,
    );
    const { value } = argument ?? {};
    if (value?.kind !== 'Name') return;
    const caller = parents.findLast((one): one is ast.FunctionDef => one.kind === 'FunctionDef');
    const scope = caller ? source.scopes.scopeOf(caller) : source.scopes.module;
    if (scope.bindings.get(value.name)?.some(({ kind }) => kind === 'with')) given = true;
  });
  return given;
}

function whyKept(refused: readonly RefusedLayer[]): string {
  const [first] = refused;
  return first
    ? `it can only become a dictionary with all calls that may fill it, and \`${first.callee}\` stays: ${first.reasons[0] ?? ''}`
    : 'it can only become a dictionary with all that may fill it';
}

function mentions(owner: ast.FunctionDef, name: string): boolean {
  let found = false;
  walk(owner, (node) => {
    if (node.kind === 'Name' && node.name === name) found = true;
  });
  return found;
}

/** True when a layer's name, or a key, is made of the parameter. */
function isInNames(source: SourceFile, owner: ast.FunctionDef, parameter: string): boolean {
  let found = false;
  walk(owner, (node) => {
    if (node.kind !== 'FormattedString') return;
    const template = templateOf({ text: source.text, resolve: () => undefined }, node);
    if (template !== undefined && namesInTemplate(template).has(parameter)) found = true;
  });
  return found;
}

/** True when a function that is handed names still has a variable scope, or a collection, of its own. */
export function hasBrokenThreads(
  source: SourceFile,
  { handed, handedCollections, keptCollections }: NetworkPlan,
): boolean {
  if (handedCollections.size === 0) return false;
  if ([...keptCollections.keys()].some((key) => handedCollections.has(key.slice(key.indexOf(':') + 1)))) return true;
  if (findCollections(source, true).some(({ use }) => handedCollections.has(use.collection))) return true;
  return [...uniqueFunctions(source)].some((fn) => {
    if (!handed.has(fn.name.name)) return false;
    let isBroken = false;
    walk(fn, (node) => {
      if (node.kind === 'WithItem' && isVariableScope(node.context)) isBroken = true;
      if (node.kind === 'Call' && calleeName(node) === 'collect_named_outputs') isBroken = true;
    });
    return isBroken;
  });
}
