/**
 * The name that was probably meant, by edit distance. Cautious: a far or an ambiguous neighbour is no suggestion.
 */

/** The only nearest name within a third of the length of what was written; undefined when there is none. */
export function closestName(written: string, names: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(written.length / 3));
  const near = names
    .map((name) => ({ name, distance: distanceOf(written, name) }))
    .filter(({ name, distance }) => distance <= limit && name !== written)
    .sort((a, b) => a.distance - b.distance);
  const [best, next] = near;
  return best && (!next || next.distance > best.distance) ? best.name : undefined;
}

/** Edit distance where swapping two neighbours counts as one edit. */
function distanceOf(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
