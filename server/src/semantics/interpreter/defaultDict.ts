/**
 * `collections.defaultdict`: a dictionary that makes what is looked up and not there.
 */
import type { CallArguments, CallSite, PyObject } from './objects';
import { hashKey, pyNone, pyUnknown } from './objects';
import type { Machine } from './machine';
import { dictOf } from './dictionaries';
import { builtinMethod } from './methods';

/** `defaultdict(factory, mapping)`. */
export function defaultDict(machine: Machine, args: CallArguments, site: CallSite): PyObject {
  const [factory, ...rest] = args.positional;
  const dict = dictOf(machine, rest[0]?.value, args);
  const item = (key: PyObject): PyObject => {
    const hash = hashKey(key);
    const entry = hash === undefined ? undefined : dict.cell.value.entries.get(hash);
    if (entry) return entry.value;
    if (hash === undefined || dict.cell.value.rest || !factory) return pyUnknown('an item of a defaultdict', site.call);
    const value = machine.call(factory.value, { positional: [], keywords: [] }, site);
    const entries = new Map([...dict.cell.value.entries, [hash, { key, value }] as const]);
    machine.store.set(dict.cell, { ...dict.cell.value, entries });
    return value;
  };
  const method = (call: (given: CallArguments) => PyObject): PyObject => ({
    kind: 'host',
    host: { description: 'a method of a defaultdict', call },
  });
  return {
    kind: 'host',
    host: {
      description: 'a defaultdict',
      data: { kind: 'attributeDict', view: () => dict },
      attribute: (name) => {
        if (name === '__getitem__') return method((given) => item(given.positional[0]?.value ?? pyNone));
        return builtinMethod(machine, dict, name);
      },
    },
  };
}
