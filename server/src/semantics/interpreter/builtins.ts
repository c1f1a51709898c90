/**
 * Python's built-in functions, as far as they compute argument values. What is not modelled stays a library name
 * (`builtins.NAME`) whose result is unknown.
 */
import type { CallArguments, CallSite, PyObject, PyOption } from './objects';
import { containerOf, pyBool, pyInt, pyNone, pyStr } from './objects';
import { joinObjects, makeList, makeSet, sameObject } from './join';
import { formatField, reprOf, toStr } from './formatting';
import { truth } from './operators';
import { branch, type Completion, type Machine } from './machine';
import { possibleOptions } from './dispatch';
import { classMember, lineage } from './classes';
import { superObject } from './superObject';
import { attributeDict } from './attributeDict';
import type { DescriptorData } from './instances';
import { removeAttribute, setAttribute } from './setByName';
import { dictOf } from './dictionaries';
import { executeText } from './executedText';
import { distinctItems } from './listMethods';
import { extremeItem, sortedItems } from './sorting';
import { dictView, makeIterator } from './iterators';
import { enumerated, filtered, mapped, nextOf, reduce, zipped } from './lazyFunctions';
import { decideBySteps, isStepped, iteratorOf } from './steps';
import { getAttribute, hasAttribute, importByName, isCallable, isInstance, typeOf } from './reflection';
import { globalsDict, localsDict, moduleDict } from './variablesDict';
import { callNumberFunction, isNumberFunction, sumOf } from './numberFunctions';

type Builtin = (
  machine: Machine,
  args: readonly PyObject[],
  call: CallArguments,
  site: CallSite,
) => PyObject | undefined;

/** The built-in with this name, if Python has it. */
export function builtinNamed(name: string): PyObject | undefined {
  if (Object.hasOwn(BUILTINS, name) || OTHER_BUILTINS.has(name) || isNumberFunction(`builtins.${name}`))
    return { kind: 'external', paths: [`builtins.${name}`], via: 'attribute', isObject: true };
  return undefined;
}

/** Calls `builtins.NAME`; undefined when the result is not determined. */
export function callBuiltin(machine: Machine, name: string, call: CallArguments, site: CallSite): PyObject | undefined {
  const builtin = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
  if (call.unknownPositional || (call.unknownKeywords && name !== 'dict')) return undefined;
  const args = call.positional.map((argument) => argument.value);
  const chosen = builtin && ITERATES.has(name) ? args.findIndex((one) => one.kind === 'choice') : -1;
  if (builtin && chosen >= 0) return forEachChoice(machine, args, chosen, (each) => builtin(machine, each, call, site));
  if (builtin) return builtin(machine, args, call, site);
  return call.keywords.length > 0
    ? undefined
    : callNumberFunction(`builtins.${name}`, args, machine.frame.source.tree.python2);
}

const BUILTINS: Readonly<Record<string, Builtin>> = {
  str: (_, [value, more]) => {
    const text = value ? toStr(value) : '';
    return text === undefined || more ? undefined : pyStr(text);
  },
  repr: (_, [value]) => textOrUndefined(value && reprOf(value)),
  format: (_, [value, spec]) =>
    value && (!spec || spec.kind === 'str') ? textOrUndefined(formatField(value, spec?.value ?? '')) : undefined,
  chr: (_, [value]) =>
    value?.kind === 'int' && value.value < 128 ? pyStr(String.fromCharCode(value.value)) : undefined,
  ord: (_, [value]) => {
    const code = value?.kind === 'str' && [...value.value].length === 1 ? value.value.codePointAt(0) : undefined;
    return code === undefined ? undefined : pyInt(code);
  },
  max: (machine, args, call) => extreme(machine, args, call, '>'),
  min: (machine, args, call) => extreme(machine, args, call, '<'),
  len: (machine, [value]) => (value ? lengthOf(machine, value) : undefined),
  sum: (machine, [value, start]) => {
    const items = value && machine.iterate(value);
    return items && sumOf(items, start);
  },
  any: (machine, [value], _, site) => some(machine, value, true, site),
  all: (machine, [value], _, site) => some(machine, value, false, site),
  range: (_, args) => rangeOf(args),
  xrange: (_, args) => rangeOf(args),
  list: (machine, [value]) => sequence(machine, value, (items) => makeList(items)),
  tuple: (machine, [value]) => sequence(machine, value, (items) => ({ kind: 'tuple', items })),
  set: (machine, [value]) => setOf(machine, value),
  frozenset: (machine, [value]) => setOf(machine, value),
  reversed: (machine, [value]) => sequence(machine, value, (items) => makeIterator([...items].reverse())),
  iter: (machine, [value, sentinel], _, site) =>
    sentinel ? undefined : value?.kind === 'host' ? value : value && iteratorOf(machine, value, site),
  sorted: (machine, [value], call) => {
    const items = value && machine.iterate(value);
    const sorted = items && sortedItems(machine, items, call);
    return sorted && makeList(sorted);
  },
  enumerate: (machine, [value, given], call, site) => {
    if (value && !given && call.keywords.length === 0 && isStepped(machine, value))
      return enumerated(machine, value, site);
    const items = value && machine.iterate(value);
    const start = given ?? call.keywords.find((argument) => argument.name === 'start')?.value;
    const first = start === undefined ? 0 : start.kind === 'int' ? start.value : undefined;
    if (!items || first === undefined) return undefined;
    return makeIterator(items.map((item, i) => ({ kind: 'tuple', items: [pyInt(first + i), item] })));
  },
  zip: (machine, args, _, site) => {
    const isLazy = !machine.frame.source.tree.python2 && args.some((one) => isStepped(machine, one));
    if (isLazy) return zipped(machine, args, site);
    if (new Set(args.filter((one) => one.kind === 'host')).size < args.filter((one) => one.kind === 'host').length)
      return undefined;
    const lists = args.map((argument) => machine.iterate(argument));
    const length = args.length === 0 ? 0 : Math.min(...lists.map((list) => list?.length ?? Number.NaN));
    if (!Number.isFinite(length)) return undefined;
    const items = Array.from({ length }, (_, i): PyObject => ({
      kind: 'tuple',
      items: lists.map((list) => list?.[i] ?? pyNone),
    }));
    return machine.frame.source.tree.python2 ? makeList(items) : makeIterator(items);
  },
  map: (machine, [fn, ...lists], _, site) => (fn ? mapped(machine, fn, lists, site) : undefined),
  filter: (machine, [fn, value], _, site) => (fn && value ? filtered(machine, fn, value, site) : undefined),
  reduce: (machine, args, _, site) => reduce(machine, args, site),
  next: (machine, [iterator, fallback], _, site) => nextOf(machine, iterator, fallback, site),
  dict: (machine, [value], call) => dictOf(machine, value, call),
  isinstance: (_, [value, type]) => isInstance(value, type),
  issubclass: (_, [value, type]) =>
    value?.kind === 'class' && type?.kind === 'class'
      ? pyBool(lineage(value).some((one) => sameObject(one, type)))
      : undefined,
  callable: (_, [value]) => (value ? isCallable(value) : undefined),
  hasattr: (machine, [object, name], _, site) => hasAttribute(machine, object, name, site),
  getattr: (machine, args, call, site) => getAttribute(machine, args, call, site),
  setattr: (machine, args, _, site) => setAttribute(machine, args, site),
  exec: (machine, _, call, site) => executeText(machine, 'exec', call, site),
  eval: (machine, _, call, site) => executeText(machine, 'eval', call, site),
  delattr: (machine, args, _, site) => removeAttribute(machine, args, site),
  globals: (machine) => globalsDict(machine),
  vars: (machine, [object]) =>
    !object
      ? localsDict(machine)
      : object.kind === 'instance'
        ? attributeDict(machine, object)
        : object.kind === 'module'
          ? moduleDict(machine, object)
          : undefined,
  locals: (machine) => localsDict(machine),
  type: (_, [value, more]) => (value && !more ? typeOf(value) : undefined),
  super: (machine, [cls, object]) => superObject(machine, cls, object),
  property: (_, [fn], call) => {
    const getter = fn ?? call.keywords.find((argument) => argument.name === 'fget')?.value;
    return getter && propertyOf(getter);
  },
  classmethod: (_, [fn]) => wrapper('classmethod', fn),
  staticmethod: (_, [fn]) => wrapper('staticmethod', fn),
  __import__: (machine, args, call) => importByName(machine, args, call, true),
  print: () => pyNone,
};

const OTHER_BUILTINS = new Set(
  (
    'object bytes bytearray complex open input dir id hash hex oct bin ' +
    'slice memoryview compile execfile unicode basestring raw_input file reload unichr cmp ' +
    'Exception BaseException ValueError TypeError KeyError IndexError AttributeError ImportError ModuleNotFoundError NotImplementedError ' +
    'NotImplemented RuntimeError StopIteration AssertionError NameError OSError IOError ZeroDivisionError ArithmeticError LookupError ' +
    'KeyboardInterrupt SystemExit Warning DeprecationWarning UserWarning FutureWarning EnvironmentError FileNotFoundError OverflowError ' +
    '__name__ __file__ __doc__ __package__ __builtins__'
  ).split(' '),
);

/** Built-ins that take the items of an argument: for one of several arguments, those of each are taken. */
const ITERATES = new Set(
  'list tuple set frozenset sorted sum any all len max min enumerate zip reversed map'.split(' '),
);

/** Calls something with each option of one argument, as alternatives. */
function forEachChoice(
  machine: Machine,
  args: readonly PyObject[],
  index: number,
  call: (args: readonly PyObject[]) => PyObject | undefined,
): PyObject | undefined {
  const options = args[index] ? possibleOptions(machine, args[index]) : [];
  const results: (PyObject | undefined)[] = [];
  const run = (option: PyOption) => (): Completion => {
    results.push(call(args.map((one, i) => (i === index ? option.value : one))));
    return 'normal';
  };
  branch(machine, options.map(run));
  return results.includes(undefined)
    ? undefined
    : joinObjects(
        results,
        options.map((option) => option.when),
      );
}

function textOrUndefined(text: string | undefined): PyObject | undefined {
  return text === undefined ? undefined : pyStr(text);
}

function wrapper(kind: 'classmethod' | 'staticmethod', fn: PyObject | undefined): PyObject | undefined {
  if (!fn) return undefined;
  const data: DescriptorData = { kind, function: fn };
  return { kind: 'host', host: { description: `a ${kind}`, data } };
}

/** `@property`, whose `setter` makes another one with both functions. */
function propertyOf(getter: PyObject, setter?: PyObject): PyObject {
  const data: DescriptorData = { kind: 'property', function: getter, ...(setter ? { setter } : {}) };
  const change = (make: (fn: PyObject) => PyObject): PyObject => ({
    kind: 'host',
    host: { description: 'a decorator of a property', call: (args) => make(args.positional[0]?.value ?? pyNone) },
  });
  return {
    kind: 'host',
    host: {
      description: 'a property',
      data,
      attribute: (name) => {
        if (name === 'setter') return change((fn) => propertyOf(getter, fn));
        if (name === 'getter') return change((fn) => propertyOf(fn, setter));
        return name === 'deleter' ? change(() => propertyOf(getter, setter)) : undefined;
      },
    },
  };
}

function lengthOf(machine: Machine, value: PyObject): PyObject | undefined {
  const container = containerOf(value);
  if (container.kind === 'str') return pyInt([...container.value].length);
  const method = value.kind === 'instance' ? classMember(value.class, '__len__') : undefined;
  if (method?.kind === 'function' && value.kind === 'instance') {
    const at = { file: value.class.source.file, span: value.class.node.span };
    const site = { call: at, callee: at, node: undefined };
    return machine.call({ kind: 'method', function: method, self: value }, { positional: [], keywords: [] }, site);
  }
  if (container.kind === 'host' && !dictView(container)) return undefined;
  const items = machine.iterate(container);
  return items ? pyInt(items.length) : undefined;
}

/** `any` (wanted: true) and `all` (wanted: false). */
function some(machine: Machine, value: PyObject | undefined, wanted: boolean, site: CallSite): PyObject | undefined {
  if (value && isStepped(machine, value)) {
    const found = decideBySteps(machine, value, site, (item) => {
      const holds = truth(item);
      return holds === undefined ? undefined : holds === wanted;
    });
    return found === undefined ? undefined : pyBool(found === wanted);
  }
  const truths = (value ? machine.iterate(value) : undefined)?.map(truth);
  if (!truths) return undefined;
  if (truths.includes(wanted)) return pyBool(wanted);
  return truths.includes(undefined) ? undefined : pyBool(!wanted);
}

function setOf(machine: Machine, value: PyObject | undefined): PyObject | undefined {
  const items = value ? machine.iterate(value) : [];
  const distinct = items && distinctItems(items);
  return distinct && makeSet(distinct);
}

function extreme(
  machine: Machine,
  args: readonly PyObject[],
  call: CallArguments,
  operator: '<' | '>',
): PyObject | undefined {
  const [first] = args;
  const items = args.length === 1 && first ? machine.iterate(first) : args;
  return items && extremeItem(machine, items, call, operator);
}

function rangeOf(args: readonly PyObject[]): PyObject | undefined {
  const numbers = args.map((argument) => (argument.kind === 'int' ? argument.value : Number.NaN));
  if (numbers.some(Number.isNaN) || numbers.length === 0) return undefined;
  const [start, stop, step] =
    numbers.length === 1 ? [0, numbers[0] ?? 0, 1] : [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 1];
  const count = step === 0 ? -1 : Math.max(0, Math.ceil((stop - start) / step));
  if (count < 0 || count > 10_000) return undefined;
  return { kind: 'tuple', items: Array.from({ length: count }, (_, i) => pyInt(start + i * step)) };
}

function sequence(
  machine: Machine,
  value: PyObject | undefined,
  make: (items: readonly PyObject[]) => PyObject,
): PyObject | undefined {
  if (!value) return make([]);
  const items = machine.iterate(value);
  return items && make(items);
}
