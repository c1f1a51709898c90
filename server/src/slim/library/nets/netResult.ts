/**
 * What the hidden functions of netSource.ts give. A function whose body is not kept returns tensors and dictionaries of
 * which nothing else is known, and what it is given may change there. A call that does not fit the signature which the
 * facts tell is one of another version of the library, of which nothing is known.
 */
import { makeDict } from '../../../semantics/interpreter/join';
import { notFollowed } from '../../../semantics/interpreter/notFollowed';
import type { Machine } from '../../../semantics/interpreter/machine';
import type { CallArguments, CallSite, PyExternal, PyObject } from '../../../semantics/interpreter/objects';
import { pyBool, pyUnknown } from '../../../semantics/interpreter/objects';
import type { ResultKind } from './netFacts';
import { IS_MISFIT, knownFunction, RESULT, UNKNOWN_VALUE, WHY_MISFIT } from './netSource';

/** The result of a call of one of the hidden functions; undefined for any other callee. */
export function netResult(
  machine: Machine,
  callee: PyExternal,
  args: CallArguments,
  site: CallSite,
): PyObject | undefined {
  switch (callee.paths[0]) {
    case UNKNOWN_VALUE: {
      const reason = args.positional[0]?.value;
      return pyUnknown(reason?.kind === 'str' ? reason.value : 'a value that the library computes');
    }
    case IS_MISFIT:
      return pyBool(misfits(args).length > 0);
    case WHY_MISFIT:
      return pyUnknown(whyMisfit(machine, args), machine.frame.site?.call);
    case RESULT:
      return resultOfBody(machine, args, machine.frame.site ?? site);
    default:
      return undefined;
  }
}

function resultOfBody(machine: Machine, args: CallArguments, site: CallSite): PyObject {
  const { frame } = machine;
  const fact = knownFunction(frame.function?.node)?.fact;
  const isOpen = fact !== undefined && 'result' in fact;
  const reason = isOpen ? fact.reason : undefined;
  const unknown = notFollowed(machine, reason ?? `the result of \`${frame.function?.name ?? 'a net'}\``, args, site);
  return resultOf(isOpen ? fact.result : 'unknown', unknown);
}

function resultOf(kind: ResultKind, unknown: PyObject & { kind: 'unknown' }): PyObject {
  if (kind === 'tensor') return { ...unknown, isTensor: true };
  if (kind === 'dict') return makeDict(new Map(), unknown);
  if (kind === 'unknown') return unknown;
  return { kind: 'tuple', items: kind.map((part) => resultOf(part, unknown)) };
}

/** What is wrong with a call, from the arguments that the function has no parameter for; what is not known may fit. */
function misfits({ positional: [more, others] }: CallArguments): readonly string[] {
  const names =
    others?.value.kind === 'dict'
      ? [...others.value.cell.value.entries.values()].flatMap(({ key }) => (key.kind === 'str' ? [key.value] : []))
      : [];
  const tooMany = more?.value.kind === 'tuple' && more.value.items.length > 0;
  return [...names.map((name) => `has no parameter \`${name}\``), ...(tooMany ? ['takes fewer arguments'] : [])];
}

function whyMisfit(machine: Machine, args: CallArguments): string {
  const fn = machine.frame.function;
  const library = knownFunction(fn?.node)?.library ?? 'the library';
  return `\`${fn?.name ?? ''}\` of ${library} ${misfits(args).join(' and ')}`;
}
