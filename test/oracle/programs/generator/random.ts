/**
 * Seeded random choices (mulberry32): the same seed gives the same program on every machine.
 */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed ^ 0x9e3779b9) >>> 0;
  }

  /** A number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** An integer from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** Picks by weight. */
  weighted<T>(items: readonly (readonly [number, T])[]): T {
    let at = this.next() * items.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, item] of items) {
      at -= weight;
      if (at < 0) return item;
    }
    throw new Error('nothing to pick from');
  }

  /** Some of the items, in their order, at least `least`. */
  some<T>(items: readonly T[], least: number, most: number): readonly T[] {
    const wanted = Math.min(items.length, this.int(least, most));
    const left = items.map((_, i) => i);
    const chosen: number[] = [];
    while (chosen.length < wanted) chosen.push(...left.splice(Math.floor(this.next() * left.length), 1));
    return chosen.sort((a, b) => a - b).flatMap((i) => items[i] as T);
  }
}
