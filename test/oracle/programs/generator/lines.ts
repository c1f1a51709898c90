/**
 * Programs as trees of lines, so that a program that disagrees can be cut down statement by statement.
 */

/** One statement; with `body`, the head of a block. */
export interface Line {
  readonly text: string;
  readonly body?: readonly Line[];
}

export interface ProgramFile {
  readonly path: string;
  readonly lines: readonly Line[];
}

/** A program: its files (`main.py` is run), and the values that the module `outside` has in each run. */
export interface GeneratedProgram {
  readonly files: readonly ProgramFile[];
  readonly worlds: readonly Readonly<Record<string, unknown>>[];
}

/** A statement without a block. */
export function line(text: string): Line {
  return { text };
}

/** A statement with a block; an empty one gets `pass`. */
export function block(text: string, body: readonly Line[]): Line {
  return { text, body: body.length > 0 ? body : [line('pass')] };
}

/** Python text of lines. */
export function textOfLines(lines: readonly Line[], indent = ''): string {
  return lines
    .map(({ text, body }) => {
      const own = text === '' ? '\n' : `${indent}${text}\n`;
      if (!body) return own;
      return own + (body.length > 0 ? textOfLines(body, indent + '    ') : `${indent}    pass\n`);
    })
    .join('');
}
