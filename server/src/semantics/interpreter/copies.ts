/**
 * `copy.copy` and `copy.deepcopy` of containers and instances. What is immutable is its own copy.
 */
import type { DictEntry, PyDict, PyHostObject, PyList, PyObject } from './objects';
import { pyUnknown } from './objects';
import { attributesCell, makeDict, makeList, makeSet } from './join';

const MAX_DEPTH = 20;

/** A built-in, and what a decorator made of a function, are their own copies as functions are. */
function isFunctionLike({ host }: PyHostObject): boolean {
  const data = host.data as { readonly freezesTo?: PyObject } | undefined;
  return data === undefined || data.freezesTo?.kind === 'function';
}

/** A copy of an object; unknown for what has a copying method of its own or is not known. */
export function copyOf(object: PyObject, how: 'shallow' | 'deep', depth = 0): PyObject {
  const inner = (one: PyObject): PyObject => (how === 'deep' ? copyOf(one, how, depth + 1) : one);
  if (depth > MAX_DEPTH) return pyUnknown('it is nested too deeply to copy');
  switch (object.kind) {
    case 'list':
      return makeList(object.cell.value.items.map(inner), object.cell.value.rest);
    case 'set':
      return makeSet(object.cell.value.items, object.cell.value.rest);
    case 'tuple':
      return { ...object, items: object.items.map(inner) };
    case 'dict': {
      const { entries, rest } = object.cell.value;
      const copied = [...entries].map(([key, entry]): [string, DictEntry] => [
        key,
        { ...entry, value: inner(entry.value) },
      ]);
      return makeDict(new Map(copied), rest);
    }
    case 'instance': {
      const names = [...object.attributes.value].map(([name, value]): [string, PyObject] => [name, inner(value)]);
      const payload = object.payload && (copyOf(object.payload, how, depth + 1) as PyDict | PyList);
      return { ...object, attributes: attributesCell(new Map(names)), ...(payload ? { payload } : {}) };
    }
    case 'choice':
      return pyUnknown('a copy of one of several objects');
    case 'host':
      return isFunctionLike(object) ? object : pyUnknown(`a copy of ${object.host.description}`);
    default:
      return object;
  }
}
