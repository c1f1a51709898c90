/**
 * Looking at objects by name: `getattr`, `hasattr`, `isinstance`, `type`, `globals`, `vars`, and imports by name.
 */
import type { CallArguments, CallSite, Environment, PyObject } from './objects';
import { containerOf, optionsOf, pyBool, pyUnknown } from './objects';
import { isAbsent, sameObject } from './join';
import type { Machine } from './machine';
import { globalsOf, variable } from './names';
import { anyMember } from './dispatch';
import { classMember, lineage } from './classes';
import { moduleAttribute } from './imports';
import { hasBuiltinAttribute } from './builtinNames';
import { hasUnseen } from './forgetAttributes';

/** `getattr(object, name[, default])`. */
export function getAttribute(
  machine: Machine,
  [object, name, fallback]: readonly PyObject[],
  call: CallArguments,
  site: CallSite,
): PyObject | undefined {
  if (!object || !name) return undefined;
  if (name.kind !== 'str') {
    const at = call.positional[1]?.expression ?? site.call;
    if (object.kind === 'instance' && !object.open)
      return { ...pyUnknown('an attribute whose name is not known', site.call), receiver: object };
    return object.kind === 'module' && !fallback ? anyMember(machine, object, name, at) : undefined;
  }
  if (fallback && isMissing(machine, object, name.value)) return fallback;
  const found = machine.attribute(object, name.value, site.call);
  return fallback && (found.kind === 'unknown' || mayBeAbsent(object, name.value)) ? undefined : found;
}

/** `hasattr(object, name)`. */
export function hasAttribute(
  machine: Machine,
  object: PyObject | undefined,
  name: PyObject | undefined,
  site: CallSite,
): PyObject | undefined {
  if (!object || name?.kind !== 'str') return undefined;
  if (isMissing(machine, object, name.value)) return pyBool(false);
  if (object.kind === 'unknown' || object.kind === 'choice' || object.kind === 'external') return undefined;
  if (mayBeAbsent(object, name.value)) return undefined;
  return machine.attribute(object, name.value, site.call).kind === 'unknown' ? undefined : pyBool(true);
}

/** True when the object has the attribute after some branches only, and its class has none. */
function mayBeAbsent(object: PyObject, name: string): boolean {
  if (object.kind !== 'instance' || classMember(object.class, name) !== undefined) return false;
  const own = object.attributes.value.get(name);
  return own !== undefined && optionsOf(own).some((option) => isAbsent(option.value));
}

/** True when the object certainly has no attribute of this name. */
function isMissing(machine: Machine, object: PyObject, name: string): boolean {
  if (name.startsWith('__')) return false;
  switch (object.kind) {
    case 'module':
      return moduleAttribute(machine, object, name) === undefined && !hasOpenImports(object.namespace);
    case 'function':
      return !object.attributes.value.has(name) && object.wraps === undefined;
    case 'instance': {
      const { class: cls, attributes, open, payload } = object;
      const isMagic = ['__getattr__', '__getattribute__'].some((one) => classMember(cls, one) !== undefined);
      if (open || isMagic || payload || attributes.value.has('__dict__') || hasUnseen(object)) return false;
      return !attributes.value.has(name) && classMember(cls, name) === undefined;
    }
    case 'class':
      return classMember(object, name) === undefined && object.metaclass === undefined && object.fields === undefined;
    default:
      return hasBuiltinAttribute(object, name) === false;
  }
}

function hasOpenImports(namespace: Environment): boolean {
  return namespace.scope.starImports.length > 0 || namespace.variables.has('__getattr__');
}

const TYPE_KINDS: Readonly<Record<string, readonly PyObject['kind'][]>> = {
  'builtins.int': ['int', 'bool'],
  'builtins.long': [],
  'builtins.float': ['float'],
  'builtins.str': ['str'],
  'builtins.basestring': ['str'],
  'builtins.unicode': [],
  'six.string_types': ['str'],
  'six.integer_types': ['int', 'bool'],
  'builtins.bool': ['bool'],
  'builtins.list': ['list'],
  'builtins.tuple': ['tuple'],
  'builtins.dict': ['dict'],
  'builtins.set': ['set'],
  'numbers.Number': ['int', 'float', 'bool'],
  'numbers.Integral': ['int', 'bool'],
  'collections.Iterable': ['list', 'tuple', 'dict', 'str', 'set'],
  'collections.abc.Iterable': ['list', 'tuple', 'dict', 'str', 'set'],
  'collections.Sequence': ['list', 'tuple', 'str'],
  'collections.abc.Sequence': ['list', 'tuple', 'str'],
  'collections.Mapping': ['dict'],
  'collections.abc.Mapping': ['dict'],
};

const PLAIN = new Set<PyObject['kind']>([
  'none',
  'int',
  'bool',
  'float',
  'str',
  'list',
  'tuple',
  'dict',
  'set',
  'function',
]);

/** `callable(value)`. */
export function isCallable(value: PyObject): PyObject | undefined {
  switch (value.kind) {
    case 'function':
    case 'class':
    case 'method':
    case 'partial':
      return pyBool(true);
    case 'host':
      return value.host.call ? pyBool(true) : undefined;
    case 'instance':
      if (classMember(value.class, '__call__')) return pyBool(true);
      return value.open || value.payload ? undefined : pyBool(false);
    default:
      return PLAIN.has(value.kind) ? pyBool(false) : undefined;
  }
}

/** `isinstance(value, types)`. */
export function isInstance(value: PyObject | undefined, type: PyObject | undefined): PyObject | undefined {
  if (!value || !type) return undefined;
  const types = type.kind === 'tuple' ? type.items : [type];
  const answers = types.map((one) => isOne(value, one));
  if (answers.includes(true)) return pyBool(true);
  return answers.includes(undefined) ? undefined : pyBool(false);
}

function isOne(value: PyObject, type: PyObject): boolean | undefined {
  if (type.kind === 'external') {
    const kinds = TYPE_KINDS[type.paths[0] ?? ''];
    if (!kinds) return undefined;
    const container = containerOf(value);
    if (kinds.includes(container.kind)) return true;
    return PLAIN.has(value.kind) ? false : undefined;
  }
  if (type.kind !== 'class') return undefined;
  const cls = value.kind === 'instance' || value.kind === 'tuple' ? value.class : undefined;
  if (!cls) return PLAIN.has(value.kind) ? false : undefined;
  if (lineage(cls).some((one) => sameObject(one, type))) return true;
  return value.kind === 'instance' && value.open ? undefined : false;
}

const TYPE_NAMES: Readonly<Partial<Record<PyObject['kind'], string>>> = {
  int: 'int',
  bool: 'bool',
  float: 'float',
  str: 'str',
  list: 'list',
  dict: 'dict',
  set: 'set',
};

/** `type(value)`. */
export function typeOf(value: PyObject): PyObject | undefined {
  if (value.kind === 'instance') return value.class;
  if (value.kind === 'tuple' && value.class) return value.class;
  const name = value.kind === 'tuple' ? 'tuple' : TYPE_NAMES[value.kind];
  return name === undefined
    ? undefined
    : { kind: 'external', paths: [`builtins.${name}`], via: 'attribute', isObject: true };
}

/** `sys.modules[name]`: the running module by its `__name__`, or one that an import would find. */
export function loadedModule(machine: Machine, name: PyObject): PyObject | undefined {
  const own = variable(globalsOf(machine.frame.environment), '__name__');
  const isOwn = own ? own === name || (own.kind === 'str' && sameObject(own, name)) : isNameOfModule(name);
  if (isOwn) return machine.module(machine.frame.source);
  if (name.kind !== 'str') return undefined;
  const source = machine.program.resolveImport(machine.frame.source, name.value, 0);
  return source
    ? machine.module(source)
    : machine.host.external({ kind: 'external', paths: [name.value], via: 'import' });
}

function isNameOfModule(name: PyObject): boolean {
  return name.kind === 'external' && name.paths[0] === 'builtins.__name__';
}

/** `importlib.import_module(name)` and `__import__(name)`, which gives the first package unless `fromlist` is set. */
export function importByName(
  machine: Machine,
  args: readonly PyObject[],
  call: CallArguments,
  isBuiltin: boolean,
): PyObject | undefined {
  const [name] = args;
  if (name?.kind !== 'str') return undefined;
  const fromList = args[3] ?? call.keywords.find((argument) => argument.name === 'fromlist')?.value;
  const wholePath = !isBuiltin || (fromList !== undefined && fromList.kind !== 'none');
  const relative = /^\.+/.exec(name.value)?.[0].length ?? 0;
  const path = name.value.slice(relative);
  const wanted = wholePath ? path : (path.split('.')[0] ?? path);
  const source = machine.program.resolveImport(machine.frame.source, wanted, relative);
  if (source) return machine.module(source);
  return relative > 0 ? undefined : machine.host.external({ kind: 'external', paths: [wanted], via: 'import' });
}
