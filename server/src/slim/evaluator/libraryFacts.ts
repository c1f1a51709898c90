/**
 * What is known of a library name before it is used: that it is an object of its own, such as a function, a class or a
 * module. Any other name may stand for a number, a string or None.
 */
import type { PyExternal, PyObject } from '../../semantics/interpreter/objects';
import { pyStr } from '../../semantics/interpreter/objects';
import { functionNormalForm } from '../library/externalNames';
import { libraryObject, opIdentityOf } from './opIdentity';

const facts = new Map<string, boolean>();

/** Marks a library name that stands for an object. */
export function withFacts(object: PyObject): PyObject {
  if (object.kind !== 'external' || object.isObject || !isObject(object)) return object;
  const identity = identityOf(object);
  return { ...object, isObject: true, ...(identity === undefined ? {} : { identity }) };
}

/** Ops are known by their functions, which have several names. */
function identityOf(external: PyExternal): string | undefined {
  const op = opIdentityOf(external);
  if (op) return `op:${op.op.libraries.join('|')}:${op.op.functionName}`;
  const [found] = external.paths.map(libraryObject);
  if (!found || external.paths.length > 1) return undefined;
  switch (found.kind) {
    case 'scopeApi':
      return `${found.library}:${found.name}`;
    case 'repeat':
    case 'stack':
      return `${found.library}:${found.kind}`;
    case 'module':
      return `module:${found.moduleName}`;
    default:
      // Which of the other names are one object is not known.
      return undefined;
  }
}

function isObject({ paths }: PyExternal): boolean {
  return paths.every((path) => {
    let known = facts.get(path);
    if (known === undefined) {
      known = isObjectPath(path);
      facts.set(path, known);
    }
    return known;
  });
}

function isObjectPath(path: string): boolean {
  const found = libraryObject(path);
  if (found.kind === 'missing') return false;
  if (found.kind !== 'other') return true;
  const form = functionNormalForm(found);
  if (typeof form !== 'object' || form === null) return false;
  return ['function', 'dtype', 'enum', 'module'].some((kind) => kind in form);
}

/** The string that a library name stands for (`tf.GraphKeys.UPDATE_OPS`). */
export function constantOf({ paths }: PyExternal): PyObject | undefined {
  const [path] = paths;
  if (path === undefined || paths.length > 1 || !path.includes('GraphKeys.')) return undefined;
  const found = libraryObject(path);
  const form = found.kind === 'missing' ? undefined : functionNormalForm(found);
  return typeof form === 'string' ? pyStr(form) : undefined;
}
