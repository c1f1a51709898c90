/**
 * Classes that are records: `collections.namedtuple`, `typing.NamedTuple`, classes derived from them, and dataclasses.
 * A namedtuple is a tuple of the interpreter that knows its class.
 */
import type { CallArguments, CallSite, PyClass, PyObject, PyTuple } from './objects';
import { pyNone, pyStr, pyUnknown } from './objects';
import { makeDict } from './join';
import type { Machine } from './machine';
import { variable } from './names';
import { annotatedFields, lineage } from './classes';

/** `collections.namedtuple(name, fields, defaults=...)`. */
export function namedTupleClass(machine: Machine, args: CallArguments, site: CallSite): PyObject | undefined {
  const given = (name: string, i: number): PyObject | undefined =>
    args.positional[i]?.value ?? args.keywords.find((argument) => argument.name === name)?.value;
  const name = given('typename', 0);
  const stated = given('field_names', 1) ?? given('fields', 1);
  const list =
    stated?.kind === 'str'
      ? stated.value
          .split(/[\s,]+/)
          .filter((field) => field !== '')
          .map(pyStr)
      : stated && machine.iterate(stated);
  // `typing.NamedTuple('Block', [('fn', Callable)])` pairs names with types.
  const names = list?.map((field) => {
    const item = field.kind === 'tuple' ? field.items[0] : field;
    return item?.kind === 'str' ? item.value : undefined;
  });
  if (name?.kind !== 'str' || !names || names.includes(undefined) || !site.node) return undefined;
  const fields = names.filter((field) => field !== undefined);
  const defaults = args.keywords.find((argument) => argument.name === 'defaults')?.value;
  const values = defaults && machine.iterate(defaults);
  const { environment, source } = machine.frame;
  const node: PyClass['node'] = {
    kind: 'ClassDef',
    span: site.node.span,
    name: { kind: 'Identifier', name: name.value, span: site.node.span },
    bases: [],
    decorators: [],
    body: [],
  };
  return {
    kind: 'class',
    node,
    source,
    name: name.value,
    qualifiedName: name.value,
    bases: [],
    namespace: { scope: environment.scope, variables: new Map(), parent: environment, source, qualifier: name.value },
    fields,
    ...(values ? { fieldDefaults: defaultsOfLast(fields, values) } : {}),
  };
}

/** The last fields have the defaults. */
function defaultsOfLast(fields: readonly string[], values: readonly PyObject[]): ReadonlyMap<string, PyObject> {
  const named = fields.slice(Math.max(0, fields.length - values.length));
  return new Map(named.flatMap((field, i) => (values[i] ? [[field, values[i]] as const] : [])));
}

/** A new namedtuple of the class. */
export function makeNamedTuple(cls: PyClass, args: CallArguments): PyTuple {
  const fields = cls.fields ?? [];
  const unknown = args.unknownPositional ?? args.unknownKeywords;
  const items = fields.map(
    (field, i) =>
      args.positional[i]?.value ??
      args.keywords.find((argument) => argument.name === field)?.value ??
      unknown ??
      cls.fieldDefaults?.get(field) ??
      pyUnknown(`field \`${field}\` of \`${cls.name}\` is not given`),
  );
  return { kind: 'tuple', items, fields, class: cls };
}

/** Methods that every namedtuple has. */
export function namedTupleMember(machine: Machine, tuple: PyTuple, name: string): PyObject | undefined {
  const { fields } = tuple;
  if (!fields) return undefined;
  const method = (call: (args: CallArguments) => PyObject): PyObject => ({
    kind: 'host',
    host: { description: `\`${name}\` of a namedtuple`, call },
  });
  switch (name) {
    case '_fields':
      return { kind: 'tuple', items: fields.map(pyStr) };
    case '_replace':
      return method((args) => {
        if (args.unknownKeywords) return args.unknownKeywords;
        const given = new Map(args.keywords.map((argument) => [argument.name, argument.value]));
        return { ...tuple, items: tuple.items.map((item, i) => given.get(fields[i]) ?? item) };
      });
    case '_asdict':
      return method(() =>
        makeDict(
          new Map(fields.map((field, i) => [`s:${field}`, { key: pyStr(field), value: tuple.items[i] ?? pyNone }])),
        ),
      );
    default:
      return undefined;
  }
}

/** `Block._make(items)`. */
export function namedTupleMake(machine: Machine, cls: PyClass): PyObject {
  return {
    kind: 'host',
    host: {
      description: `\`${cls.name}._make\``,
      call: (args, site) => {
        const [list] = args.positional;
        const items = list && machine.iterate(list.value);
        if (!items) return pyUnknown(`\`${cls.name}._make\` of items that are not known`, site.call);
        return makeNamedTuple(cls, {
          positional: items.map((value) => ({ value, form: 'unpacked', at: site.call })),
          keywords: [],
        });
      },
    },
  };
}

/** `@dataclasses.dataclass`: what the class is after decoration. */
export function asDataclass(cls: PyObject): PyObject {
  return cls.kind === 'class' ? { ...cls, isDataclass: true } : cls;
}

/** Data of what `dataclasses.field(...)` gives. */
interface FieldData {
  readonly kind: 'dataclassField';
  readonly default: PyObject | undefined;
  readonly factory: PyObject | undefined;
}

/** `dataclasses.field(default=..., default_factory=...)`. */
export function dataclassField(args: CallArguments): PyObject {
  const given = (name: string): PyObject | undefined => args.keywords.find((argument) => argument.name === name)?.value;
  const data: FieldData = { kind: 'dataclassField', default: given('default'), factory: given('default_factory') };
  return { kind: 'host', host: { description: 'a dataclass field', data } };
}

/** The attributes that the `__init__` of a dataclass sets; undefined for a class that is none or has its own. */
export function dataclassAttributes(
  machine: Machine,
  cls: PyClass,
  args: CallArguments,
  site: CallSite,
): ReadonlyMap<string, PyObject> | undefined {
  if (!cls.isDataclass || variable(cls.namespace, '__init__')) return undefined;
  const defaults = new Map<string, PyObject>();
  const fields = new Set<string>();
  for (const one of [...lineage(cls)].reverse()) {
    if (one.node !== cls.node && !one.isDataclass) continue;
    const stated = annotatedFields(one.node, (name) => variable(one.namespace, name));
    for (const field of stated.fields) fields.add(field);
    for (const [field, value] of stated.defaults) defaults.set(field, value);
  }
  const attributes = new Map<string, PyObject>();
  [...fields].forEach((field, i) => {
    const given =
      args.positional[i]?.value ??
      args.keywords.find((argument) => argument.name === field)?.value ??
      args.unknownPositional ??
      args.unknownKeywords;
    attributes.set(field, given ?? fieldDefault(machine, defaults.get(field), field, site));
  });
  return attributes;
}

function fieldDefault(machine: Machine, value: PyObject | undefined, field: string, site: CallSite): PyObject {
  const data = value?.kind === 'host' ? (value.host.data as FieldData | undefined) : undefined;
  if (value && data?.kind !== 'dataclassField') return value;
  if (data?.default) return data.default;
  if (data?.factory) return machine.call(data.factory, { positional: [], keywords: [] }, site);
  return pyUnknown(`field \`${field}\` is not given`, site.call);
}
