/**
 * Built-ins that call functions: `map`, `filter`, `reduce`, and `next`. What they call runs in the scopes of whoever takes
 * the items (A7): at once in Python 2, when they are taken in Python 3.
 */
import type { CallArguments, CallSite, PyObject } from './objects';
import { pyNone, pyUnknown } from './objects';
import { makeList } from './join';
import { truth } from './operators';
import type { Machine } from './machine';
import { lazyItems } from './comprehensions';
import { generatorCall, stepGenerator } from './generators';
import { nextItem } from './iterators';

function callWith(machine: Machine, fn: PyObject, values: readonly PyObject[], site: CallSite): PyObject {
  const args: CallArguments = {
    positional: values.map((value) => ({ value, form: 'unpacked', at: site.call })),
    keywords: [],
  };
  return machine.call(fn, args, site);
}

/** A list, or in Python 3 what becomes one when somebody takes the items. */
function lazily(machine: Machine, name: string, compute: () => PyObject): PyObject {
  return machine.frame.source.tree.python2 ? compute() : lazyItems(machine, `a ${name}`, compute);
}

/** `map(fn, *iterables)`. */
export function mapped(
  machine: Machine,
  fn: PyObject,
  iterables: readonly PyObject[],
  site: CallSite,
): PyObject | undefined {
  if (iterables.length === 0) return undefined;
  const python2 = machine.frame.source.tree.python2;
  return lazily(machine, 'map', () => {
    const lists = iterables.map((one) => machine.iterate(one));
    const lengths = lists.map((list) => list?.length ?? Number.NaN);
    const length = Math.min(...lengths);
    // The number of calls is not known: one of them shows what they all do.
    if (!Number.isFinite(length) || (python2 && lengths.some((one) => one !== length))) {
      const item = pyUnknown('an item of a sequence that is not known', site.call);
      callWith(
        machine,
        fn,
        iterables.map(() => item),
        site,
      );
      return makeList([], pyUnknown('the number of items is not known', site.call));
    }
    return makeList(
      Array.from({ length }, (_, i) => {
        const values = lists.map((list) => list?.[i] ?? pyNone);
        const [first = pyNone] = values;
        return fn.kind === 'none' ? first : callWith(machine, fn, values, site);
      }),
    );
  });
}

/** `filter(fn, iterable)`. */
export function filtered(machine: Machine, fn: PyObject, iterable: PyObject, site: CallSite): PyObject {
  return lazily(machine, 'filter', () => {
    const items = machine.iterate(iterable);
    const tests = items?.map((item) => truth(fn.kind === 'none' ? item : callWith(machine, fn, [item], site)));
    if (!items || !tests || tests.includes(undefined))
      return makeList([], pyUnknown('which items are kept is not known', site.call));
    return makeList(items.filter((_, i) => tests[i] === true));
  });
}

/** `functools.reduce(fn, items, start)`. */
export function reduce(machine: Machine, args: readonly PyObject[], site: CallSite): PyObject | undefined {
  const [fn, iterable, start] = args;
  const items = iterable && machine.iterate(iterable);
  if (!fn || !items) return undefined;
  const [first, ...rest] = start ? [start, ...items] : items;
  return first && rest.reduce<PyObject>((total, item) => callWith(machine, fn, [total, item], site), first);
}

/** `next(iterator)`. */
export function nextOf(
  machine: Machine,
  iterator: PyObject | undefined,
  fallback: PyObject | undefined,
  site: CallSite,
): PyObject | undefined {
  const item = iterator && nextItem(machine, iterator);
  if (item === 'end') return fallback;
  if (item) return item;
  const generator = iterator && generatorCall(iterator);
  const next = generator && stepGenerator(machine, generator, site);
  return next === 'end' ? fallback : next;
}
