/**
 * `super()`, with and without arguments: look-ups start behind the class that defines the running method, in the
 * resolution order of the object that the method was called on.
 */
import type { CallArguments, CallSite, PyClass, PyObject } from './objects';
import { pyNone, pyUnknown } from './objects';
import type { Machine } from './machine';
import { builtinBase, memberAmong, resolutionOrder } from './classes';
import { bindMember, fillPayload, newInstance, plainAttribute } from './instances';
import { makeNamedTuple } from './recordClasses';
import { builtinMethod } from './methods';
import { plainSetter } from './setByName';

/** `super(cls, self)`, or `super()` in a method. */
export function superObject(machine: Machine, stated: PyObject | undefined, object: PyObject | undefined): PyObject {
  const { frame } = machine;
  const self = object ?? frame.self;
  const cls = classOf(self);
  if (!cls || !self) return pyUnknown('`super()` outside a method that can be followed');
  const order = resolutionOrder(cls);
  const owner = frame.function?.closure.scope.kind === 'class' ? frame.function.closure : undefined;
  const start = order.findIndex((one) =>
    one.kind !== 'class' ? false : stated ? one === stated : one.namespace.scope === owner?.scope,
  );
  if (start < 0) return pyUnknown('`super()` of a class that cannot be followed');
  const behind = order.slice(start + 1);
  return {
    kind: 'host',
    host: {
      description: '`super()`',
      attribute: (name, at) => {
        const member = memberAmong(cls, behind, name);
        const isOpaque = member?.kind === 'unknown' && (name === '__init__' || name === '__new__');
        if (member && !isOpaque) return bindMember(machine, member, self, at);
        return ofBuiltinBase(machine, cls, self, name) ?? pyUnknown(`\`super().${name}\` is not known`, at);
      },
    },
  };
}

function classOf(self: PyObject | undefined): PyClass | undefined {
  if (self?.kind === 'instance') return self.class;
  if (self?.kind === 'tuple') return self.class;
  return self?.kind === 'class' ? self : undefined;
}

/** What `object`, `dict`, `list` and the namedtuples have under this name. */
function ofBuiltinBase(machine: Machine, cls: PyClass, self: PyObject, name: string): PyObject | undefined {
  const call = (run: (args: CallArguments, site: CallSite) => PyObject): PyObject => ({
    kind: 'host',
    host: { description: `\`super().${name}\``, call: run },
  });
  const payload = self.kind === 'instance' ? self.payload : undefined;
  if (name === '__new__') {
    return call((args) => {
      const [made, ...positional] = args.positional;
      if (made?.value.kind !== 'class') return pyUnknown('`__new__` of a class that is not known');
      const rest = { ...args, positional };
      return made.value.fields ? makeNamedTuple(made.value, rest) : newInstance(machine, made.value, rest);
    });
  }
  if (name === '__init__') {
    return call((args, site) => {
      if (payload && builtinBase(cls) === 'builtins.dict') fillPayload(machine, payload, args, site);
      return pyNone;
    });
  }
  if ((name === '__setattr__' || name === '__delattr__') && self.kind === 'instance') {
    return plainSetter(machine, self, name);
  }
  if (name === '__getattribute__' && self.kind === 'instance') {
    return call((args, site) => {
      const [named] = args.positional;
      return named?.value.kind === 'str'
        ? plainAttribute(machine, self, named.value.value, site.call)
        : pyUnknown('an attribute whose name is not known', site.call);
    });
  }
  return payload && builtinMethod(machine, payload, name);
}
