/**
 * The functions of `itertools` that programs use to run through layers: over known items only.
 */
import type { PyObject } from './objects';
import type { Machine } from './machine';
import { makeIterator } from './iterators';

const MAX_ITEMS = 10_000;

/** `itertools.chain(*iterables)`. */
export function chained(machine: Machine, iterables: readonly PyObject[]): PyObject | undefined {
  const lists = iterables.map((one) => machine.iterate(one));
  return lists.includes(undefined) ? undefined : makeIterator(lists.flatMap((list) => list ?? []));
}

/** `itertools.product(*iterables)`. */
export function product(machine: Machine, iterables: readonly PyObject[]): PyObject | undefined {
  let rows: readonly (readonly PyObject[])[] = [[]];
  for (const one of iterables) {
    const items = machine.iterate(one);
    if (!items || rows.length * items.length > MAX_ITEMS) return undefined;
    rows = rows.flatMap((row) => items.map((item) => [...row, item]));
  }
  return makeIterator(rows.map((items) => ({ kind: 'tuple', items })));
}

/** `itertools.repeat(item, times)`. */
export function repeated(item: PyObject | undefined, times: PyObject | undefined): PyObject | undefined {
  if (!item || times?.kind !== 'int' || times.value > MAX_ITEMS) return undefined;
  return makeIterator(Array.from({ length: Math.max(0, times.value) }, () => item));
}
