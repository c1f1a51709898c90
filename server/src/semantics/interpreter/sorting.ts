/**
 * `sorted`, `list.sort`, `min` and `max`: with `key` and `reverse`, where every comparison is decided.
 */
import type { CallArguments, PyObject } from './objects';
import { compare, truth } from './operators';
import type { Machine } from './machine';

/** The items in order; undefined when the order is not known. Python's sort is stable, also in reverse. */
export function sortedItems(
  machine: Machine,
  items: readonly PyObject[],
  args: CallArguments,
): readonly PyObject[] | undefined {
  const given = (name: string): PyObject | undefined => args.keywords.find((argument) => argument.name === name)?.value;
  if (args.unknownKeywords || given('cmp')) return undefined;
  const reverse = given('reverse');
  const isReversed = reverse === undefined ? false : truth(reverse);
  if (isReversed === undefined) return undefined;
  const keys = keysOf(machine, items, given('key'), args);
  const isOrdered = keys.every((a, i) => keys.every((b, j) => j <= i || compare('<', a, b) !== undefined));
  if (!isOrdered) return undefined;
  const sign = isReversed ? -1 : 1;
  const positions = items.map((_, i) => i);
  positions.sort((i, j) => {
    const [a, b] = [keys[i], keys[j]];
    if (!a || !b) return 0;
    return compare('<', a, b) ? -sign : compare('<', b, a) ? sign : 0;
  });
  return positions.flatMap((i) => items[i] ?? []);
}

/** What the items are compared by. */
function keysOf(
  machine: Machine,
  items: readonly PyObject[],
  key: PyObject | undefined,
  { positional }: CallArguments,
): readonly PyObject[] {
  if (!key || key.kind === 'none') return items;
  const at = positional[0]?.at ?? { file: machine.frame.source.file, span: { start: 0, end: 0 } };
  const site = { call: at, callee: at, node: undefined };
  return items.map((item) =>
    machine.call(key, { positional: [{ value: item, form: 'unpacked', at }], keywords: [] }, site),
  );
}

/** The first of the largest (`>`) or smallest (`<`) items; undefined when it cannot be told. */
export function extremeItem(
  machine: Machine,
  items: readonly PyObject[],
  args: CallArguments,
  operator: '<' | '>',
): PyObject | undefined {
  const named = (name: string): PyObject | undefined => args.keywords.find((argument) => argument.name === name)?.value;
  if (items.length === 0) return named('default');
  const keys = keysOf(machine, items, named('key'), args);
  let best = 0;
  for (let i = 1; i < items.length; i++) {
    const [a, b] = [keys[i], keys[best]];
    const better = a && b && compare(operator, a, b);
    if (better === undefined) return undefined;
    if (better) best = i;
  }
  return items[best];
}
