/**
 * The name of a Keras layer from slim's `scope` (D7). Slim's scopes are unique per variable scope, Keras's names per
 * model: a name is written only if nothing in the file suggests that it is used twice, and `/` becomes `_`.
 */
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { EffectiveArgument } from '../model';
import { addCaveat } from '../rewrite/notes';
import type { KerasSite } from './kerasSite';
import {
  functionsAround,
  isInLoop,
  openVariableScopes,
  pathOf,
  statementsBefore,
  usesOf,
  variableScopeArgument,
} from './surroundings';
import { layerScopes } from './repeated';
import { pathTo } from '../rewrite/syntaxAt';

/**
 * The layer's name, or undefined when it is left to Keras. A scope that cannot become a name gives a caveat, since
 * checkpoints and `get_layer` know the layer by it.
 */
export function findLayerName(site: KerasSite, scope: EffectiveArgument | undefined): string | undefined {
  if (!scope || scope.value.kind === 'none') return undefined;
  const problem = findProblem(site, scope);
  if (problem) {
    addCaveat(site.notes, `the layer gets no \`name\`: ${problem}`);
    return undefined;
  }
  return scope.value.kind === 'str' ? nameFor(site, composeScope(site, scope.value.value, site.path)) : undefined;
}

/** The name of a layer whose variables are in this scope, which is noted for those who look for the variables. */
export function nameFor(site: KerasSite, scope: string): string {
  const name = scope.replaceAll('/', '_');
  site.notes.scopes.set(name, scope);
  return name;
}

function findProblem(site: KerasSite, scope: EffectiveArgument): string | undefined {
  if (scope.value.kind !== 'str') return `\`${scope.name}\` (\`${scope.text}\`) is not a literal`;
  if (scope.origin.kind === 'argScope') return `an arg_scope gives \`${scope.name}\` to every call`;
  if (isInLoop(site.path)) return 'the call is in a loop, and Keras wants each name once';
  if (site.path.some((node) => node.kind === 'Lambda')) return 'a lambda may run more than once';
  const repeated = findRepeatedFunction(site);
  if (repeated) return `\`${repeated}\` may run more than once, and Keras wants each name once`;
  const name = composeName(site, scope.value.value, site.path);
  if (!/^[A-Za-z0-9.][\w.-]*$/.test(name)) return `\`${scope.value.value}\` is no legal name`;
  return isTaken(site, name) ? `\`${name}\` is used twice in this file` : undefined;
}

function composeName(site: KerasSite, scope: string, path: readonly ast.Node[]): string {
  return composeScope(site, scope, path).replaceAll('/', '_');
}

/** `scope` behind the names of the variable scopes around it, as far as these are known. */
function composeScope(site: KerasSite, scope: string, path: readonly ast.Node[]): string {
  const parts = [scope];
  for (const open of openVariableScopes(path).reverse()) {
    const first = variableScopeArgument(open.call, 'name_or_scope');
    const text = first === undefined || first === 'unpacked' ? undefined : knownText(site, first);
    if (text === undefined) break;
    parts.unshift(text);
  }
  return parts.join('/');
}

/** The text of a string literal, or of a variable that the statements before the use set to one. */
function knownText(site: KerasSite, expression: ast.Expression): string | undefined {
  if (expression.kind === 'String') return expression.value;
  if (expression.kind !== 'Name') return undefined;
  for (const block of statementsBefore(pathOf(site, expression))) {
    for (const statement of block) {
      const assigned = assignedText(statement, expression.name);
      if (assigned !== undefined) return assigned ?? undefined;
    }
  }
  return undefined;
}

/** The text assigned to a name; null when the statement may bind it to something else; undefined when it does not. */
function assignedText(statement: ast.Statement, name: string): string | null | undefined {
  if (statement.kind === 'Assign' && statement.targets.length === 1) {
    const [target] = statement.targets;
    if (target?.kind === 'Name' && target.name === name) {
      return statement.value.kind === 'String' ? statement.value.value : null;
    }
  }
  let mayBind = false;
  walk(statement, (node) => {
    const targets = bindingTargets(node);
    for (const target of targets) {
      walk(target, (part) => {
        if (part.kind === 'Name' && part.name === name) mayBind = true;
      });
    }
    return node.kind === 'FunctionDef' || node.kind === 'Lambda' ? 'skip' : undefined;
  });
  return mayBind ? null : undefined;
}

function bindingTargets(node: ast.Node): readonly ast.Node[] {
  switch (node.kind) {
    case 'Assign':
    case 'Delete':
      return node.targets;
    case 'AugAssign':
    case 'AnnAssign':
    case 'For':
      return [node.target];
    case 'NamedExpression':
      return [node.target];
    case 'WithItem':
      return node.target ? [node.target] : [];
    default:
      return [];
  }
}

/** The name of a function around the call that the file calls twice, in a loop, or hands around. */
function findRepeatedFunction(site: KerasSite): string | undefined {
  const seen = new Set<ast.FunctionDef>();
  const check = (path: readonly ast.Node[]): string | undefined => {
    for (const node of functionsAround(path)) {
      if (seen.has(node)) continue;
      seen.add(node);
      const { calls, isHandedOn } = usesOf(site, node);
      const isDecorated = node.decorators.length > 0;
      if (calls.length > 1 || isHandedOn || isDecorated) return node.name.name;
      for (const call of calls) {
        const around = pathOf(site, call);
        if (isInLoop(around)) return node.name.name;
        const outer = check(around);
        if (outer) return node.name.name;
      }
    }
    return undefined;
  };
  return check(site.path);
}

/** True when another call of the file, or a layer that is already Keras, has the same name. */
function isTaken(site: KerasSite, name: string): boolean {
  const { source, analysis, call } = site;
  const byCalls = analysis.calls.some((other) => {
    // Most calls are told apart by their own scope, without a look at what is around them.
    const own = layerScopes(other).filter((scope) => name.endsWith(scope.replaceAll('/', '_')));
    if (own.length === 0) return false;
    if (other.call.span.start === call.call.span.start && other.call.span.end === call.call.span.end) return false;
    const path = pathTo(source.tree.module, other.call.span);
    return own.some((scope) => composeName(site, scope, path) === name);
  });
  if (byCalls) return true;
  let taken = false;
  walk(source.tree.module, (node) => {
    if (node.kind !== 'Argument' || node.form !== 'keyword' || node.name?.name !== 'name') return;
    const isOwn = site.node.args.includes(node);
    if (!isOwn && node.value.kind === 'String' && node.value.value === name) taken = true;
  });
  return taken;
}
