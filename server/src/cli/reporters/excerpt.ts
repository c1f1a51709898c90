/**
 * The line of a finding with carets below it, for terminals: tabs and wide characters keep the carets in place, long
 * lines are cut around the finding, and nothing in a source file can move the cursor or change colours.
 */
import type { LineIndex } from '../../base/lineIndex';
import type { Span } from '../../base/span';

export interface Excerpt {
  readonly line: string;
  /** Spaces and carets; goes below `line`. */
  readonly carets: string;
}

/** Longer lines are cut. */
const mostColumns = 150;
/** What is left in front of a finding in a line that is cut. */
const lead = 40;
const tabWidth = 4;

/** The first line of a span. */
export function excerpt(text: string, lines: LineIndex, span: Span): Excerpt {
  const { line, column } = lines.positionAt(span.start);
  const start = lines.lineStart(line);
  const whole = /^[^\r\n]*/.exec(text.slice(start, lines.lineStart(line + 1)))?.[0] ?? '';
  const end = Math.min(Math.max(span.end - start, column + 1), Math.max(whole.length, column + 1));
  const from = whole.length > mostColumns && column > lead ? column - lead : 0;
  const to = Math.min(whole.length, from + mostColumns);
  const before = show(whole.slice(from, column));
  const marked = show(whole.slice(column, Math.min(end, to)));
  const cutStart = from > 0 ? '…' : '';
  const cutEnd = to < whole.length ? '…' : '';
  return {
    line: `${cutStart}${before}${marked}${show(whole.slice(Math.min(end, to), to))}${cutEnd}`,
    carets: ' '.repeat(cutStart.length + widthOf(before)) + '^'.repeat(Math.max(1, widthOf(marked))),
  };
}

/** Tabs as spaces, other control characters as a mark. */
function show(text: string): string {
  return withoutControls(text.replaceAll('\t', ' '.repeat(tabWidth)));
}

/** Control characters, which a terminal would obey, as a visible mark. Line feeds and tabs stay. */
export function withoutControls(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');
}

/** Columns of a terminal: two for East Asian wide characters and emoji, none for combining marks. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/^[\p{Mn}\p{Me}\u200b-\u200d\ufe0f]$/u.test(character)) continue;
    width += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  }
  return width;
}

function isWide(code: number): boolean {
  const ranges = [
    [0x1100, 0x115f],
    [0x2e80, 0x303e],
    [0x3041, 0xa4cf],
    [0xac00, 0xd7a3],
    [0xf900, 0xfaff],
    [0xfe30, 0xfe6f],
    [0xff00, 0xff60],
    [0xffe0, 0xffe6],
    [0x1f300, 0x1f64f],
    [0x1f900, 0x1f9ff],
    [0x20000, 0x3fffd],
  ] as const;
  return ranges.some(([from, to]) => code >= from && code <= to);
}
