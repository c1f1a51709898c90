/**
 * Positions of the client as offsets. Positions outside the text are clamped: a client may be a version ahead.
 */
import type { Position, Range } from 'vscode-languageserver';
import type { LineIndex } from '../base/lineIndex';
import type { Span } from '../base/span';

/** The offset of a position. */
export function fromPosition(lines: LineIndex, position: Position): number {
  return lines.offsetAt({ line: position.line, column: position.character });
}

/** The span of a range; one that runs backwards is turned round. */
export function fromRange(lines: LineIndex, range: Range): Span {
  const a = fromPosition(lines, range.start);
  const b = fromPosition(lines, range.end);
  return { start: Math.min(a, b), end: Math.max(a, b) };
}
