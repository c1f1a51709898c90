/**
 * Lowers string literals: plain, bytes, raw, triple, joined by adjacency, and f-strings with their fields.
 * A plain literal is one token for the tree reader; only f-strings have children.
 */
import type * as ast from './ast';
import { childOfType, type CstNode } from './cst';
import { decodeString, splitString } from './literals';
import { absentExpression, type LowerContext, spanOf, textOf } from './lowerContext';

/** Lowers a `string` or `concatenated_string` node. */
export function lowerString(context: LowerContext, node: CstNode): ast.Expression {
  const pieces = node.type === 'concatenated_string' ? node.children.filter((c) => c.type === 'string') : [node];
  if (context.text.charCodeAt(node.start) === backtick) return lowerBackticks(context, node);
  const parts: (ast.FormattedText | ast.FormattedField)[] = [];
  let isBytes = false;
  let isFormatted = false;
  let value = '';
  for (const piece of pieces) {
    if (piece.children.length > 0) {
      isFormatted = true;
      if (value !== '') parts.push({ kind: 'FormattedText', value });
      value = '';
      parts.push(...lowerFormatted(context, piece));
      continue;
    }
    const { prefix, body } = splitString(textOf(context, piece));
    if (prefix === 'ur') context.python2 = true;
    isBytes ||= prefix.includes('b');
    value += decodeString(body, prefix);
  }
  if (!isFormatted) return { kind: 'String', span: spanOf(context, node), value, isBytes };
  if (value !== '') parts.push({ kind: 'FormattedText', value });
  return { kind: 'FormattedString', span: spanOf(context, node), parts: joinTexts(parts) };
}

const backtick = 96;

/** The grammar takes `` `x` `` for a string; normally the repair pass has made a call of it. */
function lowerBackticks(context: LowerContext, node: CstNode): ast.Expression {
  context.python2 = true;
  context.damage.push(spanOf(context, node));
  return { kind: 'ErrorExpression', span: spanOf(context, node), children: [] };
}

type Part = ast.FormattedText | ast.FormattedField;

function lowerFormatted(context: LowerContext, node: CstNode): Part[] {
  const start = node.children[0];
  const prefix = start
    ? textOf(context, start)
        .replace(/["']+$/, '')
        .toLowerCase()
    : 'f';
  const parts: Part[] = [];
  for (const child of node.children) {
    if (child.type === 'string_content') {
      const text = textOf(context, child).replaceAll('{{', '{').replaceAll('}}', '}');
      parts.push({ kind: 'FormattedText', value: decodeString(text, prefix) });
    } else if (child.type === 'interpolation') {
      parts.push(...lowerInterpolation(context, child));
    } else if (child.type === 'ERROR') {
      const errors = child.children.filter((c) => c.isNamed);
      for (const error of errors) {
        parts.push({ kind: 'FormattedField', span: spanOf(context, error), value: context.expression(error) });
      }
    }
  }
  return parts;
}

function lowerInterpolation(context: LowerContext, node: CstNode): Part[] {
  const valueNode = node.children.find((c) => c.isNamed && !fieldTrailers.has(c.type));
  const value = valueNode ? context.expression(valueNode) : absentExpression(context, node.start + 1);
  const conversion = childOfType(node, 'type_conversion');
  const specifier = childOfType(node, 'format_specifier');
  const formatFields = (specifier?.children ?? [])
    .filter((child) => child.type === 'format_expression' || child.type === 'interpolation')
    .flatMap((child) => lowerInterpolation(context, child))
    .filter((part) => part.kind === 'FormattedField');
  const field: ast.FormattedField = {
    kind: 'FormattedField',
    span: spanOf(context, node),
    value,
    ...(conversion && { conversion: textOf(context, conversion).slice(1) }),
    ...(specifier && formatFields.length === 0 && { format: formatText(context, node, specifier) }),
    ...(formatFields.length > 0 && { formatFields }),
  };
  const equals = node.children.find((c) => !c.isNamed && c.type === '=');
  if (!equals) return [field];
  // `f'{x=}'` shows the text of the expression too, spaces included.
  return [{ kind: 'FormattedText', value: context.text.slice(node.start + 1, equals.end) }, field];
}

/** The grammar's node for a format ends too early; the text goes up to the brace that closes the field. */
function formatText(context: LowerContext, field: CstNode, specifier: CstNode): string {
  const last = field.children[field.children.length - 1];
  return context.text.slice(specifier.start + 1, last?.type === '}' ? last.start : specifier.end);
}

const fieldTrailers: ReadonlySet<string> = new Set(['type_conversion', 'format_specifier']);

function joinTexts(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined[joined.length - 1];
    if (part.kind === 'FormattedText' && last?.kind === 'FormattedText') {
      joined[joined.length - 1] = { kind: 'FormattedText', value: last.value + part.value };
    } else {
      joined.push(part);
    }
  }
  return joined;
}
