/**
 * Python text: known values spelled as literals, and expressions taken from a source as one line.
 * Knows nothing of TensorFlow. A value that has no literal is answered with undefined, never with an approximation.
 */
import type { StaticValue } from '../../semantics/staticValue';

/** The literal for a value that has one, or undefined. */
export function spellValue(value: StaticValue, quote: (text: string) => string): string | undefined {
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      return Number.isSafeInteger(value.value) ? String(value.value) : undefined;
    case 'float':
      return spellFloat(value.value);
    case 'str':
      return quote(value.value);
    case 'tuple': {
      const items = spellItems(value.items, quote);
      return items && (items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`);
    }
    case 'list': {
      const items = spellItems(value.items, quote);
      return items && `[${items.join(', ')}]`;
    }
    case 'dict': {
      const keys = spellItems(
        value.entries.map(([key]) => key),
        quote,
      );
      const items = spellItems(
        value.entries.map(([, item]) => item),
        quote,
      );
      return keys && items && `{${keys.map((key, i) => `${key}: ${items[i]}`).join(', ')}}`;
    }
    default:
      return undefined;
  }
}

/** A Python float literal that reads back to the same number; undefined for NaN and infinities, which have none. */
export function spellFloat(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const magnitude = Math.abs(value);
  // Both languages write the shortest digits that read back; they differ in when they use an exponent.
  if (magnitude < 1e-4 || magnitude >= 1e16) return value.toExponential().replace('e+', 'e');
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A string literal with the given quote character. */
export function quoteString(text: string, quote: "'" | '"'): string {
  const other = quote === "'" ? '"' : "'";
  const mark = text.includes(quote) && !text.includes(other) ? other : quote;
  let body = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\\' || character === mark) body += '\\' + character;
    else if (character === '\n') body += '\\n';
    else if (character === '\r') body += '\\r';
    else if (character === '\t') body += '\\t';
    else if (code < 32 || code === 127) body += '\\x' + code.toString(16).padStart(2, '0');
    else body += character;
  }
  return mark + body + mark;
}

/**
 * The text of an expression as one line: line breaks between tokens, and comments, go; strings stay as they are.
 * A triple-quoted string keeps its line breaks, since they are part of its value.
 */
export function flattenExpression(text: string): string {
  if (!/[\r\n]/.test(text)) return text.trim();
  let result = '';
  for (const piece of splitStrings(text)) {
    result += piece.isString ? piece.text : flattenCode(piece.text, result);
  }
  return result.trim();
}

/** True when an operand needs no parentheses around it in `0.5 * operand`. */
export function isAtom(text: string): boolean {
  return /^(?:[A-Za-z_][\w.]*|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/.test(text);
}

/** Cuts the text of arguments at the commas outside brackets and strings; undefined when the brackets do not match. */
export function splitArguments(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const token of text.matchAll(/(["'])(?:\\.|(?!\1)[^\\])*\1|[()[\]{},]/g)) {
    if ('([{'.includes(token[0])) depth++;
    else if (')]}'.includes(token[0])) depth--;
    else if (token[0] === ',' && depth === 0) {
      parts.push(text.slice(start, token.index).trim());
      start = token.index + 1;
    }
    if (depth < 0) return undefined;
  }
  const rest = text.slice(start).trim();
  return depth === 0 ? [...parts, ...(rest === '' ? [] : [rest])] : undefined;
}

function spellItems(items: readonly StaticValue[], quote: (text: string) => string): string[] | undefined {
  const texts = items.map((item) => spellValue(item, quote));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function flattenCode(code: string, before: string): string {
  const joined = code
    .replace(/#[^\r\n]*/g, '')
    .replace(/\\?[ \t]*(?:\r\n|\r|\n)\s*/g, ' ')
    .replace(/([([{]) +/g, '$1')
    .replace(/ +([)\]}])/g, '$1')
    .replace(/,([)\]}])/g, (whole, close: string) => (close === ')' ? whole : close));
  // A line break right behind a string must not leave two spaces, nor one before a closing bracket.
  return before.endsWith(' ') ? joined.trimStart() : joined;
}

interface Piece {
  readonly text: string;
  readonly isString: boolean;
}

/** Cuts code into string literals (without their prefix letters) and what lies between. */
function splitStrings(text: string): Piece[] {
  const pieces: Piece[] = [];
  const pattern = /#[^\r\n]*|("""|''')(?:\\[\s\S]|(?!\1)[\s\S])*\1|(["'])(?:\\[\s\S]|(?!\2)[^\\\r\n])*\2/g;
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    if (match[0].startsWith('#')) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), isString: false });
    pieces.push({ text: match[0], isString: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isString: false });
  return pieces;
}
