/**
 * What a function of a library's nets returns when its body is not kept: tensors and dictionaries of which nothing else
 * is known. What such a function is given may change there, so that its content is forgotten.
 */
import { makeDict } from '../../../semantics/interpreter/join';
import { notFollowed } from '../../../semantics/interpreter/functions';
import type { Machine } from '../../../semantics/interpreter/machine';
import type { CallArguments, CallSite, PyExternal, PyObject } from '../../../semantics/interpreter/objects';
import { pyUnknown } from '../../../semantics/interpreter/objects';
import type { ResultKind } from './netFacts';
import { factOf, RESULT, UNKNOWN_VALUE } from './netSource';

/** The result of a call of one of the hidden functions of `netSource.ts`; undefined for any other callee. */
export function netResult(
  machine: Machine,
  callee: PyExternal,
  args: CallArguments,
  site: CallSite,
): PyObject | undefined {
  const [path] = callee.paths;
  if (path === UNKNOWN_VALUE) {
    const reason = args.positional[0]?.value;
    return pyUnknown(reason?.kind === 'str' ? reason.value : 'a value that the library computes');
  }
  if (path !== RESULT) return undefined;
  const fn = machine.frame.function;
  const fact = fn?.node.kind === 'FunctionDef' ? factOf(fn.node) : undefined;
  const caller = machine.frame.site ?? site;
  const reason = fact && 'result' in fact ? fact.reason : undefined;
  const unknown = notFollowed(machine, reason ?? `the result of \`${fn?.name ?? 'a net'}\``, args, caller);
  return resultOf(fact && 'result' in fact ? fact.result : 'unknown', unknown);
}

function resultOf(kind: ResultKind, unknown: PyObject & { kind: 'unknown' }): PyObject {
  if (kind === 'tensor') return { ...unknown, isTensor: true };
  if (kind === 'dict') return makeDict(new Map(), unknown);
  if (kind === 'unknown') return unknown;
  return { kind: 'tuple', items: kind.map((part) => resultOf(part, unknown)) };
}
