/**
 * Tells contexts of a call apart that differ in what the call receives. Loops run the same call with the same arguments
 * again and again, so that keys are made of small numbers, one for each distinct argument.
 */
import type { Location } from '../../base/span';
import type { StaticValue } from '../../semantics/staticValue';
import type { CallContext, EffectiveArgument, Origin } from '../model';

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
  const argumentNumber = (argument: EffectiveArgument, index: number): number => {
    if (index === 0 && argument.value.kind === 'unknown') return numberOf(argumentText(anyData(argument)));
    let number = known.get(argument);
    if (number === undefined) known.set(argument, (number = numberOf(argumentText(argument))));
    return number;
  };
  return {
    keyOf({ arguments: args, error, implicitCalls, uncertainties, open, assumes }) {
      const implicit = implicitCalls.map(
        (call) =>
          `${call.via} ${call.op.name} ${call.arguments.map(argumentNumber).join(',')} ${call.error ? numberOf(JSON.stringify(call.error)) : ''}`,
      );
      const others = error || uncertainties.length > 0 ? numberOf(JSON.stringify([error, uncertainties])) : '';
      return `${args.map(argumentNumber).join(',')};${others};${open} ${assumes ? numberOf(assumes.text) : ''};${implicit.join(';')}`;
    },
  };
}

/** What a layer works on is hardly ever known; which parameter of which caller holds it makes no difference. */
function anyData(argument: EffectiveArgument): EffectiveArgument {
  return { ...argument, value: { kind: 'unknown', reason: '' } };
}

/** Everything of an argument; by hand, since plain values at plain places are what nearly all arguments are. */
function argumentText({ name, value, origin, expression, overridden, certainty, assumed }: EffectiveArgument): string {
  const place = expression ? placeText(expression) : '';
  const rest = overridden.length > 0 || assumed ? JSON.stringify([overridden, assumed]) : '';
  return `${name} ${certainty} ${originText(origin)} ${place} ${valueText(value)} ${rest}`;
}

function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'call':
      return `${origin.form} ${placeText(origin.at)}`;
    case 'argScope': {
      const { scope, keyword, reentered } = origin;
      return `scope ${placeText(scope)} ${keyword ? placeText(keyword) : ''} ${reentered ? placeText(reentered) : ''}`;
    }
    default:
      return origin.kind;
  }
}

function placeText({ file, span }: Location): string {
  return `${file}#${span.start}-${span.end}`;
}

function valueText(value: StaticValue): string {
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'bool':
    case 'int':
    case 'float':
      return `${value.kind} ${value.value}`;
    case 'str':
      return `str ${value.value}`;
    default:
      return JSON.stringify(value);
  }
}
