/**
 * Methods of lists, tuples and sets. Undefined when the result is not determined: the caller then forgets the content.
 */
import type { CallArguments, ListContent, PyList, PyObject, PySet, PyTuple } from './objects';
import { pyInt, pyNone, pyUnknown } from './objects';
import { makeList, makeSet } from './join';
import { equal } from './operators';
import { sortedItems } from './sorting';
import type { Machine } from './machine';

/** A method of a built-in object that can be called. */
export type Method = (args: CallArguments) => PyObject | undefined;

/** `list.name`; undefined when the method is not modelled. */
export function listMethod(machine: Machine, list: PyList, name: string): Method | undefined {
  const content = (): ListContent => list.cell.value;
  const set = (items: readonly PyObject[]): PyObject => {
    machine.store.set(list.cell, { ...content(), items });
    return pyNone;
  };
  switch (name) {
    case 'append':
      return ({ positional: [item] }) => (item ? set([...content().items, item.value]) : undefined);
    case 'extend':
    case '__iadd__':
      return ({ positional: [more] }) => {
        const items = more && machine.iterate(more.value);
        return items && set([...content().items, ...items]);
      };
    case 'insert':
      return ({ positional: [index, item] }) => {
        if (index?.value.kind !== 'int' || !item || content().rest) return undefined;
        const items = [...content().items];
        items.splice(index.value.value, 0, item.value);
        return set(items);
      };
    case 'pop':
      return ({ positional: [index] }) => {
        const items = [...content().items];
        if (content().rest || (index && index.value.kind !== 'int')) return undefined;
        const at = index?.value.kind === 'int' ? index.value.value : items.length - 1;
        const [removed] = items.splice(at < 0 ? items.length + at : at, 1);
        set(items);
        return removed;
      };
    case 'remove':
      return ({ positional: [item] }) => {
        const at = item && indexOf(content(), item.value);
        return at === undefined || at < 0 ? undefined : set(content().items.filter((_, i) => i !== at));
      };
    case 'reverse':
      return () => (content().rest ? undefined : set([...content().items].reverse()));
    case 'clear':
      return () => {
        machine.store.set(list.cell, { items: [] });
        return pyNone;
      };
    case 'sort':
      return (args) => {
        const sorted = content().rest ? undefined : sortedItems(machine, content().items, args);
        return sorted && set(sorted);
      };
    case 'copy':
      return () => makeList(content().items, content().rest);
    default:
      return readingMethod(() => content(), name);
  }
}

/** `tuple.name`; undefined when the method is not modelled. */
export function tupleMethod(tuple: PyTuple, name: string): Method | undefined {
  return readingMethod(() => ({ items: tuple.items }), name);
}

function readingMethod(content: () => ListContent, name: string): Method | undefined {
  switch (name) {
    case 'index':
      return ({ positional: [item, more] }) => {
        const at = item && !more ? indexOf(content(), item.value) : undefined;
        return at === undefined || at < 0 ? undefined : pyInt(at);
      };
    case 'count':
      return ({ positional: [item] }) => {
        const answers = item && !content().rest ? content().items.map((one) => equal(one, item.value)) : [undefined];
        return answers.includes(undefined) ? undefined : pyInt(answers.filter((same) => same === true).length);
      };
    case '__len__':
      return () => (content().rest ? undefined : pyInt(content().items.length));
    default:
      return undefined;
  }
}

/** Position of an item, -1 when it is certainly not there. */
function indexOf({ items, rest }: ListContent, item: PyObject): number | undefined {
  for (let i = 0; i < items.length; i++) {
    const one = items[i];
    const same = one && equal(one, item);
    if (same === undefined) return undefined;
    if (same) return i;
  }
  return rest ? undefined : -1;
}

/** Items of which none is equal to an earlier one; undefined when that cannot be told. */
export function distinctItems(items: readonly PyObject[]): readonly PyObject[] | undefined {
  const distinct: PyObject[] = [];
  for (const item of items) {
    const at = indexOf({ items: distinct }, item);
    if (at === undefined) return undefined;
    if (at < 0) distinct.push(item);
  }
  return distinct;
}

/** `set.name`; undefined when the method is not modelled. */
export function setMethod(machine: Machine, set: PySet, name: string): Method | undefined {
  const content = (): ListContent => set.cell.value;
  const others = (args: CallArguments): readonly PyObject[] | undefined => {
    const lists = args.positional.map(({ value }) => machine.iterate(value));
    return lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? []);
  };
  const change = (items: readonly PyObject[] | undefined): PyObject | undefined => {
    if (!items || content().rest) return undefined;
    machine.store.set(set.cell, { items });
    return pyNone;
  };
  const made = (items: readonly PyObject[] | undefined): PyObject | undefined =>
    items && !content().rest ? makeSet(items) : undefined;
  switch (name) {
    case 'add':
      return ({ positional: [item] }) => (item ? change(distinctItems([...content().items, item.value])) : undefined);
    case 'update':
      return (args) => change(united(content().items, others(args)));
    case 'union':
      return (args) => made(united(content().items, others(args)));
    case 'discard':
    case 'remove':
      return ({ positional: [item] }) => (item ? change(without(content().items, [item.value])) : undefined);
    case 'difference':
      return (args) => made(without(content().items, others(args)));
    case 'difference_update':
      return (args) => change(without(content().items, others(args)));
    case 'intersection':
      return (args) => {
        const missing = without(content().items, others(args));
        return made(missing && content().items.filter((item) => !missing.includes(item)));
      };
    case 'copy':
      return () => makeSet(content().items, content().rest);
    case 'clear':
      return () => {
        machine.store.set(set.cell, { items: [] });
        return pyNone;
      };
    case '__len__':
      return () => (content().rest ? undefined : pyInt(content().items.length));
    default:
      return undefined;
  }
}

function united(items: readonly PyObject[], more: readonly PyObject[] | undefined): readonly PyObject[] | undefined {
  return more && distinctItems([...items, ...more]);
}

function without(items: readonly PyObject[], others: readonly PyObject[] | undefined): readonly PyObject[] | undefined {
  if (!others) return undefined;
  const positions = items.map((item) => indexOf({ items: others }, item));
  return positions.includes(undefined) ? undefined : items.filter((_, i) => (positions[i] ?? 0) < 0);
}

/** `a | b`, `a & b` and `a - b` of sets. */
export function setOperator(operator: string, a: PySet, b: PySet): PyObject | undefined {
  if (a.cell.value.rest || b.cell.value.rest) return undefined;
  const [x, y] = [a.cell.value.items, b.cell.value.items];
  const missing = without(x, y);
  if (operator === '|') {
    const items = united(x, y);
    return items && makeSet(items);
  }
  if (!missing) return undefined;
  if (operator === '-') return makeSet(missing);
  return operator === '&' ? makeSet(x.filter((item) => !missing.includes(item))) : undefined;
}

/** Words for a container whose content is not known any more. */
export function forgotten(name: string): PyObject & { kind: 'unknown' } {
  return pyUnknown(`\`.${name}()\` was called on it`);
}
