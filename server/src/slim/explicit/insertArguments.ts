/**
 * Adds keyword arguments at the end of a call, in the call's own layout: on its line while it fits, else on lines of
 * their own, aligned with the arguments that are there. A trailing comma and comments stay where they are.
 */
import type { TextEdit } from '../../base/textEdit';
import type { SourceFile } from '../../semantics/program';
import type * as ast from '../../syntax/ast';
import type { FileStyle } from '../rewrite/fileStyle';
import { indentationAt } from '../rewrite/fileStyle';
import { splitArguments } from '../rewrite/pythonText';

/** The edits that add arguments, given as they are written (`stride=2`). */
export function insertArguments(
  source: SourceFile,
  call: ast.Call,
  style: FileStyle,
  written: readonly string[],
): TextEdit[] {
  const end = endOfArguments(source, call);
  const layout = readLayout(source, call, style, end.at);
  const comment = source.tree.comments.find(
    ({ span }) => span.start >= end.at && isSameLine(source, end.at, span.start),
  );
  if (comment && comment.span.end <= call.argsSpan.end)
    return insertBelow(comment.span.end, { end, layout, style, written });
  if (style.wrapping === 'block' && !fitsOnLine(source, end.at, { layout, style, written })) {
    const block = rewriteAsBlock(source, call, style, written);
    if (block) return [block];
  }
  let column = end.at - lineStart(source, end.at);
  let newText = '';
  const last = written.length - 1;
  for (const [index, argument] of written.entries()) {
    const isFirst = index === 0 && call.args.length === 0;
    const needed = (isFirst ? 0 : 2) + argument.length + (index === last ? layout.closing : 1);
    if (!isFirst && (layout.onePerLine || column + needed > style.width)) {
      newText += `,${style.lineEnd}${layout.indentation}${argument}`;
      column = layout.indentation.length + argument.length;
    } else {
      newText += (isFirst ? '' : ', ') + argument;
      column += (isFirst ? 0 : 2) + argument.length;
    }
  }
  return [{ span: { start: end.at, end: end.at }, newText }];
}

function fitsOnLine(
  source: SourceFile,
  at: number,
  {
    layout,
    style,
    written,
  }: { readonly layout: Layout; readonly style: FileStyle; readonly written: readonly string[] },
): boolean {
  const added = written.reduce((length, one) => length + 2 + one.length, 0);
  return at - lineStart(source, at) + added + layout.closing <= style.width;
}

/** In Black's style a call that gets too long for its line has one argument per line. */
function rewriteAsBlock(
  source: SourceFile,
  call: ast.Call,
  style: FileStyle,
  written: readonly string[],
): TextEdit | undefined {
  const { start, end } = call.argsSpan;
  const inside = source.text.slice(start + 1, end - 1);
  const args = /[\r\n]/.test(inside) ? undefined : splitArguments(inside);
  if (!args) return undefined;
  const indentation = indentationAt(source, start);
  const lines = [...args, ...written].map((one) => `${style.lineEnd}${indentation}${style.indent}${one},`);
  return { span: { start, end }, newText: `(${lines.join('')}${style.lineEnd}${indentation})` };
}

interface Insertion {
  readonly end: EndOfArguments;
  readonly layout: Layout;
  readonly style: FileStyle;
  readonly written: readonly string[];
}

/** Behind a comment on the line of the last argument, which speaks of that argument and stays with it. */
function insertBelow(at: number, { end, layout, style, written }: Insertion): TextEdit[] {
  const lineBreak = style.lineEnd + layout.indentation;
  const separator = layout.onePerLine ? `,${lineBreak}` : ', ';
  const newText = lineBreak + written.join(separator) + (end.hasTrailingComma ? ',' : '');
  const comma: TextEdit = { span: { start: end.at, end: end.at }, newText: ',' };
  return [...(end.hasTrailingComma ? [] : [comma]), { span: { start: at, end: at }, newText }];
}

interface EndOfArguments {
  /** Behind the last token of the last argument: closing brackets of its own are not part of its node. */
  readonly at: number;
  readonly hasTrailingComma: boolean;
}

function endOfArguments(source: SourceFile, call: ast.Call): EndOfArguments {
  const { text, tree } = source;
  const start = call.argsSpan.start + 1;
  const skipBack = (from: number): number => {
    let at = from;
    for (;;) {
      while (at > start && /\s/.test(text[at - 1] ?? '')) at--;
      const comment = tree.comments.find(({ span }) => span.end === at && span.start >= start);
      if (!comment) return at;
      at = comment.span.start;
    }
  };
  const at = skipBack(call.argsSpan.end - 1);
  if (text[at - 1] !== ',' || call.args.length === 0) return { at, hasTrailingComma: false };
  return { at: skipBack(at - 1), hasTrailingComma: true };
}

function isSameLine(source: SourceFile, a: number, b: number): boolean {
  return source.lines.positionAt(a).line === source.lines.positionAt(b).line;
}

interface Layout {
  readonly indentation: string;
  readonly onePerLine: boolean;
  /** Characters that follow on the line of the last argument. */
  readonly closing: number;
}

function readLayout(source: SourceFile, call: ast.Call, style: FileStyle, at: number): Layout {
  const [first] = call.args;
  const lineOf = (offset: number): number => source.lines.positionAt(offset).line;
  const open = call.argsSpan.start;
  const isFirstOnOpeningLine = !first || lineOf(first.span.start) === lineOf(open);
  const indentation = isFirstOnOpeningLine
    ? alignedWith(source, open + 1, style)
    : indentationAt(source, first.span.start);
  const lines = call.args.map((argument) => lineOf(argument.span.start));
  const onePerLine = call.args.length > 1 && new Set(lines).size === lines.length && lineOf(open) !== lines[0];
  const rest = /^[^\r\n#]*/.exec(source.text.slice(at))?.[0].trimEnd() ?? '';
  return { indentation, onePerLine, closing: rest.length };
}

/** White space up to a column: tabs stay tabs. */
function alignedWith(source: SourceFile, offset: number, style: FileStyle): string {
  const indentation = indentationAt(source, offset);
  if (indentation.includes('\t')) return indentation + style.indent;
  return ' '.repeat(offset - lineStart(source, offset));
}

function lineStart(source: SourceFile, offset: number): number {
  return source.lines.lineStart(source.lines.positionAt(offset).line);
}
