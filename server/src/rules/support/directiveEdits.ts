/**
 * Edits of directives that are there: taking one out of its line without touching other tools' comments, taking names
 * out of it, adding one.
 */
import type { TextEdit } from '../../base/textEdit';
import type { LinedSource } from '../../syntax/logicalLines';
import type { Directive, WrittenName } from './directiveSyntax';

/** Takes a directive out: its part of the comment, the whole comment, or the whole line that holds nothing else. */
export function removeDirective(source: LinedSource, directive: Directive): TextEdit {
  const { text, lines } = source;
  const { comment, segment } = directive;
  const { line } = lines.positionAt(comment.span.start);
  const lineStart = lines.lineStart(line);
  if (segment.end < comment.span.end && text.slice(segment.end, comment.span.end).trim() !== '') {
    const next = segment.end + (/^\s*/.exec(text.slice(segment.end, comment.span.end))?.[0].length ?? 0);
    return { span: { start: segment.start, end: next }, newText: '' };
  }
  const before = text.slice(lineStart, segment.start);
  if (before.trim() === '') return { span: { start: lineStart, end: lines.lineStart(line + 1) }, newText: '' };
  return { span: { start: lineStart + before.trimEnd().length, end: comment.span.end }, newText: '' };
}

/** Takes some names out of the brackets; others stay. */
export function removeNames(directive: Directive, names: readonly WrittenName[]): readonly TextEdit[] {
  const { list } = directive;
  if (!list) return [];
  const gone = new Set(names.map(({ span }) => span.start));
  const kept = list.names.filter(({ span }) => !gone.has(span.start)).map(({ name }) => name);
  return [{ span: list.span, newText: kept.join(', ') }];
}

/** Adds a name behind those in the brackets. */
export function addName(directive: Directive, name: string): TextEdit | undefined {
  const last = directive.list?.names.at(-1);
  return last && { span: { start: last.span.end, end: last.span.end }, newText: `, ${name}` };
}
