/**
 * Where a string literal ends, in text whose quotes may be damaged. Part of the repair pass.
 */

/** The end of a string literal and what it lacks. */
export interface StringEnd {
  readonly end: number;
  /** The quote to insert at `end`; empty when the literal is complete. */
  readonly quote: string;
  /** The quote that opens it is the damage: nothing follows that it could enclose. */
  readonly isStray: boolean;
  /** True when the text cannot be valid. */
  readonly isCertain: boolean;
}

/**
 * Finds the end of the literal whose opening quote is at `start`.
 * @param closer what closes the innermost open bracket, if any
 */
export function endOfString(text: string, start: number, closer: string | undefined): StringEnd {
  const quote = text.charAt(start);
  const triple = quote.repeat(3);
  if (text.startsWith(triple, start)) return endOfTriple(text, start, triple);
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) {
      // A backslash takes the next character with it, a line end of two characters as well.
      if (text.charCodeAt(i + 1) === 13 && text.charCodeAt(i + 2) === 10) i++;
      i++;
    } else if (code === 10 || code === 13) {
      return unterminated(text, start, i, quote, closer);
    } else if (text.charAt(i) === quote) {
      return complete(i + 1);
    }
  }
  return unterminated(text, start, text.length, quote, closer);
}

function complete(end: number): StringEnd {
  return { end, quote: '', isStray: false, isCertain: false };
}

/** A one-line string ends with its line, or before the closers at the end of the line if those close something. */
function unterminated(
  text: string,
  start: number,
  lineEnd: number,
  quote: string,
  closer: string | undefined,
): StringEnd {
  const content = text.slice(start + 1, lineEnd);
  const trailing = /[\])},:]*\s*$/.exec(content)?.[0] ?? '';
  const keepsClosers = closer !== undefined && trailing.includes(closer);
  const length = content.trimEnd().length - (keepsClosers ? trailing.trimEnd().length : 0);
  const end = start + 1 + length;
  if (length === 0 && keepsClosers) return { end, quote, isStray: true, isCertain: true };
  return { end, quote, isStray: false, isCertain: true };
}

/**
 * A closing quote directly before a letter opens the next string in truth; then, and when the file ends first, the
 * literal ends on its own line.
 */
function endOfTriple(text: string, start: number, triple: string): StringEnd {
  let i = start + 3;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === triple.charCodeAt(0) && text.startsWith(triple, i)) break;
  }
  const isFound = i < text.length;
  if (isFound && !/[A-Za-z_]/.test(text.charAt(i + 3))) return complete(i + 3);
  let lineEnd = start + 3;
  while (lineEnd < text.length && text.charCodeAt(lineEnd) !== 10 && text.charCodeAt(lineEnd) !== 13) lineEnd++;
  // On one line it is complete, whatever follows.
  if (isFound && i < lineEnd) return complete(i + 3);
  const end = start + 3 + text.slice(start + 3, lineEnd).trimEnd().length;
  return { end, quote: triple, isStray: false, isCertain: !isFound };
}
