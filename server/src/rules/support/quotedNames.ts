/**
 * Lists names in a sentence, as code: messages name rules and arguments. Knows nothing of what is named.
 * An empty list gives an empty text.
 */

/** `` `a`, `b` and `c` `` */
export function quotedNames(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} and ${last}`;
}
