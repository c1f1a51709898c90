/**
 * Names and their values under the methods of a dictionary: `object.__dict__`, `vars(object)`, `globals()`. What is done
 * through it is done to the names.
 */
import type { DictContent, PyDict, PyObject, PyUnknown } from './objects';
import { pyStr } from './objects';
import { makeDict } from './join';
import type { Machine } from './machine';
import { builtinMethod } from './methods';

/** Where the names are kept. */
export interface Names {
  readonly description: string;
  read(): ReadonlyMap<string, PyObject>;
  write(names: ReadonlyMap<string, PyObject>): void;
  /** Makes all of them unknown, because anything may have been set. */
  forget(reason: PyUnknown): void;
  /** Set when there are names that {@link read} does not tell. */
  readonly rest?: PyUnknown;
}

/** What a host object made here is recognised by. */
interface NamesData {
  readonly kind: 'namesDict';
  view(): PyDict;
  readonly names: Names;
}

/** A dictionary that shows and changes names. */
export function namesDict(machine: Machine, names: Names): PyObject {
  const view = (): PyDict =>
    makeDict(new Map([...names.read()].map(([name, value]) => [`s:${name}`, { key: pyStr(name), value }])), names.rest);
  /** Takes over what a method did to the copy that it was called on. */
  const takeOver = (content: DictContent): void => {
    if (content.rest && content.rest !== names.rest) {
      names.forget(content.rest);
      return;
    }
    const changed = [...content.entries.values()].flatMap(({ key, value }) =>
      key.kind === 'str' ? [[key.value, value] as const] : [],
    );
    names.write(new Map(changed));
  };
  const data: NamesData = { kind: 'namesDict', view, names };
  return {
    kind: 'host',
    host: {
      description: names.description,
      data,
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

function dataOf(object: PyObject): NamesData | undefined {
  const data = object.kind === 'host' ? (object.host.data as Partial<NamesData> | undefined) : undefined;
  return data?.kind === 'namesDict' ? (data as NamesData) : undefined;
}

/** The entries of a dictionary of names, as a dictionary of its own; undefined for any other object. */
export function namesDictView(object: PyObject): PyDict | undefined {
  return dataOf(object)?.view();
}

/** The names behind a dictionary of names. */
export function namesBehind(object: PyObject): Names | undefined {
  return dataOf(object)?.names;
}
