/**
 * A text with small insertions and blanked characters, and the way back to offsets of the original.
 * Blanks keep the length; what was inserted maps to the empty place where it was put. Monotone, so that spans that
 * nest in the repaired text nest in the original.
 */

/** Text to put before the character at `at`, in offsets of the original. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** One character to replace by another one. */
export interface Replacement {
  readonly at: number;
  readonly by: string;
}

export interface RepairedText {
  readonly text: string;
  /** Offset in the original for an offset in `text`. */
  readonly toSource: (offset: number) => number;
}

/** Applies replacements, then insertions; insertions at one place keep their order. */
export function applyRepairs(
  source: string,
  insertions: readonly Insertion[],
  replacements: readonly Replacement[],
): RepairedText {
  const replaced = replaceCharacters(source, replacements);
  const sorted = insertions.map((insertion, order) => ({ ...insertion, order }));
  sorted.sort((a, b) => a.at - b.at || a.order - b.order);
  let text = '';
  let from = 0;
  // Start of each insertion in the new text, where it stands in the source, and the length of the new text before it.
  const starts: number[] = [];
  const places: number[] = [];
  const ends: number[] = [];
  for (const { at, text: inserted } of sorted) {
    text += replaced.slice(from, at);
    from = at;
    starts.push(text.length);
    places.push(at);
    text += inserted;
    ends.push(text.length);
  }
  text += replaced.slice(from);
  const toSource = (offset: number): number => {
    const index = lastAtOrBefore(starts, offset);
    const end = ends[index];
    const place = places[index];
    if (end === undefined || place === undefined) return offset;
    return offset <= end ? place : place + offset - end;
  };
  return { text, toSource };
}

function replaceCharacters(source: string, replacements: readonly Replacement[]): string {
  let text = '';
  let from = 0;
  for (const { at, by } of [...replacements].sort((a, b) => a.at - b.at)) {
    if (at < from) continue;
    text += source.slice(from, at) + by;
    from = at + by.length;
  }
  return text + source.slice(from);
}

/** Index of the last element that is not above `value`; -1 if there is none. */
function lastAtOrBefore(sorted: readonly number[], value: number): number {
  let low = -1;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
