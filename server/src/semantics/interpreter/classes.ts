/**
 * Classes of the workspace: definition, instances, attribute look-up along the bases, `super()`.
 * Only what single inheritance by known classes determines is followed; an unknown base makes look-ups unknown.
 */
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { Location } from '../../base/span';
import type { CallArguments, CallSite, PyClass, PyInstance, PyMethod, PyObject } from './objects';
import { pyNone, pyUnknown } from './objects';
import { attributesCell } from './join';
import { here, type Machine } from './machine';
import { makeEnvironment, variable } from './names';
import { executeInEnvironment } from './statements';
import { callFunction } from './functions';
import { evaluateArguments } from './callExpression';

/** Executes a `class` statement and returns what its name is bound to. */
export function defineClass(machine: Machine, node: ast.ClassDef): PyObject {
  const decorators = node.decorators.map((decorator) => ({ decorator, value: machine.evaluate(decorator) }));
  const bases = evaluateArguments(machine, node.bases).positional.map((base) => base.value);
  const { environment, source } = machine.frame;
  const prefix = environment.scope.kind === 'class' ? `${environment.qualifier}.` : '';
  const qualifiedName = prefix + node.name.name;
  const namespace = makeEnvironment(source.scopes.scopeOf(node), environment, source, qualifiedName);
  executeInEnvironment(machine, namespace, node.body);
  for (const base of bases) if (base.kind === 'class') machine.subclassed.add(base.node);
  const fields = bases
    .map((base) => (base.kind === 'class' ? base.fields : undefined))
    .find((list) => list !== undefined);
  let result: PyObject = {
    kind: 'class',
    node,
    source,
    name: node.name.name,
    qualifiedName,
    bases,
    namespace,
    ...(fields ? { fields } : {}),
  };
  for (const { decorator, value } of decorators.reverse()) {
    const at = here(machine, decorator);
    result = machine.call(
      value,
      { positional: [{ value: result, form: 'positional', at }], keywords: [] },
      { call: at, callee: at, node: undefined },
    );
  }
  return result;
}

/** A member of a class or of its bases: `undefined` when there is none, unknown when a base is not known. */
export function classMember(cls: PyClass, name: string): PyObject | undefined {
  const own = variable(cls.namespace, name);
  if (own) return own;
  for (const base of cls.bases) {
    if (base.kind === 'class') {
      const inherited = classMember(base, name);
      if (inherited) return inherited;
    } else if (!(base.kind === 'host' || (base.kind === 'external' && base.paths[0] === 'builtins.object'))) {
      return pyUnknown(`\`${cls.name}\` has a base class outside the workspace`, {
        file: cls.source.file,
        span: cls.node.span,
      });
    }
  }
  return undefined;
}

/** `instance.name`. */
export function instanceAttribute(machine: Machine, instance: PyInstance, name: string, at: Location): PyObject {
  const own = instance.attributes.value.get(name);
  if (own) return own;
  const member = classMember(instance.class, name);
  if (member && instance.open && mayDiffer(machine, instance.class, name)) {
    const reason = `attribute \`${name}\` of \`${instance.class.name}\`: the instance or a subclass may have another one`;
    return { ...pyUnknown(reason, at), fromCaller: true };
  }
  if (member) return bindMember(machine, member, instance, at);
  return {
    ...pyUnknown(`attribute \`${name}\` of \`${instance.class.name}\``, at),
    ...(instance.open ? { fromCaller: true } : {}),
  };
}

/** True when `self.name` need not be what the class says: a method assigns it, or a class is derived from this one. */
function mayDiffer(machine: Machine, cls: PyClass, name: string): boolean {
  return machine.subclassed.has(cls.node) || lineage(cls).some((one) => selfAssigned(one.node).has(name));
}

const selfAssignedCache = new WeakMap<ast.ClassDef, ReadonlySet<string>>();

/** Names that the methods of a class assign to an attribute of something. */
function selfAssigned(node: ast.ClassDef): ReadonlySet<string> {
  let names = selfAssignedCache.get(node);
  if (!names) {
    const found = new Set<string>();
    walk(node, (at) => {
      const targets =
        at.kind === 'Assign' ? at.targets : at.kind === 'AugAssign' || at.kind === 'AnnAssign' ? [at.target] : [];
      for (const target of targets) if (target.kind === 'Attribute') found.add(target.attribute.name);
    });
    names = found;
    selfAssignedCache.set(node, names);
  }
  return names;
}

/** Binds a function found in a class to the object it was found through; properties are called. */
function bindMember(machine: Machine, member: PyObject, self: PyObject, at: Location): PyObject {
  if (member.kind === 'function') return { kind: 'method', function: member, self };
  if (member.kind !== 'host') return member;
  const data = member.host.data as { kind?: string; function?: PyObject } | undefined;
  if (data?.kind === 'property' && data.function) {
    const site: CallSite = { call: at, callee: at, node: undefined };
    return machine.call({ kind: 'method', function: data.function, self }, { positional: [], keywords: [] }, site);
  }
  if (data?.kind === 'classmethod' && data.function) {
    return { kind: 'method', function: data.function, self: self.kind === 'instance' ? self.class : self };
  }
  if (data?.kind === 'staticmethod' && data.function) return data.function;
  if (member.host.call) return { kind: 'method', function: member, self };
  return member;
}

/** `Class.name`. */
export function classAttribute(machine: Machine, cls: PyClass, name: string, at: Location): PyObject {
  const member = classMember(cls, name);
  if (!member)
    return name === '__name__'
      ? { kind: 'str', value: cls.name }
      : pyUnknown(`attribute \`${name}\` of \`${cls.name}\``, at);
  if (member.kind === 'host') {
    const data = member.host.data as { kind?: string } | undefined;
    if (data?.kind === 'classmethod' || data?.kind === 'staticmethod') return bindMember(machine, member, cls, at);
  }
  return member;
}

/** `Class(...)`: a new instance, after `__init__` ran. */
export function instantiate(machine: Machine, cls: PyClass, args: CallArguments, site: CallSite): PyObject {
  if (cls.fields) return namedTuple(cls.fields, args);
  const instance: PyInstance = { kind: 'instance', class: cls, attributes: attributesCell(new Map()), open: false };
  const init = classMember(cls, '__init__');
  if (init?.kind === 'function') callFunction(machine, init, withSelf(instance, args, site), site, instance);
  else if (init?.kind === 'unknown') return { ...instance, open: true };
  return instance;
}

function namedTuple(fields: readonly string[], args: CallArguments): PyObject {
  const items = fields.map(
    (field, i) =>
      args.positional[i]?.value ??
      args.keywords.find((argument) => argument.name === field)?.value ??
      pyUnknown(`field \`${field}\` is not given`),
  );
  return { kind: 'tuple', items, fields };
}

/** Calls a bound method. */
export function callMethod(machine: Machine, method: PyMethod, args: CallArguments, site: CallSite): PyObject {
  const all = withSelf(method.self, args, site);
  if (method.function.kind === 'function') return callFunction(machine, method.function, all, site, method.self);
  return machine.call(method.function, all, site);
}

function withSelf(self: PyObject, args: CallArguments, site: CallSite): CallArguments {
  return { ...args, positional: [{ value: self, form: 'unpacked', at: site.callee }, ...args.positional] };
}

/** `super()`: look-ups start behind the class that defines the running method. */
export function superObject(machine: Machine): PyObject {
  const { frame } = machine;
  const owner = frame.function?.closure.scope.kind === 'class' ? frame.function.closure : undefined;
  const self = frame.self;
  const cls = self?.kind === 'instance' ? self.class : self?.kind === 'class' ? self : undefined;
  if (!owner || !cls || !self) return pyUnknown('`super()` outside a method that can be followed');
  const start = lineage(cls).find((one) => one.namespace.scope === owner.scope);
  if (!start) return pyUnknown('`super()` of a class that cannot be followed');
  return {
    kind: 'host',
    host: {
      description: '`super()`',
      attribute: (name, at) => {
        for (const base of start.bases) {
          const member = base.kind === 'class' ? classMember(base, name) : undefined;
          if (member) return bindMember(machine, member, self, at);
        }
        return name === '__init__'
          ? { kind: 'host', host: { description: '`object.__init__`', call: () => pyNone } }
          : pyUnknown(`\`super().${name}\` is not known`, at);
      },
    },
  };
}

/** A class and its bases that belong to the workspace, as far as single inheritance goes. */
export function lineage(cls: PyClass): readonly PyClass[] {
  return [cls, ...cls.bases.flatMap((base) => (base.kind === 'class' ? lineage(base) : []))];
}
