/**
 * Calls of every kind of callee. A choice of callees is followed option by option, as alternative branches.
 * A callee that is not known may change the containers that it is given, so their content is forgotten.
 */
import type { CallArguments, CallSite, PyObject, PyUnknown } from './objects';
import { withStored } from './partials';
import { pyUnknown } from './objects';
import { joinObjects } from './join';
import { branch, type Machine } from './machine';
import { callBuiltin } from './builtins';
import { callStandardLibrary } from './stdlib';
import { callFunction } from './functions';
import { escape, notFollowed } from './notFollowed';
import { runUnseen } from './unseenCalls';
import { forgetIterator } from './iterators';
import { classMember } from './classes';
import { callMethod, instantiate } from './instances';
import { possibleOptions } from './dispatch';
import { callUnboundMethod } from './unboundMethods';

/** Calls `callee` with evaluated arguments. */
export function callObject(machine: Machine, callee: PyObject, args: CallArguments, site: CallSite): PyObject {
  machine.step();
  if (callee.kind !== 'choice') return callOne(machine, callee, args, site);
  const values: PyObject[] = [];
  const options = possibleOptions(machine, callee);
  const followed = options.map((option) => () => {
    const { frame } = machine;
    const { conditions } = frame;
    if (option.when) frame.conditions = [...conditions, option.when];
    try {
      values.push(callOne(machine, option.value, args, site));
    } finally {
      frame.conditions = conditions;
    }
    return 'normal' as const;
  });
  branch(machine, followed);
  return (
    joinObjects(
      values,
      options.map((option) => option.when),
    ) ?? pyUnknown('no value', site.call)
  );
}

function callOne(machine: Machine, callee: PyObject, args: CallArguments, site: CallSite): PyObject {
  switch (callee.kind) {
    case 'function':
      return callFunction(machine, callee, args, site);
    case 'method':
      return callMethod(machine, callee, args, site);
    case 'class':
      return instantiate(machine, callee, args, site);
    case 'partial':
      return machine.call(callee.target, withStored(callee.args, args), site);
    case 'host':
      return (
        callee.host.call?.(args, site) ??
        opaque(machine, `the result of calling ${callee.host.description}`, args, site)
      );
    case 'external':
      return callExternal(machine, callee, args, site);
    case 'instance': {
      const method = classMember(callee.class, '__call__');
      if (method?.kind === 'function')
        return callMethod(machine, { kind: 'method', function: method, self: callee }, args, site);
      const called = method?.kind === 'unknown' ? machine.host.callInstance(callee, args, site) : undefined;
      if (called) return called;
      return opaque(machine, `the result of calling an instance of \`${callee.class.name}\``, args, site);
    }
    case 'externalResult':
      return callLibraryObject(machine, callee, args, site);
    case 'unknown':
      return opaque(machine, callee.isTensor ? 'the result of calling a tensor' : callee.reason, args, site, callee);
    default:
      return opaque(machine, 'the result of calling something that is not a function', args, site);
  }
}

function callExternal(
  machine: Machine,
  callee: PyObject & { kind: 'external' },
  args: CallArguments,
  site: CallSite,
): PyObject {
  const [path] = callee.paths;
  const standard = path === undefined ? undefined : callStandardLibrary(machine, path, args, site);
  if (standard) return standard;
  const plain = path === undefined ? undefined : callUnboundMethod(machine, path, args, site);
  if (plain) return plain;
  if (path !== undefined && CHANGES.test(path)) return opaque(machine, `the result of \`${path}\``, args, site);
  if (path?.startsWith('builtins.')) {
    const name = path.slice('builtins.'.length);
    const result = callBuiltin(machine, name, args, site) ?? unknownResult(machine, `\`${name}(...)\``, args, site);
    return result.kind === 'unknown' && MAKES_OWN.has(name) ? { ...result, isLibrary: true } : result;
  }
  const known = machine.host.callExternal(callee, args, site);
  if (known) return known;
  const isKnown = machine.host.isKnownLibrary(callee);
  const isHarmless = isKnown && !(path !== undefined && CALLS.test(path));
  if (!isKnown) machine.host.callNotFollowed();
  if (!isHarmless) notFollowed(machine, 'a function outside the workspace', args, site, true);
  for (const { value } of [...args.positional, ...args.keywords]) {
    escape(machine, value);
    if (!isHarmless) continue;
    runUnseen(machine, value, site);
    if (value.kind === 'host') forgetIterator(machine, value);
  }
  if (args.unknownKeywords || args.unknownPositional) {
    return args.unknownKeywords ?? args.unknownPositional ?? pyUnknown('unknown arguments', site.call);
  }
  if (
    path?.startsWith('tensorflow.') &&
    [...args.positional, ...args.keywords].some((argument) => holdsTensor(argument.value))
  ) {
    return tensorResult(path, site);
  }
  return {
    kind: 'externalResult',
    callee,
    args: [...args.positional, ...args.keywords].map((argument) =>
      argument.name === undefined ? { value: argument.value } : { name: argument.name, value: argument.value },
    ),
    call: site.call,
  };
}

/** An object that a library made (`tf.keras.layers.Dense(10)`): it calls nothing of the program's that it was not given. */
function callLibraryObject(
  machine: Machine,
  callee: PyObject & { kind: 'externalResult' },
  args: CallArguments,
  site: CallSite,
): PyObject {
  const reason = 'the result of calling what a library made';
  const [path = ''] = callee.callee.kind === 'external' ? callee.callee.paths : [];
  const mayBeFunction = (name: string | undefined): boolean => TAKES_FUNCTIONS.test(name ?? path);
  const isLibrary =
    callee.callee.kind === 'external' &&
    machine.host.isKnownLibrary(callee.callee) &&
    callee.args.every(({ name, value }) => isPlain(value) || (value.kind === 'unknown' && !mayBeFunction(name)));
  const result = opaque(machine, reason, args, site, isLibrary ? { ...pyUnknown(reason), isLibrary } : undefined);
  const isTensor = isLibrary && args.positional.some(({ value }) => holdsTensor(value));
  return isTensor && result.kind === 'unknown' ? { ...result, isTensor } : result;
}

/** Names of parameters, and of classes, that are given functions. */
const TAKES_FUNCTIONS =
  /(?:^|[._])(?:fn|func|function|activation|callback|hook|layer|cell|template|\w*lambda|wrapper)$/i;

/** True for values that hold no function of the program's. */
function isPlain(value: PyObject): boolean {
  switch (value.kind) {
    case 'function':
    case 'method':
    case 'partial':
    case 'class':
    case 'instance':
    case 'unknown':
      return false;
    case 'choice':
      return value.options.every((option) => isPlain(option.value));
    case 'tuple':
      return value.items.every(isPlain);
    case 'list':
    case 'set':
      return value.cell.value.rest === undefined && value.cell.value.items.every(isPlain);
    case 'dict':
      return (
        value.cell.value.rest === undefined && [...value.cell.value.entries.values()].every((one) => isPlain(one.value))
      );
    default:
      return true;
  }
}

/** Library functions that change what they are given; any other is taken to leave it alone. */
const CHANGES =
  /^(?:(?:random|numpy\.random|heapq|bisect)\.(?:shuffle|heap\w+|insort\w*)|operator\.(?:i\w+|\w+item)|builtins\.\w+\.\w+)$/;

/** Libraries that call what they are given with arguments that they are given too. */
const CALLS = /^(?:threading|_thread|thread|concurrent|multiprocessing|asyncio|atexit|signal|sched|weakref|timeit)\b/;

/** TensorFlow functions of tensors whose result is not one tensor. */
const NOT_ONE_TENSOR =
  /\.(split|unstack|unpack|moments|meshgrid|unique\w*|top_k|while_loop|cond|case|map_fn|shape_n|tuple|group|\w*rnn\w*)$/;

function holdsTensor(value: PyObject): boolean {
  if (value.kind === 'unknown') return value.isTensor === true;
  if (value.kind === 'list') return value.cell.value.items.some(holdsTensor);
  return value.kind === 'tuple' && value.items.some(holdsTensor);
}

/** What TensorFlow computes from tensors is a tensor, unless the function is known for something else. */
function tensorResult(path: string, site: CallSite): PyObject {
  const result = pyUnknown(`the result of \`${path.slice(path.lastIndexOf('.') + 1)}\``, site.call);
  return NOT_ONE_TENSOR.test(path) ? result : { ...result, isTensor: true };
}

/** A built-in whose result is not determined: the reason is that of its first unknown argument, if there is one. */
function unknownResult(machine: Machine, what: string, args: CallArguments, site: CallSite): PyObject {
  const cause = [...args.positional, ...args.keywords].find((argument) => argument.value.kind === 'unknown')?.value;
  if (cause?.kind === 'unknown' && !cause.isTensor) return cause;
  return pyUnknown(`${what} cannot be computed here`, site.call);
}

/** Built-ins whose result is an object of Python's own, whatever they are given. */
const MAKES_OWN = new Set(['open', 'file', 'memoryview']);

function withReceiver(args: CallArguments, value: PyObject, site: CallSite): CallArguments {
  return { ...args, positional: [...args.positional, { value, form: 'unpacked', at: site.callee }] };
}

/** A call of something that is not a function that can be followed. */
function opaque(machine: Machine, reason: string, args: CallArguments, site: CallSite, of?: PyUnknown): PyObject {
  // Methods of tensors and of what a library gave call nothing of the program's.
  if (!of?.isTensor && !of?.isLibrary) machine.host.callNotFollowed();
  const receiver = of?.receiver;
  const result = notFollowed(machine, reason, receiver ? withReceiver(args, receiver, site) : args, site);
  return { ...result, ...(of?.fromCaller ? { fromCaller: true } : {}), ...(of?.isLibrary ? { isLibrary: true } : {}) };
}
