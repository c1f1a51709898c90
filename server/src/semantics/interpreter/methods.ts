/**
 * Methods of strings, lists and dicts, as far as they matter for building argument values.
 * A method that is not modelled makes its result unknown, and makes the content of a mutable receiver unknown too.
 */
import type { CallArguments, DictEntry, PyDict, PyList, PyObject } from './objects';
import { hashKey, pyNone, pyStr, pyUnknown } from './objects';
import { makeDict, makeList, mergeEntries } from './join';
import { formatCall } from './formatting';
import type { Machine } from './machine';

type Method = (args: CallArguments) => PyObject | undefined;

/** A bound method of a built-in object; undefined when the type has no such method here. */
export function builtinMethod(machine: Machine, object: PyObject, name: string): PyObject | undefined {
  const method =
    object.kind === 'dict'
      ? dictMethod(machine, object, name)
      : object.kind === 'list'
        ? listMethod(machine, object, name)
        : object.kind === 'str'
          ? stringMethod(object.value, name)
          : undefined;
  if (!method && object.kind !== 'dict' && object.kind !== 'list') return undefined;
  const forget = (): PyObject => {
    const rest = pyUnknown(`\`.${name}()\` was called on it`);
    if (object.kind === 'dict') machine.store.set(object.cell, { entries: new Map(), rest });
    if (object.kind === 'list') machine.store.set(object.cell, { items: [], rest });
    return rest;
  };
  return {
    kind: 'host',
    host: {
      description: `\`${name}\` of a ${object.kind}`,
      call: (args) =>
        method?.(args) ?? (READ_ONLY.has(name) ? pyUnknown(`the result of \`.${name}()\` is not known`) : forget()),
    },
  };
}

/** Methods that leave their receiver alone even when their result is not known. */
const READ_ONLY = new Set([
  'get',
  'keys',
  'values',
  'items',
  'iteritems',
  'viewitems',
  'copy',
  'index',
  'count',
  'has_key',
  '__getitem__',
  '__contains__',
]);

function keywordEntries(args: CallArguments): readonly (readonly [string, DictEntry])[] {
  return args.keywords.map((argument) => [
    `s:${argument.name ?? ''}`,
    {
      key: pyStr(argument.name ?? ''),
      value: argument.value,
      ...(argument.expression ? { expression: argument.expression } : {}),
    },
  ]);
}

function dictMethod(machine: Machine, dict: PyDict, name: string): Method | undefined {
  const content = (): PyDict['cell']['value'] => dict.cell.value;
  const items = (pick: (entry: DictEntry) => PyObject): PyObject => {
    const all = [...content().entries.values()];
    const maybe = all.find((entry) => entry.maybe)?.value;
    return maybe?.kind === 'unknown' ? makeList([], maybe) : makeList(all.map(pick), content().rest);
  };
  switch (name) {
    case 'get':
      return ({ positional: [key, fallback] }) => {
        const hash = key && hashKey(key.value);
        if (hash === undefined) return undefined;
        return content().entries.get(hash)?.value ?? content().rest ?? fallback?.value ?? pyNone;
      };
    case 'keys':
    case 'iterkeys':
      return () => items((entry) => entry.key);
    case 'values':
    case 'itervalues':
      return () => items((entry) => entry.value);
    case 'items':
    case 'iteritems':
    case 'viewitems':
      return () => items((entry) => ({ kind: 'tuple', items: [entry.key, entry.value] }));
    case 'copy':
      return () => makeDict(content().entries, content().rest);
    case 'update':
      return (args) => {
        const [source] = args.positional;
        if (args.unknownPositional || args.unknownKeywords || (source && source.value.kind !== 'dict'))
          return undefined;
        const entries = new Map(content().entries);
        const other = source?.value.kind === 'dict' ? source.value.cell.value : undefined;
        if (other) mergeEntries(entries, other);
        for (const [key, entry] of keywordEntries(args)) entries.set(key, entry);
        const rest = other?.rest ?? content().rest;
        machine.store.set(dict.cell, rest ? { entries, rest } : { entries });
        return pyNone;
      };
    case 'setdefault':
      return ({ positional: [key, fallback] }) => {
        const hash = key && hashKey(key.value);
        if (!key || hash === undefined || content().rest) return undefined;
        const found = content().entries.get(hash);
        if (found) return found.value;
        const value = fallback?.value ?? pyNone;
        machine.store.set(dict.cell, {
          ...content(),
          entries: new Map([...content().entries, [hash, { key: key.value, value }]]),
        });
        return value;
      };
    case 'pop':
      return ({ positional: [key, fallback] }) => {
        const hash = key && hashKey(key.value);
        if (hash === undefined) return undefined;
        const found = content().entries.get(hash);
        if (!found) return content().rest ?? fallback?.value;
        const entries = new Map(content().entries);
        entries.delete(hash);
        machine.store.set(dict.cell, { ...content(), entries });
        return found.value;
      };
    default:
      return undefined;
  }
}

function listMethod(machine: Machine, list: PyList, name: string): Method | undefined {
  const content = (): PyList['cell']['value'] => list.cell.value;
  const add = (items: readonly PyObject[]): PyObject => {
    machine.store.set(list.cell, { ...content(), items: [...content().items, ...items] });
    return pyNone;
  };
  switch (name) {
    case 'append':
      return ({ positional: [item] }) => (item ? add([item.value]) : undefined);
    case 'extend':
      return ({ positional: [more] }) => {
        const items = more && machine.iterate(more.value);
        return items ? add(items) : undefined;
      };
    case 'insert':
      return ({ positional: [index, item] }) => {
        if (index?.value.kind !== 'int' || !item || content().rest) return undefined;
        const items = [...content().items];
        items.splice(index.value.value, 0, item.value);
        machine.store.set(list.cell, { items });
        return pyNone;
      };
    case 'pop':
      return ({ positional: [index] }) => {
        const items = [...content().items];
        if (content().rest || (index && index.value.kind !== 'int')) return undefined;
        const at = index?.value.kind === 'int' ? index.value.value : items.length - 1;
        const [removed] = items.splice(at < 0 ? items.length + at : at, 1);
        machine.store.set(list.cell, { items });
        return removed;
      };
    case 'reverse':
      return () => {
        if (content().rest) return undefined;
        machine.store.set(list.cell, { items: [...content().items].reverse() });
        return pyNone;
      };
    default:
      return undefined;
  }
}

function stringMethod(text: string, name: string): Method | undefined {
  const argument = (args: CallArguments, i: number): string | undefined => {
    const value = args.positional[i]?.value;
    return value?.kind === 'str' ? value.value : undefined;
  };
  switch (name) {
    case 'lower':
      return () => pyStr(text.toLowerCase());
    case 'upper':
      return () => pyStr(text.toUpperCase());
    case 'strip':
      return (args) => (args.positional.length === 0 ? pyStr(text.trim()) : undefined);
    case 'format':
      return (args) => formatCall(text, args);
    case 'join':
      return (args) => {
        const value = args.positional[0]?.value;
        const items =
          value?.kind === 'tuple'
            ? value.items
            : value?.kind === 'list' && !value.cell.value.rest
              ? value.cell.value.items
              : undefined;
        const parts = items?.map((item) => (item.kind === 'str' ? item.value : undefined));
        return !parts || parts.includes(undefined) ? undefined : pyStr(parts.join(text));
      };
    case 'split':
      return (args) => {
        const separator = argument(args, 0);
        if (args.positional.length > 1 || args.keywords.length > 0) return undefined;
        if (args.positional.length === 0)
          return makeList(text.trim() === '' ? [] : text.trim().split(/\s+/).map(pyStr));
        return separator === undefined || separator === '' ? undefined : makeList(text.split(separator).map(pyStr));
      };
    case 'replace':
      return (args) => {
        const [from, to] = [argument(args, 0), argument(args, 1)];
        return from === undefined || from === '' || to === undefined || args.positional.length > 2
          ? undefined
          : pyStr(text.replaceAll(from, to));
      };
    case 'startswith':
    case 'endswith':
      return (args) => {
        const part = argument(args, 0);
        if (part === undefined || args.positional.length > 1) return undefined;
        return { kind: 'bool', value: name === 'startswith' ? text.startsWith(part) : text.endsWith(part) };
      };
    default:
      return undefined;
  }
}
