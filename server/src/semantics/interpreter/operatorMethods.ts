/**
 * Operators on instances of the program's classes: `__or__`, `__ror__`, `__ior__` and their like are called as Python
 * calls them, the one of the right operand when the left one has none or answers `NotImplemented`.
 */
import type { Location } from '../../base/span';
import type { CallSite, PyObject } from './objects';
import { pyUnknown } from './objects';
import { classMember } from './classes';
import { callMethod } from './instances';
import type { Machine } from './machine';

const NAMES: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '@': 'matmul',
  '|': 'or',
  '&': 'and',
  '^': 'xor',
  '<<': 'lshift',
  '>>': 'rshift',
};

/** `left operator right` by a method of one of them; undefined when neither has one. */
export function operatorMethod(
  machine: Machine,
  operator: string,
  left: PyObject,
  right: PyObject,
  at: Location,
): PyObject | undefined {
  const name = nameOf(machine, operator);
  if (name === undefined) return undefined;
  return (
    callSpecial(machine, left, `__${name}__`, [right], at) ?? callSpecial(machine, right, `__r${name}__`, [left], at)
  );
}

/** `left operator= right` by a method of one of them. */
export function inPlaceMethod(
  machine: Machine,
  operator: string,
  left: PyObject,
  right: PyObject,
  at: Location,
): PyObject | undefined {
  const name = nameOf(machine, operator);
  if (name === undefined) return undefined;
  return callSpecial(machine, left, `__i${name}__`, [right], at) ?? operatorMethod(machine, operator, left, right, at);
}

function nameOf(machine: Machine, operator: string): string | undefined {
  if (operator === '/' && machine.frame.source.tree.python2) return 'div';
  return Object.hasOwn(NAMES, operator) ? NAMES[operator] : undefined;
}

/** Calls a special method that the class of an object defines; undefined when it has none, or that does not apply. */
export function callSpecial(
  machine: Machine,
  object: PyObject,
  name: string,
  values: readonly PyObject[],
  at: Location,
): PyObject | undefined {
  if (object.kind !== 'instance') return undefined;
  const member = classMember(object.class, name);
  if (member?.kind !== 'function') return undefined;
  const site: CallSite = { call: at, callee: at, node: undefined };
  const positional = values.map((value) => ({ value, form: 'unpacked' as const, at }));
  const result = callMethod(
    machine,
    { kind: 'method', function: member, self: object },
    { positional, keywords: [] },
    site,
  );
  if (result.kind === 'external' && result.paths[0] === 'builtins.NotImplemented') return undefined;
  return object.open ? pyUnknown(`\`${name}\` of an object whose class may be another one`, at) : result;
}
