/**
 * Where a directive holds. Behind code: the findings of its line, and of the whole logical line when it stands on the
 * first or last line of that. On a line of its own: the statement or clause that follows in the same block, or the next
 * line when it stands inside a statement. `ignore-file`: everything, when no statement precedes it.
 */
import { contains, type Span } from '../../base/span';
import { logicalLineAt, logicalLines, statementBlocks, statementStart } from '../../syntax/logicalLines';
import type { LinedSource, LineRange } from '../../syntax/logicalLines';
import type { Directive } from './directiveSyntax';

/** `misplaced`: an `ignore-file` behind the first statement; it hides nothing. */
export type DirectivePlace = 'line' | 'block' | 'file' | 'misplaced';

/** A directive and the findings that it is responsible for. */
export interface PlacedDirective {
  readonly directive: Directive;
  readonly place: DirectivePlace;
  /** True for findings in its reach, whatever their rule. What is said of the comment itself is in its reach too. */
  covers(finding: Span): boolean;
}

/** Places the directives of a file; those that win over others (the nearest ones) come first. */
export function placeDirectives(source: LinedSource, directives: readonly Directive[]): readonly PlacedDirective[] {
  if (directives.length === 0) return [];
  const ranges = logicalLines(source);
  const blocks = statementBlocks(source);
  const placed = directives.map((directive) => {
    const { place, reach, covers } = placeOne(source, { directive, ranges, blocks });
    const isCovered = (finding: Span) => contains(directive.comment.span, finding) || covers(finding);
    return { directive, place, reach, covers: isCovered };
  });
  return placed.sort((a, b) => order.indexOf(a.place) - order.indexOf(b.place) || a.reach - b.reach);
}

const order: readonly DirectivePlace[] = ['line', 'block', 'file', 'misplaced'];

interface Placed {
  readonly place: DirectivePlace;
  /** Length of the reach: of two blocks around a finding, the smaller one is nearer. */
  readonly reach: number;
  covers(finding: Span): boolean;
}

function placeOne(
  source: LinedSource,
  one: { readonly directive: Directive; readonly ranges: readonly LineRange[]; readonly blocks: readonly Span[] },
): Placed {
  const { directive, ranges, blocks } = one;
  const { span } = directive.comment;
  const line = source.lines.positionAt(span.start).line;
  if (directive.verb === 'ignore-file') {
    const isAtTop = span.start < firstStatement(source);
    return { place: isAtTop ? 'file' : 'misplaced', reach: source.text.length, covers: () => isAtTop };
  }
  const lineOf = (finding: Span) => source.lines.positionAt(finding.start).line;
  const range = logicalLineAt(ranges, line);
  if (source.text.slice(source.lines.lineStart(line), span.start).trim() !== '') {
    const isAtEdge = line === range.first || line === range.last;
    const covers = (finding: Span) => {
      const at = lineOf(finding);
      return at === line || (isAtEdge && range.first <= at && at <= range.last);
    };
    return { place: 'line', reach: 0, covers };
  }
  if (range.first < line && line < range.last) {
    const next = nextCodeLine(source, line, range.last);
    return { place: 'line', reach: 0, covers: (finding) => lineOf(finding) === next };
  }
  const block = blockAfter(source, blocks, span.start);
  if (!block) return { place: 'block', reach: 0, covers: () => false };
  const covers = (finding: Span) =>
    block.start <= finding.start && finding.start < Math.max(block.end, block.start + 1);
  return { place: 'block', reach: block.end - block.start, covers };
}

/** Offset of the first statement that does something: docstrings do not, nor the numbers that stand for magics of cells. */
function firstStatement(source: LinedSource): number {
  const statement = source.tree.module.body.find(
    (one) => !(one.kind === 'ExpressionStatement' && (one.value.kind === 'String' || one.value.kind === 'Number')),
  );
  return statement ? statementStart(source.text, statement) : Infinity;
}

/** The next line inside a statement that holds more than a comment. */
function nextCodeLine(source: LinedSource, line: number, last: number): number {
  for (let next = line + 1; next < last; next++) {
    const text = source.text.slice(source.lines.lineStart(next), source.lines.lineStart(next + 1)).trim();
    if (text !== '' && !text.startsWith('#')) return next;
  }
  return last;
}

/** The statement or clause after a comment, unless it belongs to an outer block. */
function blockAfter(source: LinedSource, blocks: readonly Span[], offset: number): Span | undefined {
  const next = blocks.find((block) => block.start > offset);
  return next && indentation(source, next.start) >= indentation(source, offset) ? next : undefined;
}

/** Width of what stands before an offset on its line, with tabs as Python counts them. */
function indentation(source: LinedSource, offset: number): number {
  let width = 0;
  for (const character of source.text.slice(source.lines.lineStart(source.lines.positionAt(offset).line), offset)) {
    width = character === '\t' ? width - (width % 8) + 8 : width + 1;
  }
  return width;
}
