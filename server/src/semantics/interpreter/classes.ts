/**
 * Classes of the workspace: definition, method resolution order, members. What instances of them are is in instances.ts.
 * Bases outside the workspace are opaque: a look-up that passes one is unknown, except where Python's own say nothing.
 */
import type * as ast from '../../syntax/ast';
import type { Location } from '../../base/span';
import type { PyClass, PyObject } from './objects';
import { pyNone, pyStr, pyUnknown } from './objects';
import { here, type Machine } from './machine';
import { makeEnvironment, variable } from './names';
import { mangled } from './privateNames';
import { executeInEnvironment } from './statements';
import { evaluateArguments } from './callExpression';

/** Executes a `class` statement and returns what its name is bound to. */
export function defineClass(machine: Machine, node: ast.ClassDef): PyObject {
  const decorators = node.decorators.map((decorator) => ({ decorator, value: machine.evaluate(decorator) }));
  const args = evaluateArguments(machine, node.bases);
  // `six.with_metaclass(Meta, Base)` stands for its bases.
  const bases = args.positional.flatMap(({ value }) => (value.kind === 'tuple' ? value.items : [value]));
  const { environment, source } = machine.frame;
  const prefix = environment.scope.kind === 'class' ? `${environment.qualifier}.` : '';
  const qualifiedName = prefix + node.name.name;
  const namespace = makeEnvironment(source.scopes.scopeOf(node), environment, source, qualifiedName);
  executeInEnvironment(machine, namespace, node.body);
  for (const [name, cell] of [...namespace.variables]) {
    const real = mangled(name, node.name.name);
    if (real === name) continue;
    namespace.variables.delete(name);
    namespace.variables.set(real, cell);
  }
  for (const base of bases) if (base.kind === 'class') machine.subclassed.add(base.node);
  const metaclass = args.keywords.find((argument) => argument.name === 'metaclass')?.value;
  let result: PyObject = {
    kind: 'class',
    node,
    source,
    name: node.name.name,
    qualifiedName,
    bases,
    namespace,
    ...fieldsOf(node, bases, (name) => variable(namespace, name)),
    ...(metaclass ? { metaclass } : {}),
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

/** The fields of a class that is derived from a namedtuple, or from `typing.NamedTuple` and so states them itself. */
function fieldsOf(
  node: ast.ClassDef,
  bases: readonly PyObject[],
  valueOf: (name: string) => PyObject | undefined,
): Pick<PyClass, 'fields' | 'fieldDefaults'> {
  if (bases.some((base) => base.kind === 'external' && base.paths[0] === 'typing.NamedTuple')) {
    const { fields, defaults } = annotatedFields(node, valueOf);
    return { fields, fieldDefaults: defaults };
  }
  const base = bases.find((one) => one.kind === 'class' && one.fields);
  return base?.kind === 'class' && base.fields
    ? { fields: base.fields, ...(base.fieldDefaults ? { fieldDefaults: base.fieldDefaults } : {}) }
    : {};
}

/** The annotated names of a class body, in order, and the values that they have there. */
export function annotatedFields(
  node: ast.ClassDef,
  valueOf: (name: string) => PyObject | undefined,
): { readonly fields: readonly string[]; readonly defaults: ReadonlyMap<string, PyObject> } {
  const defaults = new Map<string, PyObject>();
  const fields = node.body.flatMap((statement) => {
    if (statement.kind !== 'AnnAssign' || statement.target.kind !== 'Name') return [];
    const { name } = statement.target;
    const value = statement.value && valueOf(name);
    if (value) defaults.set(name, value);
    return [name];
  });
  return { fields, defaults };
}

const orders = new WeakMap<PyClass, readonly PyObject[]>();

/** The method resolution order (C3): the class itself, then classes and opaque bases. */
export function resolutionOrder(cls: PyClass): readonly PyObject[] {
  let order = orders.get(cls);
  if (!order) {
    orders.set(cls, [cls]);
    const lists = cls.bases.map((base) => (base.kind === 'class' ? resolutionOrder(base) : [base]));
    order = [cls, ...mergeOrders([...lists, cls.bases])];
    orders.set(cls, order);
  }
  return order;
}

function mergeOrders(lists: readonly (readonly PyObject[])[]): readonly PyObject[] {
  const merged: PyObject[] = [];
  let rest = lists.filter((list) => list.length > 0);
  while (rest.length > 0) {
    // What Python refuses as inconsistent is taken in the order of the bases.
    const next = rest.map((list) => list[0]).find((head) => head && !rest.some((list) => list.slice(1).includes(head)));
    const head = next ?? rest[0]?.[0];
    if (!head) break;
    merged.push(head);
    rest = rest.map((list) => list.filter((one) => one !== head)).filter((list) => list.length > 0);
  }
  return merged;
}

/** A class and its bases that belong to the workspace, in the order of look-ups. */
export function lineage(cls: PyClass): readonly PyClass[] {
  return resolutionOrder(cls).filter((one) => one.kind === 'class');
}

/** Bases that add no members worth looking for. */
const PLAIN_BASES = new Set(
  ['object', 'Exception', 'dict', 'list', 'tuple', 'str', 'int', 'float', 'set', 'type']
    .map((name) => `builtins.${name}`)
    .concat(['abc.ABC', 'typing.NamedTuple', 'typing.Generic', 'enum.Enum', 'collections.OrderedDict'])
    .concat(['collections.defaultdict']),
);

function isPlainBase(base: PyObject): boolean {
  return base.kind === 'host' || (base.kind === 'external' && PLAIN_BASES.has(base.paths[0] ?? ''));
}

/** A member of a class or of its bases: `undefined` when there is none, unknown when a base is not known. */
export function classMember(cls: PyClass, name: string): PyObject | undefined {
  return memberAmong(cls, resolutionOrder(cls), name);
}

/** The first member of this name among some of the bases of a class. */
export function memberAmong(cls: PyClass, order: readonly PyObject[], name: string): PyObject | undefined {
  for (const one of order) {
    if (one.kind === 'class') {
      const own = variable(one.namespace, name);
      if (own) return own;
    } else if (!isPlainBase(one)) {
      return pyUnknown(`\`${cls.name}\` has a base class outside the workspace`, {
        file: cls.source.file,
        span: cls.node.span,
      });
    }
  }
  return undefined;
}

/** The built-in type that a class is derived from, by its path. */
export function builtinBase(cls: PyClass): string | undefined {
  for (const one of resolutionOrder(cls)) {
    const path = one.kind === 'external' ? one.paths[0] : undefined;
    if (path === 'collections.OrderedDict' || path === 'collections.defaultdict') return 'builtins.dict';
    if (path !== undefined && path !== 'builtins.object' && path.startsWith('builtins.')) return path;
  }
  return undefined;
}

/** `Class.name`, when no member has the name. */
export function classDataOf(cls: PyClass, name: string, at: Location): PyObject {
  switch (name) {
    case '__name__':
      return pyStr(cls.name);
    case '__qualname__':
      return pyStr(cls.qualifiedName);
    case '__doc__':
      return pyNone;
    case '__module__':
      return pyStr(cls.source.moduleName);
    case '_fields':
      if (cls.fields) return { kind: 'tuple', items: cls.fields.map(pyStr) };
      break;
    default:
  }
  return pyUnknown(`attribute \`${name}\` of \`${cls.name}\``, at);
}
