/**
 * Assignment to and deletion of targets: names, tuples, attributes, items.
 */
import type { Location } from '../../base/span';
import type * as ast from '../../syntax/ast';
import type {
  CallSite,
  DictEntry,
  EvaluatedArgument,
  PyDict,
  PyFunction,
  PyInstance,
  PyList,
  PyObject,
} from './objects';
import { anotherUnknown, containerOf, hashKey, pyStr, pyUnknown } from './objects';
import { joinObjects, makeList, putEntry, unknownOrHeld } from './join';
import { branch, here, lineOf, type Frame, type Machine } from './machine';
import { bindName, setVariable } from './names';
import { classMember } from './classes';
import { attributeName } from './privateNames';
import { bindMember, descriptorOf, isDictMethod } from './instances';

/** Assigns `value` to a target. `expression` is the expression that gave the value, when there is one. */
export function assignTarget(
  machine: Machine,
  target: ast.Expression,
  value: PyObject,
  expression?: ast.Expression,
): void {
  switch (target.kind) {
    case 'Name':
      bindName(machine, machine.frame.environment, target.name, value);
      return;
    case 'Tuple':
    case 'List':
      assignElements(machine, target.elements, value);
      return;
    case 'Starred':
      assignTarget(machine, target.value, value);
      return;
    case 'Attribute':
      forEachOption(machine, machine.evaluate(target.value), (object) =>
        assignAttribute(
          machine,
          object,
          attributeName(target.attribute.name, machine.frame.environment),
          value,
          here(machine, target),
        ),
      );
      return;
    case 'Subscript': {
      const object = machine.evaluate(target.value);
      const key = target.index.kind === 'Slice' ? undefined : machine.evaluate(target.index);
      forEachOption(machine, object, (option) => assignItem(machine, option, key, target, value, expression));
      return;
    }
    default:
      machine.evaluate(target);
  }
}

/** Changes the one object, or each of the objects that it may be as an alternative. */
export function forEachOption(machine: Machine, object: PyObject, change: (option: PyObject) => void): void {
  if (object.kind !== 'choice') {
    change(object);
    return;
  }
  branch(
    machine,
    object.options.map((option) => () => {
      change(option.value);
      return 'normal';
    }),
  );
}

function assignElements(machine: Machine, targets: readonly ast.Expression[], value: PyObject): void {
  if (value.kind === 'choice') {
    const alternatives = value.options.map((option) => elementsOf(machine, targets, option.value));
    targets.forEach((target, i) => {
      assignTarget(
        machine,
        target,
        joinObjects(alternatives.map((elements) => elements[i])) ?? elementUnknown(machine, target, value),
      );
    });
    return;
  }
  elementsOf(machine, targets, value).forEach((element, i) => {
    const target = targets[i];
    if (target) assignTarget(machine, target, element);
  });
}

/** What each target gets of one value that is unpacked. */
function elementsOf(machine: Machine, targets: readonly ast.Expression[], value: PyObject): readonly PyObject[] {
  const items = machine.iterate(value);
  const star = targets.findIndex((target) => target.kind === 'Starred');
  return targets.map((target, i) => {
    let item: PyObject | undefined;
    const surplus = (items?.length ?? 0) - targets.length;
    if (items && star < 0 && surplus === 0) item = items[i];
    else if (items && star >= 0 && surplus >= -1) {
      if (i < star) item = items[i];
      else if (i > star) item = items[i + surplus];
      else item = makeList(items.slice(star, star + surplus + 1));
    }
    return item ?? elementUnknown(machine, target, value);
  });
}

function elementUnknown(machine: Machine, target: ast.Expression, value: PyObject): PyObject {
  if (value.kind === 'unknown')
    return value.isTensor ? pyUnknown('a part of a tensor', value.at) : anotherUnknown(value);
  return pyUnknown(`the value unpacked at ${lineOf(machine, target)} is not known`, here(machine, target));
}

/** `object.name = value`: on an instance, a function, a class, or a module (a module of settings that its user changes). */
export function assignAttribute(machine: Machine, object: PyObject, name: string, value: PyObject, at: Location): void {
  switch (object.kind) {
    case 'instance':
      assignToInstance(machine, object, name, value, at);
      return;
    case 'function':
      machine.store.set(object.attributes, new Map([...object.attributes.value, [name, value]]));
      return;
    case 'class':
    case 'module':
      setVariable(machine, object.namespace, name, value);
      return;
    case 'external':
      // The module of a library, patched: whoever asks it from now on gets this.
      for (const path of object.paths) {
        const { patched } = machine;
        machine.store.set(patched, new Map([...patched.value, [`${path}.${name}`, value]]));
      }
      return;
    case 'choice':
      // One of these gets it.
      for (const option of object.options)
        assignAttribute(machine, option.value, name, pyUnknown(`\`${name}\` may be set here`), at);
      return;
    default:
  }
}

/** `__setattr__` and the setter of a property come first. */
function assignToInstance(machine: Machine, instance: PyInstance, name: string, value: PyObject, at: Location): void {
  const site: CallSite = { call: at, callee: at, node: undefined };
  const call = (fn: PyObject, values: readonly PyObject[]): void => {
    const positional = values.map((one): EvaluatedArgument => ({ value: one, form: 'unpacked', at }));
    machine.call({ kind: 'method', function: fn, self: instance }, { positional, keywords: [] }, site);
  };
  const magic = classMember(instance.class, '__setattr__');
  if (magic?.kind === 'function' && !isRunning(machine, magic)) {
    call(magic, [pyStr(name), value]);
    return;
  }
  const { payload } = instance;
  if (magic && magic.kind !== 'function' && magic.kind !== 'unknown') {
    const isItem = isDictMethod(magic, '__setitem__') && payload?.kind === 'dict';
    if (isItem) setEntry(machine, payload, name, value);
    else {
      const unknown = pyUnknown(`\`__setattr__\` of \`${instance.class.name}\` is not followed`, at);
      machine.store.set(instance.attributes, new Map([...instance.attributes.value, [name, unknown]]));
    }
    return;
  }
  if (instance.attributes.value.get('__dict__') === instance && payload?.kind === 'dict') {
    setEntry(machine, payload, name, value);
    return;
  }
  setOwnAttribute(machine, instance, name, value, at);
}

/** Sets an attribute past `__setattr__`; a property of the class comes first. */
export function setOwnAttribute(
  machine: Machine,
  instance: PyInstance,
  name: string,
  value: PyObject,
  at: Location,
): void {
  const setter = descriptorOf(classMember(instance.class, name))?.setter;
  if (!setter) {
    machine.store.set(instance.attributes, new Map([...instance.attributes.value, [name, value]]));
    return;
  }
  const positional: readonly EvaluatedArgument[] = [{ value, form: 'unpacked', at }];
  const site: CallSite = { call: at, callee: at, node: undefined };
  machine.call({ kind: 'method', function: setter, self: instance }, { positional, keywords: [] }, site);
}

function setEntry(machine: Machine, { cell }: PyDict, name: string, value: PyObject): void {
  const entry: DictEntry = { key: pyStr(name), value };
  machine.store.set(cell, { ...cell.value, entries: new Map([...cell.value.entries, [`s:${name}`, entry]]) });
}

/** True while `__setattr__` itself sets what it was called for. */
function isRunning(machine: Machine, fn: PyFunction): boolean {
  for (let at: Frame | undefined = machine.frame; at; at = at.parent) if (at.function?.node === fn.node) return true;
  return false;
}

/** `__setitem__` of an object that the interpreter itself defines. */
function setterOf(container: PyObject, at: Location): PyObject | undefined {
  return container.kind === 'host' ? container.host.attribute?.('__setitem__', at) : undefined;
}

/** `list[lower:upper] = items`; false when it cannot be followed. */
function replaceSlice(machine: Machine, list: PyList, bounds: ast.Slice, value: PyObject): boolean {
  const { items, rest } = list.cell.value;
  const known = machine.iterate(value);
  if (!known || rest || bounds.step) return false;
  const position = (part: ast.Expression | undefined, otherwise: number): number | undefined => {
    const at = part ? machine.evaluate(part) : undefined;
    if (!at || at.kind === 'none') return otherwise;
    if (at.kind !== 'int') return undefined;
    return Math.max(0, Math.min(items.length, at.value < 0 ? items.length + at.value : at.value));
  };
  const [start, end] = [position(bounds.lower, 0), position(bounds.upper, items.length)];
  if (start === undefined || end === undefined) return false;
  const after = items.slice(Math.max(start, end));
  machine.store.set(list.cell, { items: [...items.slice(0, start), ...known, ...after] });
  return true;
}

function assignItem(
  machine: Machine,
  holder: PyObject,
  key: PyObject | undefined,
  target: ast.Subscript,
  value: PyObject,
  expression?: ast.Expression,
): void {
  const container = containerOf(holder);
  const own = holder.kind === 'instance' ? classMember(holder.class, '__setitem__') : undefined;
  const changes =
    own?.kind === 'function'
      ? bindMember(machine, own, holder, here(machine, target))
      : setterOf(container, here(machine, target));
  if (changes) {
    const at = here(machine, target);
    const positional = [key ?? pyUnknown('a slice'), value].map((one): EvaluatedArgument => ({
      value: one,
      form: 'unpacked',
      at,
    }));
    machine.call(changes, { positional, keywords: [] }, { call: at, callee: at, node: undefined });
    return;
  }
  const object = container;
  if (object.kind === 'dict') setItem(machine, object, key, value, target, expression);
  if (object.kind !== 'list') return;
  const replaced = target.index.kind === 'Slice' && replaceSlice(machine, object, target.index, value);
  if (replaced) return;
  const { items, rest } = object.cell.value;
  const index = key?.kind === 'int' ? (key.value < 0 ? items.length + key.value : key.value) : -1;
  const reason = pyUnknown(`an item is replaced at ${lineOf(machine, target)}`, here(machine, target));
  const isKnown = !rest && index >= 0 && index < items.length;
  // With an index that is not known, each item is what it was, or the new value.
  const replacedAt = (item: PyObject, i: number): PyObject =>
    isKnown ? (i === index ? value : item) : (joinObjects([item, value]) ?? reason);
  machine.store.set(
    object.cell,
    rest ? { items: items.map(replacedAt), rest: reason } : { items: items.map(replacedAt) },
  );
}

/** `dict[key] = value`; an unknown key makes every entry uncertain. */
function setItem(
  machine: Machine,
  dict: PyDict,
  key: PyObject | undefined,
  value: PyObject,
  at: ast.Node,
  expression: ast.Expression | undefined,
): void {
  const hash = key && hashKey(key);
  const content = dict.cell.value;
  if (!key || hash === undefined) {
    const rest = pyUnknown(`an entry with an unknown key is set at ${lineOf(machine, at)}`, here(machine, at));
    // Each entry may be the one: it is what it was, or the new value.
    const replaced = (entry: DictEntry): DictEntry => {
      const either = joinObjects([entry.value, value]) ?? rest;
      return { ...entry, value: either.kind === 'choice' ? either : unknownOrHeld([either], rest) };
    };
    const entries = new Map([...content.entries].map(([name, entry]) => [name, replaced(entry)] as const));
    machine.store.set(dict.cell, { entries, rest });
    return;
  }
  const entry: DictEntry = { key, value, ...(expression ? { expression: here(machine, expression) } : {}) };
  const entries = new Map(content.entries);
  putEntry(entries, hash, entry);
  machine.store.set(dict.cell, { ...content, entries });
}

/** `del target`. */
export function deleteTarget(machine: Machine, target: ast.Expression): void {
  if (target.kind === 'Name') {
    bindName(machine, machine.frame.environment, target.name, undefined);
    return;
  }
  if (target.kind === 'Tuple' || target.kind === 'List') {
    for (const element of target.elements) deleteTarget(machine, element);
    return;
  }
  if (target.kind === 'Attribute') {
    forEachOption(machine, machine.evaluate(target.value), (object) =>
      deleteAttribute(machine, object, attributeName(target.attribute.name, machine.frame.environment)),
    );
    return;
  }
  if (target.kind !== 'Subscript') return;
  const object = machine.evaluate(target.value);
  const key = machine.evaluate(target.index);
  forEachOption(machine, object, (option) => deleteItem(machine, option, key, target));
}

/** `del object.name`. */
export function deleteAttribute(machine: Machine, object: PyObject, name: string): void {
  if (object.kind === 'module' || object.kind === 'class') setVariable(machine, object.namespace, name, undefined);
  if (object.kind !== 'instance' && object.kind !== 'function') return;
  const left = new Map(object.attributes.value);
  left.delete(name);
  machine.store.set(object.attributes, left);
}

function deleteItem(machine: Machine, holder: PyObject, key: PyObject, target: ast.Subscript): void {
  const hash = hashKey(key);
  const object = containerOf(holder);
  const own = object.kind === 'host' ? object.host.attribute?.('__delitem__', here(machine, target)) : undefined;
  if (own) {
    const at = here(machine, target);
    const positional: readonly EvaluatedArgument[] = [{ value: key, form: 'unpacked', at }];
    machine.call(own, { positional, keywords: [] }, { call: at, callee: at, node: undefined });
    return;
  }
  if (object.kind === 'list') {
    const { items, rest: open } = object.cell.value;
    const index = key.kind === 'int' ? (key.value < 0 ? items.length + key.value : key.value) : -1;
    if (!open && index >= 0 && index < items.length) {
      machine.store.set(object.cell, { items: items.filter((_, i) => i !== index) });
      return;
    }
    const rest = pyUnknown(`an item is deleted at ${lineOf(machine, target)}`, here(machine, target));
    machine.store.set(object.cell, { items: [], rest });
  }
  if (object.kind !== 'dict') return;
  if (hash === undefined) {
    const { rest } = object.cell.value;
    const gone = pyUnknown(`an entry is deleted at ${lineOf(machine, target)}`, here(machine, target));
    const left = [...object.cell.value.entries].map(([name, entry]) => {
      return [name, { ...entry, value: joinObjects([entry.value, gone]) ?? gone, maybe: true }] as const;
    });
    machine.store.set(object.cell, rest ? { entries: new Map(left), rest } : { entries: new Map(left) });
    return;
  }
  const entries = new Map(object.cell.value.entries);
  entries.delete(hash);
  machine.store.set(object.cell, { ...object.cell.value, entries });
}
