/**
 * Tells contexts of a call apart that differ in what the call receives. Loops run the same call with the same arguments
 * again and again, so that keys are made of small numbers, one for each distinct argument.
 */
import type { CallContext, EffectiveArgument } from '../model';

export interface ContextKeys {
  /** Two contexts of one call with this key in common are one: same arguments from the same places, same error. */
  keyOf(context: CallContext): string;
}

/** Keys that can be compared with each other, and with no others. */
export function createContextKeys(): ContextKeys {
  const numbers = new Map<string, number>();
  const known = new WeakMap<EffectiveArgument, number>();
  const numberOf = (text: string): number => {
    let number = numbers.get(text);
    if (number === undefined) numbers.set(text, (number = numbers.size));
    return number;
  };
  const argumentNumber = (argument: EffectiveArgument): number => {
    let number = known.get(argument);
    if (number === undefined) known.set(argument, (number = numberOf(JSON.stringify(argument))));
    return number;
  };
  return {
    keyOf({ arguments: args, error, implicitCalls, uncertainties, open }) {
      const implicit = implicitCalls.map(
        (call) =>
          `${call.via} ${call.op.name} ${call.arguments.map(argumentNumber).join(',')} ${call.error ? numberOf(JSON.stringify(call.error)) : ''}`,
      );
      const others = error || uncertainties.length > 0 ? numberOf(JSON.stringify([error, uncertainties])) : '';
      return `${args.map(argumentNumber).join(',')};${others};${open};${implicit.join(';')}`;
    },
  };
}
