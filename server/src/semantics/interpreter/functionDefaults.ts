/**
 * The defaults that a function has by now: those of its definition, or those that the program assigned to `__defaults__`
 * and `__kwdefaults__`, which hold from then on.
 */
import type { DictEntry, PyFunction, PyObject } from './objects';
import { pyNone, pyStr, pyUnknown } from './objects';
import { makeDict } from './join';
import type { Machine } from './machine';

/** Values of default arguments, by parameter name. */
export function defaultsOf(fn: PyFunction): ReadonlyMap<string, PyObject> {
  const { value: attributes } = fn.attributes;
  const positional = attributes.get('__defaults__');
  const named = attributes.get('__kwdefaults__');
  if (!positional && !named) return fn.defaults;
  const defaults = new Map<string, PyObject>();
  const own = (isNamed: boolean): void => {
    for (const name of parametersOf(fn, isNamed)) {
      const value = fn.defaults.get(name);
      if (value) defaults.set(name, value);
    }
  };
  if (positional) for (const [name, value] of assigned(fn, positional)) defaults.set(name, value);
  else own(false);
  if (named) for (const [name, value] of assignedNamed(fn, named)) defaults.set(name, value);
  else own(true);
  return defaults;
}

function parametersOf(fn: PyFunction, isNamed: boolean): readonly string[] {
  return fn.node.parameters.flatMap(({ form, keywordOnly, name }) =>
    form === 'plain' && (keywordOnly === true) === isNamed ? [name.name] : [],
  );
}

/** The last parameters have the items of the tuple. */
function assigned(fn: PyFunction, tuple: PyObject): readonly (readonly [string, PyObject])[] {
  const names = parametersOf(fn, false);
  if (tuple.kind === 'none') return [];
  if (tuple.kind !== 'tuple') return names.map((name) => [name, unknownDefault(fn)]);
  const first = names.length - tuple.items.length;
  return names.flatMap((name, i) =>
    tuple.items[i - first] ? [[name, tuple.items[i - first] ?? pyNone] as const] : [],
  );
}

function assignedNamed(fn: PyFunction, dict: PyObject): readonly (readonly [string, PyObject])[] {
  if (dict.kind === 'none') return [];
  const content = dict.kind === 'dict' ? dict.cell.value : undefined;
  return parametersOf(fn, true).flatMap((name): readonly (readonly [string, PyObject])[] => {
    const entry = content?.entries.get(`s:${name}`);
    if (entry && !entry.maybe) return [[name, entry.value]];
    return content && !content.rest && !entry ? [] : [[name, unknownDefault(fn)]];
  });
}

function unknownDefault(fn: PyFunction): PyObject {
  return pyUnknown(`the defaults of \`${fn.name}\` are set by the program`);
}

/** `f.__defaults__` and `f.__kwdefaults__`; undefined for another name. */
export function defaultsAttribute(machine: Machine, fn: PyFunction, name: string): PyObject | undefined {
  if (name !== '__defaults__' && name !== '__kwdefaults__') return undefined;
  const defaults = defaultsOf(fn);
  const names = parametersOf(fn, name === '__kwdefaults__').filter((one) => defaults.has(one));
  if (names.length === 0) return pyNone;
  if (name === '__defaults__') return { kind: 'tuple', items: names.map((one) => defaults.get(one) ?? pyNone) };
  const entries = names.map((one): [string, DictEntry] => [
    `s:${one}`,
    { key: pyStr(one), value: defaults.get(one) ?? pyNone },
  ]);
  // The dictionary is the function's own: what is set in it holds.
  const dict = makeDict(new Map(entries));
  machine.store.set(fn.attributes, new Map([...fn.attributes.value, [name, dict]]));
  return dict;
}
