/**
 * The JSON of notebook files: read with tolerance for what Python writes, and with the places of its values, so that one
 * can be changed and all else left as it is. The only file that knows the library for it.
 */
import { createScanner, findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import type { Span } from '../base/span';

/** A value where it stands in the text. */
export interface JsonValue {
  readonly span: Span;
  /** Of a list. */
  readonly items?: readonly JsonValue[];
  /** Of a string; of a list, what its items are together. */
  readonly text: string;
}

/** Finds values of a text by the way to them; undefined where there is none. */
export function locateValues(json: string): (path: readonly (string | number)[]) => JsonValue | undefined {
  const root = parseTree(plainJson(json));
  return (path) => {
    const node = root && findNodeAtLocation(root, [...path]);
    return node && toValue(node);
  };
}

function toValue({ offset, length, type, children = [], value }: Node): JsonValue {
  const span = { start: offset, end: offset + length };
  if (type !== 'array') return { span, text: String(value) };
  const items = children.map(toValue);
  return { span, items, text: items.map(({ text }) => text).join('') };
}

/** The value of a text. @throws SyntaxError */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(withoutMark(json));
  } catch {
    return JSON.parse(plainJson(json));
  }
}

/** A byte order mark becomes a blank, which JSON allows. */
function withoutMark(json: string): string {
  return json.startsWith('\ufeff') ? ` ${json.slice(1)}` : json;
}

/** Python writes `NaN` and `Infinity` into outputs, which JSON does not have: numbers of the same length. */
function withoutNaN(json: string): string {
  if (!/NaN|Infinity/.test(json)) return json;
  const scanner = createScanner(json);
  let text = '';
  while (scanner.getPosition() < json.length) {
    scanner.scan();
    const value = scanner.getTokenValue();
    if (value !== 'NaN' && value !== 'Infinity') continue;
    const start = scanner.getTokenOffset();
    if (json.charAt(start) === '"') continue;
    text += `${json.slice(text.length, start)}1.${'0'.repeat(value.length - 2)}`;
  }
  return text + json.slice(text.length);
}

/** The text of a notebook as every JSON parser reads it, of the same length. */
function plainJson(json: string): string {
  return withoutNaN(withoutMark(json));
}
