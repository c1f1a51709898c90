/**
 * Python's operators on known constants and containers: arithmetic, comparison, truth, indexing.
 * Every function answers undefined when the result is not determined; it never approximates.
 */
import { formatPercent } from './formatting';
import type { DictContent, PyObject } from './objects';
import { hashKey, pyBool, pyInt, pyStr } from './objects';
import { makeList, sameObject } from './join';

/** Truth value, or undefined when not known. */
export function truth(object: PyObject): boolean | undefined {
  switch (object.kind) {
    case 'none':
      return false;
    case 'bool':
      return object.value;
    case 'int':
    case 'float':
      return object.value !== 0;
    case 'str':
    case 'bytes':
      return object.value !== '';
    case 'tuple':
    case 'set':
      return object.items.length > 0;
    case 'list':
      return object.cell.value.items.length > 0 ? true : object.cell.value.rest ? undefined : false;
    case 'dict':
      return dictTruth(object.cell.value);
    case 'function':
    case 'class':
    case 'method':
    case 'module':
    case 'partial':
    case 'ellipsis':
      return true;
    case 'choice': {
      const truths = object.options.map((option) => truth(option.value));
      return truths.every((value) => value === truths[0]) ? truths[0] : undefined;
    }
    case 'external': // a library name may be anything, for example a flag
    case 'host':
    case 'instance':
    case 'externalResult':
    case 'unknown':
      return undefined;
  }
}

function numberOf(object: PyObject): number | undefined {
  if (object.kind === 'int' || object.kind === 'float') return object.value;
  if (object.kind === 'bool') return object.value ? 1 : 0;
  return undefined;
}

/** `-x`, `+x`, `~x`. */
export function unary(operator: '-' | '+' | '~', operand: PyObject): PyObject | undefined {
  const value = numberOf(operand);
  if (value === undefined) return undefined;
  if (operator === '~') return operand.kind === 'float' ? undefined : pyInt(-value - 1);
  const result = operator === '-' ? -value : value;
  return operand.kind === 'float' ? { kind: 'float', value: result } : pyInt(result);
}

/**
 * A binary operator.
 * @param trueDivision false in a Python 2 file without `from __future__ import division`: `/` of two ints floors there.
 */
export function binary(operator: string, left: PyObject, right: PyObject, trueDivision: boolean): PyObject | undefined {
  const a = numberOf(left);
  const b = numberOf(right);
  if (a !== undefined && b !== undefined) {
    const isFloat = left.kind === 'float' || right.kind === 'float';
    return arithmetic(operator, a, b, isFloat, trueDivision);
  }
  if (operator === '%' && left.kind === 'str') return formatPercent(left.value, right);
  if (operator === '+') return concatenate(left, right);
  if (operator === '*') return repeat(left, b, right) ?? repeat(right, a, left);
  return undefined;
}

function arithmetic(
  operator: string,
  a: number,
  b: number,
  isFloat: boolean,
  trueDivision: boolean,
): PyObject | undefined {
  const result = (value: number): PyObject => (isFloat ? { kind: 'float', value } : pyInt(value));
  switch (operator) {
    case '+':
      return result(a + b);
    case '-':
      return result(a - b);
    case '*':
      return result(a * b);
    case '/':
      if (b === 0) return undefined;
      if (!isFloat && !trueDivision) return pyInt(Math.floor(a / b));
      return { kind: 'float', value: a / b };
    case '//':
      return b === 0 ? undefined : result(Math.floor(a / b));
    case '%':
      return b === 0 ? undefined : result(a - b * Math.floor(a / b));
    case '**': {
      const power = a ** b;
      if (!Number.isFinite(power)) return undefined;
      return isFloat || b < 0 ? { kind: 'float', value: power } : pyInt(power);
    }
    case '<<':
      return isFloat || b < 0 || b > 52 ? undefined : pyInt(a * 2 ** b);
    case '>>':
      return isFloat || b < 0 || b > 52 ? undefined : pyInt(Math.floor(a / 2 ** b));
    case '&':
    case '|':
    case '^': {
      if (isFloat || Math.abs(a) > 0x7fffffff || Math.abs(b) > 0x7fffffff) return undefined;
      return pyInt(operator === '&' ? a & b : operator === '|' ? a | b : a ^ b);
    }
    default:
      return undefined;
  }
}

function concatenate(left: PyObject, right: PyObject): PyObject | undefined {
  if (left.kind === 'str' && right.kind === 'str') return pyStr(left.value + right.value);
  if (left.kind === 'tuple' && right.kind === 'tuple') return { kind: 'tuple', items: [...left.items, ...right.items] };
  if (left.kind === 'list' && right.kind === 'list') {
    const a = left.cell.value;
    const b = right.cell.value;
    if (a.rest) return undefined;
    return makeList([...a.items, ...b.items], b.rest);
  }
  return undefined;
}

function repeat(sequence: PyObject, count: number | undefined, counter: PyObject): PyObject | undefined {
  if (count === undefined || counter.kind === 'float' || count > 10_000) return undefined;
  const times = Math.max(0, count);
  if (sequence.kind === 'str' && sequence.value.length * times < 100_000) return pyStr(sequence.value.repeat(times));
  const items = (list: readonly PyObject[]): PyObject[] => Array.from({ length: times }, () => list).flat();
  if (sequence.kind === 'tuple') return { kind: 'tuple', items: items(sequence.items) };
  if (sequence.kind === 'list' && !sequence.cell.value.rest) return makeList(items(sequence.cell.value.items));
  return undefined;
}

/** A comparison operator, `in` and `is` included. */
export function compare(operator: string, left: PyObject, right: PyObject): boolean | undefined {
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=': {
      const same = equal(left, right);
      return same === undefined ? undefined : !same;
    }
    case 'is':
      return identical(left, right);
    case 'is not': {
      const same = identical(left, right);
      return same === undefined ? undefined : !same;
    }
    case 'in':
      return contained(left, right);
    case 'not in': {
      const found = contained(left, right);
      return found === undefined ? undefined : !found;
    }
    default:
      return order(operator, left, right);
  }
}

function order(operator: string, left: PyObject, right: PyObject): boolean | undefined {
  const a = left.kind === 'str' ? left.value : numberOf(left);
  const b = right.kind === 'str' ? right.value : numberOf(right);
  if (a === undefined || b === undefined || typeof a !== typeof b) return undefined;
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  if (operator === '>') return a > b;
  if (operator === '>=') return a >= b;
  return undefined;
}

const CONSTANT_KINDS = new Set([
  'none',
  'ellipsis',
  'bool',
  'int',
  'float',
  'str',
  'bytes',
  'tuple',
  'list',
  'dict',
  'set',
]);

/** `==` of values whose equality is Python's own; undefined where a library decides. */
export function equal(left: PyObject, right: PyObject): boolean | undefined {
  const a = numberOf(left);
  const b = numberOf(right);
  if (a !== undefined && b !== undefined) return a === b;
  if (left.kind === 'choice' || right.kind === 'choice') return undefined;
  if ((left.kind === 'tuple' && right.kind === 'tuple') || (left.kind === 'list' && right.kind === 'list')) {
    const x = left.kind === 'tuple' ? left.items : left.cell.value.rest ? undefined : left.cell.value.items;
    const y =
      right.kind === 'tuple'
        ? right.items
        : right.kind === 'list' && !right.cell.value.rest
          ? right.cell.value.items
          : undefined;
    if (!x || !y) return undefined;
    if (x.length !== y.length) return false;
    const parts = x.map((item, i) => equal(item, y[i] ?? item));
    return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
  }
  if (left.kind === 'function' && right.kind === 'function') return sameObject(left, right);
  if (left.kind === 'class' && right.kind === 'class') return sameObject(left, right);
  if (isExcluded(left, right) || isExcluded(right, left)) return false;
  if (!CONSTANT_KINDS.has(left.kind) || !CONSTANT_KINDS.has(right.kind)) return undefined;
  if (left.kind !== right.kind) return false;
  if (left.kind === 'dict' || left.kind === 'set') return undefined;
  return sameObject(left, right);
}

/** True for an unknown value that cannot be this text. */
function isExcluded(value: PyObject, text: PyObject): boolean {
  return value.kind === 'unknown' && text.kind === 'str' && value.isNot === text.value;
}

/** `is`: decided for None, booleans, and objects that are certainly different or the same. */
function identical(left: PyObject, right: PyObject): boolean | undefined {
  const certain = (object: PyObject): boolean => object.kind !== 'unknown' && object.kind !== 'choice';
  if (left.kind === 'choice' || right.kind === 'choice') {
    const options = left.kind === 'choice' ? left.options : right.kind === 'choice' ? right.options : [];
    const other = left.kind === 'choice' ? right : left;
    const answers = options.map((option) => identical(option.value, other));
    return answers.every((answer) => answer === answers[0]) ? answers[0] : undefined;
  }
  if (!certain(left) || !certain(right)) return isTensorAgainstNone(left, right) ? false : undefined;
  if (left.kind === 'none' || right.kind === 'none') return left.kind === right.kind;
  if (left.kind === 'bool' && right.kind === 'bool') return left.value === right.value;
  if (left.kind !== right.kind)
    return left.kind === 'externalResult' || right.kind === 'externalResult' ? undefined : false;
  if (['function', 'class', 'list', 'dict', 'module', 'instance', 'host'].includes(left.kind))
    return sameObject(left, right);
  if (left.kind === 'external') return sameObject(left, right) ? true : undefined;
  return undefined;
}

function isTensorAgainstNone(left: PyObject, right: PyObject): boolean {
  return (
    (left.kind === 'unknown' && left.isTensor === true && right.kind === 'none') ||
    (right.kind === 'unknown' && right.isTensor === true && left.kind === 'none')
  );
}

function dictTruth({ entries, rest }: DictContent): boolean | undefined {
  if ([...entries.values()].some((entry) => !entry.maybe)) return true;
  return entries.size > 0 || rest ? undefined : false;
}

function contained(item: PyObject, container: PyObject): boolean | undefined {
  if (container.kind === 'str') return item.kind === 'str' ? container.value.includes(item.value) : undefined;
  if (container.kind === 'dict') {
    const key = hashKey(item);
    if (key === undefined) return undefined;
    const entry = container.cell.value.entries.get(key);
    if (entry) return entry.maybe ? undefined : true;
    return container.cell.value.rest ? undefined : false;
  }
  const items =
    container.kind === 'tuple' || container.kind === 'set'
      ? container.items
      : container.kind === 'list' && !container.cell.value.rest
        ? container.cell.value.items
        : undefined;
  if (!items) return undefined;
  const answers = items.map((other) => equal(item, other));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

/** `object[index]`. */
export function subscript(object: PyObject, index: PyObject): PyObject | undefined {
  if (object.kind === 'dict') {
    const key = hashKey(index);
    return key === undefined ? undefined : object.cell.value.entries.get(key)?.value;
  }
  if (index.kind !== 'int') return undefined;
  if (object.kind === 'str') {
    const at = index.value < 0 ? [...object.value].length + index.value : index.value;
    const character = [...object.value][at];
    return character === undefined ? undefined : pyStr(character);
  }
  const items =
    object.kind === 'tuple'
      ? object.items
      : object.kind === 'list' && !object.cell.value.rest
        ? object.cell.value.items
        : undefined;
  if (!items) return undefined;
  return items[index.value < 0 ? items.length + index.value : index.value];
}

/** `object[lower:upper:step]` with bounds already known; undefined stands for an omitted bound. */
export function slice(
  object: PyObject,
  lower: number | undefined,
  upper: number | undefined,
  step: number,
): PyObject | undefined {
  const of = <T>(items: readonly T[]): T[] => {
    const { length } = items;
    const clamp = (value: number, low: number, high: number): number =>
      Math.max(low, Math.min(high, value < 0 ? value + length : value));
    const result: T[] = [];
    if (step > 0) {
      const end = upper === undefined ? length : clamp(upper, 0, length);
      for (let i = lower === undefined ? 0 : clamp(lower, 0, length); i < end; i += step) result.push(items[i] as T);
    } else if (step < 0) {
      const end = upper === undefined ? -1 : clamp(upper, -1, length - 1);
      for (let i = lower === undefined ? length - 1 : clamp(lower, -1, length - 1); i > end; i += step)
        result.push(items[i] as T);
    }
    return result;
  };
  if (object.kind === 'str') return pyStr(of([...object.value]).join(''));
  if (object.kind === 'tuple') return { kind: 'tuple', items: of(object.items) };
  if (object.kind === 'list' && !object.cell.value.rest) return makeList(of(object.cell.value.items));
  return undefined;
}

/** A Python bool, or undefined. */
export function boolOrUndefined(value: boolean | undefined): PyObject | undefined {
  return value === undefined ? undefined : pyBool(value);
}
