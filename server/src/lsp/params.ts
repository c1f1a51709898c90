/**
 * Checks the parameters of requests before anything is done with them: what a client sends is not typed. A request that
 * breaks the protocol is answered with InvalidParams and is no bug of ours.
 */
import { ErrorCodes, ResponseError, type Position, type Range } from 'vscode-languageserver';

/** The URI of the document that a request is about. @throws ResponseError when there is none */
export function uriOf(params: unknown): string {
  const { uri } = recordOf(recordOf(params)['textDocument']);
  if (typeof uri !== 'string') throw invalid('textDocument.uri is missing');
  return uri;
}

/** The position in a request. @throws ResponseError when there is none */
export function positionOf(params: unknown): Position {
  return toPosition(recordOf(params)['position'], 'position');
}

/** The position in a request that may have none. @throws ResponseError when it is no position */
export function optionalPositionOf(params: unknown): Position | undefined {
  const { position } = recordOf(params);
  return position === undefined || position === null ? undefined : positionOf(params);
}

/** The range in a request. @throws ResponseError when there is none */
export function rangeOf(params: unknown): Range {
  const { start, end } = recordOf(recordOf(params)['range']);
  return { start: toPosition(start, 'range.start'), end: toPosition(end, 'range.end') };
}

/** The range in a request that may have none. @throws ResponseError when it is no range */
export function optionalRangeOf(params: unknown): Range | undefined {
  const { range } = recordOf(params);
  return range === undefined || range === null ? undefined : rangeOf(params);
}

/** An error that says what is wrong with a request. */
export function invalid(message: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, message);
}

function toPosition(value: unknown, name: string): Position {
  const { line, character } = recordOf(value);
  if (!isIndex(line) || !isIndex(character)) throw invalid(`${name} is missing or not a position`);
  return { line, character };
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
