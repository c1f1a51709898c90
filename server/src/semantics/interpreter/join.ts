/**
 * Equality and joining of abstract objects: what a variable may be after alternative branches.
 * Joining never invents a value: it keeps the alternatives, or says that they are too many.
 */
import type { Cell } from './store';
import type {
  Condition,
  DictContent,
  DictEntry,
  ListContent,
  PyDict,
  PyList,
  PyObject,
  PyOption,
  PySet,
  PyUnknown,
} from './objects';
import { anotherUnknown, optionsOf, pyUnknown } from './objects';

const MAX_OPTIONS = 8;
/** The same for what is chosen out of a table, where each option knows when it is the one. */
const MAX_CHOSEN = 64;

/** How deep equality looks: values of programs form graphs whose parts are shared again and again. */
const MAX_DEPTH = 6;

/**
 * True when the two are the same object, or equal immutable values. Two unknowns are the same only for the same reason.
 * Values that are nested very deeply count as different.
 */
export function sameObject(a: PyObject, b: PyObject, depth = 0): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind || depth > MAX_DEPTH) return false;
  const same = (x: PyObject, y: PyObject): boolean => sameObject(x, y, depth + 1);
  switch (a.kind) {
    case 'none':
    case 'ellipsis':
      return true;
    case 'bool':
    case 'int':
    case 'float':
    case 'str':
    case 'bytes':
      return Object.is(a.value, (b as typeof a).value);
    case 'tuple':
      return sameItems(a.items, (b as typeof a).items, same);
    case 'list':
    case 'dict':
    case 'set':
      return a.cell === (b as PyList | PyDict | PySet).cell;
    case 'external':
      return a.paths.join('|') === (b as typeof a).paths.join('|');
    case 'externalResult': {
      const other = b as typeof a;
      return (
        a.call.file === other.call.file &&
        a.call.span.start === other.call.span.start &&
        same(a.callee, other.callee) &&
        a.args.length === other.args.length &&
        a.args.every((x, i) => x.name === other.args[i]?.name && same(x.value, other.args[i]?.value ?? x.value))
      );
    }
    case 'function':
      return a.node === (b as typeof a).node && a.closure === (b as typeof a).closure;
    case 'class':
      return a.node === (b as typeof a).node && a.namespace === (b as typeof a).namespace;
    case 'method':
      return same(a.function, (b as typeof a).function) && same(a.self, (b as typeof a).self);
    case 'module':
      return a.namespace === (b as typeof a).namespace;
    case 'instance':
      return a.attributes === (b as typeof a).attributes;
    case 'partial': {
      const other = b as typeof a;
      return (
        same(a.target, other.target) &&
        a.args.length === other.args.length &&
        a.args.every((x, i) => x.name === other.args[i]?.name && same(x.value, other.args[i]?.value ?? x.value))
      );
    }
    case 'host':
      return a.host === (b as typeof a).host;
    case 'unknown': {
      const other = b as PyUnknown;
      return a.reason === other.reason && a.at?.file === other.at?.file && a.at?.span.start === other.at?.span.start;
    }
    case 'choice': {
      const other = b as typeof a;
      return sameItems(
        a.options.map((option) => option.value),
        other.options.map((option) => option.value),
        same,
      );
    }
  }
}

function sameItems(
  a: readonly PyObject[],
  b: readonly PyObject[],
  same: (x: PyObject, y: PyObject) => boolean = sameObject,
): boolean {
  return a.length === b.length && a.every((x, i) => same(x, b[i] ?? x));
}

/**
 * What a value is after alternative branches. `conditions[i]` tells when `values[i]` is the one.
 * A branch that leaves a variable unbound contributes nothing: reading it there would be a NameError.
 */
export function joinObjects(
  values: readonly (PyObject | undefined)[],
  conditions: readonly (Condition | undefined)[] = [],
): PyObject | undefined {
  const options: PyOption[] = [];
  values.forEach((value, i) => {
    if (value === undefined) return;
    for (const option of optionsOf(value)) {
      const when = option.when ?? conditions[i];
      const at = options.findIndex((known) => sameObject(known.value, option.value));
      if (at < 0) options.push(when ? { value: option.value, when } : { value: option.value });
      else if (option.value.kind === 'unknown' && options[at]?.value !== option.value)
        options[at] = { ...options[at], value: anotherUnknown(option.value) };
      // One value by several choices rests on none of them.
      else if (isOtherChoice(options[at]?.when, when)) options[at] = { value: option.value };
    }
  });
  if (options.length <= 1) return options[0]?.value;
  const merged = mergeLibraries(options) ?? mergeUnknowns(options);
  if (merged.length === 1) return merged[0]?.value;
  const limit = merged.every((option) => option.when?.subject) ? MAX_CHOSEN : MAX_OPTIONS;
  if (merged.length > limit) {
    const values = merged.map((option) => option.value);
    return unknownOrHeld(values, pyUnknown(`it has more than ${limit} possible values`));
  }
  return { kind: 'choice', options: merged };
}

const KEPT = new Set<PyObject['kind']>(['dict', 'list', 'set', 'instance', 'function', 'method', 'partial', 'class']);

/**
 * An unknown that stands for some values. Those that can be changed or called stay among the possibilities: who changes or
 * calls the unknown one may change or call them.
 */
export function unknownOrHeld(values: readonly PyObject[], unknown: PyUnknown): PyObject {
  const held: PyObject[] = [];
  for (const { value } of values.flatMap(optionsOf)) {
    if (KEPT.has(value.kind) && !held.some((known) => sameObject(known, value))) held.push(value);
  }
  return held.length === 0 ? unknown : { kind: 'choice', options: [...held, unknown].map((value) => ({ value })) };
}

function isOtherChoice(a: Condition | undefined, b: Condition | undefined): boolean {
  return a?.subject !== undefined && (a.subject !== b?.subject || a.equals !== b.equals);
}

/** `try: import tf_slim as slim` / `except ImportError: from tensorflow.contrib import slim` is one object with two paths. */
function mergeLibraries(options: readonly PyOption[]): readonly PyOption[] | undefined {
  const paths: string[] = [];
  for (const { value } of options) {
    if (value.kind !== 'external') return undefined;
    for (const path of value.paths) if (!paths.includes(path)) paths.push(path);
  }
  const roots = new Set(paths.map((path) => (path.startsWith('tensorflow.contrib') ? 'contrib' : path.split('.')[0])));
  const first = options[0]?.value;
  if (roots.size !== paths.length || first?.kind !== 'external') return undefined;
  return [{ value: { kind: 'external', paths, via: first.via } }];
}

/** Several unknown options say no more than one. */
function mergeUnknowns(options: readonly PyOption[]): readonly PyOption[] {
  const unknowns = options.filter((option) => option.value.kind === 'unknown');
  if (unknowns.length <= 1) return options;
  const allTensors = unknowns.every((option) => option.value.kind === 'unknown' && option.value.isTensor);
  // What is unknown for another reason is there.
  const first = unknowns.find((option) => !isAbsent(option.value)) ?? unknowns[0];
  if (first?.value.kind !== 'unknown') return options;
  const one: PyObject = allTensors ? { ...first.value, isTensor: true } : pyUnknown(first.value.reason, first.value.at);
  return [...options.filter((option) => option.value.kind !== 'unknown'), { value: one }];
}

/** A variable (or attribute). */
export function variableCell(value: PyObject | undefined): Cell<PyObject | undefined> {
  return { value, join: joinObjects };
}

/** A new list object. */
export function makeList(items: readonly PyObject[], rest?: PyUnknown): PyList {
  return { kind: 'list', cell: { value: rest ? { items, rest } : { items }, join: joinLists } };
}

/** A new set of items that are known to differ, or not known to be equal. */
export function makeSet(items: readonly PyObject[], rest?: PyUnknown): PySet {
  return { kind: 'set', cell: { value: rest ? { items, rest } : { items }, join: joinSets } };
}

function joinSets(values: readonly ListContent[]): ListContent {
  const first = values[0];
  if (first && values.every((content) => sameItems(content.items, first.items) && content.rest === first.rest))
    return first;
  return { items: [], rest: pyUnknown('the set has different items on different branches') };
}

/** A new dict object. */
export function makeDict(entries: ReadonlyMap<string, DictEntry>, rest?: PyUnknown): PyDict {
  return { kind: 'dict', cell: { value: rest ? { entries, rest } : { entries }, join: joinDicts } };
}

/** A new dict with the content of one of several. */
export function eitherDict(dicts: readonly PyDict[]): PyDict {
  const { entries, rest } = joinDicts(dicts.map((dict) => dict.cell.value));
  return makeDict(entries, rest);
}

function joinLists(values: readonly ListContent[]): ListContent {
  const first = values[0];
  if (first && values.every((content) => sameItems(content.items, first.items) && content.rest === first.rest))
    return first;
  const rest = values.find((content) => content.rest)?.rest;
  if (first && !rest && values.every((content) => content.items.length === first.items.length)) {
    return {
      items: first.items.map((_, i) => joinObjects(values.map((content) => content.items[i])) ?? pyUnknown('unbound')),
    };
  }
  return { items: [], rest: rest ?? pyUnknown('the list has different items on different branches') };
}

function joinDicts(values: readonly DictContent[]): DictContent {
  const keys = new Set(values.flatMap((content) => [...content.entries.keys()]));
  const entries = new Map<string, DictEntry>();
  for (const key of keys) {
    const found = values.map((content) => content.entries.get(key));
    const present = found.filter((entry) => entry !== undefined);
    const first = present[0];
    if (!first) continue;
    const everywhere = present.length === values.length && !present.some((entry) => entry.maybe);
    const sameValue = present.every((entry) => sameObject(entry.value, first.value));
    const held = present.map((entry) => entry.value);
    if (!everywhere) {
      const value = unknownOrHeld(held, pyUnknown('the entry is set on some branches only'));
      entries.set(key, { ...first, value, maybe: true });
    } else if (!sameValue) {
      entries.set(key, { ...first, value: joinObjects(held) ?? first.value });
    } else if (present.every((entry) => sameWriter(entry, first))) entries.set(key, first);
    else {
      const value = unknownOrHeld(held, pyUnknown('the entry is set at different places on different branches'));
      entries.set(key, { ...first, value });
    }
  }
  const rest = values.find((content) => content.rest)?.rest;
  return rest ? { entries, rest } : { entries };
}

/** Adds an entry. A key that equals one that is there already is not taken: `{True: 1, 1: 2}` has the key `True`. */
export function putEntry(entries: Map<string, DictEntry>, hash: string, entry: DictEntry): void {
  const before = entries.get(hash);
  entries.set(hash, before ? { ...entry, key: before.key } : entry);
}

/** Adds the entries of a mapping to those before, as `update` and `**` do; what it may hold besides hides them. */
export function mergeEntries(entries: Map<string, DictEntry>, other: DictContent): void {
  if (other.rest) {
    for (const [key, entry] of entries) if (!other.entries.has(key)) entries.set(key, { ...entry, value: other.rest });
  }
  for (const [key, entry] of other.entries) {
    const { maybe, ...certain } = entry;
    const known = maybe && entries.has(key) && !entries.get(key)?.maybe;
    putEntry(entries, key, known ? certain : entry);
  }
}

/** True when the same expression wrote both entries. */
function sameWriter(a: DictEntry, b: DictEntry): boolean {
  const [x, y] = [a.expression, b.expression];
  return a.note === b.note && x?.file === y?.file && x?.span.start === y?.span.start;
}

/** Attributes of an instance. */
export function attributesCell(attributes: ReadonlyMap<string, PyObject>): Cell<ReadonlyMap<string, PyObject>> {
  return { value: attributes, join: joinAttributes };
}

/** Stands for an attribute that an object does not have on some branches: there the class may have it. */
const absent: PyUnknown = pyUnknown('the attribute is set on some branches only');

/** True for the option of an attribute that stands for its absence. */
export function isAbsent(value: PyObject): boolean {
  return value.kind === 'unknown' && value.reason === absent.reason && value.at === undefined;
}

function joinAttributes(values: readonly ReadonlyMap<string, PyObject>[]): ReadonlyMap<string, PyObject> {
  const joined = new Map<string, PyObject>();
  for (const name of new Set(values.flatMap((attributes) => [...attributes.keys()]))) {
    const value = joinObjects(values.map((attributes) => attributes.get(name) ?? absent));
    if (value) joined.set(name, value);
  }
  return joined;
}
