/**
 * Where a key or a string of a TOML text stands. The TOML parser says what a file means, but not where; this finds the
 * place again, by headers of tables and keys at the start of lines. Where a file is written in an unusual way (inline
 * tables over several lines) the place is that of the nearest key around.
 */
import type { Span } from '../../base/span';

/** The place of the key that a path leads to (`['tool', 'slimscope', 'rules']`), or of the longest known part of it. */
export function placeOfKey(text: string, path: readonly string[]): Span | undefined {
  let best: { readonly length: number; readonly span: Span } | undefined;
  for (const { keys, span } of keyLines(text)) {
    const length = Math.min(keys.length, path.length);
    const isOnTheWay = keys.length <= path.length && keys.every((key, i) => key === path[i]);
    // `[tool.slimscope.rules]` is where `tool.slimscope` is first spoken of.
    const isBelow = keys.length > path.length && path.every((key, i) => key === keys[i]);
    if ((isOnTheWay || isBelow) && length > (best?.length ?? 0)) best = { length, span };
  }
  return best?.span;
}

/** The place of a string, with its quotes left out, at or after an offset; undefined where it is written in escapes. */
export function placeOfString(text: string, value: string, from: number): Span | undefined {
  for (const quote of ['"', "'"]) {
    const at = text.indexOf(`${quote}${value}${quote}`, from);
    if (at >= 0) return { start: at + 1, end: at + 1 + value.length };
  }
  return undefined;
}

/** Each line that names a table or sets a key, with the whole path of that key. */
function* keyLines(text: string): Iterable<{ readonly keys: readonly string[]; readonly span: Span }> {
  let table: readonly string[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const header = /^\s*\[\[?\s*(.+?)\s*\]\]?\s*(?:#.*)?\r?$/.exec(line);
    const key = /^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=/.exec(line);
    const written = key?.[1] ?? header?.[1];
    if (written !== undefined) {
      const at = start + line.indexOf(written);
      const keys = splitKey(written);
      if (!key) table = keys;
      yield { keys: key ? [...table, ...keys] : keys, span: { start: at, end: at + written.length } };
    }
    start += line.length + 1;
  }
}

function splitKey(written: string): readonly string[] {
  return [...written.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
}
