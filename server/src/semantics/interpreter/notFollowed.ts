/**
 * What a call that is not followed leaves behind: the content of whatever it was given is not known any more, and the
 * functions that it was given may be called at any time, in any scope.
 */
import type { CallArguments, CallSite, PyObject, PyUnknown } from './objects';
import { pyUnknown } from './objects';
import type { Machine } from './machine';
import { forgetAttributes } from './forgetAttributes';
import { forgetIterator } from './iterators';
import { namesBehind } from './namesDict';
import { forgetUnsteady, noteHandedOn, runUnseen } from './unseenCalls';

/** How deep the arguments of a call that is not followed are searched for what it may change. */
const MAX_REACH = 4;

/**
 * The result of a call that is not followed; what the function might change is forgotten, what it might call escapes.
 * @param keeps true when the function may keep what it is given, and change it during a later call
 */
export function notFollowed(
  machine: Machine,
  reason: string,
  args: CallArguments,
  site: CallSite,
  keeps = false,
): PyUnknown {
  const rest = pyUnknown('it was passed to a function that is not followed', site.call);
  for (const { value } of [...args.positional, ...args.keywords]) {
    // Before its content is forgotten: a list of callbacks is called, too.
    escape(machine, value);
    runUnseen(machine, value, site);
    forget(machine, value, { rest, keeps }, 0);
  }
  forgetUnsteady(machine, site);
  return pyUnknown(reason, site.call);
}

/** Makes the content of a container or an object unknown. */
export function forgetContent(machine: Machine, value: PyObject, reason: PyUnknown): void {
  forget(machine, value, { rest: reason, keeps: false }, 0);
}

/** Why something is forgotten, and whether it is kept. */
interface Forgetting {
  readonly rest: PyUnknown;
  readonly keeps: boolean;
}

function forget(machine: Machine, value: PyObject, how: Forgetting, depth: number): void {
  const { rest, keeps } = how;
  if (depth > MAX_REACH) return;
  const inner = (one: PyObject): void => forget(machine, one, how, depth + 1);
  switch (value.kind) {
    case 'choice':
      value.options.forEach((option) => inner(option.value));
      return;
    case 'tuple':
      value.items.forEach(inner);
      return;
    case 'dict':
      for (const entry of value.cell.value.entries.values()) inner(entry.value);
      machine.store.set(value.cell, { entries: new Map(), rest });
      if (keeps) noteHandedOn(machine, value.cell);
      return;
    case 'list':
    case 'set':
      value.cell.value.items.forEach(inner);
      machine.store.set(value.cell, { items: [], rest });
      if (keeps) noteHandedOn(machine, value.cell);
      return;
    case 'instance': {
      if (value.payload) inner(value.payload);
      forgetAttributes(machine, value, rest);
      if (keeps) noteHandedOn(machine, value.attributes);
      return;
    }
    case 'host': {
      forgetIterator(machine, value);
      namesBehind(value)?.forget(rest);
      return;
    }
    default:
  }
}

/** Tells the host of the functions that an object carries to code which is not followed. */
export function escape(machine: Machine, value: PyObject, depth = 0): void {
  if (depth > MAX_REACH) return;
  const inner = (one: PyObject): void => escape(machine, one, depth + 1);
  switch (value.kind) {
    case 'function':
      machine.host.functionEscaped(value);
      return;
    case 'method':
      inner(value.function);
      return;
    case 'partial':
      inner(value.target);
      value.args.forEach((argument) => inner(argument.value));
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
      for (const attribute of value.attributes.value.values()) inner(attribute);
      return;
    case 'host': {
      const data = value.host.data as { readonly freezesTo?: PyObject } | undefined;
      if (data?.freezesTo) inner(data.freezesTo);
      return;
    }
    default:
  }
}
