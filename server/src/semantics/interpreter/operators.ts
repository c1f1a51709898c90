/**
 * Python's operators on known constants and containers: comparison, truth, indexing.
 * Every function answers undefined when the result is not determined; it never approximates.
 */
import type { DictContent, PyExternal, PyInstance, PyObject } from './objects';
import { containerOf, hashKey, optionsOf, pyBool, pyStr } from './objects';
import { numberOf } from './arithmetic';
import { makeList, sameObject } from './join';
import { isUndecided } from './methods';
import { dictView, itemsOfDict } from './iterators';
import { classMember } from './classes';

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
      return object.items.length > 0;
    case 'set':
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
    case 'instance':
      return object.payload ? truth(object.payload) : instanceTruth(object);
    case 'host': {
      if (object.host.call) return true;
      const view = dictView(object);
      return view && truth(view.dict);
    }
    case 'external': // a library name may be anything, for example a flag
    case 'externalResult':
    case 'unknown':
      return undefined;
  }
}

/** An object without `__bool__` and `__len__` is true. */
function instanceTruth({ class: cls, open }: PyInstance): boolean | undefined {
  const decides = ['__bool__', '__len__', '__nonzero__'].some((name) => classMember(cls, name) !== undefined);
  return decides || open ? undefined : true;
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

/** The comparison of two values that may be one of several each, where all of them give the same answer. */
export function compareOptions(operator: string, left: PyObject, right: PyObject): boolean | undefined {
  const answers = optionsOf(left).flatMap((a) => optionsOf(right).map((b) => compare(operator, a.value, b.value)));
  return answers.every((answer) => answer === answers[0]) ? answers[0] : undefined;
}

function order(operator: string, left: PyObject, right: PyObject): boolean | undefined {
  const sequences = orderOfSequences(operator, left, right);
  if (sequences !== undefined) return sequences;
  const a = left.kind === 'str' ? left.value : numberOf(left);
  const b = right.kind === 'str' ? right.value : numberOf(right);
  if (a === undefined || b === undefined || typeof a !== typeof b) return undefined;
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  if (operator === '>') return a > b;
  if (operator === '>=') return a >= b;
  return undefined;
}

/** Tuples and lists are compared item by item: the first that differ decide. */
function orderOfSequences(operator: string, left: PyObject, right: PyObject): boolean | undefined {
  const [a, b] = [knownItems(left), knownItems(right)];
  if (!a || !b || left.kind !== right.kind) return undefined;
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    const same = x && y && equal(x, y);
    if (!x || !y || same === undefined) return undefined;
    if (!same) return order(operator, x, y);
  }
  return order(operator, { kind: 'int', value: a.length }, { kind: 'int', value: b.length });
}

/** Items of a tuple or list, when all are known. */
function knownItems(object: PyObject): readonly PyObject[] | undefined {
  if (object.kind === 'tuple') return object.items;
  return object.kind === 'list' && !object.cell.value.rest ? object.cell.value.items : undefined;
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
    const [x, y] = [knownItems(left), knownItems(right)];
    if (!x || !y) return undefined;
    if (x.length !== y.length) return false;
    const parts = x.map((item, i) => equal(item, y[i] ?? item));
    return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
  }
  if (left.kind === 'function' && right.kind === 'function') return sameObject(left, right);
  if (left.kind === 'class' && right.kind === 'class') return sameObject(left, right);
  if (left.kind === 'dict' && right.kind === 'dict') return equalDicts(left.cell.value, right.cell.value);
  if (left.kind === 'external' && right.kind === 'external') return sameExternal(left, right);
  if (isExcluded(left, right) || isExcluded(right, left)) return false;
  if (!CONSTANT_KINDS.has(left.kind) || !CONSTANT_KINDS.has(right.kind)) return undefined;
  if (left.kind !== right.kind) return false;
  if (left.kind === 'dict' || left.kind === 'set') return undefined;
  return sameObject(left, right);
}

function isBuiltin(object: PyObject & { kind: 'external' }): boolean {
  return object.paths.length === 1 && object.paths[0]?.startsWith('builtins.') === true;
}

/** Whether two library names stand for the same object. */
function sameExternal(a: PyExternal, b: PyExternal): boolean | undefined {
  if (isBuiltin(a) && isBuiltin(b)) return sameObject(a, b);
  if (a.identity === undefined || b.identity === undefined || a.paths.length !== b.paths.length) return undefined;
  return a.identity === b.identity;
}

function equalDicts(a: DictContent, b: DictContent): boolean | undefined {
  if (a === b) return true;
  const isOpen = [a, b].some(({ entries, rest }) => rest ?? [...entries.values()].some((entry) => entry.maybe));
  if (isOpen) return undefined;
  if (a.entries.size !== b.entries.size) return false;
  const answers = [...a.entries].map(([key, entry]) => {
    const other = b.entries.get(key);
    return other ? equal(entry.value, other.value) : false;
  });
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
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
  if (left.kind === 'none' || right.kind === 'none') {
    if (left.kind === right.kind) return true;
    return isObject(left) && isObject(right) ? false : undefined;
  }
  if (left.kind === 'bool' && right.kind === 'bool') return left.value === right.value;
  if (left.kind !== right.kind)
    return left.kind === 'externalResult' || right.kind === 'externalResult' ? undefined : false;
  if (['function', 'class', 'list', 'dict', 'module', 'instance', 'host'].includes(left.kind))
    return sameObject(left, right);
  if (left.kind === 'external' && right.kind === 'external')
    return sameObject(left, right) ? true : sameExternal(left, right);
  return sameConstant(left, right);
}

/** Small integers are the same object whenever they are equal; of other constants only those that differ are decided. */
function sameConstant(left: PyObject, right: PyObject): boolean | undefined {
  if (!['int', 'float', 'str', 'bytes'].includes(left.kind)) return undefined;
  const same = equal(left, right);
  if (same !== true) return same;
  return left.kind === 'int' && left.value >= -5 && left.value <= 256 ? true : undefined;
}

/** False for what a library made or holds and that may well be None. */
function isObject(object: PyObject): boolean {
  return (object.kind !== 'external' && object.kind !== 'externalResult') || object.isObject === true;
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

function contained(item: PyObject, holder: PyObject): boolean | undefined {
  const view = dictView(holder);
  if (view) {
    const items = itemsOfDict(view.dict, (entry) => view.pick(entry));
    return items && contained(item, { kind: 'tuple', items });
  }
  const container = containerOf(holder);
  if (container.kind === 'str') return item.kind === 'str' ? container.value.includes(item.value) : undefined;
  if (container.kind === 'dict') {
    const key = hashKey(item);
    if (key === undefined) return undefined;
    const entry = container.cell.value.entries.get(key);
    if (entry) return entry.maybe ? undefined : true;
    return (container.cell.value.rest ?? isUndecided(item, container.cell.value)) ? undefined : false;
  }
  const items =
    container.kind === 'tuple'
      ? container.items
      : (container.kind === 'list' || container.kind === 'set') && !container.cell.value.rest
        ? container.cell.value.items
        : undefined;
  if (!items) return undefined;
  const answers = items.map((other) => equal(item, other));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

/** `object[index]`. */
export function subscript(holder: PyObject, index: PyObject): PyObject | undefined {
  const object = containerOf(holder);
  if (object.kind === 'dict') {
    const key = hashKey(index);
    const entry = key === undefined ? undefined : object.cell.value.entries.get(key);
    return entry?.value;
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
  holder: PyObject,
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
  const object = containerOf(holder);
  if (object.kind === 'str') return pyStr(of([...object.value]).join(''));
  if (object.kind === 'tuple') return { kind: 'tuple', items: of(object.items) };
  if (object.kind === 'list' && !object.cell.value.rest) return makeList(of(object.cell.value.items));
  return undefined;
}

/** A Python bool, or undefined. */
export function boolOrUndefined(value: boolean | undefined): PyObject | undefined {
  return value === undefined ? undefined : pyBool(value);
}
