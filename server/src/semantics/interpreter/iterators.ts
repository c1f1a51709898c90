/**
 * What can be iterated, and what is used up by it: iterators and lazy built-ins give their items once, the views of a
 * dictionary show its present content each time.
 */
import type { DictEntry, PyDict, PyObject } from './objects';
import { containerOf, pyStr } from './objects';
import type { Cell } from './store';
import type { Machine } from './machine';
import { namesDictView } from './namesDict';
import { classMember } from './classes';
import { callMethod } from './instances';
import { collectGenerator, generatorCall, loseGenerator } from './generators';
import { collectSteps, isStepped, lazyData } from './steps';

/** Data of `dict.keys()` and its like. */
export interface DictView {
  readonly kind: 'dictView';
  readonly dict: PyDict;
  pick(entry: DictEntry): PyObject;
}

/** Data of an iterator over known items. */
interface IteratorData {
  readonly kind: 'iterator';
  /** Undefined when it is not known how many were taken. */
  readonly left: Cell<readonly PyObject[] | undefined>;
}

/** An iterator over known items: they are given once. */
export function makeIterator(items: readonly PyObject[], description = 'an iterator'): PyObject {
  const join: IteratorData['left']['join'] = (values) => {
    const [first] = values;
    return values.every((one) => one === first) ? first : undefined;
  };
  const data: IteratorData = { kind: 'iterator', left: { value: items, join } };
  return { kind: 'host', host: { description, data } };
}

function dataOf<T extends { readonly kind: string }>(object: PyObject, kind: T['kind']): T | undefined {
  const data = object.kind === 'host' ? (object.host.data as { readonly kind?: string } | undefined) : undefined;
  return data?.kind === kind ? (data as T) : undefined;
}

/** The view of a dictionary that an object is, if it is one. */
export function dictView(object: PyObject): DictView | undefined {
  return dataOf<DictView>(object, 'dictView');
}

/** Makes it unknown what an iterator has left. */
export function forgetIterator(machine: Machine, object: PyObject): void {
  const iterator = dataOf<IteratorData>(object, 'iterator');
  if (iterator) machine.store.set(iterator.left, undefined);
  lazyData(object)?.lose();
  const generator = generatorCall(object);
  if (generator) loseGenerator(machine, generator, generator.site);
}

/** The next item of an iterator: `end` when it has none left, undefined when the object is no iterator. */
export function nextItem(machine: Machine, object: PyObject): PyObject | 'end' | undefined {
  const iterator = dataOf<IteratorData>(object, 'iterator');
  if (!iterator?.left.value) return undefined;
  const [first, ...left] = iterator.left.value;
  if (!first) return 'end';
  machine.store.set(iterator.left, left);
  return first;
}

/** One thing of each entry of a dictionary; undefined when not all entries are known. */
export function itemsOfDict(dict: PyDict, pick: (entry: DictEntry) => PyObject): readonly PyObject[] | undefined {
  const entries = [...dict.cell.value.entries.values()];
  return dict.cell.value.rest || entries.some((entry) => entry.maybe) ? undefined : entries.map(pick);
}

/** Items that a container is seen to hold, whatever else it may hold. */
export function seenItems(object: PyObject): readonly PyObject[] {
  const view = dictView(object);
  if (view) return [...view.dict.cell.value.entries.values()].map((entry) => view.pick(entry));
  return object.kind === 'list' || object.kind === 'set' ? object.cell.value.items : [];
}

/** The items of an object, in order; undefined when they are not all known. An iterator is used up by it. */
export function iterate(machine: Machine, object: PyObject): readonly PyObject[] | undefined {
  switch (object.kind) {
    case 'tuple':
      return object.items;
    case 'set':
    case 'list':
      return object.cell.value.rest ? undefined : object.cell.value.items;
    case 'dict':
      return itemsOfDict(object, (entry) => entry.key);
    case 'str':
      return [...object.value].map(pyStr);
    case 'host':
      return iterateHost(machine, object);
    case 'instance':
      return iterateInstance(machine, object);
    default:
      return undefined;
  }
}

function iterateHost(machine: Machine, object: PyObject & { kind: 'host' }): readonly PyObject[] | undefined {
  const lazy = lazyData(object);
  if (lazy) return lazy.rest();
  if (generatorCall(object)) return collectGenerator(machine, object);
  const view = dictView(object);
  if (view) return itemsOfDict(view.dict, (entry) => view.pick(entry));
  const iterator = dataOf<IteratorData>(object, 'iterator');
  if (iterator) {
    const items = iterator.left.value;
    machine.store.set(iterator.left, []);
    return items;
  }
  const attributes = namesDictView(object);
  return attributes && itemsOfDict(attributes, (entry) => entry.key);
}

/** `__iter__` of a class of the workspace, or the items of the container that the instance is. */
function iterateInstance(machine: Machine, instance: PyObject & { kind: 'instance' }): readonly PyObject[] | undefined {
  const method = classMember(instance.class, '__iter__');
  const at = { file: instance.class.source.file, span: instance.class.node.span };
  if (method?.kind === 'function') {
    const site = { call: at, callee: at, node: undefined };
    const items = callMethod(
      machine,
      { kind: 'method', function: method, self: instance },
      { positional: [], keywords: [] },
      site,
    );
    if (items === instance) return isStepped(machine, instance) ? collectSteps(machine, instance, site) : undefined;
    return iterate(machine, items);
  }
  const container = containerOf(instance);
  return container === instance ? undefined : iterate(machine, container);
}
