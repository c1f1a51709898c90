/**
 * Cuts a text down while it still fails in the same way: by lines, then by characters (delta debugging). What is left is
 * small enough to become a fixture.
 */

/** The smallest text found for which `fails` is true; `text` itself must fail. Gives up after `most` attempts. */
export function shrink(text: string, fails: (text: string) => boolean, most = 1500): string {
  const attempts = { left: most };
  const byLines = shrinkParts(text.split('\n'), (lines) => fails(lines.join('\n')), attempts).join('\n');
  return shrinkParts([...byLines], (characters) => fails(characters.join('')), attempts).join('');
}

function shrinkParts<Part>(
  parts: readonly Part[],
  fails: (parts: readonly Part[]) => boolean,
  attempts: { left: number },
): readonly Part[] {
  let kept = parts;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length && attempts.left > 0;) {
      attempts.left -= 1;
      const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (fewer.length > 0 && fails(fewer)) kept = fewer;
      else at += size;
    }
  }
  return kept;
}
