/**
 * Attribute access on every kind of object.
 */
import type { Location } from '../../base/span';
import type { PyObject } from './objects';
import { pyStr, pyUnknown } from './objects';
import { mapOptions } from './expressions';
import type { Machine } from './machine';
import { classAttribute, instanceAttribute } from './classes';
import { moduleAttribute } from './imports';
import { builtinMethod } from './methods';

/** `object.name`. */
export function attributeOf(machine: Machine, object: PyObject, name: string, at: Location): PyObject {
  return mapOptions(object, (one) => attributeOfOne(machine, one, name, at));
}

function attributeOfOne(machine: Machine, object: PyObject, name: string, at: Location): PyObject {
  switch (object.kind) {
    case 'external':
      return machine.host.external({
        kind: 'external',
        paths: object.paths.map((path) => `${path}.${name}`),
        via: 'attribute',
      });
    case 'module':
      return (
        moduleAttribute(machine, object, name) ??
        pyUnknown(`\`${object.source.moduleName}\` has no \`${name}\` that can be followed`, at)
      );
    case 'class':
      return classAttribute(machine, object, name, at);
    case 'instance':
      return instanceAttribute(machine, object, name, at);
    case 'host':
      return object.host.attribute?.(name, at) ?? pyUnknown(`attribute \`${name}\` of ${object.host.description}`, at);
    case 'tuple': {
      const field = object.fields?.indexOf(name) ?? -1;
      const item = field >= 0 ? object.items[field] : undefined;
      return item ?? builtinMethod(machine, object, name) ?? pyUnknown(`attribute \`${name}\` of a tuple`, at);
    }
    case 'function':
      if (name === '__name__') return pyStr(object.name);
      return object.attributes.value.get(name) ?? pyUnknown(`attribute \`${name}\` of \`${object.name}\``, at);
    case 'partial':
      if (name === 'func') return object.target;
      return pyUnknown(`attribute \`${name}\` of a partial`, at);
    case 'unknown':
      return object.isTensor ? pyUnknown(`attribute \`${name}\` of a tensor`, at) : object;
    case 'externalResult':
      return pyUnknown(`attribute \`${name}\` of a library object`, at);
    default:
      return builtinMethod(machine, object, name) ?? pyUnknown(`attribute \`${name}\` of a ${object.kind}`, at);
  }
}
