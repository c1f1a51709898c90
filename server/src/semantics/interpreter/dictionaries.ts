/**
 * `dict(mapping_or_pairs, **keywords)`. Entries keep their notes, so that scopes merged by hand keep their origins (A3).
 */
import type { CallArguments, DictEntry, PyDict, PyObject } from './objects';
import { containerOf, hashKey, pyStr, pyUnknown } from './objects';
import { eitherDict, makeDict, mergeEntries, putEntry } from './join';
import type { Machine } from './machine';
import { namesDictView } from './namesDict';

/** The dictionary that an object is, or can be read as. */
export function asDict(object: PyObject): PyDict | undefined {
  if (object.kind === 'choice') {
    const dicts = object.options.map(({ value }) => asDict(value));
    return dicts.every((dict) => dict !== undefined) ? eitherDict(dicts) : undefined;
  }
  const container = containerOf(object);
  return container.kind === 'dict' ? container : namesDictView(container);
}

/** A new dictionary of a mapping or of pairs, and of keywords. */
export function dictOf(machine: Machine, value: PyObject | undefined, call: CallArguments): PyDict {
  const entries = new Map<string, DictEntry>();
  const mapping = value && asDict(value);
  let rest = mapping?.cell.value.rest;
  if (mapping) for (const [key, entry] of mapping.cell.value.entries) entries.set(key, entry);
  else if (value) {
    for (const pair of machine.iterate(value) ?? [value]) {
      const [key, item] = (pair === value ? undefined : machine.iterate(pair)) ?? [];
      const hash = key && hashKey(key);
      if (!key || !item || hash === undefined) {
        rest = pyUnknown('a dict is made of items that are not known');
        mergeEntries(entries, { entries: new Map(), rest });
        continue;
      }
      putEntry(entries, hash, { key, value: item });
    }
  }
  if (call.unknownKeywords) {
    rest = call.unknownKeywords;
    mergeEntries(entries, { entries: new Map(), rest });
  }
  for (const argument of call.keywords) {
    entries.set(`s:${argument.name ?? ''}`, {
      key: pyStr(argument.name ?? ''),
      value: argument.value,
      ...(argument.expression ? { expression: argument.expression } : {}),
      ...(argument.note === undefined ? {} : { note: argument.note }),
    });
  }
  return makeDict(entries, rest);
}
