/**
 * Bytes of a Python file as text: byte order mark, else the PEP 263 cookie of the first two lines, else UTF-8.
 * Total: bytes that are no valid UTF-8 are read as Latin-1, which every byte sequence is, so that one odd comment
 * does not hide a file. The byte order mark is not part of the text, as in editors.
 */

/** The text of a Python file. */
export function decodePython(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** The encoding of a Python file, as a name that `TextDecoder` knows. */
export function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const encoding = declaredEncoding(bytes);
  if (encoding !== undefined) return encoding;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'latin1';
  }
}

/** PEP 263: `# -*- coding: latin-1 -*-` in one of the first two lines; undefined for UTF-8 and unknown names. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 400)).split(/\r\n|\r|\n/, 2);
  for (const line of head) {
    const name = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1];
    if (name === undefined) continue;
    try {
      // Python writes `latin_1` and `latin-1` where the web says `latin1`, and `utf_8` for `utf-8`.
      const label = name
        .toLowerCase()
        .replace(/_/g, '-')
        .replace(/^latin-/, 'latin');
      const { encoding } = new TextDecoder(label);
      return encoding === 'utf-8' ? undefined : encoding;
    } catch {
      return undefined;
    }
  }
  return undefined;
}
