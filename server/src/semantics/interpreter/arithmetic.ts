/**
 * Python's arithmetic on known numbers, strings and sequences. Undefined when the result is not determined; it never
 * approximates: integers beyond what JavaScript holds exactly are left unknown.
 */
import { formatPercent } from './formatting';
import type { PyObject } from './objects';
import { pyInt, pyStr } from './objects';
import { setOperator } from './listMethods';
import { makeList } from './join';

/** The number that a value is; booleans count. */
export function numberOf(object: PyObject): number | undefined {
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
  if (left.kind === 'set' && right.kind === 'set') return setOperator(operator, left, right);
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
      if (!isFloat && !trueDivision) return result(floorDivision(a, b));
      return { kind: 'float', value: a / b };
    case '//':
      return b === 0 ? undefined : result(floorDivision(a, b));
    case '%':
      return b === 0 ? undefined : result(modulo(a, b));
    case '**':
      return power(a, b, isFloat);
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

/** Python's `%`: exact, with the sign of the divisor. */
function modulo(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** Python's `//`: what is left after {@link modulo} divides evenly (`1.0 // 0.1` is 9.0). */
function floorDivision(a: number, b: number): number {
  const quotient = (a - modulo(a, b)) / b;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

function power(a: number, b: number, isFloat: boolean): PyObject | undefined {
  if (!isFloat && b >= 0) {
    let product = 1;
    for (let i = 0; i < b && Number.isSafeInteger(product) && Math.abs(a) > 1; i++) product *= a;
    if (Math.abs(a) <= 1) product = a ** b;
    return pyInt(product);
  }
  const value = a ** b;
  return Number.isFinite(value) ? { kind: 'float', value } : undefined;
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
