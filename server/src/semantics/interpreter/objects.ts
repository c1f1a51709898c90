/**
 * Abstract Python objects that the interpreter computes with: known values, library names, functions and classes of the
 * workspace, mutable containers, and `unknown` with a reason. Containers hold their content in a cell (store.ts).
 * Nothing here leaves the evaluator: consumers get frozen `StaticValue`s (freeze.ts).
 */
import type { Location } from '../../base/span';
import type * as ast from '../../syntax/ast';
import type { SourceFile } from '../program';
import type { Scope } from '../scopes';
import type { Cell } from './store';

export type PyObject =
  | PyConstant
  | PyTuple
  | PyList
  | PyDict
  | PySet
  | PyExternal
  | PyExternalResult
  | PyFunction
  | PyMethod
  | PyClass
  | PyInstance
  | PyModule
  | PyPartial
  | PyHostObject
  | PyUnknown
  | PyChoice;

export type PyConstant =
  | { readonly kind: 'none' }
  | { readonly kind: 'ellipsis' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'str'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: string };

/** A tuple, or a namedtuple when it has `fields`. */
export interface PyTuple {
  readonly kind: 'tuple';
  readonly items: readonly PyObject[];
  readonly fields?: readonly string[];
  /** The class of a namedtuple. */
  readonly class?: PyClass;
}

/** A set: the content is a list of items that differ. */
export interface PySet {
  readonly kind: 'set';
  readonly cell: Cell<ListContent>;
}

export interface PyList {
  readonly kind: 'list';
  readonly cell: Cell<ListContent>;
}

export interface ListContent {
  readonly items: readonly PyObject[];
  /** Set when there may be further, or altogether different, items. */
  readonly rest?: PyUnknown;
}

export interface PyDict {
  readonly kind: 'dict';
  readonly cell: Cell<DictContent>;
}

export interface DictContent {
  /** By {@link hashKey} of the key, in insertion order. */
  readonly entries: ReadonlyMap<string, DictEntry>;
  /** Set when there may be further entries. */
  readonly rest?: PyUnknown;
}

export interface DictEntry {
  readonly key: PyObject;
  readonly value: PyObject;
  /** The expression that gave the value, when there is one. */
  readonly expression?: Location;
  /** True when the entry may be missing: it was set on some paths only. Its value is unknown then. */
  readonly maybe?: true;
  /** What the host wants to remember of the entry (arg_scope keeps the origin of each value here). */
  readonly note?: unknown;
}

/** A library object by its resolved dotted names; several when the import has alternatives. */
export interface PyExternal {
  readonly kind: 'external';
  readonly paths: readonly string[];
  /** How the last component was reached: `a.b` or `from a import b` (the two can differ for module attributes). */
  readonly via: 'attribute' | 'import';
  /** True when it is certainly not None. */
  readonly isObject?: boolean;
  /** Which object it is, where the host knows: names of one object have the same, others another one. */
  readonly identity?: string;
}

export interface PyExternalResult {
  readonly kind: 'externalResult';
  readonly callee: PyExternal;
  readonly args: readonly { readonly name?: string; readonly value: PyObject }[];
  readonly call: Location;
  /** True when it is certainly not None. */
  readonly isObject?: boolean;
}

export interface PyFunction {
  readonly kind: 'function';
  readonly node: ast.FunctionDef | ast.Lambda;
  readonly source: SourceFile;
  readonly closure: Environment;
  readonly name: string;
  readonly qualifiedName: string;
  /** Values of default arguments, by parameter name, evaluated at the definition. */
  readonly defaults: ReadonlyMap<string, PyObject>;
  /** True when the body contains `yield`. */
  readonly isGenerator: boolean;
  /** What was set on it: `vgg_16.default_image_size = 224`. */
  readonly attributes: Cell<ReadonlyMap<string, PyObject>>;
  /** The function that `functools.wraps` copied the attributes of. */
  readonly wraps?: PyObject;
  /** The class whose body defined it, for `super()`. */
  readonly owner?: PyClass;
}

/** A function bound to `self` (or to the class, for class methods). */
export interface PyMethod {
  readonly kind: 'method';
  readonly function: PyObject;
  readonly self: PyObject;
}

export interface PyClass {
  readonly kind: 'class';
  readonly node: ast.ClassDef;
  readonly source: SourceFile;
  readonly name: string;
  readonly qualifiedName: string;
  readonly bases: readonly PyObject[];
  readonly namespace: Environment;
  /** Field names of a namedtuple, in order. */
  readonly fields?: readonly string[];
  readonly fieldDefaults?: ReadonlyMap<string, PyObject>;
  readonly metaclass?: PyObject;
  /** True under `@dataclasses.dataclass`. */
  readonly isDataclass?: boolean;
}

export interface PyInstance {
  readonly kind: 'instance';
  readonly class: PyClass;
  readonly attributes: Cell<ReadonlyMap<string, PyObject>>;
  /** What it holds as a `dict` or `list`, when its class is derived from one. */
  readonly payload?: PyDict | PyList;
  /** Set when attributes that are not in the map may exist (the `self` of a method analysed on its own). */
  readonly open: boolean;
}

export interface PyModule {
  readonly kind: 'module';
  readonly source: SourceFile;
  readonly namespace: Environment;
}

export interface PyPartial {
  readonly kind: 'partial';
  readonly target: PyObject;
  readonly args: readonly EvaluatedArgument[];
}

/** An object whose behaviour the host defines (builtins, arg_scope managers, decorated ops, ...). */
export interface PyHostObject {
  readonly kind: 'host';
  readonly host: HostBehaviour;
}

/** Behaviour of a {@link PyHostObject}; the interpreter asks, the host answers. */
export interface HostBehaviour {
  /** Shown when the object is frozen. */
  readonly description: string;
  readonly call?: (args: CallArguments, site: CallSite) => PyObject;
  readonly attribute?: (name: string, site: Location) => PyObject | undefined;
  /** Ways to enter it as a context manager; several are alternatives that are all followed. */
  readonly enter?: () => readonly ManagerOption[];
  /** True when it stands for one object of the program, equal to itself only. */
  readonly isObject?: boolean;
  /** Data of the host, recognised by it alone. */
  readonly data?: unknown;
}

/** One way to enter a context manager. */
export interface ManagerOption {
  readonly condition?: Condition;
  /** True when exceptions of the body end with it (`contextlib.suppress`). */
  readonly suppresses?: boolean;
  /** Enters, runs `body` with the value of `as`, and leaves. `wanted` is false when there is no `as`. */
  run(body: (target: PyObject) => void, wanted?: boolean): void;
}

/**
 * Identity counts: an unknown that is the same object is the same value of the program, so that what a test or a look-up
 * found out about it holds for the next one. Whatever is computed from it is another object.
 */
export interface PyUnknown {
  readonly kind: 'unknown';
  readonly reason: string;
  readonly at?: Location;
  readonly isTensor?: boolean;
  /** Set on what only the unseen callers of the entry point know. */
  readonly fromCaller?: boolean;
  /** Set on what an unseen caller may have set around the entry point, and not passed to it. */
  readonly isAmbient?: boolean;
  /** Set on what a library that is not followed made or holds: it is no scope of arg_scope. */
  readonly isLibrary?: boolean;
  /** The object that it is an attribute of: if it is a method, its call may change that. */
  readonly receiver?: PyObject;
  /** Set when it may be another value each time it is read. */
  readonly isVolatile?: boolean;
  /** Set on what is no value at all: the call that should give it raises. */
  readonly isNever?: boolean;
  /** A text that it certainly does not equal: `__name__` of an imported module is not `'__main__'`. */
  readonly isNot?: string;
}

export interface PyChoice {
  readonly kind: 'choice';
  readonly options: readonly PyOption[];
}

export interface PyOption {
  /** Never a choice. */
  readonly value: PyObject;
  readonly when?: Condition;
}

/** A test in the program that is taken to hold, or not to. */
export interface Condition {
  readonly text: string;
  readonly at: Location;
  readonly holds: boolean;
  /** The unknown value that the test is about, when that decides about other tests too. */
  readonly subject?: PyObject;
  /** {@link hashKey} of what the value equals if the test holds; empty when the value itself is tested. */
  readonly equals?: string;
  /** True when the test holds if the value does not equal that. */
  readonly isNegated?: boolean;
}

/** The variables of one running function, class body or module. */
export interface Environment {
  readonly scope: Scope;
  readonly variables: Map<string, Cell<PyObject | undefined>>;
  readonly parent: Environment | undefined;
  readonly source: SourceFile;
  /** `Outer.method.<locals>.` style prefix of names defined in here, without `<locals>.` parts. */
  readonly qualifier: string;
}

/** An argument of a call, evaluated. */
export interface EvaluatedArgument {
  readonly name?: string;
  readonly value: PyObject;
  readonly form: 'positional' | 'keyword' | 'unpacked' | 'partial';
  /** The argument as written (with its keyword); the star argument for unpacked ones. */
  readonly at: Location;
  /** The value expression; absent when no single expression stands for it. */
  readonly expression?: Location;
  /** The host's note when the argument came out of a dict entry. */
  readonly note?: unknown;
}

export interface CallArguments {
  readonly positional: readonly EvaluatedArgument[];
  readonly keywords: readonly EvaluatedArgument[];
  /** An unpacked `*args` / `**kwargs` whose content is not known. */
  readonly unknownPositional?: PyUnknown;
  readonly unknownKeywords?: PyUnknown;
}

/** Where a call happens. */
export interface CallSite {
  /** The call expression (or the decorator, for a decorator's call). */
  readonly call: Location;
  readonly callee: Location;
  readonly node: ast.Call | undefined;
}

export const pyNone: PyObject = { kind: 'none' };

export function pyBool(value: boolean): PyObject {
  return { kind: 'bool', value };
}

export function pyStr(value: string): PyObject {
  return { kind: 'str', value };
}

export function pyInt(value: number): PyObject {
  if (!Number.isSafeInteger(value)) return pyUnknown('an integer too large to follow');
  return { kind: 'int', value: value === 0 ? 0 : value };
}

export function pyUnknown(reason: string, at?: Location): PyUnknown {
  return at ? { kind: 'unknown', reason, at } : { kind: 'unknown', reason };
}

/** An unknown with the same reason that is not known to be the same value. */
export function anotherUnknown(unknown: PyUnknown): PyUnknown {
  return { ...unknown };
}

/** The alternatives of an object: its options when it is a choice, else itself. */
export function optionsOf(object: PyObject): readonly PyOption[] {
  return object.kind === 'choice' ? object.options : [{ value: object }];
}

/** The container that an object is: its payload when its class is derived from a built-in one, else itself. */
export function containerOf(object: PyObject): PyObject {
  return object.kind === 'instance' ? (object.payload ?? object) : object;
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

/** A number that is another one for each object. */
function identityOf(object: object): number {
  let identity = identities.get(object);
  if (identity === undefined) {
    identity = ++lastIdentity;
    identities.set(object, identity);
  }
  return identity;
}

/** Key under which a dict keeps an entry; undefined when equality with other keys cannot be decided. */
export function hashKey(key: PyObject): string | undefined {
  switch (key.kind) {
    case 'none':
    case 'ellipsis':
      return key.kind;
    case 'bool':
      return `n:${key.value ? 1 : 0}`;
    case 'int':
    case 'float':
      return `n:${key.value}`;
    case 'str':
      return `s:${key.value}`;
    case 'bytes':
      return `b:${key.value}`;
    case 'tuple': {
      const parts = key.items.map(hashKey);
      return parts.includes(undefined) ? undefined : `t:${JSON.stringify(parts)}`;
    }
    case 'external':
      // Any other name of a library may stand for a string or a number.
      return key.isObject ? `e:${key.identity ?? key.paths.join('|')}` : undefined;
    case 'function':
      return `f:${key.source.file}#${key.node.span.start}#${identityOf(key.closure)}`;
    case 'class':
      return `f:${key.source.file}#${key.node.span.start}#${identityOf(key.namespace)}`;
    case 'host':
      return key.host.isObject ? `h:${identityOf(key.host)}` : undefined;
    default:
      return undefined;
  }
}
