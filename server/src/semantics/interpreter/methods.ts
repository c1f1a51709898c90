/**
 * Methods of built-in objects, as far as they matter for building argument values; those of dictionaries stand here.
 * A method that is not modelled makes its result unknown, and makes the content of a mutable receiver unknown too.
 */
import type { CallArguments, DictContent, DictEntry, PyDict, PyObject } from './objects';
import { anotherUnknown, hashKey, pyBool, pyInt, pyNone, pyStr, pyUnknown } from './objects';
import { joinObjects, makeDict, makeList, mergeEntries, putEntry } from './join';
import type { Machine } from './machine';
import { callStringMethod, isStringMethod } from './stringMethods';
import { forgotten, listMethod, setMethod, tupleMethod, type Method } from './listMethods';
import { itemsOfDict, type DictView } from './iterators';
import { dictOf } from './dictionaries';
import { anyOf } from './dispatch';
import { hasBuiltinAttribute } from './builtinNames';

/** A bound method of a built-in object; undefined when the type has no such method here. */
export function builtinMethod(machine: Machine, object: PyObject, name: string): PyObject | undefined {
  const method = methodOf(machine, object, name);
  const isMutable = object.kind === 'dict' || object.kind === 'list' || object.kind === 'set';
  if (!method && !(isMutable && hasBuiltinAttribute(object, name))) return undefined;
  const forget = (): PyObject => {
    const rest = forgotten(name);
    if (object.kind === 'dict') machine.store.set(object.cell, { entries: new Map(), rest });
    if (object.kind === 'list' || object.kind === 'set') machine.store.set(object.cell, { items: [], rest });
    return rest;
  };
  const isReading = !isMutable || READ_ONLY.has(name);
  return {
    kind: 'host',
    host: {
      description: `\`${name}\` of a ${object.kind}`,
      call: (args) => method?.(args) ?? (isReading ? pyUnknown(`the result of \`.${name}()\` is not known`) : forget()),
    },
  };
}

function methodOf(machine: Machine, object: PyObject, name: string): Method | undefined {
  switch (object.kind) {
    case 'dict':
      return dictMethod(machine, object, name);
    case 'list':
      return listMethod(machine, object, name);
    case 'set':
      return setMethod(machine, object, name);
    case 'tuple':
      return tupleMethod(object, name);
    case 'str':
      if (!isStringMethod(name)) return undefined;
      return (args) => {
        // `', '.join(generator)` takes the items of whatever can be iterated.
        const [first] = args.positional;
        const items = name === 'join' && first ? machine.iterate(first.value) : undefined;
        const known = items && first ? { ...args, positional: [{ ...first, value: makeList(items) }] } : args;
        return callStringMethod(object.value, name, known);
      };
    default:
      return undefined;
  }
}

/** Methods that leave their receiver alone even when their result is not known. */
const READ_ONLY = new Set(
  (
    'get keys values items iterkeys itervalues iteritems viewkeys viewvalues viewitems copy index count has_key ' +
    'union difference intersection issubset issuperset isdisjoint symmetric_difference ' +
    '__getitem__ __contains__ __len__ __iter__ __eq__'
  ).split(' '),
);

/** What `dict[key]` is: an entry, the rest, or one of the functions when the key is not known. */
function lookUp(content: DictContent, key: PyObject, fallback: PyObject | undefined): PyObject | undefined {
  const hash = hashKey(key);
  if (hash === undefined) return undefined;
  const entry = content.entries.get(hash);
  if (entry) return entry.maybe ? undefined : entry.value;
  if (content.rest) return anotherUnknown(content.rest);
  return isUndecided(key, content) ? undefined : fallback;
}

/** A library object has several names: one that is not found may be there under another one. */
export function isUndecided(key: PyObject, { entries }: DictContent): boolean {
  return key.kind === 'external' && [...entries.values()].some((entry) => entry.key.kind === 'external');
}

function dictMethod(machine: Machine, dict: PyDict, name: string): Method | undefined {
  const content = (): DictContent => dict.cell.value;
  switch (name) {
    case 'get':
      return ({ positional: [key, fallback] }) => {
        if (!key) return undefined;
        return (
          lookUp(content(), key.value, fallback?.value ?? pyNone) ??
          anyOf(machine, dict, key.value, key.expression ?? key.at, fallback?.value)
        );
      };
    case '__getitem__':
      return ({ positional: [key] }) => (key ? lookUp(content(), key.value, undefined) : undefined);
    case '__setitem__':
      return ({ positional: [key, value] }) => {
        const hash = key && hashKey(key.value);
        if (!key || !value || hash === undefined) return undefined;
        return setEntry(machine, dict, hash, { key: key.value, value: value.value });
      };
    case '__contains__':
    case 'has_key':
      return ({ positional: [key] }) => {
        const hash = key && hashKey(key.value);
        const entry = hash === undefined ? undefined : content().entries.get(hash);
        if (!key || hash === undefined || entry?.maybe) return undefined;
        if (!entry && (content().rest ?? isUndecided(key.value, content()))) return undefined;
        return pyBool(entry !== undefined);
      };
    case '__len__':
      return () => {
        const items = itemsOfDict(dict, (entry) => entry.key);
        return items && pyInt(items.length);
      };
    case 'keys':
    case 'iterkeys':
    case 'viewkeys':
      return () => viewOf(machine, dict, name, (entry) => entry.key);
    case 'values':
    case 'itervalues':
    case 'viewvalues':
      return () => viewOf(machine, dict, name, (entry) => entry.value);
    case 'items':
    case 'iteritems':
    case 'viewitems':
      return () => viewOf(machine, dict, name, (entry) => ({ kind: 'tuple', items: [entry.key, entry.value] }));
    case 'copy':
      return () => makeDict(content().entries, content().rest);
    default:
      return changingMethod(machine, dict, name);
  }
}

/** Python 3 gives views, which show later changes; Python 2 gives lists. */
function viewOf(machine: Machine, dict: PyDict, name: string, pick: (entry: DictEntry) => PyObject): PyObject {
  if (machine.frame.source.tree.python2 && /^(keys|values|items)$/.test(name)) {
    const { entries, rest } = dict.cell.value;
    const maybe = [...entries.values()].find((entry) => entry.maybe)?.value;
    const open = rest ?? (maybe?.kind === 'unknown' ? maybe : undefined);
    return makeList(open && !rest ? [] : [...entries.values()].map(pick), open);
  }
  const data: DictView = { kind: 'dictView', dict, pick };
  return { kind: 'host', host: { description: `\`${name}\` of a dict`, data } };
}

function setEntry(machine: Machine, dict: PyDict, hash: string, entry: DictEntry): PyObject {
  const { value } = dict.cell;
  machine.store.set(dict.cell, { ...value, entries: new Map([...value.entries, [hash, entry]]) });
  return pyNone;
}

function changingMethod(machine: Machine, dict: PyDict, name: string): Method | undefined {
  const content = (): DictContent => dict.cell.value;
  switch (name) {
    case 'update':
      return (args) => update(machine, dict, args);
    case 'setdefault':
      return ({ positional: [key, fallback] }) => {
        const hash = key && hashKey(key.value);
        if (!key || hash === undefined) return undefined;
        const found = content().entries.get(hash);
        if (found && !found.maybe) return found.value;
        const value = fallback?.value ?? pyNone;
        // What may have been there already stays one of the possibilities: a change of the result may be one of it.
        const { rest } = content();
        const either = joinObjects([found?.value, rest && anotherUnknown(rest), value]) ?? value;
        setEntry(machine, dict, hash, { key: key.value, value: either });
        return either;
      };
    case 'pop':
      return ({ positional: [key, fallback] }) => {
        const hash = key && hashKey(key.value);
        if (hash === undefined) return undefined;
        const found = content().entries.get(hash);
        if (!found) return key && lookUp(content(), key.value, fallback?.value);
        if (found.maybe && !fallback) return undefined;
        const entries = new Map(content().entries);
        entries.delete(hash);
        machine.store.set(dict.cell, { ...content(), entries });
        return found.value;
      };
    case '__delitem__':
      return ({ positional: [key] }) => {
        const hash = key && hashKey(key.value);
        if (hash === undefined) return undefined;
        const entries = new Map(content().entries);
        entries.delete(hash);
        machine.store.set(dict.cell, { ...content(), entries });
        return pyNone;
      };
    case '__ior__':
      return (args) => update(machine, dict, args);
    case 'clear':
      return () => {
        machine.store.set(dict.cell, { entries: new Map() });
        return pyNone;
      };
    default:
      return undefined;
  }
}

/** `dict.update(mapping_or_pairs, **keywords)`. */
function update(machine: Machine, dict: PyDict, args: CallArguments): PyObject | undefined {
  if (args.unknownPositional || args.unknownKeywords) return undefined;
  const other = dictOf(machine, args.positional[0]?.value, args);
  if (!other) return undefined;
  const { entries, rest } = dict.cell.value;
  const merged = new Map(entries);
  mergeEntries(merged, other.cell.value);
  const open = other.cell.value.rest ?? rest;
  machine.store.set(dict.cell, open ? { entries: merged, rest: open } : { entries: merged });
  return pyNone;
}

/** `dict.fromkeys(keys, value)`. */
export function dictFromKeys(machine: Machine, args: CallArguments): PyObject | undefined {
  const [keys, given] = args.positional;
  const items = keys && machine.iterate(keys.value);
  const value = given?.value ?? pyNone;
  const entries = new Map<string, DictEntry>();
  for (const key of items ?? []) {
    const hash = hashKey(key);
    if (hash === undefined) return undefined;
    putEntry(entries, hash, { key: key.kind === 'str' ? pyStr(key.value) : key, value });
  }
  return items && makeDict(entries);
}
