/**
 * Values of Python's number and string literals, from their source text. Pure, total, and free of tree nodes.
 * `\N{...}` is kept as written: it would need Unicode's table of names.
 */

/** A number as Python reads it. */
export interface DecodedNumber {
  readonly type: 'int' | 'float' | 'imaginary';
  /** NaN for an int outside the safe range of a double. */
  readonly value: number;
  /** True for `10L` and `0777`, which Python 3 rejects. */
  readonly python2: boolean;
}

/** Decodes an integer, float or imaginary literal of Python 2 or 3. */
export function decodeNumber(source: string): DecodedNumber {
  const text = source.replaceAll('_', '').toLowerCase();
  if (text.startsWith('0x') || text.startsWith('0o') || text.startsWith('0b')) return decodeInteger(text);
  if (text.endsWith('j')) return { type: 'imaginary', value: Number(text.slice(0, -1)), python2: false };
  if (/[.e]/.test(text)) return { type: 'float', value: Number(text), python2: false };
  return decodeInteger(text);
}

function decodeInteger(text: string): DecodedNumber {
  const isLong = text.endsWith('l');
  const digits = isLong ? text.slice(0, -1) : text;
  // Python 2 reads 0777 as octal; Python 3 only allows zeros after a leading zero.
  const isOldOctal = /^0[0-7]+$/.test(digits) && !/^0+$/.test(digits);
  const value = isOldOctal ? Number.parseInt(digits, 8) : Number(digits);
  return { type: 'int', value: Number.isSafeInteger(value) ? value : Number.NaN, python2: isLong || isOldOctal };
}

/** The parts of a string literal's source. */
export interface StringSource {
  /** Lower case, for example `rb`. */
  readonly prefix: string;
  readonly quote: string;
  /** Between the quotes; the closing quote may be missing. */
  readonly body: string;
}

/** Splits the source of one string literal; an unterminated one has everything up to the end as its body. */
export function splitString(source: string): StringSource {
  const prefix = /^[a-zA-Z]*/.exec(source)?.[0] ?? '';
  const rest = source.slice(prefix.length);
  const isTriple = rest.startsWith('"""') || rest.startsWith("'''");
  const quote = rest.slice(0, isTriple ? 3 : 1);
  const body = rest.slice(quote.length);
  const isClosed = quote !== '' && body.endsWith(quote);
  return { prefix: prefix.toLowerCase(), quote, body: isClosed ? body.slice(0, -quote.length) : body };
}

/** Decodes the inside of a string literal with the given prefix (lower case). */
export function decodeString(body: string, prefix: string): string {
  const text = body.includes('\r') ? body.replace(/\r\n?/g, '\n') : body;
  if (prefix.includes('r') || !text.includes('\\')) return text;
  return text.replace(prefix.includes('b') ? bytesEscape : textEscape, decodeEscape);
}

const textEscape = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|[^])/g;
const bytesEscape = /\\(?:x[\da-fA-F]{2}|[0-7]{1,3}|[^])/g;

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** An unknown escape stands for itself, backslash included, as in Python. */
function decodeEscape(escape: string): string {
  const first = escape.charAt(1);
  if (first >= '0' && first <= '7') return String.fromCharCode(Number.parseInt(escape.slice(1), 8));
  if (escape.length === 2) return simpleEscapes.get(first) ?? escape;
  if (first !== 'x' && first !== 'u' && first !== 'U') return escape;
  const code = Number.parseInt(escape.slice(2), 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : escape;
}
