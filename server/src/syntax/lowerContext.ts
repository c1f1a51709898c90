/**
 * What the lowering functions share while one tree is lowered: the text, how to lower a nested expression, and the
 * facts collected on the way. Lives for one call of `lower`; the only mutable state of the layer.
 * Nodes hold offsets of the parsed (possibly repaired) text; `span` turns them into offsets of the user's text.
 */
import type { Span } from '../base/span';
import type { Expression, Identifier } from './ast';
import type { CstNode } from './cst';
import { placeholder } from './repairedText';

export interface LowerContext {
  /** The text that was parsed. */
  readonly text: string;
  /** Turns offsets of the parsed text into a span of the user's text. */
  readonly span: (start: number, end: number) => Span;
  /** Lowers an expression of any kind; never throws. */
  readonly expression: (node: CstNode) => Expression;
  /** Damaged places, in offsets of the user's text; unsorted. */
  readonly damage: Span[];
  python2: boolean;
}

/** The span of a node in the user's text. */
export function spanOf(context: LowerContext, node: CstNode): Span {
  return context.span(node.start, node.end);
}

/** The text of a node as it was parsed. */
export function textOf(context: LowerContext, node: CstNode): string {
  return context.text.slice(node.start, node.end);
}

/** An identifier token; the name is empty where the user has not typed it yet. */
export function lowerIdentifier(context: LowerContext, node: CstNode): Identifier {
  const span = spanOf(context, node);
  const name = textOf(context, node);
  if (span.start < span.end || (name !== placeholder && !node.isMissing)) return { kind: 'Identifier', name, span };
  context.damage.push(span);
  return { kind: 'Identifier', name: '', span };
}

/** An identifier that should stand at an offset of the parsed text but does not. */
export function absentIdentifier(context: LowerContext, offset: number): Identifier {
  const span = context.span(offset, offset);
  context.damage.push(span);
  return { kind: 'Identifier', name: '', span };
}

/** An expression that should stand at an offset of the parsed text but does not. */
export function absentExpression(context: LowerContext, offset: number): Expression {
  const span = context.span(offset, offset);
  context.damage.push(span);
  return { kind: 'ErrorExpression', span, children: [] };
}
