/** Takes the header of a `with` away and moves its body to the left. Comments stay, and so does what stands in strings. */
import { contains, type Span } from '../../base/span';
import type { TextEdit } from '../../base/textEdit';
import type { SourceFile } from '../../semantics/program';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';

/** The edits, with `instead` in place of the header (a statement, without its line end); undefined for a body on the line of the header. */
export function unwrap(source: SourceFile, node: ast.With, instead?: string): readonly TextEdit[] | undefined {
  const { text, lines } = source;
  const [first] = node.body;
  if (!first) return undefined;
  const headerLine = lines.positionAt(node.span.start).line;
  const firstLine = lines.positionAt(first.span.start).line;
  const lastLine = lines.positionAt(node.span.end).line;
  const outer = text.slice(lines.lineStart(headerLine), node.span.start);
  if (outer.trim() !== '' || firstLine === lines.positionAt(node.header.end).line) return undefined;
  const inner = text.slice(lines.lineStart(firstLine), first.span.start);
  if (!inner.startsWith(outer) || inner.length === outer.length) return undefined;
  const comments = source.tree.comments.filter(({ span }) =>
    contains({ start: node.span.start, end: first.span.start }, span),
  );
  const statements = [...(instead === undefined ? [] : [instead]), ...comments.map((comment) => comment.text)];
  const kept = statements.map((line) => `${outer}${line}${lineEnd(text)}`).join('');
  const header = { start: lines.lineStart(headerLine), end: lines.lineStart(firstLine) };
  const edits: TextEdit[] = [{ span: header, newText: kept }];
  const strings = multilineStrings(node);
  for (let line = firstLine; line <= lastLine; line++) {
    const start = lines.lineStart(line);
    if (strings.some((span) => span.start < start && start < span.end)) continue;
    const extra = text.slice(start).startsWith(inner) ? inner.length - outer.length : 0;
    if (extra > 0)
      edits.push({ span: { start: start + outer.length, end: start + outer.length + extra }, newText: '' });
  }
  return edits;
}

/** Lines inside a string are not ours to move. */
function multilineStrings(node: ast.Node): readonly Span[] {
  const spans: Span[] = [];
  walk(node, (part) => {
    if (part.kind === 'String' || part.kind === 'FormattedString') spans.push(part.span);
  });
  return spans;
}

function lineEnd(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}
