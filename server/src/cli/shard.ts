/**
 * One of several parts of a check, for a build farm: each machine is given the same paths and another part. The parts are
 * the same on every machine, do not overlap, and have about the same number of bytes; neighbours stay together, since they
 * tend to import each other.
 */

/** `--shard 2/5` */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** Reads `I/N`; undefined when it is no such thing. */
export function readShard(text: string): Shard | undefined {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return shard.index >= 1 && shard.index <= shard.count ? shard : undefined;
}

/**
 * The items of one part.
 * @param items in an order that is the same everywhere
 * @param sizeOf a size of each, for balance
 */
export function shardOf<Item>(items: readonly Item[], { index, count }: Shard, sizeOf: (item: Item) => number): Item[] {
  // An empty file costs a little, too.
  const sizes = items.map((item) => sizeOf(item) + 1);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let before = 0;
  return items.filter((_, i) => {
    // A file belongs where its middle lies, so that a large one does not push all that follows.
    const middle = before + (sizes[i] ?? 0) / 2;
    before += sizes[i] ?? 0;
    return Math.min(count, Math.floor((middle * count) / total) + 1) === index;
  });
}
