/**
 * A text with small edits, and the way back to offsets of the original. What was inserted maps to the empty place
 * where it was put; what was removed is skipped. Monotone, so that spans that nest in the new text nest in the old.
 */
import type { Span } from '../base/span';

/** Stands for a name that is missing: its span in the user's text is empty. */
export const placeholder = '_';

/** Removes `remove` characters at `at` and puts `insert` there; when both are as long, offsets stay as they are. */
export interface RepairEdit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

export interface RepairedText {
  readonly text: string;
  /** The span in the original for a range of `text`. */
  readonly toSource: (start: number, end: number) => Span;
}

/** An edit that moves offsets: where it stands in the new text and in the original. */
interface Shift {
  readonly start: number;
  readonly end: number;
  readonly sourceStart: number;
  readonly sourceEnd: number;
}

/**
 * Applies edits. At one place insertions come before a removal and otherwise keep their order; an edit inside what
 * another one removes is dropped.
 */
export function applyRepairs(source: string, edits: readonly RepairEdit[]): RepairedText {
  const sorted = edits.map((edit, order) => ({ edit, order }));
  sorted.sort(
    (a, b) => a.edit.at - b.edit.at || Math.sign(a.edit.remove) - Math.sign(b.edit.remove) || a.order - b.order,
  );
  const shifts: Shift[] = [];
  let text = '';
  let from = 0;
  for (const { edit } of sorted) {
    const { at, remove, insert } = edit;
    if (at < from) continue;
    text += source.slice(from, at);
    from = at + remove;
    const start = text.length;
    text += insert;
    if (remove !== insert.length) shifts.push({ start, end: text.length, sourceStart: at, sourceEnd: from });
  }
  text += source.slice(from);
  return { text, toSource: (start, end) => sourceSpan(shifts, start, end) };
}

function sourceSpan(shifts: readonly Shift[], start: number, end: number): Span {
  const sourceStart = sourceOfStart(shifts, start);
  return { start: sourceStart, end: Math.max(sourceStart, sourceOfEnd(shifts, end)) };
}

/** Something that starts where characters were removed starts behind them. */
function sourceOfStart(shifts: readonly Shift[], offset: number): number {
  const shift = shifts[lastBefore(shifts, offset + 1)];
  if (!shift) return offset;
  return offset < shift.end ? shift.sourceStart : shift.sourceEnd + offset - shift.end;
}

/** Something that ends where characters were removed ends before them. */
function sourceOfEnd(shifts: readonly Shift[], offset: number): number {
  const shift = shifts[lastBefore(shifts, offset)];
  if (!shift) return offset;
  return offset < shift.end ? shift.sourceStart : shift.sourceEnd + offset - shift.end;
}

/** Index of the last shift that starts before `offset`; -1 if there is none. */
function lastBefore(shifts: readonly Shift[], offset: number): number {
  let low = -1;
  let high = shifts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((shifts[middle]?.start ?? 0) < offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
