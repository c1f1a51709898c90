/**
 * What lies around a call in its file and matters for its variables: variable scopes, functions that run more than
 * once, loops, control flow of the graph. Purely lexical; what callers in other files do is not known here.
 */
import { contains } from '../../base/span';
import type { Location } from '../../base/span';
import type * as ast from '../../syntax/ast';
import { lookup } from '../../semantics/scopes';
import { childrenOf, walk } from '../../syntax/visit';
import { addCaveat, refuse } from '../rewrite/notes';
import type { Site } from '../rewrite/site';
import { calleeName, pathTo } from '../rewrite/syntaxAt';

/** Parameters of `tf.variable_scope` from the fourth on, in order; the first three say only how it is called. */
const variableScopeParameters = [
  'name_or_scope',
  'default_name',
  'values',
  'initializer',
  'regularizer',
  'caching_device',
  'partitioner',
  'custom_getter',
  'reuse',
  'dtype',
  'use_resource',
  'constraint',
  'auxiliary_name_scope',
];

/** What each parameter does to the variables of a layer inside, for the reason. */
const scopeEffects: Readonly<Record<string, string>> = {
  regularizer: 'adds its penalty to every variable of the layer, the bias included',
  partitioner: 'splits the variables',
  custom_getter: 'may replace the variables',
  reuse: 'shares variables between layers, which in Keras needs one layer object',
  dtype: 'sets the type of the variables',
  constraint: 'constrains the variables',
};

/** Decorators that make one function run many times, or its variables shared. */
const repeatingDecorators = new Set([
  'function',
  'defun',
  'def_function',
  'make_template',
  'custom_gradient',
  'batch_function',
]);

/** Calls that run a function they are given inside the graph, once or many times. */
const controlFlow = new Set([
  'while_loop', 'cond', 'case', 'switch_case', 'map_fn', 'scan', 'foldl', 'foldr', 'vectorized_map', 'py_func',
  'py_function', 'numpy_function', 'make_template', 'map', 'recompute_grad', 'batch_parallel',
]); // prettier-ignore

/** A `tf.variable_scope(...)` that some `with` around the call opens, outermost first. */
export interface OpenVariableScope {
  readonly call: ast.Call;
  /** The function (or module) whose body opens it. */
  readonly owner: ast.Node;
}

/** Adds a reason for everything around the call that makes its variables other than a Keras layer's own. */
export function checkSurroundings(site: Site): void {
  checkVariableScopes(site);
  checkRepeatingFunctions(site);
  checkReuseCalls(site);
}

/** The variable scopes that are lexically open at the call, outermost first. */
export function openVariableScopes(path: readonly ast.Node[]): OpenVariableScope[] {
  const open: OpenVariableScope[] = [];
  let owner = path[0] as ast.Node;
  for (const [index, node] of path.entries()) {
    if (node.kind === 'FunctionDef' || node.kind === 'Lambda' || node.kind === 'ClassDef') owner = node;
    if (node.kind !== 'With') continue;
    const inner = path[index + 1];
    for (const item of node.items) {
      // Only the items before the one that holds the call are entered when the call is in the header itself.
      if (inner?.kind === 'WithItem' && item.span.start >= inner.span.start) break;
      if (isVariableScope(item.context)) open.push({ call: item.context, owner });
    }
  }
  return open;
}

/** The value of a parameter of `tf.variable_scope` as written; `star` when unpacking hides it. */
export function variableScopeArgument(call: ast.Call, name: string): ast.Expression | 'unpacked' | undefined {
  const index = variableScopeParameters.indexOf(name);
  for (const [at, argument] of call.args.entries()) {
    if (argument.form === 'star' || argument.form === 'doubleStar') return 'unpacked';
    if (argument.form === 'keyword' ? argument.name?.name === name : at === index) return argument.value;
  }
  return undefined;
}

/** Refuses when `initializer=` of a variable scope reaches a layer that has no initializer of its own (D2). */
export function checkScopeInitializer(site: Site, path: readonly ast.Node[] = site.path): void {
  for (const { call } of openVariableScopes(path)) {
    const value = variableScopeArgument(call, 'initializer');
    if (value === undefined || isOff(value)) continue;
    refuse(
      site.notes,
      `\`tf.variable_scope(initializer=...)\` around ${path === site.path ? 'the call' : 'a caller'} initializes this layer`,
      locationOf(site, value === 'unpacked' ? call : value),
    );
  }
}

/** True when a node along the path repeats what is inside: a loop or a comprehension, in the innermost function. */
export function isInLoop(path: readonly ast.Node[]): boolean {
  const start = path.findLastIndex((node) => node.kind === 'FunctionDef');
  return path
    .slice(start + 1)
    .some((node) => node.kind === 'For' || node.kind === 'While' || node.kind === 'Comprehension');
}

/** The functions around a node, innermost first. */
export function functionsAround(path: readonly ast.Node[]): ast.FunctionDef[] {
  return path.filter((node): node is ast.FunctionDef => node.kind === 'FunctionDef').reverse();
}

/** A place in the file of the call. */
export function locationOf(site: Site, node: ast.Node): Location {
  return { file: site.source.file, span: node.span };
}

/** True for a call of `tf.variable_scope`, by its name. */
export function isVariableScope(expression: ast.Expression): expression is ast.Call {
  if (expression.kind !== 'Call') return false;
  const name = calleeName(expression);
  return name === 'variable_scope' || name === 'variable_op_scope';
}

/** A parameter of a `tf.variable_scope` that changes the variables of layers inside. */
export interface SwitchedOn {
  readonly parameter: string;
  /** What it does, as the end of a sentence. */
  readonly effect: string;
  readonly value: ast.Expression;
  readonly text: string;
}

/** Such parameters of the variable scopes that are lexically open along a path. */
export function switchedOn(site: Site, path: readonly ast.Node[]): SwitchedOn[] {
  return openVariableScopes(path).flatMap(({ call }) =>
    Object.entries(scopeEffects).flatMap(([parameter, effect]) => {
      const value = variableScopeArgument(call, parameter);
      if (value === undefined || value === 'unpacked' || isOff(value)) return [];
      return [{ parameter, effect, value, text: site.source.text.slice(value.span.start, value.span.end) }];
    }),
  );
}

function checkVariableScopes(site: Site): void {
  for (const { parameter, effect, value, text } of switchedOn(site, site.path)) {
    const sharing = parameter === 'reuse' ? offByDefault(site, value) : undefined;
    if (sharing) {
      addCaveat(
        site.notes,
        `\`${text}\` of \`${sharing}\` must stay at its default: a Keras layer shares no weights between calls`,
      );
      continue;
    }
    refuse(
      site.notes,
      `\`${parameter}=${text}\` of the \`tf.variable_scope\` around the call ${effect}`,
      locationOf(site, value),
    );
  }
  for (const { call } of openVariableScopes(site.path)) {
    const isHidden = call.args.some((argument) => argument.form === 'star' || argument.form === 'doubleStar');
    if (!isHidden) continue;
    refuse(site.notes, 'the arguments of the `tf.variable_scope` around the call are unpacked', locationOf(site, call));
  }
}

/**
 * The function whose parameter a value is, if that is off by default and no call in the file switches it on.
 * Whether a caller elsewhere does is for the caveat.
 */
function offByDefault(site: Site, value: ast.Expression): string | undefined {
  if (value.kind !== 'Name') return undefined;
  const owner = functionsAround(pathOf(site, value)).find(({ parameters }) =>
    parameters.some((one) => one.name.name === value.name),
  );
  const index = owner?.parameters.findIndex((one) => one.name.name === value.name) ?? -1;
  const parameter = owner?.parameters[index];
  if (!owner || !parameter?.default || !isOff(parameter.default)) return undefined;
  const isSwitchedOn = (call: ast.Call): boolean =>
    call.args.some((argument, at) => {
      if (argument.form === 'star' || argument.form === 'doubleStar') return true;
      const isMeant = argument.form === 'keyword' ? argument.name?.name === value.name : at === index;
      return isMeant && !isOff(argument.value) && argument.value.kind !== 'Name';
    });
  return usesOf(site, owner).calls.some(isSwitchedOn) ? undefined : owner.name.name;
}

/** `None` and `False` leave a parameter off. */
function isOff(value: ast.Expression | 'unpacked'): boolean {
  return value !== 'unpacked' && value.kind === 'Constant' && (value.value === 'None' || value.value === 'False');
}

function checkRepeatingFunctions(site: Site): void {
  for (const node of functionsAround(site.path)) {
    for (const decorator of node.decorators) {
      const name = lastName(decorator);
      if (name === undefined || !repeatingDecorators.has(name)) continue;
      refuse(
        site.notes,
        `\`${node.name.name}\` is decorated with \`${name}\`: a Keras layer made inside it is new, with new weights, each time it runs`,
        locationOf(site, decorator),
      );
    }
    const runner = findRunner(site, node);
    if (runner) refuseRunner(site, runner);
  }
  for (const [index, node] of site.path.entries()) {
    if (node.kind !== 'Lambda') continue;
    const argument = site.path[index - 1];
    const call = site.path[index - 2];
    if (argument?.kind === 'Argument' && call?.kind === 'Call' && controlFlow.has(calleeName(call) ?? '')) {
      refuseRunner(site, call);
    }
  }
}

function refuseRunner(site: Site, call: ast.Call): void {
  refuse(
    site.notes,
    `\`${calleeName(call)}\` runs the code around the call, perhaps many times: a Keras layer has to be made outside of it`,
    locationOf(site, call),
  );
}

/** A call such as `tf.while_loop(condition, body, ...)` that is given the function by name. */
function findRunner(site: Site, node: ast.FunctionDef): ast.Call | undefined {
  let found: ast.Call | undefined;
  walk(site.source.tree.module, (inner) => {
    if (inner.kind !== 'Call' || !controlFlow.has(calleeName(inner) ?? '')) return;
    const takes = inner.args.some(({ value }) => value.kind === 'Name' && value.name === node.name.name);
    if (takes) found ??= inner;
  });
  return found;
}

/** `scope.reuse_variables()` before the call switches the rest of the scope to shared variables. */
function checkReuseCalls(site: Site): void {
  const [body = site.path[0] as ast.Node] = functionsAround(site.path);
  walk(body, (node) => {
    const isNested = node !== body && (node.kind === 'FunctionDef' || node.kind === 'Lambda');
    if (isNested && !contains(node.span, site.node.span)) return 'skip';
    if (node.kind !== 'Call' || calleeName(node) !== 'reuse_variables') return undefined;
    refuse(
      site.notes,
      '`reuse_variables()` in this function shares variables between layers, which in Keras needs one layer object',
      locationOf(site, node),
    );
    return undefined;
  });
}

function lastName(decorator: ast.Expression): string | undefined {
  const expression = decorator.kind === 'Call' ? decorator.callee : decorator;
  if (expression.kind === 'Name') return expression.name;
  return expression.kind === 'Attribute' ? expression.attribute.name : undefined;
}

/** Uses of a function in its file, by its plain name or as a method. */
export interface FunctionUses {
  readonly calls: readonly ast.Call[];
  /** True when it is also passed on as a value, so that not all of its calls are seen. */
  readonly isHandedOn: boolean;
}

/** The uses of a function in the file of the call. */
export function usesOf(site: Site, node: ast.FunctionDef): FunctionUses {
  const name = node.name.name;
  const calls: ast.Call[] = [];
  let isHandedOn = false;
  walk(site.source.tree.module, (inner, parents) => {
    if (inner.kind === 'Call' && calleeName(inner) === name) calls.push(inner);
    const isMention =
      inner.kind === 'Name' ? inner.name === name : inner.kind === 'Attribute' && inner.attribute.name === name;
    const parent = parents[parents.length - 1];
    const isCallee = parent?.kind === 'Call' && parent.callee === inner;
    // `net.default_image_size = 224` sets an attribute of the function; a variable may have its name.
    if (isMention && !isCallee && parent?.kind !== 'Attribute' && !isOther(site, node, inner, parents))
      isHandedOn = true;
  });
  return { calls, isHandedOn };
}

/** True for a name that a scope in between binds to something else. */
function isOther(site: Site, node: ast.FunctionDef, mention: ast.Node, parents: readonly ast.Node[]): boolean {
  if (mention.kind !== 'Name') return false;
  const around = parents.findLast((one) => one.kind === 'FunctionDef' || one.kind === 'Lambda');
  const scope = around ? site.source.scopes.scopeOf(around) : site.source.scopes.module;
  const found = lookup(scope, mention.name);
  return found !== undefined && found.bindings.every((binding) => binding.node !== node);
}

/** The path to a node of the file of the call. */
export function pathOf(site: Site, node: ast.Node): ast.Node[] {
  const path = pathTo(site.source.tree.module, node.span);
  const index = path.findIndex((one) => one === node);
  return index < 0 ? path : path.slice(0, index + 1);
}

/** The statements around a node, from the innermost block outwards: each block up to and with the one that holds it. */
export function statementsBefore(path: readonly ast.Node[]): (readonly ast.Statement[])[] {
  const blocks: (readonly ast.Statement[])[] = [];
  for (let i = path.length - 1; i > 0; i--) {
    const node = path[i] as ast.Node;
    const parent = path[i - 1] as ast.Node;
    const block = blockWith(parent, node);
    if (block) blocks.push(block.slice(0, block.indexOf(node as ast.Statement)).reverse());
    if (node.kind === 'FunctionDef') break;
  }
  return blocks;
}

function blockWith(parent: ast.Node, node: ast.Node): readonly ast.Statement[] | undefined {
  if (!childrenOf(parent).includes(node)) return undefined;
  for (const value of Object.values(parent)) {
    if (Array.isArray(value) && value.includes(node)) return value as readonly ast.Statement[];
  }
  return undefined;
}
