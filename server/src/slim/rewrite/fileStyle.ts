/**
 * How a file is written: indentation, line width, quotes and line ends, so that new code looks like its surroundings.
 * Pure functions of the text; habits are counted, not configured.
 */
import type { SourceFile } from '../../semantics/program';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import { quoteString } from './pythonText';

export interface FileStyle {
  /** One level of indentation. */
  readonly indent: string;
  /**
   * `hanging`: arguments fill the lines of a continuation that is indented by four (two-space code, Google's style).
   * `block`: one argument per line with a trailing comma, the closing bracket on its own line (Black's style).
   */
  readonly wrapping: 'hanging' | 'block';
  readonly width: number;
  readonly quote: "'" | '"';
  readonly lineEnd: '\n' | '\r\n' | '\r';
}

/** Files never change, so that what was read of one holds. */
const known = new WeakMap<SourceFile, FileStyle>();

/** The habits of a file. */
export function readFileStyle(source: SourceFile): FileStyle {
  let style = known.get(source);
  if (!style) known.set(source, (style = countHabits(source)));
  return style;
}

function countHabits(source: SourceFile): FileStyle {
  const indent = readIndent(source);
  return {
    indent,
    wrapping: indent === '  ' ? 'hanging' : 'block',
    width: indent === '  ' ? 80 : readWidth(source.text),
    quote: readQuote(source),
    lineEnd: readLineEnd(source.text),
  };
}

/** A string literal in the file's quotes. */
export function quoteLike(style: FileStyle, text: string): string {
  return quoteString(text, style.quote);
}

/** White space before the first code of the line that contains `offset`. */
export function indentationAt(source: SourceFile, offset: number): string {
  const start = source.lines.lineStart(source.lines.positionAt(offset).line);
  return /^[ \t]*/.exec(source.text.slice(start, offset))?.[0] ?? '';
}

/** The most frequent step from a statement that opens a block to the first statement in it. */
function readIndent(source: SourceFile): string {
  const counts = new Map<string, number>();
  walk(source.tree.module, (node) => {
    if (!('body' in node) || !Array.isArray(node.body) || node.kind === 'Module') return;
    const first = (node.body as readonly ast.Node[])[0];
    if (!first || node.kind === 'ExceptHandler' || node.kind === 'MatchCase') return;
    const outer = indentationAt(source, node.span.start);
    const inner = indentationAt(source, first.span.start);
    if (!inner.startsWith(outer) || inner.length === outer.length) return;
    const step = inner.slice(outer.length);
    counts.set(step, (counts.get(step) ?? 0) + 1);
  });
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '    ';
}

/** The usual limit that the file keeps: 79 (PEP 8), 88 (Black) or 100. Short files tell nothing and get the middle one. */
function readWidth(text: string): number {
  const lengths = text
    .split(/\r\n|\r|\n/)
    .filter((line) => !line.trimStart().startsWith('#') && !line.includes('://'))
    .map((line) => line.length);
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0);
  if (longest > 72 && longest <= 79) return 79;
  return longest <= 88 ? 88 : 100;
}

function readQuote(source: SourceFile): "'" | '"' {
  let single = 0;
  let double = 0;
  walk(source.tree.module, (node) => {
    if (node.kind !== 'String') return;
    const literal = source.text.slice(node.span.start, node.span.end);
    if (/^\w*(?:"""|''')/.test(literal)) return;
    if (/^\w*"/.test(literal)) double++;
    else single++;
  });
  return double > single ? '"' : "'";
}

function readLineEnd(text: string): FileStyle['lineEnd'] {
  const found = /\r\n|\r|\n/.exec(text)?.[0];
  return found === '\r\n' || found === '\r' ? found : '\n';
}
