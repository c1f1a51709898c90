/**
 * Assignment to and deletion of targets: names, tuples, attributes, items.
 */
import type * as ast from '../../syntax/ast';
import type { DictEntry, PyDict, PyObject } from './objects';
import { joinObjects } from './join';
import { hashKey, pyUnknown } from './objects';
import { branch, here, lineOf, type Machine } from './machine';
import { bindName, setVariable } from './names';

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
        assignAttribute(machine, object, target.attribute.name, value),
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
    if (items && star < 0 && items.length === targets.length) item = items[i];
    else if (items && star >= 0 && i < star) item = items[i];
    return item ?? elementUnknown(machine, target, value);
  });
}

function elementUnknown(machine: Machine, target: ast.Expression, value: PyObject): PyObject {
  if (value.kind === 'unknown') return value.isTensor ? pyUnknown('a part of a tensor', value.at) : value;
  return pyUnknown(`the value unpacked at ${lineOf(machine, target)} is not known`, here(machine, target));
}

/** `object.name = value`: on an instance, a function, a class, or a module (a module of settings that its user changes). */
export function assignAttribute(machine: Machine, object: PyObject, name: string, value: PyObject): void {
  switch (object.kind) {
    case 'instance':
    case 'function':
      machine.store.set(object.attributes, new Map([...object.attributes.value, [name, value]]));
      return;
    case 'class':
    case 'module':
      setVariable(machine, object.namespace, name, value);
      return;
    case 'choice':
      // One of these gets it.
      for (const option of object.options)
        assignAttribute(machine, option.value, name, pyUnknown(`\`${name}\` may be set here`));
      return;
    default:
  }
}

function assignItem(
  machine: Machine,
  object: PyObject,
  key: PyObject | undefined,
  target: ast.Subscript,
  value: PyObject,
  expression?: ast.Expression,
): void {
  if (object.kind === 'dict') setItem(machine, object, key, value, target, expression);
  if (object.kind !== 'list') return;
  const { items, rest } = object.cell.value;
  const index = key?.kind === 'int' ? (key.value < 0 ? items.length + key.value : key.value) : -1;
  const known = !rest && index >= 0 && index < items.length;
  machine.store.set(
    object.cell,
    known
      ? { items: items.map((item, i) => (i === index ? value : item)) }
      : { items: [], rest: pyUnknown(`an item is replaced at ${lineOf(machine, target)}`, here(machine, target)) },
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
    const entries = new Map([...content.entries].map(([name, entry]) => [name, { ...entry, value: rest }] as const));
    machine.store.set(dict.cell, { entries, rest });
    return;
  }
  const entry: DictEntry = { key, value, ...(expression ? { expression: here(machine, expression) } : {}) };
  machine.store.set(dict.cell, { ...content, entries: new Map([...content.entries, [hash, entry]]) });
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
  if (target.kind !== 'Subscript') return;
  const object = machine.evaluate(target.value);
  const key = machine.evaluate(target.index);
  forEachOption(machine, object, (option) => deleteItem(machine, option, key, target));
}

function deleteItem(machine: Machine, object: PyObject, key: PyObject, target: ast.Subscript): void {
  const hash = hashKey(key);
  if (object.kind === 'list') {
    const rest = pyUnknown(`an item is deleted at ${lineOf(machine, target)}`, here(machine, target));
    machine.store.set(object.cell, { items: [], rest });
  }
  if (object.kind !== 'dict') return;
  if (hash === undefined) {
    setItem(machine, object, undefined, key, target, undefined);
    return;
  }
  const entries = new Map(object.cell.value.entries);
  entries.delete(hash);
  machine.store.set(object.cell, { ...object.cell.value, entries });
}
