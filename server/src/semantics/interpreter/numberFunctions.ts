/**
 * Functions of numbers: Python's built-in ones, those of `math`, and the few of numpy that do plain arithmetic.
 * Undefined when the result is not determined; results that Python rounds otherwise are not modelled.
 */
import type { PyObject } from './objects';
import { pyBool, pyInt } from './objects';
import { binary } from './arithmetic';
import { truth } from './operators';
import { fixedText } from './formatting';

type NumberFunction = (args: readonly PyObject[], python2: boolean) => PyObject | undefined;

/** Calls a function of numbers by its dotted path; undefined when the result is not determined. */
export function callNumberFunction(path: string, args: readonly PyObject[], python2: boolean): PyObject | undefined {
  return Object.hasOwn(FUNCTIONS, path) ? FUNCTIONS[path]?.(args, python2) : undefined;
}

/** True for a path that {@link callNumberFunction} knows. */
export function isNumberFunction(path: string): boolean {
  return Object.hasOwn(FUNCTIONS, path);
}

/** The value of a constant of the standard library or of numpy. */
export function numberConstant(path: string): PyObject | undefined {
  const value = Object.hasOwn(CONSTANTS, path) ? CONSTANTS[path] : undefined;
  return value === undefined ? undefined : { kind: 'float', value };
}

const CONSTANTS: Readonly<Record<string, number>> = {
  'math.pi': Math.PI,
  'math.e': Math.E,
  'math.tau': 2 * Math.PI,
  'math.inf': Infinity,
  'numpy.pi': Math.PI,
  'numpy.e': Math.E,
  'numpy.inf': Infinity,
};

/** The number that a value is; text counts when `fromText` is set, as `float('1e-3')` takes it. */
export function toNumber(value: PyObject | undefined, fromText = false): number | undefined {
  if (value?.kind === 'int' || value?.kind === 'float') return value.value;
  if (value?.kind === 'bool') return value.value ? 1 : 0;
  if (fromText && value?.kind === 'str' && /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(value.value))
    return Number(value.value);
  return undefined;
}

function pyFloat(value: number): PyObject {
  return { kind: 'float', value };
}

function toInt(value: PyObject | undefined): PyObject | undefined {
  if (!value) return pyInt(0);
  if (value.kind === 'str' && !/^\s*[-+]?\d+\s*$/.test(value.value)) return undefined;
  const number = toNumber(value, true);
  return number === undefined || !Number.isFinite(number) ? undefined : pyInt(Math.trunc(number));
}

/** A function of floats that gives a float; `exact` ones are rounded alike everywhere. */
function real(compute: (...numbers: readonly number[]) => number): NumberFunction {
  return (args) => {
    const numbers = args.map((value) => toNumber(value));
    if (numbers.includes(undefined) || numbers.length === 0) return undefined;
    const value = compute(...numbers.map((number) => number ?? 0));
    return Number.isFinite(value) ? pyFloat(value) : undefined;
  };
}

/** A function of floats that gives an int in Python 3 and a float in Python 2 (`math.ceil`). */
function whole(compute: (number: number) => number): NumberFunction {
  return ([value], python2) => {
    const number = toNumber(value);
    if (number === undefined || !Number.isFinite(number)) return undefined;
    return python2 ? pyFloat(compute(number)) : pyInt(compute(number));
  };
}

/** A number of one kind in, the same kind out. */
function sameKind(compute: (number: number) => number): NumberFunction {
  return ([value]) => {
    const number = toNumber(value);
    if (number === undefined) return undefined;
    return value?.kind === 'float' ? pyFloat(compute(number)) : pyInt(compute(number));
  };
}

/** Python 3 rounds ties to even, Python 2 away from zero and to a float. */
function round([value, digits]: readonly PyObject[], python2: boolean): PyObject | undefined {
  const number = toNumber(value);
  if (number === undefined || !value || value.kind === 'bool' || !Number.isFinite(number)) return undefined;
  if (digits && digits.kind !== 'none') {
    if (digits.kind !== 'int' || digits.value < 0) return undefined;
    if (value.kind === 'int' && !python2) return value;
    const text = fixedText(number, digits.value);
    return text === undefined ? undefined : pyFloat(Number(text));
  }
  const floor = Math.floor(number);
  const rest = number - floor;
  if (python2) {
    const away = number < 0 ? -Math.floor(Math.abs(number) + 0.5) : Math.floor(number + 0.5);
    return rest === 0.5 || Math.abs(rest - 0.5) > 1e-9 ? pyFloat(rest === 0 ? number : away) : undefined;
  }
  if (value.kind === 'int') return value;
  return pyInt(rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1);
}

function power([base, exponent, modulus]: readonly PyObject[]): PyObject | undefined {
  return base && exponent && !modulus ? binary('**', base, exponent, true) : undefined;
}

function divmod([a, b]: readonly PyObject[]): PyObject | undefined {
  const quotient = a && b && binary('//', a, b, true);
  const rest = a && b && binary('%', a, b, true);
  return quotient && rest ? { kind: 'tuple', items: [quotient, rest] } : undefined;
}

function gcd([a, b, more]: readonly PyObject[]): PyObject | undefined {
  if (a?.kind !== 'int' || b?.kind !== 'int' || more) return undefined;
  let [x, y] = [Math.abs(a.value), Math.abs(b.value)];
  while (y > 0) [x, y] = [y, x % y];
  return pyInt(x);
}

/** Numbers of an argument list, or of one list or tuple of them. */
function items(value: PyObject | undefined): readonly PyObject[] | undefined {
  if (value?.kind === 'tuple') return value.items;
  return value?.kind === 'list' && !value.cell.value.rest ? value.cell.value.items : undefined;
}

/** `sum(numbers, start)` and the product, item by item as Python adds. */
function folded(operator: '+' | '*', start: number): NumberFunction {
  return ([value, from]) => {
    let total: PyObject | undefined = from ?? pyInt(start);
    for (const item of items(value) ?? [undefined])
      total = total && item && toNumber(item) !== undefined ? binary(operator, total, item, true) : undefined;
    return total;
  };
}

/** The largest or smallest of a list of numbers. */
function chosen(better: (a: number, b: number) => boolean): NumberFunction {
  return ([value, more]) => {
    const list = more ? undefined : items(value);
    const numbers = list?.map((item) => toNumber(item));
    if (!list || !numbers || numbers.includes(undefined)) return undefined;
    let best = 0;
    numbers.forEach((number, i) => {
      if (better(number ?? 0, numbers[best] ?? 0)) best = i;
    });
    return list[best];
  };
}

const log: NumberFunction = (args) => {
  const numbers = args.map((value) => toNumber(value));
  const [x, base] = numbers;
  if (x === undefined || x <= 0 || (args.length > 1 && (base === undefined || base <= 0 || base === 1)))
    return undefined;
  return pyFloat(base === undefined ? Math.log(x) : Math.log(x) / Math.log(base));
};

/** numpy's scalar types are floats or ints that go on like Python's. */
const asInt: NumberFunction = ([value]) => toInt(value);
const asFloat: NumberFunction = ([value]) => {
  const number = value ? toNumber(value, true) : 0;
  return number === undefined ? undefined : pyFloat(number);
};

const FUNCTIONS: Readonly<Record<string, NumberFunction>> = {
  'builtins.int': ([value, base]) => (base ? undefined : toInt(value)),
  'builtins.long': ([value, base]) => (base ? undefined : toInt(value)),
  'builtins.float': asFloat,
  'builtins.bool': ([value]) => {
    const known = value ? truth(value) : false;
    return known === undefined ? undefined : pyBool(known);
  },
  'builtins.abs': sameKind(Math.abs),
  'builtins.round': round,
  'builtins.pow': power,
  'builtins.divmod': divmod,
  'math.ceil': whole(Math.ceil),
  'math.floor': whole(Math.floor),
  'math.trunc': whole(Math.trunc),
  'math.sqrt': real(Math.sqrt),
  'math.fabs': real(Math.abs),
  'math.exp': real(Math.exp),
  'math.log': log,
  'math.log2': real(Math.log2),
  'math.log10': real(Math.log10),
  'math.pow': real((x, y = Number.NaN) => x ** y),
  'math.fmod': real((x, y = Number.NaN) => x % y),
  'math.gcd': gcd,
  'fractions.gcd': gcd,
  'numpy.ceil': real(Math.ceil),
  'numpy.floor': real(Math.floor),
  'numpy.sqrt': real(Math.sqrt),
  'numpy.abs': sameKind(Math.abs),
  'numpy.exp': real(Math.exp),
  'numpy.log': log,
  'numpy.log2': real(Math.log2),
  'numpy.log10': real(Math.log10),
  'numpy.prod': folded('*', 1),
  'numpy.sum': folded('+', 0),
  'numpy.max': chosen((a, b) => a > b),
  'numpy.amax': chosen((a, b) => a > b),
  'numpy.min': chosen((a, b) => a < b),
  'numpy.amin': chosen((a, b) => a < b),
  'numpy.maximum': (args) => chosen((a, b) => a > b)([{ kind: 'tuple', items: args }], false),
  'numpy.minimum': (args) => chosen((a, b) => a < b)([{ kind: 'tuple', items: args }], false),
  'numpy.int32': asInt,
  'numpy.int64': asInt,
  'numpy.float32': asFloat,
  'numpy.float64': asFloat,
};

/** `sum(items, start)`. */
export function sumOf(list: readonly PyObject[], start: PyObject | undefined): PyObject | undefined {
  let total: PyObject | undefined = start ?? pyInt(0);
  for (const item of list) total = total && binary('+', total, item, true);
  return total;
}
