/**
 * Before a function runs as an entry point: forgets what other functions may have changed at module level by then
 * (see mutatedGlobals.ts). The caller takes the change back with the rest of the entry point's changes.
 */
import { lineText } from '../lineText';
import type { PyModule, PyObject, PyUnknown } from './objects';
import { pyUnknown } from './objects';
import type { Machine } from './machine';
import { mutatedGlobals, type Mutation } from './mutatedGlobals';
import { setVariable, variable } from './names';
import { mangled } from './privateNames';

/** Makes the changed parts of module-level variables unknown, in every module that was executed. */
export function forgetMutatedGlobals(machine: Machine, modules: ReadonlyMap<string, PyModule>): void {
  for (const module of modules.values()) {
    for (const [name, mutation] of mutatedGlobals(module.source)) forget(machine, module, name, mutation);
  }
}

function forget(machine: Machine, module: PyModule, name: string, mutation: Mutation): void {
  const { source, namespace } = module;
  const value = variable(namespace, name);
  if (!value) return;
  const line = lineText(source, mutation.at.span.start);
  const at = { file: source.file, span: mutation.at.span };
  const unknown = pyUnknown(`\`${name}\` is changed at ${line} of ${source.path}`, at);
  const reason: PyUnknown = { ...unknown, isVolatile: true };
  if (value.kind === 'dict') {
    const { entries, rest } = value.cell.value;
    const changed = new Map(
      [...entries].map(([key, entry]) => [key, isPart(mutation, key) ? { ...entry, value: reason } : entry] as const),
    );
    const mayGrow = mutation.all || [...mutation.parts].some((part) => !entries.has(`s:${part}`));
    const open = rest ?? (mayGrow ? reason : undefined);
    machine.store.set(value.cell, open ? { entries: changed, rest: open } : { entries: changed });
  } else if (value.kind === 'list') machine.store.set(value.cell, { items: [], rest: reason });
  else if (value.kind === 'instance') {
    const attributes = new Map<string, PyObject>(value.attributes.value);
    for (const part of mutation.parts) attributes.set(mangled(part, value.class.name), reason);
    machine.store.set(value.attributes, attributes);
  } else if (value.kind === 'module' || value.kind === 'class') {
    for (const part of mutation.parts) {
      const name = value.kind === 'class' ? mangled(part, value.name) : part;
      if (variable(value.namespace, name)) setVariable(machine, value.namespace, name, reason);
    }
    if (mutation.all) setVariable(machine, namespace, name, reason);
  } else if (mutation.all) setVariable(machine, namespace, name, reason);
}

/** True when the entry under this hash key (`s:` for strings) is among what is changed. */
function isPart(mutation: Mutation, hash: string): boolean {
  return mutation.all || mutation.parts.has(hash.slice(2));
}
