/**
 * What a conversion takes for granted about callers. Their arg_scopes are known as far as the workspace calls the
 * function (A11); above an entry point it is assumed that there are no more, as a named caveat. A `tf.variable_scope`
 * around a caller is searched for in the same file.
 */
import type * as ast from '../../syntax/ast';
import type { EffectiveArgument, Op } from '../model';
import { addCaveat, refuse } from '../rewrite/notes';
import { findNormalizer } from '../rewrite/site';
import type { KerasSite } from './kerasSite';
import { checkScopeInitializer, functionsAround, locationOf, pathOf, switchedOn, usesOf } from './surroundings';

/** Looks for a `tf.variable_scope` around callers in the file; those elsewhere are a caveat. */
export function checkCallerVariables(site: KerasSite): void {
  for (const path of callerPaths(site)) checkVariablesAround(site, path);
  const [around] = functionsAround(site.path);
  if (!around) return;
  addCaveat(
    site.notes,
    `callers of \`${around.name.name}\` in other files are not searched for a \`tf.variable_scope\` that shares or regularizes variables`,
  );
}

/** Refuses when `initializer=` of a `tf.variable_scope` around a caller in the file reaches a layer without its own. */
export function checkCallerInitializer(site: KerasSite): void {
  for (const path of callerPaths(site)) checkScopeInitializer(site, path);
}

/** What is assumed about the arg_scopes of callers that are not seen. Undefined when there is nothing to assume. */
export function assumptionAboutCallers(site: KerasSite): string | undefined {
  const [around] = functionsAround(site.path);
  const assumed = site.call.contexts.find(({ assumes }) => assumes);
  if (assumed?.assumes) {
    const entry = assumed.callers[0]?.function ?? around?.name.name ?? '';
    return `assumes that callers of \`${entry}\` enter \`${assumed.assumes.text}\`, as \`assume-scope\` says`;
  }
  const open = openArguments(site);
  if (!site.context.open || open.length === 0) return undefined;
  const entry = site.context.callers[0] ? site.context.callers[0].function : around?.name.name;
  const subject = entry === undefined ? 'this code' : `\`${entry}\``;
  const ops = [...new Set(open.map(({ op }) => `\`${op.name}\``))].join(' or ');
  return `assumes that no caller of ${subject} opens an \`arg_scope\` for ${ops}`;
}

interface OpenArgument {
  readonly op: Op;
  readonly argument: EffectiveArgument;
}

function openArguments(site: KerasSite): OpenArgument[] {
  const own = site.context.arguments.map((argument) => ({ op: site.call.op, argument }));
  const normalizer = findNormalizer(site.context);
  const implicit = normalizer ? normalizer.arguments.map((argument) => ({ op: normalizer.op, argument })) : [];
  return [...own, ...implicit].filter(({ argument }) => argument.certainty === 'unlessCallerSets');
}

/** Paths to the calls, in this file, of the functions around the call, and to the calls of those callers. */
function callerPaths(site: KerasSite): ast.Node[][] {
  const found: ast.Node[][] = [];
  const seen = new Set<ast.Node>();
  const visit = (path: readonly ast.Node[]): void => {
    const [around] = functionsAround(path);
    if (!around || seen.has(around)) return;
    seen.add(around);
    for (const call of usesOf(site, around).calls) {
      const callPath = pathOf(site, call);
      found.push(callPath);
      visit(callPath);
    }
  };
  visit(site.path);
  return found;
}

/** A `tf.variable_scope` around a caller reaches the variables of this layer as one around the call does (D2). */
function checkVariablesAround(site: KerasSite, path: readonly ast.Node[]): void {
  for (const { parameter, effect, value, text } of switchedOn(site, path)) {
    if (parameter === 'reuse' && !isShared(value, text)) {
      addCaveat(site.notes, `a caller passes \`reuse=${text}\`: a Keras layer shares no weights between calls`);
    } else {
      refuse(
        site.notes,
        `\`${parameter}=${text}\` of a \`tf.variable_scope\` around a caller ${effect}`,
        locationOf(site, value),
      );
    }
  }
}

/** A variable may be None; these two cannot. */
function isShared(reuse: ast.Expression, text: string): boolean {
  return (reuse.kind === 'Constant' && reuse.value === 'True') || text.endsWith('AUTO_REUSE');
}
