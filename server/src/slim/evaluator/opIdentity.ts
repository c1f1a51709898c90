/**
 * Which op an object is, as arg_scope sees it: by identity of the decorated function, never by name (A2).
 * Also what happens when something that is no op stands in an op list (A5).
 */
import type { PyFunction, PyInstance, PyObject } from '../../semantics/interpreter/objects';
import { classMember } from '../../semantics/interpreter/classes';
import { freeze } from '../../semantics/interpreter/freeze';
import { functionNormalForm } from '../library/externalNames';
import { nameInMessages } from '../../semantics/interpreter/bindingError';
import { resolveLibraryName } from '../library/libraryNames';
import type { LibraryObject, SlimLibrary } from '../library/libraryObject';
import type { LibraryFunction } from '../signatures/signature';
import type { Library, Op } from '../model';

/** An op with its keys in the registries of the libraries that it may belong to. */
export interface OpIdentity {
  readonly op: Op;
  /** Registries that it is in: none for `tf.layers`, both for a guarded import of either library. */
  readonly libraries: readonly SlimLibrary[];
  readonly keys: Readonly<Partial<Record<SlimLibrary, string>>>;
}

/** Data of the object that `@add_arg_scope` returns. */
export interface DecoratedOpData {
  readonly kind: 'decoratedOp';
  readonly identity: OpIdentity;
  readonly function: PyObject;
  readonly freezesTo: PyObject;
}

const resolved = new Map<string, LibraryObject>();

/** What a library path stands for; cached, since names are looked up again and again. */
export function libraryObject(path: string): LibraryObject {
  let object = resolved.get(path);
  if (!object) {
    object = resolveLibraryName(path, 'any');
    resolved.set(path, object);
  }
  return object;
}

/** The library objects of all alternatives of an external, when they are all of one kind. */
export function libraryObjects(object: PyObject): readonly LibraryObject[] {
  if (object.kind !== 'external') return [];
  const found = object.paths.map(libraryObject);
  return found.every((one) => one.kind === found[0]?.kind) ? found : [];
}

const libraryOps = new Map<string, OpIdentity>();

/** The identity of a library op, from the alternatives of an external. */
export function libraryOp(objects: readonly LibraryObject[]): OpIdentity | undefined {
  const ops = objects.filter((object) => object.kind === 'op' || object.kind === 'opPartial');
  const [first] = ops;
  if (!first || ops.length !== objects.length || ops.some((one) => one.op.functionName !== first.op.functionName))
    return undefined;
  const cacheKey = ops.map((one) => one.key).join('|');
  let identity = libraryOps.get(cacheKey);
  if (!identity) {
    identity = makeIdentity(
      first.op,
      ops.map((one) => ({ library: one.library, key: one.key })),
    );
    libraryOps.set(cacheKey, identity);
  }
  return identity;
}

function makeIdentity(
  fn: LibraryFunction,
  places: readonly { readonly library: Library; readonly key: string }[],
): OpIdentity {
  const keys: Partial<Record<SlimLibrary, string>> = {};
  const libraries: SlimLibrary[] = [];
  for (const { library, key } of places) {
    if (library !== 'contrib' && library !== 'tf_slim') continue;
    keys[library] = key;
    libraries.push(library);
  }
  const op: Op = {
    name: fn.name,
    functionName: fn.functionName,
    libraries: places.map((place) => place.library),
    signature: fn,
    scopable: fn.scopable,
  };
  return { op, libraries: fn.scopable ? libraries : [], keys };
}

/** The op that an object is, if it is one: a library op, or a function under `@add_arg_scope` (through `wraps` too, A2). */
export function opIdentityOf(object: PyObject): OpIdentity | undefined {
  if (object.kind === 'external') {
    const objects = libraryObjects(object);
    return objects[0]?.kind === 'op' ? libraryOp(objects) : undefined;
  }
  if (object.kind === 'host') {
    const data = object.host.data as { readonly kind?: string } | undefined;
    return data?.kind === 'decoratedOp' ? (data as DecoratedOpData).identity : undefined;
  }
  if (object.kind === 'method') return opIdentityOf(object.function);
  if (object.kind === 'function' && object.wraps) return opIdentityOf(object.wraps);
  return undefined;
}

/** The op and the stored keywords of a partial that the library itself offers (`slim.relu`, B2). */
export function opPartialOf(
  object: PyObject,
): { readonly identity: OpIdentity; readonly boundKeywords: ReadonlyMap<string, string> } | undefined {
  const objects = libraryObjects(object);
  const [first] = objects;
  const identity = first?.kind === 'opPartial' ? libraryOp(objects) : undefined;
  return identity && first?.kind === 'opPartial' ? { identity, boundKeywords: first.boundKeywords } : undefined;
}

/** The identity of a user function that is being decorated. `serial` tells apart functions decorated anew on each call. */
export function userOp(fn: PyFunction, libraries: readonly SlimLibrary[], serial: number): OpIdentity {
  const { source, node } = fn;
  const decorator = node.kind === 'FunctionDef' ? node.decorators[0] : undefined;
  const start = decorator ? source.text.lastIndexOf('@', decorator.span.start) : node.span.start;
  const key = `user:${source.file}#${node.span.start}#${serial}`;
  return {
    op: {
      name: fn.name,
      functionName: nameInMessages(fn),
      libraries: ['user'],
      signature: signatureOf(fn),
      scopable: true,
      defaults: new Map([...fn.defaults].map(([name, value]) => [name, freeze(value)])),
      definition: { file: source.file, span: { start: start < 0 ? node.span.start : start, end: node.span.end } },
    },
    libraries,
    keys: Object.fromEntries(libraries.map((library) => [library, key])),
  };
}

function signatureOf(fn: PyFunction): Op['signature'] {
  const parameters = fn.node.parameters.flatMap((parameter): readonly Op['signature']['parameters'][number][] => {
    const name = parameter.name.name;
    const text = parameter.default && fn.source.text.slice(parameter.default.span.start, parameter.default.span.end);
    switch (parameter.form) {
      case 'star':
        return [{ name, kind: 'varPositional' }];
      case 'doubleStar':
        return [{ name, kind: 'varKeyword' }];
      case 'plain':
        return [
          {
            name,
            kind: parameter.keywordOnly ? 'keywordOnly' : 'positionalOrKeyword',
            ...(text === undefined ? {} : { default: text }),
          },
        ];
      default:
        return [];
    }
  });
  return { parameters };
}

/** True for an object that certainly lacks a name, which is asked of what stands in an op list. */
function isNameless({ class: cls, attributes, open }: PyInstance): boolean {
  const names = ['__name__', '_key_op', '__getattr__', '__getattribute__'];
  return !open && names.every((name) => !attributes.value.has(name) && classMember(cls, name) === undefined);
}

/** Built-ins that are no functions or classes. */
const NO_FUNCTIONS = new Set(['Ellipsis', 'NotImplemented', 'copyright', 'credits', 'exit', 'license', 'quit']);

/** The same for functions and classes of Python and TensorFlow: the module that Python names is known of built-ins only. */
function notOfSlim(canonical: string): ScopeListError | undefined {
  const [root, name = ''] = canonical.split('.');
  const isBuiltin = root === 'builtins' && /^[A-Za-z]/.test(name) && !NO_FUNCTIONS.has(name);
  if (isBuiltin) return notDecorated(`('builtins', '${name}')`);
  const form = root === 'tf' ? functionNormalForm({ kind: 'other', canonical }) : undefined;
  const isFunction = typeof form === 'object' && form !== null && 'function' in form;
  return isFunction ? notDecorated(`(..., '${canonical.slice(canonical.lastIndexOf('.') + 1)}')`) : undefined;
}

interface ScopeListError {
  readonly type: 'ValueError' | 'AttributeError';
  readonly message: string;
}

function notDecorated(name: string): ScopeListError {
  return { type: 'ValueError', message: `('%s is not decorated with @add_arg_scope', ${name})` };
}

/** Python's error for something that stands in an op list and is no op; undefined when it cannot be told (A5). */
export function notAnOp(object: PyObject, moduleName: string): ScopeListError | undefined {
  const valueError = (module: string, name: string) => notDecorated(`('${module}', '${name}')`);
  const attributeError = (type: string, attribute: string) => ({
    type: 'AttributeError' as const,
    message: `'${type}' object has no attribute '${attribute}'`,
  });
  switch (object.kind) {
    case 'partial':
      return { type: 'AttributeError', message: "'functools.partial' object has no attribute '__name__'" };
    case 'str':
    case 'int':
    case 'float':
    case 'bool':
    case 'list':
    case 'tuple':
    case 'dict':
      return attributeError(object.kind, '__module__');
    case 'none':
      return attributeError('NoneType', '__module__');
    case 'set':
    case 'bytes':
      return attributeError(object.kind, '__module__');
    case 'function':
    case 'class':
      return valueError(object.source.moduleName || moduleName, object.name);
    case 'method':
      return object.function.kind === 'function' ? notAnOp(object.function, moduleName) : undefined;
    case 'instance':
      return isNameless(object) ? attributeError(object.class.name, '__name__') : undefined;
    case 'external': {
      const [first] = libraryObjects(object);
      if (first?.kind === 'opPartial')
        return { type: 'AttributeError', message: "'functools.partial' object has no attribute '__name__'" };
      if (first?.kind === 'notScopable' || first?.kind === 'repeat' || first?.kind === 'stack') {
        return valueError(first.moduleName, first.functionName);
      }
      return first?.kind === 'other' ? notOfSlim(first.canonical) : undefined;
    }
    default:
      return undefined;
  }
}
