/**
 * Reads the effective arguments of a layer as numbers, axes and formats. What is not known stays null; the first reason
 * is kept for the shape that depends on it.
 */
import type { StaticValue } from '../../semantics/staticValue';
import type { EffectiveArgument } from '../model';
import type { Dimension, Shape } from './shape';
import type { Padding } from './windows';

/** Where the channels of a tensor are. */
export type Channels = 'last' | 'first';

/** See the file comment. */
export class LayerArguments {
  readonly #values: ReadonlyMap<string, EffectiveArgument>;
  /** Why something is not known: a shape for `shapeOf` to take the reason from. */
  #doubt: Shape = {};

  constructor(args: readonly EffectiveArgument[]) {
    this.#values = new Map(args.map((argument) => [argument.name, argument]));
  }

  /** Carries the first reason why an argument that was asked for is not known. */
  get doubt(): Shape {
    return this.#doubt;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The value of an argument; that of its default where only a caller's scope could set another. */
  value(name: string): StaticValue | undefined {
    const argument = this.#values.get(name);
    if (!argument) return undefined;
    return argument.value.kind === 'unknown' && argument.assumed ? argument.assumed.value : argument.value;
  }

  isNone(name: string): boolean {
    return this.value(name)?.kind === 'none';
  }

  int(name: string): Dimension {
    const value = this.value(name);
    const number = value && numberOf(value);
    return number === undefined ? this.#missing(name, value) : number;
  }

  /** One number per axis from a number, or from a list of one or `count` numbers. */
  ints(name: string, count: number): readonly Dimension[] {
    const value = this.value(name);
    const list = value?.kind === 'list' || value?.kind === 'tuple' ? value.items : value && [value];
    const numbers = list?.map((item) => numberOf(item) ?? null) ?? [];
    const [only] = numbers;
    const all = numbers.length === 1 && only !== undefined ? Array.from({ length: count }, () => only) : numbers;
    if (all.length !== count || all.includes(null)) this.#missing(name, value);
    return all.length === count ? all : Array.from({ length: count }, () => null);
  }

  /** A list of numbers, or one number as a list; undefined when it is not known. */
  numbers(name: string): readonly number[] | undefined {
    const value = this.value(name);
    const list = value?.kind === 'list' || value?.kind === 'tuple' ? value.items : value && [value];
    const numbers = list?.map(numberOf);
    if (numbers?.every((one) => one !== undefined)) return numbers;
    this.#missing(name, value);
    return undefined;
  }

  /** True or false; undefined when it is not known. */
  flag(name: string): boolean | undefined {
    const value = this.value(name);
    if (value?.kind === 'bool') return value.value;
    if (value?.kind === 'none') return false;
    if (value?.kind === 'int') return value.value !== 0;
    this.#missing(name, value);
    return undefined;
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    if (value?.kind === 'str') return value.value;
    this.#missing(name, value);
    return undefined;
  }

  padding(): Padding | undefined {
    const text = this.text('padding')?.toUpperCase();
    return text === 'SAME' || text === 'VALID' ? text : undefined;
  }

  /** `NCHW`, `NCDHW`, `channels_first` and their opposites; None is the default of the op. */
  channels(): Channels | undefined {
    if (!this.has('data_format') || this.isNone('data_format')) return 'last';
    const text = this.text('data_format');
    if (text === undefined) return undefined;
    return text.startsWith('NC') || text === 'channels_first' ? 'first' : 'last';
  }

  #missing(name: string, value: StaticValue | undefined): null {
    if (this.#doubt.reason === undefined) {
      const why = value?.kind === 'unknown' ? `: ${value.reason}` : '';
      this.#doubt = { reason: `\`${name}\` is not known${why}` };
    }
    return null;
  }
}

function numberOf(value: StaticValue): number | undefined {
  if (value.kind === 'int') return value.value;
  // `conv2d(net, depth / 2, 3)` of Python 2 code: TensorFlow takes whole floats.
  return value.kind === 'float' && Number.isInteger(value.value) ? value.value : undefined;
}
