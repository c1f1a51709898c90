/**
 * The ways that lead to a call: the calls from a module body down to it, as the judge saw them and as the evaluator
 * states them. A recorded way begins at the innermost module body, since a module runs the same whoever imports it.
 */
import type { CallContext } from '../../../server/src/slim/model';
import type { PlaceOf } from './contextProblems';
import type { TruthContext, TruthFrame } from './truth';

/** The frames of a recorded run from its module body on; the last one is the call itself. */
function framesOf({ stack }: TruthContext): readonly TruthFrame[] {
  return stack.slice(stack.map((frame) => frame.function).lastIndexOf('<module>'));
}

/** The places of the calls that lead to a recorded run. */
export interface RecordedChain {
  readonly places: readonly string[];
  /** How many of them, counted from the end, lie inside the innermost generator; all when there is none. */
  readonly behindGenerator: number;
}

/** See `RecordedChain`. */
export function recordedChain(context: TruthContext): RecordedChain {
  const frames = framesOf(context);
  const places = frames
    .slice(0, -1)
    .map(({ path, line, col }) => `${path}:${line}${col === undefined ? '' : `:${col}`}`);
  const generator = frames.map((frame) => frame.generator ?? false).lastIndexOf(true);
  return { places, behindGenerator: generator < 0 ? places.length : places.length - generator };
}

/** The same of a stated context: one for each way on which the call receives the same. */
export function statedChains(context: CallContext, placeOf: PlaceOf): readonly (readonly string[])[] {
  return [context.callers, ...(context.alsoFrom ?? [])].map((callers) => callers.map(({ call }) => placeOf(call)));
}

/**
 * How well a stated way is the recorded one. Recorded ones may lack the columns. The evaluator says where a generator was
 * made, Python where its items were asked for: `inside` when the two agree on what lies behind it.
 */
export function sameChain(recorded: RecordedChain, stated: readonly string[]): 'exact' | 'inside' | undefined {
  const { places, behindGenerator } = recorded;
  const agree = (own: readonly string[], theirs: readonly string[]): boolean =>
    own.length === theirs.length &&
    own.every((place, i) => place === theirs[i] || place === theirs[i]?.replace(/:\d+$/, ''));
  if (agree(places, stated)) return 'exact';
  if (behindGenerator === places.length) return undefined;
  const inside = behindGenerator === 0 ? [] : stated.slice(-behindGenerator);
  return agree(places.slice(places.length - behindGenerator), inside) ? 'inside' : undefined;
}
