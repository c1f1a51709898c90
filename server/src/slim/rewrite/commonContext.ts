/**
 * One context for a call that runs in several ways: what is the same in all of them. An expression of the call itself that
 * has another value each time is unknown, as a parameter is: a rewriting may copy its text and rely on nothing else.
 */
import { isFullyKnown, sameValue } from '../../semantics/staticValue';
import type { CallContext, EffectiveArgument, ImplicitCall, OpCall } from '../model';

/** What holds on every way to the call; undefined for a call without any. */
export function commonContext(call: OpCall): CallContext | undefined {
  const [first, ...others] = call.contexts;
  if (!first || others.length === 0) return first;
  return {
    ...first,
    open: call.contexts.some((context) => context.open),
    arguments: common(
      first.arguments,
      others.map((context) => context.arguments),
    ),
    implicitCalls: first.implicitCalls.map((implicit) => ({
      ...implicit,
      arguments: common(
        implicit.arguments,
        others.flatMap((context) => sameImplicit(context.implicitCalls, implicit)?.arguments ?? []),
      ),
    })),
  };
}

function common(
  first: readonly EffectiveArgument[],
  others: readonly (readonly EffectiveArgument[] | EffectiveArgument)[],
): readonly EffectiveArgument[] {
  const all = others.flat();
  return first.map((argument) => {
    const namesakes = all.filter(({ name }) => name === argument.name);
    const isOpen = namesakes.some(({ certainty }) => certainty === 'unlessCallerSets');
    const merged = isOpen ? { ...argument, certainty: 'unlessCallerSets' as const } : argument;
    const differs = namesakes.some((other) => isSameText(argument, other) && !isSameValue(argument, other));
    if (!differs) return merged;
    const reason = `\`${argument.text}\` is not the same each time this call runs`;
    return { ...merged, value: { kind: 'unknown', reason } };
  });
}

/** The implicit call of another context that corresponds to one of the first. */
export function sameImplicit(implicitCalls: readonly ImplicitCall[], one: ImplicitCall): ImplicitCall | undefined {
  return implicitCalls.find(({ via, op }) => via === one.via && op.name === one.op.name);
}

/** True when two arguments hold the same known value. */
export function isSameValue(a: EffectiveArgument, b: EffectiveArgument): boolean {
  return isFullyKnown(a.value) && isFullyKnown(b.value) && sameValue(a.value, b.value);
}

/** True when two arguments are the same expression at the same place. */
export function isSameText(a: EffectiveArgument, b: EffectiveArgument): boolean {
  const [x, y] = [a.expression, b.expression];
  return x !== undefined && x.file === y?.file && x.span.start === y.span.start;
}
