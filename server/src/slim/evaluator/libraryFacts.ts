/**
 * What is known of a library name before it is used: that it is an object of its own, such as a function, a class or a
 * module. Any other name may stand for a number, a string or None.
 */
import type { PyExternal, PyObject } from '../../semantics/interpreter/objects';
import { pyStr } from '../../semantics/interpreter/objects';
import { functionNormalForm } from '../library/externalNames';
import { libraryObject } from './opIdentity';

const facts = new Map<string, boolean>();

/** Marks a library name that stands for an object. */
export function withFacts(object: PyObject): PyObject {
  return object.kind === 'external' && !object.isObject && isObject(object) ? { ...object, isObject: true } : object;
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
