/**
 * What a function sees of the variables around it when nobody knows which of its calls is looked at.
 * A variable that changed after the first call has had several values by then: it is unknown.
 */
import type { Environment, PyFunction, PyObject } from './objects';
import { pyUnknown } from './objects';
import type { Machine } from './machine';

/** Makes unknown, for the present run, what changed around a function since it was first called. */
export function forgetWhatChanged(machine: Machine, fn: PyFunction): void {
  const since = machine.firstCalls.get(fn.node);
  if (since === undefined) return;
  for (let at: Environment | undefined = fn.closure; at; at = at.parent) {
    for (const [name, cell] of at.variables) {
      const reason = `\`${name}\` changes between the calls of \`${fn.qualifiedName}\``;
      if ((cell.changedAt ?? 0) > since) machine.store.set(cell, { ...pyUnknown(reason), isVolatile: true });
      else if (cell.value) forgetContents(machine, cell.value, since, reason);
    }
  }
}

function forgetContents(machine: Machine, value: PyObject, since: number, reason: string): void {
  if (value.kind === 'list' && (value.cell.changedAt ?? 0) > since)
    machine.store.set(value.cell, { items: [], rest: pyUnknown(reason) });
  if (value.kind === 'dict' && (value.cell.changedAt ?? 0) > since)
    machine.store.set(value.cell, { entries: new Map(), rest: pyUnknown(reason) });
  if (value.kind !== 'dict') return;
  for (const entry of value.cell.value.entries.values()) {
    if (entry.value.kind === 'dict' && (entry.value.cell.changedAt ?? 0) > since)
      machine.store.set(entry.value.cell, { entries: new Map(), rest: pyUnknown(reason) });
  }
}
