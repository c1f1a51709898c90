/**
 * The op call that a person means who has the cursor at a place.
 */
import { contains } from '../../base/span';
import type { Span } from '../../base/span';
import type { SourceFile } from '../../semantics/program';
import type { FileAnalysis, OpCall } from '../../slim/model';

/**
 * The innermost call around the range; else the only one that starts on the line of the range, since many people leave
 * the cursor at the start of the line.
 */
export function findOpCall(source: SourceFile, analysis: FileAnalysis, range: Span): OpCall | undefined {
  const around = analysis.calls.filter(({ call }) => contains(call.span, range));
  if (around.length > 0) return around.reduce((best, one) => (isInner(one, best) ? one : best));
  const line = source.lines.positionAt(range.start).line;
  if (source.lines.positionAt(range.end).line !== line) return undefined;
  const onLine = analysis.calls.filter(({ call }) => source.lines.positionAt(call.span.start).line === line);
  return onLine.length === 1 ? onLine[0] : undefined;
}

/** A call that was written comes before one that the library makes at the same place. */
function isInner(one: OpCall, best: OpCall): boolean {
  const [a, b] = [length(one.call.span), length(best.call.span)];
  return a < b || (a === b && best.via !== undefined && one.via === undefined);
}

function length(span: Span): number {
  return span.end - span.start;
}
