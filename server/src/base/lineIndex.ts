/**
 * Converts offsets of a text to zero-based lines and columns and back.
 * Line ends are those of LSP: `\n`, `\r\n` and a lone `\r`. Columns are UTF-16 code units.
 * Total: offsets and positions outside the text are clamped, never thrown on.
 */

/** A zero-based line and a zero-based UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export class LineIndex {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    this.#starts = starts;
    this.#length = text.length;
  }

  /** Number of lines; a text that ends with a line end has an empty last line. */
  get lineCount(): number {
    return this.#starts.length;
  }

  /** Offset of the first character of a zero-based line (clamped to the text). */
  lineStart(line: number): number {
    if (line < 0) return 0;
    return this.#starts[line] ?? this.#length;
  }

  /** Line and column of an offset. */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: at - (this.#starts[low] ?? 0) };
  }

  /** Offset of a position. */
  offsetAt(position: Position): number {
    const start = this.lineStart(position.line);
    const next = this.#starts[position.line + 1] ?? this.#length + 1;
    return Math.max(start, Math.min(start + position.column, next - 1, this.#length));
  }
}
