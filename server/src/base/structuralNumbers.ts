/**
 * Small numbers for plain data: equal data has the same number, and different data has different ones. Comparing long
 * descriptions again and again is then comparing numbers, and no text is built for it. Data must not change afterwards.
 */

/** One set of numbers; those of different sets have nothing to do with each other. */
export class StructuralNumbers {
  readonly #primitives = new Map<unknown, number>();
  readonly #pairs = new Map<number, number>();
  readonly #objects = new Map<object, number>();
  #last = 0;

  /** The number of any data, as `JSON.stringify` would tell it apart. */
  of(data: unknown): number {
    return typeof data === 'object' && data !== null ? this.#ofObject(data) : this.#ofPrimitive(data);
  }

  /** The same for an object that is asked for again and again: its number is kept. */
  ofShared(data: object): number {
    let number = this.#objects.get(data);
    if (number === undefined) this.#objects.set(data, (number = this.#ofObject(data)));
    return number;
  }

  /** The number of what two numbers stand for together, in this order. */
  pair(a: number, b: number): number {
    const key = a * MOST + b;
    let number = this.#pairs.get(key);
    if (number === undefined) this.#pairs.set(key, (number = this.#next()));
    return number;
  }

  #ofPrimitive(data: unknown): number {
    let number = this.#primitives.get(data);
    if (number === undefined) this.#primitives.set(data, (number = this.#next()));
    return number;
  }

  #ofObject(data: object): number {
    if (Array.isArray(data)) {
      let number = this.#ofPrimitive(ARRAY);
      for (const item of data as readonly unknown[]) number = this.pair(number, this.of(item));
      return number;
    }
    let number = this.#ofPrimitive(OBJECT);
    for (const [name, value] of Object.entries(data)) {
      if (value !== undefined) number = this.pair(this.pair(number, this.#ofPrimitive(name)), this.of(value));
    }
    return number;
  }

  #next(): number {
    return ++this.#last;
  }
}

/** Numbers stay below this, so that two of them fit into one exactly. */
const MOST = 2 ** 26;

const ARRAY = Symbol('array');
const OBJECT = Symbol('object');
