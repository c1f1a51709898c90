/**
 * Entry of the lowering: a concrete tree to our syntax tree, in one pass. Never throws for any tree.
 * Also decides what `incomplete` covers: the whole statement or header around each damaged place.
 */
import type { Span } from '../base/span';
import type * as ast from './ast';
import type { Cst } from './cst';
import { incompleteSpans } from './incomplete';
import { lowerExpression } from './lowerExpression';
import { lowerStatements, type StatementContext } from './lowerStatement';

/** Where the user's text lies in the file that spans speak of. */
export interface TextPlace {
  readonly length: number;
  readonly offset: number;
}

/** How offsets of a repaired text become offsets of the user's text; identity when nothing was repaired. */
export interface OffsetMap {
  readonly toSource: (start: number, end: number) => Span;
  /** Places that the repair touched, in offsets of the user's text. */
  readonly repaired: readonly Span[];
  /** True when the repair found Python 2. */
  readonly python2: boolean;
}

/**
 * Lowers a concrete tree.
 * @param text the text that was parsed
 * @param place length of the user's text, and where it begins
 * @param map leads from the parsed text to the user's text; left out when they are the same
 */
export function lower(cst: Cst, text: string, place: TextPlace, map?: OffsetMap): ast.SourceTree {
  const { offset } = place;
  const moved = ({ start, end }: Span): Span => ({ start: start + offset, end: end + offset });
  const toSource = map?.toSource ?? ((start: number, end: number): Span => ({ start, end }));
  const span = (start: number, end: number): Span => moved(toSource(start, end));
  const damage: Span[] = (map?.repaired ?? []).map(moved);
  const context: StatementContext = {
    text,
    span,
    expression: (node) => lowerExpression(context, node),
    statements: (nodes) => lowerStatements(context, nodes),
    damage,
    python2: map?.python2 ?? false,
    depth: 0,
  };
  const body = lowerStatements(context, cst.root.children);
  const module: ast.Module = { kind: 'Module', span: moved({ start: 0, end: place.length }), body };
  const comments = cst.comments.map(([start, end]): ast.Comment => {
    // The grammar takes the `\r` of a CRLF line end for a part of the comment.
    const stop = text[end - 1] === '\r' ? end - 1 : end;
    return { span: span(start, stop), text: text.slice(start, stop) };
  });
  return { module, comments, incomplete: incompleteSpans(module, damage), python2: context.python2 };
}
