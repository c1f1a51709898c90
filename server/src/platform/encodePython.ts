/**
 * Text as bytes of a Python file, in the encoding that the file has: the way back from decodePython.
 * Undefined instead of a loss: when bytes of the file have no exact way back, or the encoding lacks a character.
 */
import { decodePython, encodingOf } from './decodePython';

/** The bytes of `text` in the encoding of `original`, with its byte order mark if it has one. */
export function encodePython(original: Uint8Array, text: string): Uint8Array | undefined {
  const encode = encoderOf(original);
  const sameAgain = encode(decodePython(original));
  if (!sameAgain || Buffer.compare(sameAgain, original) !== 0) return undefined;
  const encoded = encode(text);
  return encoded && decodePython(encoded) === text ? encoded : undefined;
}

function encoderOf(original: Uint8Array): (text: string) => Uint8Array | undefined {
  const encoding = encodingOf(original);
  switch (encoding) {
    case 'utf-8': {
      const hasMark = original[0] === 0xef && original[1] === 0xbb && original[2] === 0xbf;
      return (text) => Buffer.from((hasMark ? '\uFEFF' : '') + text, 'utf8');
    }
    case 'utf-16le':
      return (text) => Buffer.from(`\uFEFF${text}`, 'utf16le');
    case 'utf-16be':
      return (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
    default:
      return encodeBy(characterTable(encoding, original));
  }
}

function encodeBy(table: ReadonlyMap<string, Uint8Array>): (text: string) => Uint8Array | undefined {
  return (text) => {
    const parts: Uint8Array[] = [];
    for (const character of text) {
      const bytes = table.get(character);
      if (!bytes) return undefined;
      parts.push(bytes);
    }
    return Buffer.concat(parts);
  };
}

/** The platform decodes these encodings but does not encode them: each character as the bytes that it came from. */
function characterTable(encoding: string, original: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const table = new Map<string, Uint8Array>();
  const add = (bytes: Uint8Array) => {
    const decoder = new TextDecoder(encoding);
    let start = 0;
    for (let end = 1; end <= bytes.length; end++) {
      const character = decoder.decode(bytes.subarray(end - 1, end), { stream: true });
      if (character === '') continue;
      if (character !== '\uFFFD' && !table.has(character)) table.set(character, bytes.slice(start, end));
      start = end;
    }
  };
  add(original);
  for (let byte = 0; byte < 256; byte++) {
    const bytes = Uint8Array.of(byte);
    const character = new TextDecoder(encoding).decode(bytes);
    if (character.length === 1 && character !== '\uFFFD' && !table.has(character)) table.set(character, bytes);
  }
  return table;
}
