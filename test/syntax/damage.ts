/**
 * Damage to Python text as it happens while somebody types, at random places but reproducible, and what of a file's
 * structure survives it: the calls behind the damage with their chain of enclosing `with`, `def` and `class`.
 */
import type { Parse } from '../../server/src/syntax/parse';
import { walk } from '../../server/src/syntax/visit';

/** A damaged text. */
export interface Damaged {
  readonly text: string;
  /** From here on the original is not damaged: the end of the line of the edit. */
  readonly from: number;
  /** Offset in the original for an offset in `text`. */
  readonly toOriginal: (offset: number) => number;
}

/** Gives a number from 0 to `limit - 1`. */
export type Random = (limit: number) => number;

/** A small reproducible generator (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

export interface DamageKind {
  readonly name: string;
  /** Undefined when the text has no place for this kind. */
  readonly apply: (text: string, random: Random) => Damaged | undefined;
}

const insertedLines = [
  'foo = self.bar(',
  "d = {'a': [",
  'for i in range(',
  'def f(self, a',
  'net = slim.',
  'net = slim.conv2d(net, 64, ',
  'with slim.arg_scope([slim.conv2d],',
  'if is_training',
  "x = 'abc",
  '"""',
];

export const damageKinds: readonly DamageKind[] = [
  ...[...'()[]:,\'"'].map((character) => deleteOne(character)),
  ...[...'()'].map((character) => insertOne(character)),
  ...insertedLines.map((line) => insertLine(line)),
  insertLine('net = slim.conv2d(net, 64, ', true),
  { name: 'truncate a line', apply: truncateLine },
  { name: 'cut the rest of a conv2d call', apply: cutConv },
];

function deleteOne(character: string): DamageKind {
  return {
    name: `delete ${character}`,
    apply(text, random) {
      const places = placesOf(text, character);
      const at = places[random(places.length)];
      return at === undefined ? undefined : replace(text, at, at + 1, '');
    },
  };
}

function insertOne(character: string): DamageKind {
  return {
    name: `insert ${character}`,
    apply(text, random) {
      const at = random(text.length + 1);
      return replace(text, at, at, character);
    },
  };
}

/** Before a line that has text, as deep as that line or at the margin. */
function insertLine(line: string, atMargin = false): DamageKind {
  return {
    name: `insert ${atMargin ? 'at the margin' : 'line'} ${line}`,
    apply(text, random) {
      const starts = [...text.matchAll(/^[ \t]*(?=\S)/gm)];
      const chosen = starts[random(starts.length)];
      if (!chosen) return undefined;
      return replace(text, chosen.index, chosen.index, `${atMargin ? '' : chosen[0]}${line}\n`);
    },
  };
}

/** Keeps at least the first token: without it nothing says what the line was. */
function truncateLine(text: string, random: Random): Damaged | undefined {
  const lines = [...text.matchAll(/^[ \t]*\S.*$/gm)];
  const chosen = lines[random(lines.length)];
  if (!chosen) return undefined;
  const tokens = [...chosen[0].matchAll(/\w+|[^\s\w]/g)];
  const kept = tokens[random(tokens.length)];
  if (!kept) return undefined;
  const end = chosen.index + kept.index + kept[0].length;
  return replace(text, end, chosen.index + chosen[0].length, '');
}

/** From a random place inside the brackets of a conv2d call to the end of its line. */
function cutConv(text: string, random: Random): Damaged | undefined {
  const calls = [...text.matchAll(/\bconv2d\((.*)$/gm)];
  const chosen = calls[random(calls.length)];
  if (!chosen) return undefined;
  const open = chosen.index + 'conv2d('.length;
  const end = chosen.index + chosen[0].length;
  return replace(text, open + random(end - open + 1), end, '');
}

function placesOf(text: string, character: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) places.push(at);
  return places;
}

function replace(text: string, start: number, end: number, by: string): Damaged {
  const shift = by.length - (end - start);
  const lineEnd = text.indexOf('\n', end);
  // An inserted line damages nothing of the line that follows it.
  const from = by.endsWith('\n') ? end : lineEnd < 0 ? text.length : lineEnd;
  const newEnd = start + by.length;
  const toOriginal = (offset: number): number => (offset >= newEnd ? offset - shift : offset);
  return { text: text.slice(0, start) + by + text.slice(end), from, toOriginal };
}

/** A call and what encloses it, as one string that can be compared over an edit. */
export interface Chained {
  readonly start: number;
  readonly chain: string;
}

/** All calls of a text with the kinds and places of the `with`, `def` and `class` around them. */
export function chainsOf(
  parse: Parse,
  text: string,
  toOriginal: (offset: number) => number,
): ReadonlyMap<string, Chained> {
  const found = new Map<string, Chained>();
  walk(parse(text).module, (node, parents) => {
    if (node.kind !== 'Call') return;
    const enclosing = parents.filter((parent) => enclosingKinds.has(parent.kind));
    const chain = enclosing.map((parent) => `${parent.kind}@${toOriginal(parent.span.start)}`).join(' ');
    const start = toOriginal(node.span.start);
    found.set(`${start}-${toOriginal(node.callee.span.end)}`, { start, chain });
  });
  return found;
}

const enclosingKinds: ReadonlySet<string> = new Set(['With', 'FunctionDef', 'ClassDef']);
