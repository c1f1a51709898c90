/**
 * Functions of the workspace: definition, binding of arguments to parameters, and running a call.
 * A call runs the real body with the real arguments, in the ambient state (arg_scopes) of the caller, as Python does.
 */
import type * as ast from '../../syntax/ast';
import { childrenOf } from '../../syntax/visit';
import type { CallArguments, CallSite, DictEntry, PyFunction, PyObject } from './objects';
import { anotherUnknown, pyNone, pyStr, pyUnknown } from './objects';
import { attributesCell, joinObjects, makeDict } from './join';
import { here, type Frame, type Machine } from './machine';
import { makeEnvironment, setVariable } from './names';
import { notFollowed } from './notFollowed';
import { noteRaise } from './tryStatement';
import { callError } from './bindingError';
import { defaultsOf } from './functionDefaults';
import { makeGenerator } from './generators';

/** Executes a `def`: evaluates defaults and decorators, and returns the object that the name gets. */
export function defineFunction(machine: Machine, node: ast.FunctionDef): PyObject {
  const decorators = node.decorators.map((decorator) => ({ decorator, value: machine.evaluate(decorator) }));
  const fn = makeFunction(machine, node, node.name.name);
  let result: PyObject = fn;
  for (const { decorator, value } of decorators.reverse()) {
    const at = here(machine, decorator);
    result = machine.call(
      value,
      { positional: [{ value: result, form: 'positional', at }], keywords: [] },
      { call: at, callee: at, node: undefined },
    );
  }
  machine.host.functionDefined(fn, result, machine.frame);
  return result;
}

/** Evaluates a `lambda`. */
export function defineLambda(machine: Machine, node: ast.Lambda): PyObject {
  const fn = makeFunction(machine, node, '<lambda>');
  machine.host.functionDefined(fn, fn, machine.frame);
  return fn;
}

function makeFunction(machine: Machine, node: ast.FunctionDef | ast.Lambda, name: string): PyFunction {
  const { environment, source } = machine.frame;
  const defaults = new Map<string, PyObject>();
  for (const parameter of node.parameters) {
    if (parameter.default) defaults.set(parameter.name.name, machine.evaluate(parameter.default));
  }
  const inClass = environment.scope.kind === 'class';
  const prefix = inClass ? `${environment.qualifier}.` : '';
  return {
    kind: 'function',
    node,
    source,
    closure: environment,
    name,
    qualifiedName: prefix + name,
    defaults,
    isGenerator: isGenerator(node),
    attributes: attributesCell(new Map()),
  };
}

const generatorCache = new WeakMap<object, boolean>();

/** True when the function's own body contains `yield`. */
function isGenerator(node: ast.FunctionDef | ast.Lambda): boolean {
  const cached = generatorCache.get(node);
  if (cached !== undefined) return cached;
  const search = (at: ast.Node): boolean => {
    if (at.kind === 'Yield') return true;
    if (at.kind === 'FunctionDef' || at.kind === 'Lambda' || at.kind === 'ClassDef') return false;
    return childrenOf(at).some(search);
  };
  const body: readonly ast.Node[] = node.kind === 'Lambda' ? [node.body] : node.body;
  const found = body.some(search);
  generatorCache.set(node, found);
  return found;
}

/** Result of {@link bindParameters}. */
export interface Bound {
  readonly values: ReadonlyMap<string, PyObject>;
}

/** Binds arguments that fit (see bindingError.ts) to parameters; what the arguments leave open is unknown. */
export function bindParameters(
  fn: PyFunction,
  args: CallArguments,
  missing: (parameter: ast.Parameter) => PyObject,
): Bound {
  const values = new Map<string, PyObject>();
  const { parameters } = fn.node;
  const defaults = defaultsOf(fn);
  const positional = [...args.positional];
  const named = new Map(args.keywords.map((argument) => [argument.name ?? '', argument]));
  for (const parameter of parameters) {
    const name = parameter.name.name;
    switch (parameter.form) {
      case 'star':
        values.set(
          name,
          args.unknownPositional ?? { kind: 'tuple', items: positional.splice(0).map((argument) => argument.value) },
        );
        break;
      case 'doubleStar':
        break;
      case 'bareStar':
      case 'slash':
        break;
      case 'tuple': {
        positional.shift();
        for (const unpacked of parameter.unpacked ?? []) values.set(unpacked.name, missing(parameter));
        break;
      }
      case 'plain': {
        const given = parameter.keywordOnly ? undefined : positional.shift();
        const keyword = named.get(name);
        named.delete(name);
        const open = (parameter.keywordOnly ? undefined : args.unknownPositional) ?? args.unknownKeywords;
        const unknown = open && anotherUnknown(open);
        values.set(name, given?.value ?? keyword?.value ?? unknown ?? defaults.get(name) ?? missing(parameter));
        break;
      }
    }
  }
  const rest = parameters.find((parameter) => parameter.form === 'doubleStar');
  if (rest) {
    const entries = new Map<string, DictEntry>();
    for (const [name, argument] of named) {
      entries.set(`s:${name}`, {
        key: pyStr(name),
        value: argument.value,
        ...(argument.expression ? { expression: argument.expression } : {}),
      });
    }
    values.set(rest.name.name, makeDict(entries, args.unknownKeywords));
  }
  return { values };
}

/** Calls a function of the workspace. */
export function callFunction(
  machine: Machine,
  fn: PyFunction,
  args: CallArguments,
  site: CallSite,
  self?: PyObject,
): PyObject {
  const replaced = fn.attributes.value.get('__code__') && `the code of \`${fn.name}\` is replaced`;
  const failed = replaced === undefined ? failedCall(machine, fn, args, site) : undefined;
  if (failed) return failed;
  const refused = replaced ?? refusal(machine, fn, site);
  if (refused !== undefined) {
    machine.host.callNotFollowed();
    return notFollowed(machine, refused, args, site);
  }
  const bound = bindParameters(fn, args, (parameter) =>
    pyUnknown(`no argument for \`${parameter.name.name}\` of \`${fn.name}\``, site.call),
  );
  if (fn.isGenerator) {
    return makeGenerator(machine, fn, bound, site, self);
  }
  const before = { steps: machine.steps, activity: machine.host.activity() };
  const result = runBody(machine, fn, bound, site, self);
  const isIdle = machine.host.activity() === before.activity;
  if (isIdle && machine.steps - before.steps > machine.limits.idleSteps) machine.idle.add(fn.node);
  return result;
}

/** The result of a call whose arguments do not fit: it raises, and the body never runs. */
export function failedCall(
  machine: Machine,
  fn: PyFunction,
  args: CallArguments,
  site: CallSite,
): PyObject | undefined {
  const message = callError(fn, args);
  return message === undefined ? undefined : raisedBy(machine, `TypeError: ${message}`, site);
}

/** What a call gives that certainly raises. */
export function raisedBy(machine: Machine, error: string, site: CallSite): PyObject {
  noteRaise(machine);
  return { ...pyUnknown(`the call fails with ${error}`, site.call), isNever: true };
}

/** How often a function may be on the call stack when a test that is not known decides whether it calls itself again. */
const MAX_OPEN_RECURSION = 3;
/** The same when every test is known: real recursion ends some time. */
const MAX_RECURSION = 12;

/** Why a function is not run once more; undefined when it is. A bound that matters is reported. */
export function refusal(machine: Machine, fn: PyFunction, site: CallSite): string | undefined {
  if (machine.idle.has(fn.node)) return `\`${fn.name}\` takes too many steps to follow`;
  let count = 0;
  let outermost: Frame | undefined;
  // A path that has returned already, or an open branch, makes the next call depend on a test that is not known.
  let hasReturned = false;
  let isOpen = false;
  for (let at: Frame | undefined = machine.frame; at; at = at.parent) {
    hasReturned ||= at.returns.length > 0;
    if (at.function?.node !== fn.node) continue;
    count++;
    outermost = at;
    isOpen = hasReturned || machine.branchDepth > at.branchDepth;
  }
  const isTooDeep = machine.frame.depth >= machine.limits.callDepth;
  if (!isTooDeep && count < (isOpen ? MAX_OPEN_RECURSION : MAX_RECURSION)) return undefined;
  const reason = count > 0 ? `\`${fn.name}\` calls itself` : 'calls are nested too deeply to follow';
  if (outermost && machine.host.activity() > outermost.activity)
    machine.host.limitReached(`\`${fn.name}\` calls itself: it is followed ${count} times`, site.call);
  return reason;
}

/** Runs the body of a function with bound parameters and joins what its paths return. */
export function runBody(
  machine: Machine,
  fn: PyFunction,
  bound: Bound,
  site: CallSite | undefined,
  self: PyObject | undefined,
  onYield?: (value: PyObject) => void,
): PyObject {
  const caller = machine.frame;
  const { store } = machine;
  if (site) noteCall(machine, fn, self);
  const values = machine.host.tensors?.parameters(fn, bound.values) ?? bound.values;
  const frame = makeFrame(machine, fn, site, self, onYield);
  const { environment } = frame;
  machine.frame = frame;
  try {
    for (const [name, value] of values) setVariable(machine, environment, name, value);
    if (fn.node.kind === 'Lambda') return machine.evaluate(fn.node.body);
    const result = finish(machine, machine.execute(fn.node.body) === 'normal', fn.name);
    if (!capturesVariables(fn)) store.forget(machine.frame.mark, new Set(environment.variables.values()));
    return result;
  } finally {
    machine.frame = caller;
  }
}

/** Tells of a call: who is called, and when for the first time. */
export function noteCall(machine: Machine, fn: PyFunction, self: PyObject | undefined): void {
  machine.host.functionCalled(fn, self);
  if (!machine.firstCalls.has(fn.node)) machine.firstCalls.set(fn.node, machine.store.clock);
}

/** The frame of a function that is called now, with variables of its own. */
export function makeFrame(
  machine: Machine,
  fn: PyFunction,
  site: CallSite | undefined,
  self: PyObject | undefined,
  onYield?: (value: PyObject) => void,
): Frame {
  const caller = machine.frame;
  return {
    environment: makeEnvironment(fn.source.scopes.scopeOf(fn.node), fn.closure, fn.source, fn.qualifiedName),
    source: fn.source,
    function: fn,
    site,
    parent: caller,
    depth: caller.depth + 1,
    mark: machine.store.mark(),
    branchDepth: machine.branchDepth,
    imbalance: machine.host.imbalance(),
    activity: machine.host.activity(),
    returns: [],
    loops: [],
    tests: [],
    conditions: caller.conditions,
    onYield,
    self,
  };
}

/** True when something that outlives a call may refer to its variables: inner scopes do. */
function capturesVariables(fn: PyFunction): boolean {
  return fn.source.scopes.scopeOf(fn.node).children.length > 0;
}

/** Joins the state and the value of all paths through the running function. */
function finish(machine: Machine, fallsThrough: boolean, name: string): PyObject {
  const { frame, store } = machine;
  const exits = [...frame.returns];
  if (fallsThrough)
    exits.push({ value: pyNone, changes: store.changesSince(frame.mark), when: undefined, conditional: false });
  if (exits.length === 0) return { ...pyUnknown(`\`${name}\` does not return`), isNever: true };
  if (frame.returns.length > 0) {
    store.rollback(frame.mark);
    store.join(exits.map((exit) => exit.changes));
  }
  // Which arg_scopes the other paths left behind is not tracked.
  const several = exits.length > 1 || exits.some((exit) => exit.conditional);
  if (several && machine.host.imbalance() !== frame.imbalance)
    machine.host.restoreAmbient(machine.host.unknownAmbient());
  return (
    joinObjects(
      exits.map((exit) => exit.value),
      exits.map((exit) => exit.when),
    ) ?? pyNone
  );
}

/** The reason for a value that only the callers of an entry point know. */
export function parameterUnknown(machine: Machine, fn: PyFunction, parameter: ast.Parameter): PyObject {
  const at = { file: fn.source.file, span: parameter.span };
  return { ...pyUnknown(`parameter \`${parameter.name.name}\` of \`${fn.qualifiedName}\``, at), fromCaller: true };
}
