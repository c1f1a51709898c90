/**
 * Tells contexts of a call apart that differ in what the call receives. Loops run the same call with the same arguments
 * again and again, so that keys are made of small numbers, one for each distinct argument.
 */
import { StructuralNumbers } from '../../base/structuralNumbers';
import type { Location } from '../../base/span';
import type { StaticValue } from '../../semantics/staticValue';
import type { CallContext, EffectiveArgument, Origin } from '../model';

export interface ContextKeys {
  /** Two contexts of one call with this key in common are one: same arguments from the same places, same error. */
  keyOf(context: CallContext): number;
  /** The numbers that the keys are made of. */
  readonly numbers: StructuralNumbers;
}

/** Keys that can be compared with each other, and with no others. */
export function createContextKeys(): ContextKeys {
  const numbers = new StructuralNumbers();
  const args = new ArgumentNumbers(numbers);
  return {
    numbers,
    keyOf({ arguments: given, error, implicitCalls, uncertainties, open, assumes }) {
      let key = numbers.pair(numbers.of(open), numbers.of(assumes?.text));
      given.forEach((argument, i) => {
        key = numbers.pair(key, args.of(argument, i));
      });
      if (error || uncertainties.length > 0) key = numbers.pair(key, numbers.of([error ?? null, uncertainties]));
      for (const call of implicitCalls) {
        key = numbers.pair(key, numbers.of(`${call.via} ${call.op.name}`));
        call.arguments.forEach((argument, i) => {
          key = numbers.pair(key, args.of(argument, i));
        });
        if (call.error) key = numbers.pair(key, numbers.of(call.error));
      }
      return key;
    },
  };
}

/** Numbers of arguments: everything of them but their text, which their place tells. */
class ArgumentNumbers {
  readonly #known = new Map<EffectiveArgument, number>();
  readonly #anyData: number;

  constructor(readonly numbers: StructuralNumbers) {
    this.#anyData = numbers.of('any data');
  }

  of(argument: EffectiveArgument, index: number): number {
    // What a layer works on is hardly ever known; which parameter of which caller holds it makes no difference.
    if (index === 0 && argument.value.kind === 'unknown') return this.#compute(argument, this.#anyData);
    // Defaults of the library are the same objects in every call.
    if (argument.origin.kind !== 'default') return this.#compute(argument, this.#value(argument.value));
    let number = this.#known.get(argument);
    if (number === undefined) {
      number = this.#compute(argument, this.#value(argument.value));
      this.#known.set(argument, number);
    }
    return number;
  }

  #compute({ name, origin, expression, overridden, certainty, assumed }: EffectiveArgument, value: number): number {
    const { numbers } = this;
    let number = numbers.pair(numbers.pair(numbers.of(name), numbers.of(certainty)), value);
    number = numbers.pair(number, this.#origin(origin));
    if (expression) number = numbers.pair(number, this.#place(expression));
    if (overridden.length > 0 || assumed) number = numbers.pair(number, numbers.of([overridden, assumed ?? null]));
    return number;
  }

  #value(value: StaticValue): number {
    const { numbers } = this;
    switch (value.kind) {
      case 'none':
        return numbers.of(value.kind);
      case 'bool':
      case 'int':
      case 'float':
      case 'str':
        return numbers.pair(numbers.of(value.kind), numbers.of(value.value));
      case 'external':
      case 'function':
        return numbers.ofShared(value);
      default:
        return numbers.of(value);
    }
  }

  #origin(origin: Origin): number {
    const { numbers } = this;
    switch (origin.kind) {
      case 'call':
        return numbers.pair(numbers.of(origin.form), this.#place(origin.at));
      case 'argScope': {
        const { scope, keyword, reentered } = origin;
        const number = numbers.pair(this.#place(scope), this.#place(keyword));
        return numbers.pair(number, this.#place(reentered));
      }
      default:
        return numbers.of(origin.kind);
    }
  }

  #place(at: Location | undefined): number {
    const { numbers } = this;
    if (!at) return numbers.of(undefined);
    return numbers.pair(numbers.pair(numbers.of(at.file), numbers.of(at.span.start)), numbers.of(at.span.end));
  }
}
