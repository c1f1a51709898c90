/**
 * `object.__dict__` and `vars(object)`: the attributes of an instance as a dictionary.
 */
import type { PyInstance, PyObject } from './objects';
import { forgetAttributes, seenAttributes, UNSEEN } from './forgetAttributes';
import type { Machine } from './machine';
import { namesDict } from './namesDict';

/** The dictionary of an instance's attributes. */
export function attributeDict(machine: Machine, instance: PyInstance): PyObject {
  const { attributes } = instance;
  const unseen = attributes.value.get(UNSEEN);
  return namesDict(machine, {
    description: `the attributes of \`${instance.class.name}\``,
    read: () => seenAttributes(instance),
    write: (names) => machine.store.set(attributes, unseen ? new Map([...names, [UNSEEN, unseen]]) : names),
    forget: (reason) => forgetAttributes(machine, instance, reason),
    ...(unseen?.kind === 'unknown' ? { rest: unseen } : {}),
  });
}
