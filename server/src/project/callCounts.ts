/**
 * How many calls an analysis holds, and how many of them are not fully known: the numbers of the status item and of
 * `slimscope check`.
 */
import { isFullyKnown } from '../semantics/staticValue';
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

/** Tensors are never known statically, and nobody misses them. */
function hasUnknown(call: OpCall): boolean {
  return call.contexts.some(
    (context) =>
      context.uncertainties.length > 0 ||
      context.arguments.some(({ value }) => !isFullyKnown(value) && !(value.kind === 'unknown' && value.isTensor)),
  );
}
