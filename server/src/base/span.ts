/**
 * Half-open ranges of a text, and places in files.
 * Offsets are UTF-16 code units, as in JavaScript strings and in LSP's default encoding.
 * Knows nothing of lines: see lineIndex.ts.
 */

/** A half-open range `[start, end)` of UTF-16 offsets in one text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A range in a file. `file` is the identity that the project gives to the file (a URI). */
export interface Location {
  readonly file: string;
  readonly span: Span;
}

/** True when `offset` lies inside `span` or touches its end, as an editor's cursor does. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** True when `inner` lies completely inside `outer`. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** True when the two locations are the same range of the same file. */
export function sameLocation(a: Location, b: Location): boolean {
  return a.file === b.file && a.span.start === b.span.start && a.span.end === b.span.end;
}
