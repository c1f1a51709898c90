/**
 * Turns abstract objects into frozen `StaticValue`s: the content of containers at this moment, without cells, frames or
 * environments. The only way out of the interpreter.
 */
import type { StaticArgument, StaticValue } from '../staticValue';
import type { PyFunction, PyObject } from './objects';

import { namesDictView } from './namesDict';

const MAX_DEPTH = 8;

const constants = new WeakMap<PyObject, StaticValue>();

/** The value of an object at this moment. */
export function freeze(object: PyObject, depth = 0): StaticValue {
  if (object.kind !== 'external' && object.kind !== 'function') return freezeNow(object, depth);
  // The same at any moment, and asked for by call after call.
  let value = constants.get(object);
  if (!value) constants.set(object, (value = freezeNow(object, 0)));
  return value;
}

function freezeNow(object: PyObject, depth: number): StaticValue {
  if (depth > MAX_DEPTH) return { kind: 'unknown', reason: 'the value is nested too deeply' };
  const inner = (item: PyObject): StaticValue => freeze(item, depth + 1);
  switch (object.kind) {
    case 'none':
    case 'ellipsis':
    case 'bool':
    case 'int':
    case 'float':
    case 'str':
    case 'bytes':
      return object;
    case 'tuple':
      return { kind: 'tuple', items: object.items.map(inner) };
    case 'set':
      return object.cell.value.rest
        ? plainUnknown(object.cell.value.rest)
        : { kind: 'set', items: object.cell.value.items.map(inner) };
    case 'list':
      return object.cell.value.rest
        ? plainUnknown(object.cell.value.rest)
        : { kind: 'list', items: object.cell.value.items.map(inner) };
    case 'dict': {
      const { entries, rest } = object.cell.value;
      if (rest) return plainUnknown(rest);
      return {
        kind: 'dict',
        entries: [...entries.values()].map((entry) => [inner(entry.key), inner(entry.value)] as const),
      };
    }
    case 'external':
      return { kind: 'external', paths: object.paths };
    case 'externalResult':
      return {
        kind: 'externalResult',
        callee: { kind: 'external', paths: object.callee.paths },
        args: object.args.map((argument) => staticArgument(argument.name, inner(argument.value))),
        call: object.call,
      };
    case 'function':
      return functionValue(object);
    case 'method':
      return inner(object.function);
    case 'class':
      return { kind: 'class', name: object.name, definition: { file: object.source.file, span: object.node.span } };
    case 'instance': {
      if (object.payload) return inner(object.payload);
      const { name, source, node } = object.class;
      return { kind: 'instance', class: { kind: 'class', name, definition: { file: source.file, span: node.span } } };
    }
    case 'module':
      return { kind: 'module', name: object.source.moduleName, file: object.source.file };
    case 'partial':
      return {
        kind: 'partial',
        target: inner(object.target),
        args: object.args.map((argument) => staticArgument(argument.name, inner(argument.value))),
      };
    case 'host':
      return freezeHost(object, inner);
    case 'unknown':
      return plainUnknown(object);
    case 'choice':
      return { kind: 'choice', options: object.options.map((option) => inner(option.value)) };
  }
}

/** Host objects that give items when they are asked for them. */
const LAZY = new Set(['dictView', 'iterator', 'lazy', 'generatorCall']);

function staticArgument(name: string | undefined, value: StaticValue): StaticArgument {
  return name === undefined ? { value } : { name, value };
}

function functionValue(fn: PyFunction): StaticValue {
  return {
    kind: 'function',
    name: fn.name,
    qualifiedName: fn.qualifiedName,
    definition: { file: fn.source.file, span: fn.node.span },
  };
}

/** A host object that stands for something frozen (a decorated function) says so in `data.freezesTo`. */
function freezeHost(object: PyObject & { kind: 'host' }, inner: (item: PyObject) => StaticValue): StaticValue {
  const data = object.host.data as { readonly freezesTo?: PyObject; readonly kind?: string } | undefined;
  const entries = namesDictView(object);
  if (entries) return inner(entries);
  if (data?.kind !== undefined && LAZY.has(data.kind))
    return { kind: 'unknown', reason: `${object.host.description}, whose items are not taken yet` };
  return data?.freezesTo ? inner(data.freezesTo) : { kind: 'scope', description: object.host.description };
}

function plainUnknown(object: PyObject & { kind: 'unknown' }): StaticValue {
  return {
    kind: 'unknown',
    reason: object.reason,
    ...(object.at ? { at: object.at } : {}),
    ...(object.isTensor ? { isTensor: true } : {}),
  };
}
