/**
 * How many calls an analysis holds, and how many of them are not fully known: the numbers of the status item and of
 * `slimscope check`.
 */
import { isFullyKnown, type StaticValue } from '../semantics/staticValue';
import type { FileAnalysis, OpCall } from '../slim/model';

export interface CallCounts {
  readonly calls: number;
  /** Calls of which something is not known statically. */
  readonly unknown: number;
}

/** Counts the calls that the user wrote; what the library calls on their behalf belongs to them. */
export function countCalls(analysis: FileAnalysis | undefined): CallCounts {
  const calls = (analysis?.calls ?? []).filter((call) => call.via !== 'normalizer_fn' && call.via !== 'activation_fn');
  return { calls: calls.length, unknown: calls.filter(hasUnknown).length };
}

/** The tensor that an op works on (its first parameter) is never known statically, and nobody misses it. */
function hasUnknown(call: OpCall): boolean {
  const data = call.op.signature.parameters[0]?.name;
  return call.contexts.some(
    (context) =>
      context.uncertainties.length > 0 ||
      context.arguments.some(({ name, value }) => name !== data && !isFullyKnown(value) && !isTensor(value)),
  );
}

function isTensor(value: StaticValue): boolean {
  return value.kind === 'unknown' && value.isTensor === true;
}
