/**
 * The name of a Keras layer from slim's `scope` (D7). Slim's scopes are unique per variable scope, Keras's names per
 * model: a name is written only if nothing in the file suggests that it is used twice, and `/` becomes `_`.
 */
import { contains, type Span } from '../../base/span';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { EffectiveArgument } from '../model';
import { addCaveat } from '../rewrite/notes';
import type { KerasSite } from './kerasSite';
import {
  functionsAround,
  isInLoop,
  openVariableScopes,
  type OpenVariableScope,
  pathOf,
  statementsBefore,
  usesOf,
  variableScopeArgument,
} from './surroundings';
import { layerScopes } from './repeated';
import { planKey } from '../rewrite/networkPlan';
import { pathTo } from '../rewrite/syntaxAt';
import { namesInTemplate, templateOf } from './scopeTemplate';

/**
 * The layer's name, or undefined when it is left to Keras. A scope that cannot become a name gives a caveat, since
 * checkpoints and `get_layer` know the layer by it. The name is a template (scopeTemplate.ts).
 */
export function findLayerName(site: KerasSite, scope: EffectiveArgument | undefined): string | undefined {
  if (!scope || scope.value.kind === 'none') return undefined;
  const own = ownScope(site, scope);
  const problem =
    own === undefined ? `\`${scope.name}\` (\`${scope.text}\`) is not a literal` : findProblem(site, scope, own);
  if (problem !== undefined || own === undefined) {
    addCaveat(site.notes, `the layer gets no \`name\`: ${problem}`);
    return undefined;
  }
  return nameFor(site, scopeAround(site, own, site.path).template);
}

/** The name of a layer whose variables are in this scope, which is noted for those who look for the variables. */
export function nameFor(site: KerasSite, scope: string): string {
  const name = nameOf(scope);
  site.notes.scopes.set(name, scope);
  return name;
}

function findProblem(site: KerasSite, scope: EffectiveArgument, own: string): string | undefined {
  if (scope.origin.kind === 'argScope') return `an arg_scope gives \`${scope.name}\` to every call`;
  const whole = scopeAround(site, own, site.path).template;
  const variables = namesInTemplate(whole);
  if (isInLoop(site.path) && !isOfEachRound(site.path, variables)) {
    return 'the call is in a loop, and Keras wants each name once';
  }
  if (site.path.some((node) => node.kind === 'Lambda')) return 'a lambda may run more than once';
  const repeated = findRepeatedFunction(site, variables);
  if (repeated) return `\`${repeated}\` may run more than once, and Keras wants each name once`;
  const name = nameOf(whole);
  if (!/^[A-Za-z0-9.][\w.-]*$/.test(name.replace(/\{[^}]*\}/g, 'x'))) {
    return `\`${own}\` is no legal name`;
  }
  return isTaken(site, name) ? `\`${name}\` is used twice in this file` : undefined;
}

/** `/` becomes `_`, but not in an expression. */
function nameOf(scope: string): string {
  return scope.replace(/\{[^}]*\}|\//g, (part) => (part === '/' ? '_' : part));
}

/** The template of a layer's own scope, as the call says it. */
export function ownScope(site: KerasSite, scope: EffectiveArgument): string | undefined {
  const { expression } = scope;
  const handed = expression?.file === site.source.file ? handedParameter(site, expression.span) : undefined;
  if (handed !== undefined) return `{${handed}}`;
  if (scope.value.kind === 'str' && !isParameterElsewhere(site, scope)) return scope.value.value;
  if (expression?.file !== site.source.file || !contains(site.node.span, expression.span)) return undefined;
  const path = pathTo(site.source.tree.module, expression.span);
  const node = path[path.length - 1];
  // A variable alone may be None.
  return node && node.kind !== 'Name' && isExpression(node) ? templateIn(site, node) : undefined;
}

/** `scope=scope` in a function whose callers say what is around it. */
function handedParameter(site: KerasSite, span: Span): string | undefined {
  const path = pathTo(site.source.tree.module, span);
  const node = path[path.length - 1];
  const [around] = functionsAround(site.path);
  if (node?.kind !== 'Name' || !around || site.network?.handed.has(around.name.name) !== true) return undefined;
  return around.parameters.some(({ name }) => name.name === node.name) ? node.name : undefined;
}

/** True for a parameter that calls in other files give: these may be several, or in a loop. */
function isParameterElsewhere(site: KerasSite, { expression }: EffectiveArgument): boolean {
  if (expression?.file !== site.source.file) return false;
  const path = pathTo(site.source.tree.module, expression.span);
  const node = path[path.length - 1];
  const isParameter = functionsAround(path)[0]?.parameters.some(
    ({ name }) => node?.kind === 'Name' && name.name === node.name,
  );
  if (isParameter !== true) return false;
  const ways = site.call.contexts.flatMap(({ callers, alsoFrom }) => [callers, ...(alsoFrom ?? [])]);
  return ways.some((frames) => frames.at(-1)?.call.file !== site.source.file);
}

function isExpression(node: ast.Node): node is ast.Expression {
  return ['String', 'FormattedString', 'BinaryOp', 'Call'].includes(node.kind);
}

function templateIn(site: KerasSite, expression: ast.Expression): string | undefined {
  return templateOf({ text: site.source.text, resolve: (name) => knownText(site, name) }, expression);
}

/** A scope's name behind those of the variable scopes around it. */
export interface WholeScope {
  readonly template: string;
  /** False when there are scopes in this function, further out, whose names are not known. */
  readonly isWhole: boolean;
}

/** A scope behind the names of the variable scopes around it, as far as these are known. */
export function scopeAround(site: KerasSite, scope: string, path: readonly ast.Node[]): WholeScope {
  const parts = [scope];
  for (const open of openVariableScopes(path).reverse()) {
    const first = variableScopeArgument(open.call, 'name_or_scope');
    const parameter = first === undefined || first === 'unpacked' ? undefined : parameterThatGoes(site, open, first);
    // Whoever passes the parameter says what is around.
    if (parameter !== undefined) return { template: [`{${parameter}}`, ...parts].join('/'), isWhole: true };
    const text = first === undefined || first === 'unpacked' ? undefined : textOfScope(site, first);
    if (text === undefined) return { template: parts.join('/'), isWhole: false };
    parts.unshift(text);
  }
  const around = functionsAround(path)[0];
  const isHanded = around !== undefined && (site.network?.handed.has(around.name.name) ?? false);
  return { template: (isHanded ? '{prefix}' : '') + parts.join('/'), isWhole: true };
}

/** The parameter that names a variable scope which goes with the migration. */
function parameterThatGoes(site: KerasSite, open: OpenVariableScope, name: ast.Expression): string | undefined {
  if (name.kind !== 'Name' || open.owner.kind !== 'FunctionDef') return undefined;
  return site.network?.scopes.has(planKey(open.owner.name.name, name.name)) ? name.name : undefined;
}

/** In a loop `'unit_%d' % i` is another text each time; elsewhere a variable may have changed since. */
function textOfScope(site: KerasSite, expression: ast.Expression): string | undefined {
  const known = knownText(site, expression);
  if (known !== undefined || expression.kind === 'Name') return known;
  const template = templateIn(site, expression);
  if (template === undefined) return undefined;
  const around = pathOf(site, expression);
  const loops = loopVariables(around);
  return [...namesInTemplate(template)].every((name) => loops.flat().includes(name)) ? template : undefined;
}

/** True when each loop around a call has a variable that the name depends on. */
function isOfEachRound(path: readonly ast.Node[], variables: ReadonlySet<string>): boolean {
  const start = path.findLastIndex((node) => node.kind === 'FunctionDef');
  const inner = path.slice(start + 1);
  if (inner.some((node) => node.kind === 'While' || node.kind === 'Comprehension')) return false;
  return loopVariables(path).every((names) => names.some((name) => variables.has(name)));
}

/** The variables of the loops around a node, in the innermost function. */
function loopVariables(path: readonly ast.Node[]): readonly (readonly string[])[] {
  const start = path.findLastIndex((node) => node.kind === 'FunctionDef');
  return path.slice(start + 1).flatMap((node) => {
    if (node.kind !== 'For') return [];
    const names: string[] = [];
    walk(node.target, (part) => {
      if (part.kind === 'Name') names.push(part.name);
    });
    return [names];
  });
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
function findRepeatedFunction(site: KerasSite, variables: ReadonlySet<string>): string | undefined {
  const seen = new Set<ast.FunctionDef>();
  const check = (path: readonly ast.Node[]): string | undefined => {
    for (const node of functionsAround(path)) {
      if (seen.has(node)) continue;
      seen.add(node);
      // Its callers tell its layers apart.
      if (node.parameters.some(({ name }) => variables.has(name.name))) return undefined;
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
  const tail = name.slice(name.lastIndexOf('}') + 1);
  const byCalls = analysis.calls.some((other) => {
    // Most calls are told apart by their own scope, without a look at what is around them.
    const own = layerScopes(other).filter((scope) => tail.endsWith(nameOf(scope)));
    if (own.length === 0) return false;
    if (other.call.span.start === call.call.span.start && other.call.span.end === call.call.span.end) return false;
    const path = pathTo(source.tree.module, other.call.span);
    if (!canMeanTheSame(site, name, path)) return false;
    return own.some((scope) => nameOf(scopeAround(site, scope, path).template) === name);
  });
  if (byCalls) return true;
  let taken = false;
  walk(source.tree.module, (node, parents) => {
    if (node.kind !== 'Argument' || node.form !== 'keyword' || node.name?.name !== 'name') return;
    if (site.node.args.includes(node) || textOfName(site, node.value) !== name) return;
    if (areExclusive(site.path, [...parents, node])) return;
    if (canMeanTheSame(site, name, parents)) taken = true;
  });
  return taken;
}

/** True for the two sides of an `if`. */
function areExclusive(a: readonly ast.Node[], b: readonly ast.Node[]): boolean {
  const at = a.findLastIndex((node, index) => node === b[index]);
  const [common, one, other] = [a[at], a[at + 1], b[at + 1]];
  if (common?.kind !== 'If' || !one || !other) return false;
  const isInBody = (node: ast.Node) => (common.body as readonly ast.Node[]).includes(node);
  return isInBody(one) !== isInBody(other) && one !== common.test && other !== common.test;
}

function textOfName(site: KerasSite, value: ast.Expression): string | undefined {
  if (value.kind === 'String') return value.value;
  return value.kind === 'FormattedString'
    ? templateOf({ text: site.source.text, resolve: () => undefined }, value)
    : undefined;
}

/** Variables of different functions are different ones. */
function canMeanTheSame(site: KerasSite, name: string, path: readonly ast.Node[]): boolean {
  return !name.includes('{') || functionsAround(path)[0] === functionsAround(site.path)[0];
}
