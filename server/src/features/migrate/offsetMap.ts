/**
 * Leads places of a text that was edited several times back to the first text, so that what is reported stands where
 * the user sees it.
 */
import type { Span } from '../../base/span';
import type { TextEdit } from '../../base/textEdit';

/** See the file comment. */
export class OffsetMap {
  readonly #rounds: (readonly TextEdit[])[] = [];

  /** Another one that goes its own way from here. */
  copy(): OffsetMap {
    const map = new OffsetMap();
    map.#rounds.push(...this.#rounds);
    return map;
  }

  /** Takes in edits of the text as it is now. */
  add(edits: readonly TextEdit[]): void {
    this.#rounds.push([...edits].sort((a, b) => a.span.start - b.span.start));
  }

  /** Where a span of the text as it is now was at first; what was written since counts as where it was written. */
  toFirst({ start, end }: Span): Span {
    const first = this.#backward(start, 'start');
    return { start: first, end: Math.max(first, this.#backward(end, 'end')) };
  }

  /** Where a span of the first text is now: it grows and shrinks with what happens in it. */
  toNow({ start, end }: Span): Span {
    let span = { start, end };
    for (const edits of this.#rounds) {
      let [before, within] = [0, 0];
      for (const edit of edits) {
        const growth = edit.newText.length - (edit.span.end - edit.span.start);
        if (edit.span.end <= span.start && edit.span.start < span.start) before += growth;
        else if (edit.span.start <= span.end) within += growth;
      }
      span = { start: span.start + before, end: span.end + before + within };
    }
    return span;
  }

  #backward(offset: number, side: 'start' | 'end'): number {
    let at = offset;
    for (const edits of [...this.#rounds].reverse()) at = backward(edits, at, side);
    return at;
  }
}

function backward(edits: readonly TextEdit[], offset: number, side: 'start' | 'end'): number {
  let shift = 0;
  for (const { span, newText } of edits) {
    const start = span.start + shift;
    if (offset < start || (offset === start && side === 'end')) break;
    if (offset < start + newText.length) return side === 'start' ? span.start : span.end;
    shift += newText.length - (span.end - span.start);
  }
  return offset - shift;
}
