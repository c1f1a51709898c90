/**
 * `globals()` and `locals()`: variables as a dictionary. What is written into the variables of a module or a class body
 * changes them; what is written into those of a running function is lost, as Python loses it.
 */
import type { Environment, PyModule, PyObject, PyUnknown } from './objects';
import { pyUnknown } from './objects';
import { unknownOrHeld } from './join';
import type { Machine } from './machine';
import { globalsOf, setVariable } from './names';
import { namesDict } from './namesDict';

/** `globals()`: the module's variables as they are now. */
export function globalsDict(machine: Machine): PyObject {
  return variablesDict(machine, globalsOf(machine.frame.environment));
}

/** `locals()`, and `vars()` without an argument. */
export function localsDict(machine: Machine): PyObject {
  return variablesDict(machine, machine.frame.environment);
}

/** `vars(module)` and `module.__dict__`. */
export function moduleDict(machine: Machine, module: PyModule): PyObject {
  return variablesDict(machine, module.namespace);
}

function variablesDict(machine: Machine, environment: Environment): PyObject {
  const isKept = environment.scope.kind === 'module' || environment.scope.kind === 'class';
  const read = (): ReadonlyMap<string, PyObject> =>
    new Map([...environment.variables].flatMap(([name, { value }]) => (value ? [[name, value] as const] : [])));
  return namesDict(machine, {
    description: 'the variables',
    read,
    write: (names) => {
      if (!isKept) return;
      const before = read();
      for (const name of before.keys()) if (!names.has(name)) setVariable(machine, environment, name, undefined);
      for (const [name, value] of names) if (before.get(name) !== value) setVariable(machine, environment, name, value);
    },
    forget: (reason) => {
      if (isKept) forgetVariables(machine, environment, reason);
    },
    // Built-ins, names of star imports, and what Python itself puts there.
    rest: pyUnknown('a variable of this name is not known'),
  });
}

/** What binds a name that no code rebinds behind the reader's back. */
const STEADY = new Set(['import', 'importFrom', 'function', 'class']);

/** Makes every variable uncertain, except imported modules, functions and classes. */
export function forgetVariables(machine: Machine, environment: Environment, reason: PyUnknown): void {
  for (const [name, { value }] of environment.variables) {
    const bindings = environment.scope.bindings.get(name) ?? [];
    const isSteady = bindings.length > 0 && bindings.every((binding) => STEADY.has(binding.kind));
    if (value && !isSteady) setVariable(machine, environment, name, unknownOrHeld([value], reason));
  }
}
