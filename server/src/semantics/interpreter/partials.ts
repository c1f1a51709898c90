/**
 * `functools.partial`: how its stored arguments and those of a call, or of a further partial, become one list.
 */
import type { CallArguments, EvaluatedArgument } from './objects';

/** The arguments of a call through a partial: stored positionals first, then `{**stored, **given}`. */
export function withStored(stored: readonly EvaluatedArgument[], args: CallArguments): CallArguments {
  const positional = stored.filter((argument) => argument.name === undefined);
  const keywords = mergeNamed(
    stored.filter((argument) => argument.name !== undefined),
    args.keywords,
  );
  return { ...args, positional: [...positional, ...args.positional], keywords };
}

/** The arguments of a partial of a partial, which is one partial with all of them. */
export function mergePartial(
  inner: readonly EvaluatedArgument[],
  outer: readonly EvaluatedArgument[],
): readonly EvaluatedArgument[] {
  const named = (list: readonly EvaluatedArgument[]) => list.filter((argument) => argument.name !== undefined);
  const plain = (list: readonly EvaluatedArgument[]) => list.filter((argument) => argument.name === undefined);
  return [...plain(inner), ...plain(outer), ...mergeNamed(named(inner), named(outer))];
}

/** A later keyword takes the place of an earlier one, as in a dictionary. */
function mergeNamed(
  first: readonly EvaluatedArgument[],
  second: readonly EvaluatedArgument[],
): readonly EvaluatedArgument[] {
  const merged = new Map<string, EvaluatedArgument>();
  for (const argument of first) merged.set(argument.name ?? '', argument);
  const twice: EvaluatedArgument[] = [];
  const given = new Set<string>();
  for (const argument of second) {
    const name = argument.name ?? '';
    // Two keywords of one call with one name are an error that whoever binds them reports.
    if (given.has(name)) twice.push(argument);
    else merged.set(name, argument);
    given.add(name);
  }
  return [...merged.values(), ...twice];
}
