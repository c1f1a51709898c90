/**
 * Classes of libraries that a program derives its own from, as far as the library calls the program's methods: a Sonnet
 * module, when it is called, runs `_build` in the scopes that are open, with the arguments of the call.
 */
import type { CallArguments, CallSite, PyInstance, PyObject } from '../../semantics/interpreter/objects';
import { classMember, resolutionOrder } from '../../semantics/interpreter/classes';
import { callMethod } from '../../semantics/interpreter/instances';
import type { Machine } from '../../semantics/interpreter/machine';

const SONNET = /^sonnet\.(?:python\.modules\.base\.)?AbstractModule$/;

/** Calls an instance whose `__call__` is that of a library class; undefined when that one is not known. */
export function callModule(
  machine: Machine,
  instance: PyInstance,
  args: CallArguments,
  site: CallSite,
): PyObject | undefined {
  const isModule = resolutionOrder(instance.class).some(
    (base) => base.kind === 'external' && base.paths.every((path) => SONNET.test(path)),
  );
  const build = isModule ? classMember(instance.class, '_build') : undefined;
  return build?.kind === 'function'
    ? callMethod(machine, { kind: 'method', function: build, self: instance }, args, site)
    : undefined;
}
