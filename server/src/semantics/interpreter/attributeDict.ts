/**
 * `object.__dict__` and `vars(object)`: the attributes of an instance under the methods of a dictionary. What is done
 * through it is done to the instance.
 */
import type { DictContent, PyDict, PyInstance, PyObject } from './objects';
import { pyStr } from './objects';
import { makeDict } from './join';
import type { Machine } from './machine';
import { builtinMethod } from './methods';

/** The dictionary of an instance's attributes. */
export function attributeDict(machine: Machine, instance: PyInstance): PyObject {
  const { attributes } = instance;
  const view = (): PyDict =>
    makeDict(new Map([...attributes.value].map(([name, value]) => [`s:${name}`, { key: pyStr(name), value }])));
  /** Takes over what a method did to the copy that it was called on. */
  const takeOver = (content: DictContent): void => {
    const names = new Map(attributes.value);
    for (const name of attributes.value.keys()) if (!content.entries.has(`s:${name}`)) names.delete(name);
    for (const { key, value } of content.entries.values()) if (key.kind === 'str') names.set(key.value, value);
    if (content.rest) for (const name of names.keys()) names.set(name, content.rest);
    machine.store.set(attributes, names);
  };
  return {
    kind: 'host',
    host: {
      description: `the attributes of \`${instance.class.name}\``,
      data: { kind: 'attributeDict', view },
      attribute: (name) => {
        const copy = view();
        const before = copy.cell.value;
        const method = builtinMethod(machine, copy, name);
        if (method?.kind !== 'host') return undefined;
        return {
          kind: 'host',
          host: {
            description: method.host.description,
            call: (args, site) => {
              const result = machine.call(method, args, site);
              if (copy.cell.value !== before) takeOver(copy.cell.value);
              return result;
            },
          },
        };
      },
    },
  };
}

/** The entries of an object that is the `__dict__` of an instance, as a dictionary of its own. */
export function attributeDictView(object: PyObject): PyDict | undefined {
  const data =
    object.kind === 'host' ? (object.host.data as { kind?: string; view?: () => PyDict } | undefined) : undefined;
  return data?.kind === 'attributeDict' ? data.view?.() : undefined;
}
