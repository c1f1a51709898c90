/**
 * Instances of workspace classes: how they are made, and what their attributes are. Methods are bound, properties are
 * called, `__getattr__` is asked last. Instances of classes derived from `dict` or `list` carry the content of one.
 */
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { Location } from '../../base/span';
import type { CallArguments, CallSite, PyClass, PyInstance, PyMethod, PyObject, PyUnknown } from './objects';
import { optionsOf, pyStr, pyUnknown } from './objects';
import { attributesCell, isAbsent, joinObjects, makeDict, makeList } from './join';
import type { Machine } from './machine';
import { builtinBase, classDataOf, classMember, lineage, resolutionOrder } from './classes';
import { variable } from './names';
import { callFunction, raisedBy } from './functions';
import { attributeDict } from './attributeDict';
import { hasUnseen } from './forgetAttributes';
import { builtinMethod } from './methods';
import { plainSetter } from './setByName';
import { mangled } from './privateNames';
import { dataclassAttributes, makeNamedTuple } from './recordClasses';

/** `instance.name`. */
export function instanceAttribute(machine: Machine, instance: PyInstance, name: string, at: Location): PyObject {
  const own = classMember(instance.class, '__getattribute__');
  if (own?.kind !== 'function' || instance.open) return plainAttribute(machine, instance, name, at);
  const site: CallSite = { call: at, callee: at, node: undefined };
  const args: CallArguments = { positional: [{ value: pyStr(name), form: 'unpacked', at }], keywords: [] };
  return callMethod(machine, { kind: 'method', function: own, self: instance }, args, site);
}

/** `object.__getattribute__(instance, name)`. */
export function plainAttribute(machine: Machine, instance: PyInstance, name: string, at: Location): PyObject {
  const own = instance.attributes.value.get(name);
  if (own && !optionsOf(own).some((option) => isAbsent(option.value))) return own;
  const present = own ? optionsOf(own).filter((option) => !isAbsent(option.value)) : [];
  const inherited = classOrData(machine, instance, name, at);
  // Where the object lacks it, the class's own is found, or reading it fails.
  if (present.length > 0 && classMember(instance.class, name) === undefined && !instance.open)
    return joinObjects(present.map((option) => option.value)) ?? inherited;
  return joinObjects([...present.map((option) => option.value), inherited]) ?? inherited;
}

/** An attribute that the instance itself does not have. */
function classOrData(machine: Machine, instance: PyInstance, name: string, at: Location): PyObject {
  const cls = instance.class;
  if (instance.open && classMember(cls, '__getattribute__')?.kind === 'function')
    return pyUnknown(`attribute \`${name}\` of \`${cls.name}\`, which has \`__getattribute__\``, at);
  const member = classMember(cls, name);
  if (member && instance.open && mayDiffer(machine, cls, name)) {
    const reason = `attribute \`${name}\` of \`${cls.name}\`: the instance or a subclass may have another one`;
    return { ...pyUnknown(reason, at), fromCaller: true };
  }
  if (member?.kind === 'unknown') return ofLibraryBase(machine, instance, name, member);
  if (member) return bindMember(machine, member, instance, at);
  return dataOf(machine, instance, name) ?? fromGetattr(machine, instance, name, at) ?? missing(instance, name, at);
}

/** What a base outside the workspace may have: that of a library that is known opens no arg_scope. */
function ofLibraryBase(machine: Machine, { class: cls }: PyInstance, name: string, member: PyUnknown): PyObject {
  const isOwn = lineage(cls).some((one) => variable(one.namespace, name) !== undefined);
  const bases = resolutionOrder(cls).flatMap((one) => (one.kind === 'external' ? [one] : []));
  const isKnown = resolutionOrder(cls).every((one) => one.kind === 'class' || one.kind === 'external');
  return !isOwn && isKnown && bases.every((base) => machine.host.isKnownLibrary(base))
    ? { ...member, isLibrary: true }
    : member;
}

function missing(instance: PyInstance, name: string, at: Location): PyObject {
  return {
    ...pyUnknown(`attribute \`${name}\` of \`${instance.class.name}\``, at),
    ...(instance.open ? { fromCaller: true } : {}),
  };
}

/** What every object has, and the methods of the built-in type that the class is derived from. */
function dataOf(machine: Machine, instance: PyInstance, name: string): PyObject | undefined {
  if (name === '__class__') return instance.class;
  if (name === '__dict__') return attributeDict(machine, instance);
  const setter = plainSetter(machine, instance, name);
  if (setter) return setter;
  if (!instance.payload) return undefined;
  // `self.__dict__ = self`: items are attributes.
  const { value } = instance.attributes;
  if (value.get('__dict__') === instance && instance.payload.kind === 'dict') {
    const entry = instance.payload.cell.value.entries.get(`s:${name}`);
    if (entry) return entry.value;
  }
  return builtinMethod(machine, instance.payload, name);
}

/** `__getattr__ = dict.__getitem__` in the body of a class. */
export function isDictMethod(member: PyObject, name: string): boolean {
  return member.kind === 'external' && member.paths[0] === `builtins.dict.${name}`;
}

function fromGetattr(machine: Machine, instance: PyInstance, name: string, at: Location): PyObject | undefined {
  const method = classMember(instance.class, '__getattr__');
  if (!method || instance.open || hasUnseen(instance)) return undefined;
  const { payload } = instance;
  if (isDictMethod(method, '__getitem__') && payload?.kind === 'dict') {
    const entry = payload.cell.value.entries.get(`s:${name}`);
    if (entry && !entry.maybe) return entry.value;
  }
  const site: CallSite = { call: at, callee: at, node: undefined };
  const bound = bindMember(machine, method, instance, at);
  return machine.call(bound, { positional: [{ value: pyStr(name), form: 'unpacked', at }], keywords: [] }, site);
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
      for (const target of targets)
        if (target.kind === 'Attribute') found.add(mangled(target.attribute.name, node.name.name));
    });
    names = found;
    selfAssignedCache.set(node, names);
  }
  return names;
}

/** Data of the host objects that `@property`, `@classmethod` and `@staticmethod` make. */
export interface DescriptorData {
  readonly kind: 'property' | 'classmethod' | 'staticmethod';
  readonly function: PyObject;
  readonly setter?: PyObject;
}

/** The descriptor that a member is, if it is one. */
export function descriptorOf(member: PyObject | undefined): DescriptorData | undefined {
  const data = member?.kind === 'host' ? (member.host.data as Partial<DescriptorData> | undefined) : undefined;
  const isOne = data?.kind === 'property' || data?.kind === 'classmethod' || data?.kind === 'staticmethod';
  return isOne && data.function ? (data as DescriptorData) : undefined;
}

/** Binds a function found in a class to the object it was found through; properties are called. */
export function bindMember(machine: Machine, member: PyObject, self: PyObject, at: Location): PyObject {
  if (member.kind === 'function') return { kind: 'method', function: member, self };
  if (member.kind !== 'host') return member;
  const data = descriptorOf(member);
  switch (data?.kind) {
    case 'property': {
      const site: CallSite = { call: at, callee: at, node: undefined };
      return machine.call({ kind: 'method', function: data.function, self }, { positional: [], keywords: [] }, site);
    }
    case 'classmethod':
      return { kind: 'method', function: data.function, self: classOf(self) };
    case 'staticmethod':
      return data.function;
    default:
      return member.host.call ? { kind: 'method', function: member, self } : member;
  }
}

function classOf(self: PyObject): PyObject {
  if (self.kind === 'instance') return self.class;
  return self.kind === 'tuple' && self.class ? self.class : self;
}

/** `Class.name`. */
export function classAttribute(machine: Machine, cls: PyClass, name: string, at: Location): PyObject {
  const member = classMember(cls, name);
  if (!member) return classDataOf(cls, name, at);
  const kind = descriptorOf(member)?.kind;
  return kind === 'classmethod' || kind === 'staticmethod' ? bindMember(machine, member, cls, at) : member;
}

/** `Class(...)`: a new instance, after `__init__` ran. */
export function instantiate(machine: Machine, cls: PyClass, args: CallArguments, site: CallSite): PyObject {
  const called = cls.metaclass?.kind === 'class' ? classMember(cls.metaclass, '__call__') : undefined;
  if (called?.kind === 'function')
    return callMethod(machine, { kind: 'method', function: called, self: cls }, args, site);
  const creator = descriptorOf(classMember(cls, '__new__'))?.function ?? classMember(cls, '__new__');
  if (creator?.kind === 'function') {
    const made = callMethod(machine, { kind: 'method', function: creator, self: cls }, args, site);
    return made.kind === 'instance' && lineage(made.class).includes(cls) ? initialize(machine, made, args, site) : made;
  }
  if (cls.fields) return makeNamedTuple(cls, args);
  return initialize(machine, newInstance(machine, cls, args), args, site);
}

/** `object.__new__(cls)`: an instance before `__init__`. */
export function newInstance(machine: Machine, cls: PyClass, args: CallArguments): PyInstance {
  const base = builtinBase(cls);
  const content = args.positional[0] && machine.iterate(args.positional[0].value);
  const payload =
    base === 'builtins.dict' ? makeDict(new Map()) : base === 'builtins.list' ? makeList(content ?? []) : undefined;
  return {
    kind: 'instance',
    class: cls,
    attributes: attributesCell(new Map()),
    open: false,
    ...(payload ? { payload } : {}),
  };
}

function initialize(machine: Machine, instance: PyInstance, args: CallArguments, site: CallSite): PyObject {
  const init = classMember(instance.class, '__init__');
  if (!init && takesNothing(instance.class) && args.positional.length + args.keywords.length > 0)
    return raisedBy(machine, `TypeError: ${instance.class.name}() takes no arguments`, site);
  if (init?.kind === 'function') {
    const result = callFunction(machine, init, withSelf(instance, args, site), site, instance);
    if (result.kind === 'unknown' && result.isNever) return result;
  } else if (init?.kind === 'unknown') return { ...instance, open: true };
  else if (init) callMethod(machine, { kind: 'method', function: init, self: instance }, args, site);
  else if (instance.payload?.kind === 'dict') fillPayload(machine, instance.payload, args, site);
  const attributes = dataclassAttributes(machine, instance.class, args, site);
  if (!attributes) return instance;
  machine.store.set(instance.attributes, attributes);
  const after = classMember(instance.class, '__post_init__');
  if (after?.kind === 'function') callFunction(machine, after, withSelf(instance, noArguments, site), site, instance);
  return instance;
}

/** True for a class that only has what `object` gives it: nobody else looks at the arguments. */
function takesNothing(cls: PyClass): boolean {
  const isPlain = resolutionOrder(cls).every((one) => one.kind === 'class' || isObjectClass(one));
  return (
    isPlain &&
    !lineage(cls).some((one) => one.isDataclass ?? one.fields ?? one.metaclass) &&
    !classMember(cls, '__new__')
  );
}

function isObjectClass(base: PyObject): boolean {
  return base.kind === 'external' && base.paths[0] === 'builtins.object';
}

const noArguments: CallArguments = { positional: [], keywords: [] };

/** `dict.__init__(self, ...)`. */
export function fillPayload(machine: Machine, payload: PyObject, args: CallArguments, site: CallSite): void {
  const update = builtinMethod(machine, payload, 'update');
  if (update) machine.call(update, args, site);
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
