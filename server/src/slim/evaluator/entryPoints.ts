/**
 * The functions of a file that may be entry points, and in which order to try them. Whether one really is depends on
 * what the others call: see fileRun.ts and merge.ts.
 */
import type { PyClass, PyFunction, PyObject } from '../../semantics/interpreter/objects';
import { classMember } from '../../semantics/interpreter/classes';
import { attributesCell } from '../../semantics/interpreter/join';
import { variable } from '../../semantics/interpreter/names';
import type { FunctionDef } from '../../syntax/ast';
import { methodKey } from './recorder';
import type { DefinedFunction } from './slimHost';

/** A function that is run without a caller. */
export interface Entry extends DefinedFunction {
  /** Under which calls of it are noted. */
  readonly key: string;
  /** The class for whose instances an inherited method is run. */
  readonly cls?: PyClass;
}

/**
 * What is called by others should come after them, since it is then no entry point: first the functions that nobody in the
 * file mentions, then the others from the last, which mostly stand below what they call. A class that overrides something
 * also inherits the methods that call it: for its instances they are entry points of their own.
 */
export function entriesThroughCallers(
  entries: readonly Entry[],
  isMentioned: (fn: FunctionDef) => boolean,
): readonly Entry[] {
  const classes = new Set(entries.flatMap(({ fn }) => definingClass(fn) ?? []));
  const isCallee = ({ fn }: Entry): boolean => fn.node.kind === 'FunctionDef' && isMentioned(fn.node);
  const backwards = [...entries].reverse();
  return [
    ...[...classes].flatMap(inheritedEntries),
    ...backwards.filter((entry) => !isCallee(entry)),
    ...backwards.filter(isCallee),
  ];
}

function inheritedEntries(cls: PyClass): readonly Entry[] {
  const seen = new Set(functionsOf(cls).map(([name]) => name));
  const overrides = new Set(seen);
  const found: Entry[] = [];
  let doesOverride = false;
  for (const base of basesOf(cls)) {
    for (const [name, fn] of functionsOf(base)) {
      if (overrides.has(name) && name !== '__init__') doesOverride = true;
      if (seen.has(name)) continue;
      seen.add(name);
      if (name !== '__init__') found.push({ fn, decorated: fn, cls, key: methodKey(fn, cls) });
    }
  }
  return doesOverride ? found.reverse() : [];
}

function basesOf(cls: PyClass): readonly PyClass[] {
  return cls.bases.flatMap((base) => (base.kind === 'class' ? [base, ...basesOf(base)] : []));
}

function functionsOf(cls: PyClass): readonly (readonly [string, PyFunction])[] {
  return [...cls.namespace.variables].flatMap(([name, { value }]) =>
    value?.kind === 'function' ? [[name, value] as const] : [],
  );
}

/** The class whose body defines a method. */
export function definingClass(fn: PyFunction): PyClass | undefined {
  const { closure, node } = fn;
  if (closure.scope.kind !== 'class' || !closure.parent || node.kind !== 'FunctionDef') return undefined;
  const classNode = closure.scope.node;
  const bound = classNode.kind === 'ClassDef' ? variable(closure.parent, classNode.name.name) : undefined;
  return bound?.kind === 'class' && bound.namespace === closure ? bound : undefined;
}

/** True when one of the decorators is this plain name. */
export function isDecoratedWith(fn: PyFunction, name: string): boolean {
  const { node } = fn;
  return (
    node.kind === 'FunctionDef' &&
    node.decorators.some((decorator) => decorator.kind === 'Name' && decorator.name === name)
  );
}

/** Name of a `def`. */
export function nameOf({ node }: PyFunction): string | undefined {
  return node.kind === 'FunctionDef' ? node.name.name : undefined;
}

/** True when running with defaults can tell more than running with unknown parameters; `__init__` may have some, too. */
export function hasDefaults({ fn, cls }: Entry): boolean {
  if (fn.defaults.size > 0) return true;
  const of = cls ?? definingClass(fn);
  const init = of && classMember(of, '__init__');
  return init?.kind === 'function' && init.defaults.size > 0;
}

/** An instance of which only the class is known. */
export function someInstance(cls: PyClass): PyObject {
  return { kind: 'instance', class: cls, attributes: attributesCell(new Map()), open: true };
}
