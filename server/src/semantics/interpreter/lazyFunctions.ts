/**
 * Built-ins that call functions: `map`, `filter`, `reduce`, and `next`. What they call runs in the scopes of whoever takes
 * the items (A7): at once in Python 2, when they are taken in Python 3.
 */
import type { CallArguments, CallSite, PyObject } from './objects';
import { pyInt, pyNone, pyUnknown } from './objects';
import { makeList } from './join';
import { truth } from './operators';
import type { Machine } from './machine';
import type { Cell } from './store';
import { isStepped, iteratorOf, lazySteps, loseSteps, stepItem, type LazySource, type Step } from './steps';
import { manyTimes } from './unseenCalls';

function callWith(machine: Machine, fn: PyObject, values: readonly PyObject[], site: CallSite): PyObject {
  const args: CallArguments = {
    positional: values.map((value) => ({ value, form: 'unpacked', at: site.call })),
    keywords: [],
  };
  return machine.call(fn, args, site);
}

/** A list, or in Python 3 what gives its items one by one. */
function lazily(machine: Machine, name: string, source: LazySource, whole: () => PyObject): PyObject {
  return machine.frame.source.tree.python2 ? whole() : lazySteps(machine, `a ${name}`, source);
}

/** Iterators over the arguments of a call, which are made when the first item is taken. */
function sourcesOf(
  machine: Machine,
  iterables: readonly PyObject[],
  site: CallSite,
): () => readonly PyObject[] | 'end' | undefined {
  const open: Cell<readonly (PyObject | undefined)[] | undefined> = { value: undefined, join: (values) => values[0] };
  return () => {
    const iterators = open.value ?? iterables.map((one) => iteratorOf(machine, one, site));
    machine.store.set(open, iterators);
    const items: PyObject[] = [];
    for (const iterator of iterators) {
      const item = iterator && stepItem(machine, iterator, site);
      if (!item || item === 'end') return item;
      items.push(item);
    }
    return items;
  };
}

/** `zip(*iterables)` where one of them computes its items. */
export function zipped(machine: Machine, iterables: readonly PyObject[], site: CallSite): PyObject {
  const take = sourcesOf(machine, iterables, site);
  const next = (): Step => {
    const items = take();
    return !items || items === 'end' ? items : { kind: 'tuple', items };
  };
  return stepsOnly(machine, 'a zip', next, iterables, site);
}

/** `enumerate(iterable)` of something that computes its items. */
export function enumerated(machine: Machine, iterable: PyObject, site: CallSite): PyObject {
  const take = sourcesOf(machine, [iterable], site);
  const count: Cell<number> = { value: 0, join: (values) => values[0] ?? 0 };
  const next = (): Step => {
    const items = take();
    if (!items || items === 'end') return items;
    const index = count.value;
    machine.store.set(count, index + 1);
    return { kind: 'tuple', items: [pyInt(index), ...items] };
  };
  return stepsOnly(machine, 'an enumeration', next, [iterable], site);
}

function stepsOnly(
  machine: Machine,
  description: string,
  next: () => Step,
  iterables: readonly PyObject[],
  site: CallSite,
): PyObject {
  const any = (): void => {
    for (const one of iterables) loseSteps(machine, one, site);
  };
  return lazySteps(machine, description, { next, any, whole: () => stepAll(machine, next, any) });
}

/** `map(fn, *iterables)`. */
export function mapped(
  machine: Machine,
  fn: PyObject,
  iterables: readonly PyObject[],
  site: CallSite,
): PyObject | undefined {
  if (iterables.length === 0) return undefined;
  const take = sourcesOf(machine, iterables, site);
  const apply = (values: readonly PyObject[]): PyObject => {
    const [first = pyNone] = values;
    return fn.kind === 'none' ? first : callWith(machine, fn, values, site);
  };
  const item = pyUnknown('an item of a sequence that is not known', site.call);
  const any = (): void => {
    callWith(
      machine,
      fn,
      iterables.map(() => item),
      site,
    );
  };
  const next = (): Step => {
    const items = take();
    return !items || items === 'end' ? items : apply(items);
  };
  const { python2 } = machine.frame.source.tree;
  const all = (): PyObject => {
    const lists = iterables.map((one) => machine.iterate(one));
    const lengths = lists.map((list) => list?.length ?? Number.NaN);
    const length = Math.min(...lengths);
    // The number of calls is not known: one of them shows what they all do.
    if (!Number.isFinite(length) || (python2 && lengths.some((one) => one !== length))) {
      manyTimes(machine, any, pyUnknown('it changes while `map` calls a function', site.call));
      return makeList([], pyUnknown('the number of items is not known', site.call));
    }
    return makeList(Array.from({ length }, (_, i) => apply(lists.map((list) => list?.[i] ?? pyNone))));
  };
  const whole = (): readonly PyObject[] | undefined => {
    if (!iterables.some((one) => isStepped(machine, one))) return machine.iterate(all());
    return stepAll(machine, next, any);
  };
  return lazily(machine, 'map', { next, any, whole }, all);
}

/** Takes items to the end, or does what is done for any of them. */
function stepAll(machine: Machine, next: () => Step, any: () => void): readonly PyObject[] | undefined {
  const items: PyObject[] = [];
  for (let item = next(); item !== 'end'; item = next()) {
    if (!item || items.length > machine.limits.iterations) {
      manyTimes(machine, any, pyUnknown('it changes while items are taken'));
      return undefined;
    }
    items.push(item);
  }
  return items;
}

/** `filter(fn, iterable)`. */
export function filtered(machine: Machine, fn: PyObject, iterable: PyObject, site: CallSite): PyObject {
  const take = sourcesOf(machine, [iterable], site);
  const test = (item: PyObject): boolean | undefined =>
    truth(fn.kind === 'none' ? item : callWith(machine, fn, [item], site));
  const any = (): void => {
    test(pyUnknown('an item of a sequence that is not known', site.call));
  };
  const next = (): Step => {
    for (let items = take(); items !== 'end'; items = take()) {
      const [item] = items ?? [];
      const holds = item && test(item);
      if (holds === undefined) return undefined;
      if (holds) return item;
    }
    return 'end';
  };
  const whole = (): readonly PyObject[] | undefined => stepAll(machine, next, any);
  const all = (): PyObject => {
    const items = whole();
    return items ? makeList(items) : makeList([], pyUnknown('which items are kept is not known', site.call));
  };
  return lazily(machine, 'filter', { next, any, whole }, all);
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
  const item = iterator && stepItem(machine, iterator, site);
  return item === 'end' ? fallback : item;
}
