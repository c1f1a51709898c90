/**
 * Python's built-in functions, as far as they compute argument values. What is not modelled stays a library name
 * (`builtins.NAME`) whose result is unknown.
 */
import type { CallArguments, CallSite, DictEntry, PyObject } from './objects';
import { hashKey, pyBool, pyInt, pyNone, pyStr, pyUnknown } from './objects';
import { makeDict, makeList, mergeEntries } from './join';
import { toStr } from './formatting';
import { compare, truth } from './operators';
import type { Machine } from './machine';
import { superObject } from './classes';
import { assignAttribute } from './assign';
import type { GeneratorData } from './comprehensions';
import { generatorCall } from './functions';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';

type Builtin = (
  machine: Machine,
  args: readonly PyObject[],
  call: CallArguments,
  site: CallSite,
) => PyObject | undefined;

/** The built-in with this name, if Python has it. */
export function builtinNamed(name: string): PyObject | undefined {
  if (name in BUILTINS || OTHER_BUILTINS.has(name))
    return { kind: 'external', paths: [`builtins.${name}`], via: 'attribute' };
  return undefined;
}

/** Calls `builtins.NAME`; undefined when the result is not determined. */
export function callBuiltin(machine: Machine, name: string, call: CallArguments, site: CallSite): PyObject | undefined {
  const builtin = BUILTINS[name];
  if (!builtin || call.unknownPositional || call.unknownKeywords) return undefined;
  return builtin(
    machine,
    call.positional.map((argument) => argument.value),
    call,
    site,
  );
}

const BUILTINS: Readonly<Record<string, Builtin>> = {
  int: (_, [value]) => toInt(value),
  float: (_, [value]) => {
    const number = value && toNumber(value);
    return number === undefined ? undefined : { kind: 'float', value: number };
  },
  bool: (_, [value]) => {
    const known = value ? truth(value) : false;
    return known === undefined ? undefined : pyBool(known);
  },
  str: (_, [value]) => {
    const text = value ? toStr(value) : '';
    return text === undefined ? undefined : pyStr(text);
  },
  max: (machine, args, call) => extreme(machine, args, call, '>'),
  min: (machine, args, call) => extreme(machine, args, call, '<'),
  abs: (_, [value]) =>
    value?.kind === 'int'
      ? pyInt(Math.abs(value.value))
      : value?.kind === 'float'
        ? { kind: 'float', value: Math.abs(value.value) }
        : undefined,
  round: (machine, [value, digits]) => {
    if (digits || value?.kind !== 'float' || machine.frame.source.tree.python2)
      return value?.kind === 'int' && !digits ? value : undefined;
    const floor = Math.floor(value.value);
    const rest = value.value - floor;
    return pyInt(rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1);
  },
  len: (machine, [value]) => {
    if (value?.kind === 'str') return pyInt([...value.value].length);
    const items = value && machine.iterate(value);
    return items ? pyInt(items.length) : undefined;
  },
  sum: (machine, [value, start]) => {
    const items = value && machine.iterate(value);
    const numbers = items?.map((item) => (item.kind === 'int' ? item.value : undefined));
    if (!numbers || start || numbers.includes(undefined)) return undefined;
    return pyInt(numbers.reduce<number>((total, number) => total + (number ?? 0), 0));
  },
  range: (_, args) => rangeOf(args),
  xrange: (_, args) => rangeOf(args),
  list: (machine, [value]) => sequence(machine, value, (items) => makeList(items)),
  tuple: (machine, [value]) => sequence(machine, value, (items) => ({ kind: 'tuple', items })),
  set: (machine, [value]) => sequence(machine, value, (items) => ({ kind: 'set', items })),
  reversed: (machine, [value]) => sequence(machine, value, (items) => makeList([...items].reverse())),
  iter: (machine, [value]) => sequence(machine, value, (items) => makeList(items)),
  sorted: (machine, [value], call) => {
    if (call.keywords.length > 0) return undefined;
    const items = value && machine.iterate(value);
    if (!items || !items.every((item) => item.kind === 'str' || item.kind === 'int' || item.kind === 'float'))
      return undefined;
    const comparable = items.every((a) => items.every((b) => a === b || compare('<', a, b) !== undefined));
    return comparable
      ? makeList([...items].sort((a, b) => (compare('<', a, b) ? -1 : compare('>', a, b) ? 1 : 0)))
      : undefined;
  },
  enumerate: (machine, [value, start]) => {
    const items = value && machine.iterate(value);
    const first = start === undefined ? 0 : start.kind === 'int' ? start.value : undefined;
    if (!items || first === undefined) return undefined;
    return makeList(items.map((item, i) => ({ kind: 'tuple', items: [pyInt(first + i), item] })));
  },
  zip: (machine, args) => {
    const lists = args.map((argument) => machine.iterate(argument));
    const length = Math.min(...lists.map((list) => list?.length ?? Number.NaN));
    if (!Number.isFinite(length)) return undefined;
    return makeList(
      Array.from({ length }, (_, i) => ({ kind: 'tuple', items: lists.map((list) => list?.[i] ?? pyNone) })),
    );
  },
  // Python 3's `map` calls nothing until somebody takes the items.
  map: (machine, [fn, value, more], _, site) => {
    const items = value && machine.iterate(value);
    if (!fn || !items || more) return undefined;
    const call = (item: PyObject): PyObject =>
      machine.call(fn, { positional: [{ value: item, form: 'positional', at: site.call }], keywords: [] }, site);
    if (machine.frame.source.tree.python2) return makeList(items.map(call));
    const data: GeneratorData = { kind: 'generator', run: () => makeList(items.map(call)) };
    return { kind: 'host', host: { description: 'a map', data } };
  },
  // A generator that was started may have left a scope open (A7): which one is not followed.
  next: (machine, [iterator]) => {
    const generator = iterator && generatorCall(iterator);
    if (generator && opensScope(generator.fn.node))
      machine.host.distrustAmbient(`a generator of \`${generator.fn.name}\` was started`);
    return undefined;
  },
  dict: (machine, [value], call) => dictOf(machine, value, call),
  isinstance: (_, [value, type]) => isInstance(value, type),
  hasattr: () => undefined,
  callable: (_, [value]) =>
    value?.kind === 'function' || value?.kind === 'class' || value?.kind === 'method' ? pyBool(true) : undefined,
  getattr: (machine, [object, name, fallback], _, site) => {
    if (!object || name?.kind !== 'str') return undefined;
    const found = machine.attribute(object, name.value, site.call);
    return found.kind === 'unknown' && fallback ? undefined : found;
  },
  setattr: (machine, [object, name, value]) => {
    if (!object || name?.kind !== 'str' || !value) return undefined;
    assignAttribute(machine, object, name.value, value);
    return pyNone;
  },
  type: (_, [value, more]) => (more ? undefined : value?.kind === 'instance' ? value.class : undefined),
  super: (machine) => superObject(machine),
  property: (_, [fn]) => wrapper('property', fn),
  classmethod: (_, [fn]) => wrapper('classmethod', fn),
  staticmethod: (_, [fn]) => wrapper('staticmethod', fn),
  print: () => pyNone,
};

const OTHER_BUILTINS = new Set(
  (
    'object any all repr bytes bytearray complex open input vars locals globals dir id hash hex oct bin chr ord pow divmod filter frozenset ' +
    'slice delattr issubclass format memoryview compile eval exec unicode long basestring reduce raw_input file reload unichr cmp ' +
    'Exception BaseException ValueError TypeError KeyError IndexError AttributeError ImportError ModuleNotFoundError NotImplementedError ' +
    'NotImplemented RuntimeError StopIteration AssertionError NameError OSError IOError ZeroDivisionError ArithmeticError LookupError ' +
    'KeyboardInterrupt SystemExit Warning DeprecationWarning UserWarning FutureWarning EnvironmentError FileNotFoundError OverflowError ' +
    '__name__ __file__ __doc__ __package__ __builtins__'
  ).split(' '),
);

/** True when a function enters context managers at all. */
function opensScope(node: ast.Node): boolean {
  let found = false;
  walk(node, (inner) => {
    if (inner.kind === 'With') found = true;
  });
  return found;
}

function wrapper(kind: 'property' | 'classmethod' | 'staticmethod', fn: PyObject | undefined): PyObject | undefined {
  return fn && { kind: 'host', host: { description: `a ${kind}`, data: { kind, function: fn } } };
}

function toNumber(value: PyObject): number | undefined {
  if (value.kind === 'int' || value.kind === 'float') return value.value;
  if (value.kind === 'bool') return value.value ? 1 : 0;
  if (value.kind === 'str' && /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(value.value))
    return Number(value.value);
  return undefined;
}

function toInt(value: PyObject | undefined): PyObject | undefined {
  if (!value) return pyInt(0);
  if (value.kind === 'str' && !/^\s*[-+]?\d+\s*$/.test(value.value)) return undefined;
  const number = toNumber(value);
  return number === undefined || !Number.isFinite(number) ? undefined : pyInt(Math.trunc(number));
}

function extreme(
  machine: Machine,
  args: readonly PyObject[],
  call: CallArguments,
  operator: '<' | '>',
): PyObject | undefined {
  const [first] = args;
  const items = args.length === 1 && first ? machine.iterate(first) : args;
  if (!items || items.length === 0 || call.keywords.length > 0) return undefined;
  let best = items[0];
  for (const item of items.slice(1)) {
    const better = best && compare(operator, item, best);
    if (better === undefined) return undefined;
    if (better) best = item;
  }
  return best;
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

/** `dict(mapping_or_pairs, **keywords)`; entries keep their notes, so that scopes merged by hand keep their origins (A3). */
function dictOf(machine: Machine, value: PyObject | undefined, call: CallArguments): PyObject | undefined {
  const entries = new Map<string, DictEntry>();
  let rest = value?.kind === 'dict' ? value.cell.value.rest : undefined;
  if (value?.kind === 'dict') for (const [key, entry] of value.cell.value.entries) entries.set(key, entry);
  else if (value) {
    for (const pair of machine.iterate(value) ?? [pyNone]) {
      const [key, item] = machine.iterate(pair) ?? [];
      const hash = key && hashKey(key);
      if (!key || !item || hash === undefined) {
        rest = pyUnknown('a dict is made of items that are not known');
        continue;
      }
      entries.set(hash, { key, value: item });
    }
  }
  if (call.unknownKeywords) {
    rest = call.unknownKeywords;
    mergeEntries(entries, { entries: new Map(), rest });
  }
  for (const argument of call.keywords) {
    entries.set(`s:${argument.name ?? ''}`, {
      key: pyStr(argument.name ?? ''),
      value: argument.value,
      ...(argument.expression ? { expression: argument.expression } : {}),
      ...(argument.note === undefined ? {} : { note: argument.note }),
    });
  }
  return makeDict(entries, rest);
}

const TYPE_KINDS: Readonly<Record<string, readonly PyObject['kind'][]>> = {
  'builtins.int': ['int', 'bool'],
  'builtins.float': ['float'],
  'builtins.str': ['str'],
  'builtins.bool': ['bool'],
  'builtins.list': ['list'],
  'builtins.tuple': ['tuple'],
  'builtins.dict': ['dict'],
};

function isInstance(value: PyObject | undefined, type: PyObject | undefined): PyObject | undefined {
  if (!value || !type) return undefined;
  const types = type.kind === 'tuple' ? type.items : [type];
  const plain = ['none', 'int', 'bool', 'float', 'str', 'list', 'tuple', 'dict'].includes(value.kind);
  if (!plain) return undefined;
  const kinds = types.map((one) => (one.kind === 'external' ? TYPE_KINDS[one.paths[0] ?? ''] : undefined));
  if (kinds.some((one) => one?.includes(value.kind))) return pyBool(true);
  return kinds.includes(undefined) ? undefined : pyBool(false);
}
