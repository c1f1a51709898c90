/**
 * Lazy sequences, item by item: what computes an item runs when somebody takes it, in the scopes that are open there (A7).
 * Where it is not known how far one got, what is left is lost: it may run any number of times.
 */
import type { CallSite, PyObject } from './objects';
import { pyUnknown } from './objects';
import { classMember } from './classes';
import { generatorCall, stepGenerator } from './generators';
import { callMethod } from './instances';
import { makeIterator, nextItem } from './iterators';
import { branch, type Machine } from './machine';
import type { Cell } from './store';
import { raisesIn } from './tryStatement';
import { manyTimes, runUnseen } from './unseenCalls';

/** The next item, `end` when there is none, undefined when it is not known whether there is one. */
export type Step = PyObject | 'end' | undefined;

/** Data of a lazy sequence. */
export interface LazyData {
  readonly kind: 'lazy';
  step(): Step;
  /** All items that are left. */
  rest(): readonly PyObject[] | undefined;
  /** From now on it is not known what is left. */
  lose(): void;
}

/** How the items of a lazy sequence come about. */
export interface LazySource {
  /** Computes the next item; it keeps its own state in cells. */
  next(): Step;
  /** Does what is done for any item, when it is not known for which. */
  any(): void;
  /** Computes all items, of a sequence of which none was taken. */
  whole(): readonly PyObject[] | undefined;
}

type Progress = 'fresh' | 'started' | 'done' | 'lost';

/** An object whose items are computed one by one. */
export function lazySteps(machine: Machine, description: string, source: LazySource): PyObject {
  const { store } = machine;
  const progress: Cell<Progress> = {
    value: 'fresh',
    join: (values) => (values.every((one) => one === values[0] && one !== 'started') ? (values[0] ?? 'lost') : 'lost'),
  };
  const runLost = (): undefined =>
    void manyTimes(machine, () => source.any(), pyUnknown(`it changes while the items of ${description} are taken`));
  const data: LazyData = {
    kind: 'lazy',
    step: () => {
      if (progress.value === 'done') return 'end';
      if (progress.value === 'lost') return runLost();
      store.set(progress, 'started');
      const item = source.next();
      if (item === 'end') store.set(progress, 'done');
      if (item === undefined) data.lose();
      return item;
    },
    rest: () => {
      if (progress.value === 'fresh') {
        store.set(progress, 'done');
        return source.whole();
      }
      const items: PyObject[] = [];
      for (let item = data.step(); item !== 'end'; item = data.step()) {
        if (!item || items.length > machine.limits.iterations) return undefined;
        items.push(item);
      }
      return items;
    },
    lose: () => {
      store.set(progress, 'lost');
      runLost();
    },
  };
  return { kind: 'host', host: { description, data } };
}

/** The data of a lazy sequence, if an object is one. */
export function lazyData(object: PyObject): LazyData | undefined {
  const data = object.kind === 'host' ? (object.host.data as Partial<LazyData> | undefined) : undefined;
  return data?.kind === 'lazy' ? (data as LazyData) : undefined;
}

function nextMethod(machine: Machine, object: PyObject): PyObject | undefined {
  if (object.kind !== 'instance') return undefined;
  const member = classMember(object.class, machine.frame.source.tree.python2 ? 'next' : '__next__');
  return member?.kind === 'function' ? { kind: 'method', function: member, self: object } : undefined;
}

/** Takes the next item of an iterator. */
export function stepItem(machine: Machine, iterator: PyObject, site: CallSite): Step {
  const lazy = lazyData(iterator);
  if (lazy) return lazy.step();
  const generator = generatorCall(iterator);
  if (generator) return stepGenerator(machine, generator, site);
  const method = nextMethod(machine, iterator);
  if (method?.kind !== 'method') return nextItem(machine, iterator);
  let item: PyObject | undefined;
  const raised = raisesIn(machine, () => {
    item = callMethod(machine, method, { positional: [], keywords: [] }, site);
  });
  if (raised === 'certain') return 'end';
  return raised === 'never' ? item : undefined;
}

/** True for what gives its items one by one, and runs code for it. */
export function isStepped(machine: Machine, object: PyObject): boolean {
  return lazyData(object) !== undefined || nextMethod(machine, object) !== undefined;
}

/** What `iter(object)` gives; undefined when the items are not known. */
export function iteratorOf(machine: Machine, object: PyObject, site: CallSite): PyObject | undefined {
  if (isStepped(machine, object) || generatorCall(object)) return object;
  if (object.kind === 'instance') {
    const method = classMember(object.class, '__iter__');
    if (method?.kind !== 'function') return plainIterator(machine, object);
    const made = callMethod(
      machine,
      { kind: 'method', function: method, self: object },
      { positional: [], keywords: [] },
      site,
    );
    return made === object ? undefined : iteratorOf(machine, made, site);
  }
  return plainIterator(machine, object);
}

function plainIterator(machine: Machine, object: PyObject): PyObject | undefined {
  const isIterator = object.kind === 'host' && (object.host.data as { kind?: string } | undefined)?.kind === 'iterator';
  if (isIterator) return object;
  const items = machine.iterate(object);
  return items && makeIterator(items);
}

/** Takes all items that are left; undefined when they are not all known. */
export function collectSteps(machine: Machine, iterator: PyObject, site: CallSite): readonly PyObject[] | undefined {
  const lazy = lazyData(iterator);
  if (lazy) return lazy.rest();
  const items: PyObject[] = [];
  while (items.length <= machine.limits.iterations) {
    const item = stepItem(machine, iterator, site);
    if (item === 'end') return items;
    if (!item) break;
    items.push(item);
  }
  loseSteps(machine, iterator, site);
  return undefined;
}

/** Does what may happen when items are taken from an iterator, and nobody knows how many. */
export function loseSteps(machine: Machine, iterator: PyObject, site: CallSite): void {
  lazyData(iterator)?.lose();
  const method = nextMethod(machine, iterator);
  if (method) runUnseen(machine, method, site);
}

/**
 * Takes items until one decides.
 * @returns the answer for the item that decides, or `fallback` at the end; undefined when it is not known
 */
export function decideBySteps(
  machine: Machine,
  iterator: PyObject,
  site: CallSite,
  decides: (item: PyObject) => boolean | undefined,
): boolean | undefined {
  for (let count = 0; count <= machine.limits.iterations; count++) {
    const item = stepItem(machine, iterator, site);
    if (item === 'end') return false;
    const answer = item && decides(item);
    if (answer) return true;
    if (answer === undefined) break;
  }
  // Whether there is another round depends on what is not known.
  branch(machine, [
    () => 'normal',
    () => {
      loseSteps(machine, iterator, site);
      return 'normal';
    },
  ]);
  return undefined;
}
