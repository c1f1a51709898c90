/**
 * The lines of a statement that goes: with comments right above it, with the comment behind it, and with the blank lines
 * after it, so that what is left keeps its distance.
 */
import type { Span } from '../../base/span';
import type { SourceFile } from '../../semantics/program';
import type * as ast from '../../syntax/ast';
import { fullSpan } from '../../syntax/visit';

/** Undefined when something else stands on its lines, or nothing else in its block. */
export function wholeLinesOf(source: SourceFile, statement: ast.Statement): Span | undefined {
  const { lines, text } = source;
  const span = fullSpan(statement);
  let line = lines.positionAt(span.start).line;
  let start = lines.lineStart(line);
  const rest = /^[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r|$)/.exec(text.slice(span.end));
  if (text.slice(start, span.start).trim() !== '' || !rest) return undefined;
  const indent = text.slice(start, span.start);
  const isComment = (at: number): boolean => text.slice(lines.lineStart(at)).startsWith(`${indent}#`);
  if (statement.kind === 'FunctionDef') while (line > 0 && isComment(line - 1)) start = lines.lineStart(--line);
  let end = span.end + rest[0].length;
  const isAtTop = indent === '';
  for (let blank = blankLine(text, end); isAtTop && blank > 0; blank = blankLine(text, end)) {
    if (statement.kind !== 'FunctionDef' && !isAfterBlank(text, start)) break;
    end += blank;
  }
  return { start, end };
}

function blankLine(text: string, at: number): number {
  return /^[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(at))?.[0].length ?? 0;
}

function isAfterBlank(text: string, start: number): boolean {
  return /(?:^|\n[ \t]*\r?\n|\r[ \t]*\r)$/.test(text.slice(0, start));
}
