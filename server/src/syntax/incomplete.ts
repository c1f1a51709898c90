/**
 * Which parts of a file must not be judged or rewritten because their text is damaged: the whole simple statement,
 * or the whole header of a compound statement, around each damaged place.
 */
import type { Span } from '../base/span';
import type * as ast from './ast';
import { childrenOf, findPath } from './visit';

/** Widens damaged places to what they make unreliable; the result is sorted and does not overlap. */
export function incompleteSpans(module: ast.Module, damage: readonly Span[]): readonly Span[] {
  if (damage.length === 0) return [];
  return merge(merge(damage).map((span) => widen(module, span)));
}

function widen(module: ast.Module, span: Span): Span {
  const start = regionAt(module, span.start);
  const end = span.end > span.start ? regionAt(module, span.end) : start;
  return { start: Math.min(span.start, start.start, end.start), end: Math.max(span.end, start.end, end.end) };
}

/** The statement or header that an offset lies in. */
function regionAt(module: ast.Module, offset: number): Span {
  const path = findPath(module, offset);
  for (let i = path.length - 1; i > 0; i--) {
    const node = path[i];
    if (!node || !isStatement(node)) continue;
    const inner = path[i + 1];
    if (inner && isBlockMember(inner)) break;
    const region = headerOf(node);
    if (region.start <= offset && offset <= region.end) return region;
    break;
  }
  return { start: offset, end: offset };
}

/** From the start of a statement to the end of its last part that is not a statement of its body. */
function headerOf(statement: ast.Node): Span {
  const children = childrenOf(statement);
  const found = children.findIndex(isBlockMember);
  if (found < 0 && !hasHeader(statement)) return statement.span;
  const body = found < 0 ? children.length : found;
  const start = Math.min(statement.span.start, children[0]?.span.start ?? statement.span.start);
  return { start, end: Math.max(children[body - 1]?.span.end ?? 0, ownHeaderEnd(statement)) };
}

function hasHeader(statement: ast.Node): boolean {
  return statement.kind === 'FunctionDef' || statement.kind === 'ClassDef' || statement.kind === 'With';
}

/** What of a header the children do not show. */
function ownHeaderEnd(statement: ast.Node): number {
  if (statement.kind === 'With') return statement.header.end;
  return statement.kind === 'FunctionDef' || statement.kind === 'ClassDef'
    ? statement.name.span.end
    : statement.span.start;
}

function isBlockMember(node: ast.Node): boolean {
  return isStatement(node) || node.kind === 'ExceptHandler' || node.kind === 'MatchCase';
}

const statementKinds: ReadonlySet<string> = new Set<ast.Statement['kind']>([
  'FunctionDef', 'ClassDef', 'Return', 'Assign', 'AugAssign', 'AnnAssign', 'For', 'While', 'If', 'With', 'Try', 'Raise',
  'Assert', 'Delete', 'Pass', 'Break', 'Continue', 'Global', 'Nonlocal', 'Import', 'ImportFrom', 'ExpressionStatement',
  'Print', 'Exec', 'Match', 'ErrorStatement',
]); // prettier-ignore

function isStatement(node: ast.Node): boolean {
  return statementKinds.has(node.kind) || node.kind === 'ExceptHandler' || node.kind === 'MatchCase';
}

/** Sorts spans and joins those that touch. */
function merge(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged[merged.length - 1];
    if (last && span.start <= last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}
