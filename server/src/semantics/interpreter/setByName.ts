/**
 * Setting and deleting attributes by name: `setattr`, `delattr`, and `__setattr__` and `__delattr__` of `object` and
 * `type`, which go past those of the class. Under a name that is not known any attribute may be the one.
 */
import type { CallArguments, CallSite, PyInstance, PyObject } from './objects';
import { pyNone, pyUnknown } from './objects';
import { assignAttribute, deleteAttribute, forEachOption, setOwnAttribute } from './assign';
import { forgetAttributes } from './forgetAttributes';
import type { Machine } from './machine';
import { forgetVariables } from './variablesDict';

/** `setattr(object, name, value)`. */
export function setAttribute(machine: Machine, args: readonly PyObject[], site: CallSite): PyObject | undefined {
  const [object, name, value] = args;
  if (!object || !name || !value) return undefined;
  forEachOption(machine, name, (one) => {
    if (one.kind === 'str') assignAttribute(machine, object, one.value, value, site.call);
    else forgetAnyAttribute(machine, object, site);
  });
  return pyNone;
}

/** `delattr(object, name)`. */
export function removeAttribute(machine: Machine, args: readonly PyObject[], site: CallSite): PyObject | undefined {
  const [object, name] = args;
  if (!object || !name) return undefined;
  forEachOption(machine, name, (one) => {
    if (one.kind === 'str') forEachOption(machine, object, (option) => deleteAttribute(machine, option, one.value));
    else forgetAnyAttribute(machine, object, site);
  });
  return pyNone;
}

/** `object.__setattr__(instance, name, value)`, and the same of `type` for a class. */
export function setPlainly(machine: Machine, { positional }: CallArguments, site: CallSite): PyObject | undefined {
  const [object, name, value] = positional.map((argument) => argument.value);
  if (!object || !name || !value) return undefined;
  if (object.kind !== 'instance' || name.kind !== 'str') return setAttribute(machine, [object, name, value], site);
  setOwnAttribute(machine, object, name.value, value, site.call);
  return pyNone;
}

/** `instance.__setattr__` and `instance.__delattr__` of a class that has no such method of its own. */
export function plainSetter(machine: Machine, instance: PyInstance, name: string): PyObject | undefined {
  const call =
    name === '__setattr__'
      ? (args: CallArguments, site: CallSite) => setPlainly(machine, withSelf(instance, args), site)
      : name === '__delattr__'
        ? (args: CallArguments, site: CallSite) =>
            removeAttribute(machine, [instance, ...args.positional.map((argument) => argument.value)], site)
        : undefined;
  if (!call) return undefined;
  return {
    kind: 'host',
    host: { description: `\`${name}\``, call: (args, site) => call(args, site) ?? pyUnknown(`\`${name}\` of nothing`) },
  };
}

function withSelf(self: PyObject, args: CallArguments): CallArguments {
  const [first] = args.positional;
  return first ? { ...args, positional: [{ ...first, value: self }, ...args.positional] } : args;
}

function forgetAnyAttribute(machine: Machine, object: PyObject, site: CallSite): void {
  const reason = pyUnknown('an attribute whose name is not known is set', site.call);
  forEachOption(machine, object, (one) => {
    if (one.kind === 'instance') forgetAttributes(machine, one, reason);
    else if (one.kind === 'class' || one.kind === 'module') forgetVariables(machine, one.namespace, reason);
    else if (one.kind === 'function')
      machine.store.set(one.attributes, new Map([...one.attributes.value.keys()].map((key) => [key, reason])));
  });
}
