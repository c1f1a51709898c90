/**
 * Functions that are handed to code which is not followed: it may call them at any time and any number of times. Each is
 * run once, with arguments that nobody knows, only to see what it changes: all of that is not known any more, now and
 * after every further call that is not followed. What it does otherwise shows when it is run as an entry point.
 */
import type { CallArguments, CallSite, DictContent, DictEntry, ListContent, PyObject, PyUnknown } from './objects';
import { pyUnknown } from './objects';
import { forgetAttributes } from './forgetAttributes';
import { forgetMutatedGlobals } from './forgetGlobals';
import { sameObject, unknownOrHeld } from './join';
import { lineage } from './classes';
import { CapReached, type Machine } from './machine';
import { mayChangeState } from './changingFunctions';
import { variable } from './names';
import type { Cell } from './store';

/** Steps after which a function is taken to change whatever any function changes. */
const MAX_STEPS = 2_000;
/** How deep the arguments of a call are searched for functions. */
const MAX_REACH = 4;
/** How many such runs may be inside each other. */
const MAX_NESTED = 2;

/** Makes unknown what the functions inside an object change, wherever an unseen caller may call them. */
export function runUnseen(machine: Machine, value: PyObject, site: CallSite, depth = 0): void {
  if (depth > MAX_REACH || machine.unseenDepth >= MAX_NESTED) return;
  const inner = (one: PyObject): void => runUnseen(machine, one, site, depth + 1);
  switch (value.kind) {
    case 'function':
    case 'method':
    case 'partial':
      if (mayChangeState(machine, value)) runForChanges(machine, value, site);
      return;
    case 'choice':
      value.options.forEach((option) => inner(option.value));
      return;
    case 'tuple':
      value.items.forEach(inner);
      return;
    case 'list':
    case 'set':
      value.cell.value.items.forEach(inner);
      return;
    case 'dict':
      for (const entry of value.cell.value.entries.values()) inner(entry.value);
      return;
    case 'instance':
      for (const method of methodsOf(value)) inner(method);
      return;
    case 'host': {
      const data = value.host.data as { readonly freezesTo?: PyObject } | undefined;
      if (data?.freezesTo) inner(data.freezesTo);
      return;
    }
    default:
  }
}

/** The methods of an instance that whoever has it can call by their names. */
function methodsOf(instance: PyObject & { kind: 'instance' }): readonly PyObject[] {
  const names = new Set(lineage(instance.class).flatMap((cls) => [...cls.namespace.variables.keys()]));
  return [...names].flatMap((name) => {
    const owner = lineage(instance.class).find((cls) => variable(cls.namespace, name));
    const member = owner && variable(owner.namespace, name);
    const isInit = name === '__init__' || name === '__new__' || name === '__post_init__';
    return member?.kind === 'function' && !isInit
      ? [{ kind: 'method' as const, function: member, self: instance }]
      : [];
  });
}

function runForChanges(machine: Machine, callee: PyObject, site: CallSite): void {
  const reason = pyUnknown('a function that changes it was handed to code that is not followed', site.call);
  const { store, host } = machine;
  const mark = store.mark();
  const imbalance = host.imbalance();
  const isWhole = attempt(machine, callee, site, reason);
  const changes = store.changesSince(mark);
  store.rollback(mark);
  for (const [cell, value] of changes) {
    const parts = noteUnsteady(machine, cell, changedParts(cell.value, value));
    store.set(cell, uncertain(cell, value, parts, reason));
  }
  if (host.imbalance() !== imbalance) host.distrustAmbient('a function that enters scopes was handed on');
  if (isWhole) return;
  forgetMutatedGlobals(machine, machine.modules);
  if (callee.kind === 'method' && callee.self.kind === 'instance') forgetAttributes(machine, callee.self, reason);
}

/** Runs something that may happen any number of times: what it changes is not known afterwards. */
export function manyTimes(machine: Machine, run: () => void, reason: PyUnknown): void {
  const { store, host, branchDepth } = machine;
  const mark = store.mark();
  const ambient = host.ambient();
  const imbalance = host.imbalance();
  machine.branchDepth++;
  try {
    run();
  } finally {
    machine.branchDepth = branchDepth;
  }
  const changes = store.changesSince(mark);
  store.rollback(mark);
  for (const [cell, value] of changes)
    store.set(cell, uncertain(cell, value, new Set(changedParts(cell.value, value)), reason));
  host.restoreAmbient(ambient);
  if (host.imbalance() !== imbalance) host.distrustAmbient(reason.reason);
}

/** Calls something with arguments that nobody knows; false when that takes too long. */
function attempt(machine: Machine, callee: PyObject, site: CallSite, reason: PyUnknown): boolean {
  const { frame, branchDepth, escapes, stepCap, host, attempts } = machine;
  const ambient = host.ambient();
  const open = attempts.length;
  const unknown = pyUnknown('an argument that code which is not followed gives', site.call);
  const args: CallArguments = { positional: [], keywords: [], unknownPositional: unknown, unknownKeywords: unknown };
  machine.stepCap = Math.min(stepCap ?? Number.POSITIVE_INFINITY, machine.steps + MAX_STEPS);
  machine.unseenDepth++;
  machine.branchDepth++;
  try {
    host.unrecorded(() => {
      host.distrustAmbient(reason.reason);
      machine.call(callee, args, { ...site, node: undefined });
    });
    return true;
  } catch (error) {
    if (!(error instanceof CapReached)) throw error;
    return false;
  } finally {
    machine.unseenDepth--;
    machine.stepCap = stepCap;
    machine.frame = frame;
    machine.branchDepth = branchDepth;
    machine.escapes = escapes;
    attempts.length = open;
    host.restoreAmbient(ambient);
  }
}

/** What functions that were handed on change is not known after any further call that is not followed. */
export function forgetUnsteady(machine: Machine, site: CallSite): void {
  if (machine.unsteady.size === 0 || machine.unseenDepth > 0) return;
  const reason = pyUnknown('a function that changes it was handed to code that is not followed', site.call);
  for (const cell of machine.store.takeTouched()) {
    const parts = machine.unsteady.get(cell);
    const now = parts && uncertain(cell, cell.value, parts, reason);
    // What is not known already stays as it is: state after state of a long body comes by here.
    if (parts && !isSameContent(cell.value, now)) machine.store.set(cell, now);
  }
  machine.store.takeTouched();
}

/** Notes that code which is not followed has got a container or an object: it may change it during any later call. */
export function noteHandedOn<T>(machine: Machine, cell: Cell<T>): void {
  noteUnsteady(machine, cell as Cell<unknown>, [WHOLE]);
}

/** Stands for every name or key, and for new ones. */
const WHOLE = '*';

function noteUnsteady(machine: Machine, cell: Cell<unknown>, parts: readonly string[]): ReadonlySet<string> {
  const known = machine.unsteady.get(cell) ?? new Set();
  for (const part of parts) known.add(part);
  machine.unsteady.set(cell, known);
  machine.store.watch(cell);
  return known;
}

/** Names of attributes, or keys of entries, that differ. */
function changedParts(before: unknown, after: unknown): readonly string[] {
  if (before instanceof Map && after instanceof Map) {
    const [a, b] = [before as Names, after as Names];
    return [...new Set([...a.keys(), ...b.keys()])].filter((name) => !isSame(a.get(name), b.get(name)));
  }
  if (!isDict(before) || !isDict(after)) return [];
  const keys = [...new Set([...before.entries.keys(), ...after.entries.keys()])];
  const changed = keys.filter((key) => !isSame(before.entries.get(key)?.value, after.entries.get(key)?.value));
  const hasGrown = after.rest !== before.rest || keys.some((key) => !before.entries.has(key));
  return hasGrown ? [...changed, ''] : changed;
}

function isSame(a: PyObject | undefined, b: PyObject | undefined): boolean {
  return a && b ? sameObject(a, b) : a === b;
}

type Names = ReadonlyMap<string, PyObject>;

/** True when a cell's value was not made another one: the very same objects in the same places. */
function isSameContent(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (before instanceof Map && after instanceof Map) {
    return before.size === after.size && [...(after as Names)].every(([name, value]) => before.get(name) === value);
  }
  if (isDict(before) && isDict(after)) {
    const { entries } = before;
    const isSameEntry = ([key, { value }]: readonly [string, DictEntry]): boolean => entries.get(key)?.value === value;
    return before.rest === after.rest && entries.size === after.entries.size && [...after.entries].every(isSameEntry);
  }
  if (!isItems(before) || !isItems(after)) return false;
  return before.items === after.items && before.rest === after.rest;
}

function isItems(value: unknown): value is ListContent {
  return typeof value === 'object' && value !== null && 'items' in value;
}

function isDict(value: unknown): value is DictContent {
  // An array has a method of that name.
  return typeof value === 'object' && value !== null && 'entries' in value && value.entries instanceof Map;
}

/** How far a generator has run is no value of the program. */
const PROGRESS = new Set(['fresh', 'paused', 'done', 'lost']);

function isObject(value: unknown): value is PyObject {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && !PROGRESS.has((value as { kind: string }).kind)
  );
}

/** The value of a cell of any kind that was, or has just been, changed in these parts. */
function uncertain(cell: Cell<unknown>, value: unknown, parts: ReadonlySet<string>, reason: PyUnknown): unknown {
  const doubted = (one: PyObject | undefined): PyObject =>
    one?.kind === 'unknown' ? one : unknownOrHeld(one ? [one] : [], reason);
  if (value instanceof Map) {
    const names = new Map(value as Names);
    for (const name of parts.has(WHOLE) ? [...names.keys()] : parts) names.set(name, doubted(names.get(name)));
    return names;
  }
  if (isDict(value)) {
    const entries = new Map(value.entries);
    const isWhole = parts.has(WHOLE);
    for (const [key, entry] of entries)
      if (isWhole || parts.has(key)) entries.set(key, { ...entry, value: doubted(entry.value) });
    const rest = value.rest ?? (isWhole || parts.has('') ? reason : undefined);
    return rest ? { entries, rest } : { entries };
  }
  if (isItems(value)) return { items: value.items, rest: value.rest ?? reason };
  if (isObject(value) && value.kind === 'unknown' && value === cell.value) return value;
  if (isObject(value)) return unknownOrHeld([value, ...(isObject(cell.value) ? [cell.value] : [])], reason);
  return cell.join([cell.value, value]);
}
