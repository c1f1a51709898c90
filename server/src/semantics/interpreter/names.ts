/**
 * Reading and writing of variables by Python's scope rules, over the environments of running code.
 * Free variables are read when used, as Python does.
 */
import { linesText } from '../lineText';
import type { Scope } from '../scopes';
import type { SourceFile } from '../program';
import type { Environment, PyObject } from './objects';
import { pyUnknown } from './objects';
import { variableCell } from './join';
import type { Machine } from './machine';
import { builtinNamed } from './builtins';

/** A new environment without variables. */
export function makeEnvironment(
  scope: Scope,
  parent: Environment | undefined,
  source: SourceFile,
  qualifier: string,
): Environment {
  return { scope, parent, source, qualifier, variables: new Map() };
}

/** The environment in which a name lives when it is used in `environment`, by the declarations of the scopes. */
function homeOf(environment: Environment, name: string): Environment | undefined {
  const { scope } = environment;
  if (scope.globals.has(name)) return globalsOf(environment);
  if (!scope.nonlocals.has(name) && scope.bindings.has(name)) return environment;
  for (let outer = environment.parent; outer; outer = outer.parent) {
    if (outer.scope.kind === 'class') continue;
    if (outer.scope.kind === 'module' || (outer.scope.bindings.has(name) && !outer.scope.globals.has(name)))
      return outer;
  }
  return environment.scope.kind === 'module' ? environment : undefined;
}

/** The module environment that encloses `environment`. */
export function globalsOf(environment: Environment): Environment {
  let at = environment;
  while (at.parent) at = at.parent;
  return at;
}

/** Value of a variable of exactly this environment; undefined when it is not bound now. */
export function variable(environment: Environment, name: string): PyObject | undefined {
  return environment.variables.get(name)?.value;
}

/** Binds a name of exactly this environment. */
export function setVariable(
  machine: Machine,
  environment: Environment,
  name: string,
  value: PyObject | undefined,
): void {
  let cell = environment.variables.get(name);
  if (!cell) {
    cell = variableCell(undefined);
    environment.variables.set(name, cell);
  }
  machine.store.set(cell, value);
}

/** Binds a name as an assignment in `environment` does (`global` and `nonlocal` respected). */
export function bindName(machine: Machine, environment: Environment, name: string, value: PyObject | undefined): void {
  const home = homeOf(environment, name) ?? environment;
  setVariable(machine, home, name, value);
}

/** Reads a name used in the running frame. */
export function readName(
  machine: Machine,
  name: string,
  at: { readonly span: { readonly start: number; readonly end: number } },
): PyObject {
  const environment = machine.frame.environment;
  let home = homeOf(environment, name);
  if (environment.scope.kind === 'class' && home === environment && variable(environment, name) === undefined) {
    home = environment.parent && homeOf(environment.parent, name);
  }
  const value = home && variable(home, name);
  if (home && value) return isStale(machine, home, name) ? reassigned(machine, home, name) : value;
  const fallback = starImported(machine, globalsOf(environment), name) ?? builtinNamed(name);
  if (fallback) return fallback;
  const location = { file: environment.source.file, span: at.span };
  const isBound = home?.scope.bindings.has(name) ?? false;
  return pyUnknown(
    isBound ? `\`${name}\` has no value here that can be followed` : `\`${name}\` is not defined in this file`,
    location,
  );
}

/**
 * A nested function analysed on its own, not through a call, may run at any time: a variable of the enclosing function
 * that is bound in several places then has no single value.
 */
function isStale(machine: Machine, home: Environment, name: string): boolean {
  const { frame } = machine;
  if (home === frame.environment || frame.site !== undefined || home.scope.kind === 'module') return false;
  return (home.scope.bindings.get(name)?.length ?? 0) > 1;
}

function reassigned(machine: Machine, home: Environment, name: string): PyObject {
  const places = home.scope.bindings.get(name) ?? [];
  const starts = places.map((place) => place.span.start);
  const last = places[places.length - 1];
  return pyUnknown(
    `\`${name}\` is assigned at ${linesText(home.source, starts)}`,
    last && { file: machine.frame.source.file, span: last.span },
  );
}

/** A name that `from library import *` may have brought in; the host decides which of them exist. */
function starImported(machine: Machine, globals: Environment, name: string): PyObject | undefined {
  for (const star of [...globals.scope.starImports].reverse()) {
    if (star.level > 0) continue;
    const path = star.module.parts.map((part) => part.name).join('.');
    if (machine.program.resolveImport(globals.source, path, 0)) continue;
    const found = machine.host.starImport(path, name);
    if (found) return found;
  }
  return undefined;
}
