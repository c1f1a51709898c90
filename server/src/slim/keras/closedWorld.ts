/**
 * Arguments that a caller's arg_scope could still set (A11). A call in a function is converted under the assumption
 * that no caller does; the assumption is a named caveat, and it is refused where a caller in the same file breaks it.
 */
import type * as ast from '../../syntax/ast';
import type { EffectiveArgument, Op, ScopeSite } from '../model';
import { addCaveat, refuse } from '../rewrite/notes';
import { findNormalizer } from '../rewrite/site';
import type { KerasSite } from './kerasSite';
import { functionsAround, locationOf, pathOf, switchedOn, usesOf } from './surroundings';

/**
 * Checks the callers in the file, and answers the assumption about all others. Undefined when there is nothing to
 * assume.
 */
export function checkCallers(site: KerasSite): string | undefined {
  const open = openArguments(site);
  for (const path of callerPaths(site)) {
    checkCallerScopes(site, path, open);
    checkCallerVariables(site, path);
  }
  const [around] = functionsAround(site.path);
  if (around) {
    addCaveat(
      site.notes,
      `callers of \`${around.name.name}\` in other files are not searched for a \`tf.variable_scope\` that shares or regularizes variables`,
    );
  }
  if (!site.context.open || open.length === 0) return undefined;
  const subject = around ? `\`${around.name.name}\`` : 'this code';
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

function checkCallerScopes(site: KerasSite, path: readonly ast.Node[], open: readonly OpenArgument[]): void {
  for (const scope of site.analysis.scopes) {
    if (!isOpenAt(scope, path)) continue;
    const set = open.find(({ op, argument }) => maySet(scope, op, argument.name));
    if (!set) continue;
    refuse(
      site.notes,
      `a caller opens an \`arg_scope\` that ${scope.form === 'unknown' ? 'may set' : 'sets'} \`${set.argument.name}\` of \`${set.op.name}\` for this call`,
      scope.call,
    );
  }
}

function isOpenAt(scope: ScopeSite, path: readonly ast.Node[]): boolean {
  return path.some(
    (node) =>
      node.kind === 'With' &&
      node.items.some(
        ({ context }) => context.span.start === scope.call.span.start && context.span.end === scope.call.span.end,
      ),
  );
}

function maySet(scope: ScopeSite, op: Op, keyword: string): boolean {
  switch (scope.form) {
    case 'unknown':
      return true;
    case 'invalid':
      return false;
    case 'list':
      return (
        scope.ops.some((one) => one.op === undefined || isSameOp(one.op, op)) &&
        scope.keywords.some(({ name }) => name === keyword)
      );
    case 'dict':
      return scope.restored.some((one) => isSameOp(one.op, op) && one.arguments.some(({ name }) => name === keyword));
  }
}

function isSameOp(a: Op, b: Op): boolean {
  return a.name === b.name && a.libraries.some((library) => b.libraries.includes(library));
}

/** A `tf.variable_scope` around a caller reaches the variables of this layer as one around the call does (D2). */
function checkCallerVariables(site: KerasSite, path: readonly ast.Node[]): void {
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
