/**
 * What is left of an instance when code that is not followed may have set any of its attributes: each is what it was, or
 * something else, and so is what its class holds as data. Methods stay what the class says.
 */
import type { PyInstance, PyObject, PyUnknown } from './objects';
import { classMember, lineage } from './classes';
import { unknownOrHeld } from './join';
import type { Machine } from './machine';

/** No name of a program: under it stands what attributes of other names may hold. */
export const UNSEEN = '';

/** The attributes of an instance that are seen. */
export function seenAttributes({ attributes }: PyInstance): ReadonlyMap<string, PyObject> {
  if (!attributes.value.has(UNSEEN)) return attributes.value;
  return new Map([...attributes.value].filter(([name]) => name !== UNSEEN));
}

/** True when the instance may have attributes that are not seen. */
export function hasUnseen({ attributes }: PyInstance): boolean {
  return attributes.value.has(UNSEEN);
}

/** Kinds of class members that are no data. */
const CODE = new Set<PyObject['kind']>(['function', 'method', 'class', 'module', 'partial', 'host']);

/** Makes every attribute of an instance uncertain. */
export function forgetAttributes(machine: Machine, instance: PyInstance, reason: PyUnknown): void {
  const left = new Map<string, PyObject>([[UNSEEN, reason]]);
  for (const name of lineage(instance.class).flatMap((cls) => [...cls.namespace.variables.keys()])) {
    const member = classMember(instance.class, name);
    if (member && !name.startsWith('__') && !CODE.has(member.kind)) left.set(name, unknownOrHeld([member], reason));
  }
  for (const [name, value] of seenAttributes(instance)) left.set(name, unknownOrHeld([value], reason));
  machine.store.set(instance.attributes, left);
}
