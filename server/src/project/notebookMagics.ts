/**
 * What notebooks add to Python (magics, shell lines, help), made into Python that says nothing, by text of the same
 * length: every offset holds, line ends stay. Code behind a magic that only measures (`%time f(x)`) is kept.
 * Pure; knows one cell at a time. Looks at text outside of strings, comments and brackets alone, as IPython does.
 */
import type { FrozenSpan } from '../base/cellIndex';

/** A cell as plain Python. */
export interface PlainCell {
  /** As long as the cell, with the same line ends. */
  readonly text: string;
  /** Where it differs from the cell. */
  readonly frozen: readonly FrozenSpan[];
}

/** Cell magics whose cell still runs as Python in the notebook; the cells of all others are something else. */
const pythonMagics: ReadonlySet<string> = new Set(
  'capture debug heat memit prun scalene snakeviz time timeit wandb'.split(' '),
);

/** Magics that run the statement behind them; their options are flags and numbers. */
const measured = /^%(?:time|timeit|memit|prun)[ \t]+(?:-[A-Za-z]+(?:[ \t]*\d+)?[ \t]+)*(?=[^\s-])/;
/** A statement that cannot stand behind a semicolon, or is a magic of its own. */
const cannotFollow = /^(?:async|class|def|for|if|try|while|with)\b|^[@%!?]/;
/** What begins a line that is no Python, after its indentation. */
const magicLine = /^(?:%[A-Za-z_%]|!|\?|[,;/][A-Za-z_])/;
/** Names of commands that notebooks take without a `%` as well. */
const automagic = /^(?:pip3?|conda|mamba)[ \t]+(?:install|uninstall|list|show)\b/;
const help = /^(%{0,2}[\p{L}_*][\p{L}\p{N}_.*]*(?:\[\d+\])?)(\?{1,2})[ \t]*$/u;
const assignedMagic = /^=[ \t]*(?=!|%[A-Za-z_])/;

/** Rewrites one cell. */
export function withoutMagics(cell: string): PlainCell {
  const plain = new Rewriting(cell);
  let at = skipCellMagics(plain);
  while (at < cell.length) at = skipLineEnd(cell, rewriteLine(plain, at));
  return plain.finish();
}

/** A cell while it is rewritten. */
class Rewriting {
  readonly cell: string;
  #text = '';
  readonly #frozen: FrozenSpan[] = [];

  constructor(cell: string) {
    this.cell = cell;
  }

  /** Replaces a span by `code` and blanks; line ends stay. */
  replace(start: number, end: number, code: string, staysFirst = false): void {
    const blank = this.cell.slice(start, end).replace(/[^\r\n]/g, ' ');
    this.#text += this.cell.slice(this.#text.length, start) + code + blank.slice(code.length);
    this.#frozen.push({ start, end, staysFirst });
  }

  finish(): PlainCell {
    return { text: this.#text + this.cell.slice(this.#text.length), frozen: this.#frozen };
  }
}

/** The lines of cell magics at the start, or the whole cell if it is no Python; the answer is where Python begins. */
function skipCellMagics(plain: Rewriting): number {
  const { cell } = plain;
  let at = 0;
  for (;;) {
    const [found, name = ''] = /^\s*%%(\S*)/.exec(cell.slice(at)) ?? [];
    if (found === undefined) return at;
    if (!pythonMagics.has(name)) {
      plain.replace(at, cell.length, '', true);
      return cell.length;
    }
    const end = lineEnd(cell, at + found.length);
    plain.replace(at, end, '', true);
    at = skipLineEnd(cell, end);
  }
}

/** Rewrites the logical line at an offset; the answer is the offset of its line end. */
function rewriteLine(plain: Rewriting, start: number): number {
  const { cell } = plain;
  const at = start + (/^[ \t\f]*/.exec(cell.slice(start, lineEnd(cell, start)))?.[0].length ?? 0);
  const line = cell.slice(at, lineEnd(cell, at));
  const helped = help.exec(line);
  if (helped) {
    const [, object = '', marks = ''] = helped;
    if (/[%*]/.test(object)) plain.replace(at, at + line.length, '0');
    else plain.replace(at + object.length, at + object.length + marks.length, '');
    return at + line.length;
  }
  const before = measured.exec(line)?.[0].length ?? 0;
  if (before > 0 && !cannotFollow.test(line.slice(before))) {
    plain.replace(at, at + before, '0;');
    return endOfStatement(plain, at + before);
  }
  if (!magicLine.test(line) && !automagic.test(line)) return endOfStatement(plain, at);
  const end = commandEnd(cell, at);
  plain.replace(at, end, '0');
  return end;
}

/** Goes over a logical line of Python; what a magic assigns in it becomes a name that nobody knows. */
function endOfStatement(plain: Rewriting, start: number): number {
  const { cell } = plain;
  let depth = 0;
  let at = start;
  while (at < cell.length) {
    const character = cell.charAt(at);
    if (character === '\n' || character === '\r') {
      if (depth === 0) return at;
      at++;
    } else if (character === '\\') {
      at = skipLineEnd(cell, at + 1, 1);
    } else if (character === '#') {
      at = lineEnd(cell, at);
    } else if (character === '"' || character === "'") {
      at = stringEnd(cell, at);
    } else if (depth === 0 && character === '=' && assignedMagic.test(cell.slice(at, lineEnd(cell, at)))) {
      const from = at + (assignedMagic.exec(cell.slice(at, lineEnd(cell, at)))?.[0].length ?? 0);
      const end = commandEnd(cell, from);
      plain.replace(from, end, '__'.slice(0, end - from));
      return end;
    } else {
      if ('([{'.includes(character)) depth++;
      else if (')]}'.includes(character)) depth = Math.max(0, depth - 1);
      at++;
    }
  }
  return at;
}

/** A command goes on to the next line behind a backslash. */
function commandEnd(cell: string, start: number): number {
  let end = lineEnd(cell, start);
  while (cell.charAt(end - 1) === '\\' && end - 1 > start && end < cell.length) {
    end = lineEnd(cell, skipLineEnd(cell, end));
  }
  return end;
}

/** A literal that does not end ends with its line, or with the cell when it has three quotes. */
function stringEnd(cell: string, start: number): number {
  const quote = cell.charAt(start);
  const closing = cell.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  for (let at = start + closing.length; at < cell.length; at++) {
    if (cell.startsWith(closing, at)) return at + closing.length;
    if (cell.charAt(at) === '\\') at = skipLineEnd(cell, at + 1, 1) - 1;
    else if (closing.length === 1 && /[\r\n]/.test(cell.charAt(at))) return at;
  }
  return cell.length;
}

function lineEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
  return end;
}

/** Goes over one line end; over `otherwise` characters where there is none. */
function skipLineEnd(text: string, at: number, otherwise = 0): number {
  if (text.startsWith('\r\n', at)) return at + 2;
  const code = text.charCodeAt(at);
  return at + (code === 10 || code === 13 ? 1 : otherwise);
}
