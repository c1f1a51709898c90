/**
 * Python text for an effective argument at the call: the author's own expression where it still means the same there,
 * else a literal for the known value, else nothing. See A11: a value keeps the environment in which it was written.
 */
import { contains } from '../../base/span';
import type { Location, Span } from '../../base/span';
import type { Binding, Scope } from '../../semantics/scopes';
import type { StaticValue } from '../../semantics/staticValue';
import { lookup } from '../../semantics/scopes';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { EffectiveArgument } from '../model';
import { refuse } from './notes';
import { flattenExpression, spellValue } from './pythonText';
import type { Site } from './site';
import { quoted } from './site';
import { freeNames, pathTo, scopeAlong } from './syntaxAt';

/** Text of an argument that is passed on as it is; adds a reason and answers undefined when there is none. */
export function argumentText(site: Site, argument: EffectiveArgument): string | undefined {
  if (argument.origin.kind === 'default') return argument.text;
  const { expression, name, value } = argument;
  const isHere = expression?.file === site.source.file && contains(site.node.span, expression.span);
  const why = isHere ? 'would be computed again for each layer' : 'has no meaning here';
  return (
    expressionText(site, expression, value) ??
    refuse(site.notes, `the value of \`${name}\` (\`${argument.text}\`) ${why}`, expression)
  );
}

/** Text of an expression at the call, or undefined. */
export function expressionText(
  site: Site,
  expression: Location | undefined,
  value: StaticValue | undefined,
): string | undefined {
  const visible = expression && visibleText(site, expression);
  return visible ?? (value && spellValue(value, (text) => quoted(site, text)));
}

/** The author's own text, if evaluating it at the call gives the same value as where it was written. */
export function visibleText(site: Site, expression: Location): string | undefined {
  if (expression.file !== site.source.file) return undefined;
  const text = flattenExpression(site.source.text.slice(expression.span.start, expression.span.end));
  const isHere = contains(site.node.span, expression.span);
  if (isHere && (!site.writtenOnce || contains(site.writtenOnce, expression.span))) return text;
  const path = pathTo(site.source.tree.module, expression.span);
  const node = path[path.length - 1];
  if (node?.kind === 'Parameter') return parameterText(site, node, expression);
  if (!node || node.span.start !== expression.span.start || node.span.end !== expression.span.end) return undefined;
  return isRepeatable(site, node) && (isHere || hasSameNames(site, path)) ? text : undefined;
}

/** A parameter of the function around the call, by the place of its name in the head, where nothing else binds it. */
function parameterText(site: Site, { name }: ast.Parameter, { span }: Location): string | undefined {
  const isName = name.span.start === span.start && name.span.end === span.end;
  const bindings = lookup(site.scope, name.name)?.bindings ?? [];
  const isBoundOnce = bindings.length === 1 && bindings[0]?.kind === 'parameter';
  const fn = site.path.findLast((node) => node.kind === 'FunctionDef' || node.kind === 'Lambda');
  return isName && isBoundOnce && fn && contains(fn.span, span) ? name.name : undefined;
}

/**
 * True when a second evaluation gives the same value, names aside. A call may count, log or draw numbers, so that it
 * is not repeated; an attribute may have been assigned since.
 */
function isRepeatable(site: Site, expression: ast.Node): boolean {
  let repeatable = true;
  walk(expression, (node) => {
    switch (node.kind) {
      case 'Lambda':
        // Its body does not run here.
        return 'skip';
      case 'Call':
      case 'Await':
      case 'Yield':
      case 'NamedExpression':
      case 'Subscript':
      case 'Comprehension':
      case 'ErrorExpression':
        repeatable = false;
        return 'skip';
      case 'Attribute':
        if (isAttributeAssigned(site, node.attribute.name)) repeatable = false;
        return undefined;
      default:
        return undefined;
    }
  });
  return repeatable;
}

/** True when the function around the call assigns an attribute of this name. */
function isAttributeAssigned(site: Site, attribute: string): boolean {
  const body = [...site.path].reverse().find((node) => node.kind === 'FunctionDef') ?? site.source.tree.module;
  let assigned = false;
  const check = (target: ast.Node): void =>
    walk(target, (node) => {
      if (node.kind === 'Attribute' && node.attribute.name === attribute) assigned = true;
    });
  walk(body, (node) => {
    if (node.kind === 'Assign') node.targets.forEach(check);
    else if (node.kind === 'AugAssign' || node.kind === 'AnnAssign') check(node.target);
    else if (node.kind === 'Delete') node.targets.forEach(check);
  });
  return assigned;
}

/** True when every name in the expression is the same, unchanged variable at the call. */
function hasSameNames(site: Site, path: readonly ast.Node[]): boolean {
  const there = scopeAlong(site.source, path);
  const expression = path[path.length - 1] as ast.Node;
  for (const name of freeNames(site.source, path)) {
    const written = lookup(there, name);
    const here = lookup(site.scope, name);
    if (!written && !here) continue;
    if (!written || written.scope !== here?.scope) return false;
    const unchanged = written.bindings.every((binding) => binding.kind === 'import' || binding.kind === 'importFrom');
    if (unchanged) continue;
    if (written.bindings.some((binding) => isBoundElsewhere(site, written.scope, binding))) return false;
    if (!isStable(site, written.bindings, expression)) return false;
  }
  return true;
}

/**
 * True when no binding of a variable can run between the evaluation of the expression and the call. Inside the `with`
 * of the expression only its body counts; elsewhere (saved scopes, other functions) the variable must be bound once
 * and outside loops.
 */
function isStable(site: Site, bindings: readonly Binding[], expression: ast.Node): boolean {
  const around = site.path.find(
    (node): node is ast.With => node.kind === 'With' && contains(node.header, expression.span),
  );
  const inSameFunction =
    around && innermostFunction(site.path) === innermostFunction(pathTo(site.source.tree.module, around.span));
  if (around && inSameFunction) {
    return bindings.every((binding) => !isInBody(around, binding.span));
  }
  const [only] = bindings;
  return bindings.length === 1 && only !== undefined && only.kind !== 'loop' && !isInLoop(site, only.span);
}

/** True for a binding by `global` or `nonlocal` in another function, which may run at any time. */
function isBoundElsewhere(site: Site, scope: Scope, binding: Binding): boolean {
  if (scope.kind !== 'module' && scope.kind !== 'function') return false;
  const around = innermostFunction(pathTo(site.source.tree.module, binding.span));
  // A function's own name is bound outside it, but its span lies inside the definition.
  return around !== (scope.kind === 'module' ? undefined : scope.node) && around !== binding.node;
}

function isInBody(statement: ast.With, span: Span): boolean {
  return contains(statement.span, span) && !contains(statement.header, span);
}

function isInLoop(site: Site, span: Span): boolean {
  const path = pathTo(site.source.tree.module, span);
  const start = path.findLastIndex((node) => node.kind === 'FunctionDef');
  return path.slice(start + 1).some((node) => node.kind === 'For' || node.kind === 'While');
}

function innermostFunction(path: readonly ast.Node[]): ast.Node | undefined {
  return [...path].reverse().find((node) => node.kind === 'FunctionDef' || node.kind === 'Lambda');
}

/** One argument of a library call such as `l2_regularizer(weight_decay)`. */
export interface ResultArgument {
  readonly value: StaticValue;
  /** Text at the call, if there is one. */
  readonly text: string | undefined;
}

/**
 * The arguments of an evaluated library call by parameter name, with their texts at the converted call.
 * Undefined when a positional argument has no parameter.
 */
export function bindResult(
  site: Site,
  result: Extract<StaticValue, { kind: 'externalResult' }>,
  parameters: readonly string[],
): ReadonlyMap<string, ResultArgument> | undefined {
  const written = writtenArguments(site, result);
  const bound = new Map<string, ResultArgument>();
  for (const [index, argument] of result.args.entries()) {
    const name = argument.name ?? parameters[index];
    if (name === undefined) return undefined;
    const node = written?.find((one, at) => (argument.name ? one.name?.name === argument.name : at === index));
    const at = node && { file: result.call.file, span: node.value.span };
    bound.set(name, { value: argument.value, text: expressionText(site, at, argument.value) });
  }
  return bound;
}

/** The arguments as written, if the call is in this file and every argument is written out. */
function writtenArguments(
  site: Site,
  result: Extract<StaticValue, { kind: 'externalResult' }>,
): readonly ast.Argument[] | undefined {
  if (result.call.file !== site.source.file) return undefined;
  const call = pathTo(site.source.tree.module, result.call.span).find(
    (node) =>
      node.kind === 'Call' && node.span.start === result.call.span.start && node.span.end === result.call.span.end,
  );
  if (call?.kind !== 'Call' || call.args.length !== result.args.length) return undefined;
  return call.args.every((argument) => argument.form === 'positional' || argument.form === 'keyword')
    ? call.args
    : undefined;
}
