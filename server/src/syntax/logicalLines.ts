/**
 * Which physical lines make one logical line of Python: a simple statement, or the header of a compound one. Read from
 * the tree, so that brackets in strings and damaged code elsewhere do not count. Lines are zero-based.
 */
import type { LineIndex } from '../base/lineIndex';
import type { Span } from '../base/span';
import type * as ast from './ast';
import { childrenOf, fullSpan, walk } from './visit';

/** Where a logical line starts and ends; both lines belong to it. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** What the functions here need of a file. */
export interface LinedSource {
  readonly text: string;
  readonly tree: ast.SourceTree;
  readonly lines: LineIndex;
}

/** The logical lines of a file, in order; statements that share a physical line are one. Damaged code has none. */
export function logicalLines(source: LinedSource): readonly LineRange[] {
  const spans: Span[] = [];
  walk(source.tree.module, (node) => {
    spans.push(...headSpans(source, node));
    return isStatementLike(node) ? undefined : 'skip';
  });
  const ranges = spans
    .map(({ start, end }) => ({
      first: source.lines.positionAt(start).line,
      last: source.lines.positionAt(Math.max(start, end - 1)).line,
    }))
    .sort((a, b) => a.first - b.first || a.last - b.last);
  const merged: { first: number; last: number }[] = [];
  for (const range of ranges) {
    const before = merged.at(-1);
    if (before && range.first <= before.last) before.last = Math.max(before.last, range.last);
    else merged.push({ ...range });
  }
  return merged;
}

/** The logical line that a physical line belongs to; the line itself where there is none. */
export function logicalLineAt(ranges: readonly LineRange[], line: number): LineRange {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.last ?? Infinity) < line) low = middle + 1;
    else high = middle;
  }
  const found = ranges[low];
  return found && found.first <= line ? found : { first: line, last: line };
}

/** Every statement with its decorators and every clause (`else`, `except`, `case`), sorted by start, larger ones first. */
export function statementBlocks(source: LinedSource): readonly Span[] {
  const blocks: Span[] = [];
  walk(source.tree.module, (node) => {
    if (node.kind === 'Module') return undefined;
    if (!isStatementLike(node)) return 'skip';
    blocks.push({ start: statementStart(source.text, node), end: node.span.end }, ...elseClauses(source, node));
    return undefined;
  });
  return blocks.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** `else` and `finally` have no node of their own. */
function elseClauses(source: LinedSource, node: ast.Node): readonly Span[] {
  const parts =
    node.kind === 'If' || node.kind === 'While' || node.kind === 'For'
      ? [node.body, node.orelse]
      : node.kind === 'Try'
        ? [[...node.body, ...node.handlers], node.orelse, node.finalbody]
        : [];
  return parts.flatMap((part, i) => {
    const before = parts.slice(0, i).flat().at(-1);
    const last = part.at(-1);
    const start = before && codeStartAfter(source, before.span.end);
    // An `elif` stands in the `else` as a statement.
    const isClause = start !== undefined && /^(?:else|finally)\b/.test(source.text.slice(start, start + 8));
    return last && isClause ? [{ start, end: last.span.end }] : [];
  });
}

/** Where a statement starts, with its decorators and their `@`. */
export function statementStart(text: string, node: ast.Node): number {
  const { start } = fullSpan(node);
  return start === node.span.start ? start : Math.max(0, text.lastIndexOf('@', start));
}

/** The end of the last code before an offset: blanks, line ends, continuations and comments are passed over. */
function codeEndBefore(source: LinedSource, offset: number): number {
  let at = offset;
  for (;;) {
    while (at > 0 && /[\s\\]/.test(source.text.charAt(at - 1))) at--;
    const comment = commentEndingAt(source.tree.comments, at);
    if (!comment) return at;
    at = comment.span.start;
  }
}

/** The start of the next code after an offset. */
function codeStartAfter(source: LinedSource, offset: number): number {
  const { text } = source;
  for (let at = offset; ; at++) {
    const character = text.charAt(at);
    if (character === '#') at = source.lines.lineStart(source.lines.positionAt(at).line + 1) - 1;
    else if (character === '' || !/[\s;]/.test(character)) return at;
  }
}

function commentEndingAt(comments: readonly ast.Comment[], offset: number): ast.Comment | undefined {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.span.end ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  const found = comments[low];
  return found && found.span.start < offset && offset <= found.span.end ? found : undefined;
}

/** The spans of a node that are logical lines of their own. */
function headSpans(source: LinedSource, node: ast.Node): readonly Span[] {
  if (node.kind === 'Module' || node.kind === 'ErrorStatement' || !isStatementLike(node)) return [];
  const decorators = node.kind === 'FunctionDef' || node.kind === 'ClassDef' ? node.decorators : [];
  const first = childrenOf(node).find(isStatementLike);
  if (!first) return [...decorators.map(({ span }) => span), node.span];
  const end = codeEndBefore(source, statementStart(source.text, first));
  return [...decorators.map(({ span }) => span), { start: node.span.start, end: Math.max(node.span.start, end) }];
}

const statementKinds: ReadonlySet<ast.Node['kind']> = new Set([
  'Module', 'FunctionDef', 'ClassDef', 'Return', 'Assign', 'AugAssign', 'AnnAssign', 'For', 'While', 'If', 'With', 'Try',
  'Raise', 'Assert', 'Delete', 'Pass', 'Break', 'Continue', 'Global', 'Nonlocal', 'Import', 'ImportFrom',
  'ExpressionStatement', 'Print', 'Exec', 'Match', 'ErrorStatement', 'ExceptHandler', 'MatchCase',
]); // prettier-ignore

/** Statements, and the clauses that hold some. */
function isStatementLike(node: ast.Node): boolean {
  return statementKinds.has(node.kind);
}
