/**
 * Attribute access on every kind of object.
 */
import type { Location } from '../../base/span';
import type { PyObject, PyPartial, PyTuple } from './objects';
import { anotherUnknown, pyStr, pyUnknown } from './objects';
import { mapOptions } from './expressions';
import type { Machine } from './machine';
import { bindMember, classAttribute, instanceAttribute } from './instances';
import { classMember } from './classes';
import { defaultsAttribute } from './functionDefaults';
import { namedTupleMake, namedTupleMember } from './recordClasses';
import { makeDict } from './join';
import { standardConstant } from './stdlib';
import { moduleAttribute } from './imports';
import { builtinMethod } from './methods';
import { moduleDict } from './variablesDict';

/** `object.name`. */
export function attributeOf(machine: Machine, object: PyObject, name: string, at: Location): PyObject {
  return mapOptions(object, (one) => attributeOfOne(machine, one, name, at));
}

function attributeOfOne(machine: Machine, object: PyObject, name: string, at: Location): PyObject {
  const traced = machine.host.tensors?.attribute(object, name, at);
  if (traced) return traced;
  switch (object.kind) {
    case 'external': {
      const patched = object.paths.flatMap((path) => machine.patched.value.get(`${path}.${name}`) ?? []);
      if (patched[0])
        return object.paths.length === 1 ? patched[0] : pyUnknown(`\`${name}\` is set by the program`, at);
      if (object.paths.length === 1 && object.paths[0] !== undefined) {
        const constant = standardConstant(`${object.paths[0]}.${name}`);
        if (constant) return constant;
      }
      return machine.host.external({
        kind: 'external',
        paths: object.paths.map((path) => `${path}.${name}`),
        via: 'attribute',
      });
    }
    case 'module':
      if (name === '__dict__') return moduleDict(machine, object);
      return (
        moduleAttribute(machine, object, name) ??
        pyUnknown(`\`${object.source.moduleName}\` has no \`${name}\` that can be followed`, at)
      );
    case 'class':
      return name === '_make' && object.fields
        ? namedTupleMake(machine, object)
        : classAttribute(machine, object, name, at);
    case 'instance':
      return instanceAttribute(machine, object, name, at);
    case 'host':
      return object.host.attribute?.(name, at) ?? pyUnknown(`attribute \`${name}\` of ${object.host.description}`, at);
    case 'tuple':
      return tupleAttribute(machine, object, name, at) ?? pyUnknown(`attribute \`${name}\` of a tuple`, at);
    case 'function':
      if (name === '__name__') return pyStr(object.name);
      return (
        object.attributes.value.get(name) ??
        defaultsAttribute(machine, object, name) ??
        pyUnknown(`attribute \`${name}\` of \`${object.name}\``, at)
      );
    case 'partial':
      if (name === 'func') return object.target;
      if (name === 'args' || name === 'keywords') return storedArguments(object, name);
      return pyUnknown(`attribute \`${name}\` of a partial`, at);
    case 'unknown':
      return object.isTensor ? pyUnknown(`attribute \`${name}\` of a tensor`, at) : anotherUnknown(object);
    case 'method':
      if (name === '__self__') return object.self;
      return name === '__func__' ? object.function : machine.attribute(object.function, name, at);
    case 'externalResult':
      return {
        ...pyUnknown(`\`.${name}\` of what a library gives`, at),
        ...(machine.host.isKnownLibrary(object.callee) ? { isLibrary: true } : {}),
      };
    default:
      return builtinMethod(machine, object, name) ?? pyUnknown(`attribute \`${name}\` of a ${object.kind}`, at);
  }
}

/** A field, a member of the class of a namedtuple, or a method of every tuple. */
function tupleAttribute(machine: Machine, tuple: PyTuple, name: string, at: Location): PyObject | undefined {
  const field = tuple.fields?.indexOf(name) ?? -1;
  const item = field >= 0 ? tuple.items[field] : undefined;
  if (item) return item;
  const member = tuple.class && classMember(tuple.class, name);
  if (member) return bindMember(machine, member, tuple, at);
  return namedTupleMember(machine, tuple, name) ?? builtinMethod(machine, tuple, name);
}

/** `partial.args` and `partial.keywords`. */
function storedArguments(partial: PyPartial, name: 'args' | 'keywords'): PyObject {
  if (name === 'args')
    return { kind: 'tuple', items: partial.args.flatMap((one) => (one.name === undefined ? [one.value] : [])) };
  const named = partial.args.flatMap((one) =>
    one.name === undefined ? [] : [[`s:${one.name}`, { key: pyStr(one.name), value: one.value }] as const],
  );
  return makeDict(new Map(named));
}
