/**
 * A small document model for what people read in an editor, and its two forms: GitHub-flavoured Markdown and plain text.
 * Everything is escaped here: text of a user's file can neither open a tag nor end a table cell.
 * Knows no feature; a link's address comes from the caller.
 */
import { assertNever } from './assertNever';

/** A string is plain text. */
export type Inline =
  | string
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly content: readonly Inline[] }
  | { readonly kind: 'link'; readonly content: readonly Inline[]; readonly address: string };

export type Cell = readonly Inline[];

export type Block =
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'table'; readonly head: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'list'; readonly items: readonly Cell[] }
  | { readonly kind: 'line' };

/** Source code inside a sentence. */
export function code(text: string): Inline {
  return { kind: 'code', text };
}

/** Bold text. */
export function strong(...content: readonly Inline[]): Inline {
  return { kind: 'strong', content };
}

/** A link. */
export function link(address: string, ...content: readonly Inline[]): Inline {
  return { kind: 'link', content, address };
}

/** A paragraph. */
export function paragraph(...content: readonly Inline[]): Block {
  return { kind: 'paragraph', content };
}

/** Joins the parts with a separator: `a, b, c`. */
export function joined(parts: readonly (readonly Inline[])[], separator = ', '): readonly Inline[] {
  return parts.flatMap((part, i) => (i === 0 ? part : [separator, ...part]));
}

/** `a, b and c`. */
export function listed(parts: readonly (readonly Inline[])[]): readonly Inline[] {
  const last = parts.at(-1);
  if (!last || parts.length === 1) return last ?? [];
  return [...joined(parts.slice(0, -1)), ' and ', ...last];
}

// ------------------------------------------------------------------------------------------------ Markdown

/** The document as GitHub-flavoured Markdown. */
export function toMarkdown(blocks: readonly Block[]): string {
  return blocks.map(blockMarkdown).join('\n\n');
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return escapeBlockStart(inlinesMarkdown(block.content, false));
    case 'code':
      return fenced(block.language, block.text);
    case 'table':
      return tableMarkdown(block.head, block.rows);
    case 'list':
      return block.items.map((item) => `- ${inlinesMarkdown(item, false)}`).join('\n');
    case 'line':
      return '---';
    default:
      return assertNever(block);
  }
}

function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

function tableMarkdown(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const row = (cells: readonly Cell[]): string => `| ${cells.map((cell) => inlinesMarkdown(cell, true)).join(' | ')} |`;
  return [row(head), `|${head.map(() => ' :-- |').join('')}`, ...rows.map(row)].join('\n');
}

function inlinesMarkdown(content: readonly Inline[], inTable: boolean): string {
  return content.map((inline) => inlineMarkdown(inline, inTable)).join('');
}

function inlineMarkdown(inline: Inline, inTable: boolean): string {
  if (typeof inline === 'string') return escapeText(inline);
  switch (inline.kind) {
    case 'code':
      return inTable ? escapePipes(codeSpan(inline.text)) : codeSpan(inline.text);
    case 'strong':
      return `**${inlinesMarkdown(inline.content, inTable)}**`;
    case 'emphasis':
      return `*${inlinesMarkdown(inline.content, inTable)}*`;
    case 'link':
      return `[${inlinesMarkdown(inline.content, inTable)}](${escapeAddress(inline.address)})`;
    default:
      return assertNever(inline);
  }
}

/** A code span has no escapes: its fence grows instead, and a line end would end a table. */
function codeSpan(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = line === '' || /^`|`$/.test(line) || /^ .* $/.test(line) ? ' ' : '';
  return fence + padding + line + padding + fence;
}

/** In a table a pipe ends the cell even inside code, unless an odd number of backslashes stands before it. */
function escapePipes(text: string): string {
  return text.replace(/(\\*)\|/g, (_, before: string) => `${before.length % 2 === 0 ? before : `${before}\\`}\\|`);
}

/** An underscore inside a word is no emphasis in this dialect and stays readable. */
function escapeText(text: string): string {
  return oneLine(text)
    .replace(/[\\`*[\]<|~]/g, '\\$&')
    .replace(/(?<!\w)_|_(?!\w)/g, '\\_')
    .replace(/&(?=#?\w+;)/g, '&amp;');
}

/** What would make a heading, a quote or a list of a paragraph. */
function escapeBlockStart(text: string): string {
  return text.replace(/^(#|>|[-+](?= )|\d+(?=[.)] ))/, (start) => (/^\d/.test(start) ? `${start}\\` : `\\${start}`));
}

function escapeAddress(address: string): string {
  return address.replace(
    /[\s()<>|\\]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]\s*/g, ' ');
}

// ---------------------------------------------------------------------------------------------- plain text

/** The document in words; a link is its text. */
export function toPlaintext(blocks: readonly Block[]): string {
  return blocks.map(blockPlaintext).join('\n\n');
}

function blockPlaintext(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return inlinesPlaintext(block.content);
    case 'code':
      return block.text.replace(/\n$/, '');
    case 'table':
      return tablePlaintext([block.head, ...block.rows]);
    case 'list':
      return block.items.map((item) => `- ${inlinesPlaintext(item)}`).join('\n');
    case 'line':
      return '----';
    default:
      return assertNever(block);
  }
}

function tablePlaintext(rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => row.map(inlinesPlaintext));
  const widths = (texts[0] ?? []).map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  return texts
    .map((row) =>
      row
        .map((text, i) => text.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function inlinesPlaintext(content: readonly Inline[]): string {
  return content.map(inlinePlaintext).join('');
}

function inlinePlaintext(inline: Inline): string {
  if (typeof inline === 'string') return oneLine(inline);
  return inline.kind === 'code' ? oneLine(inline.text) : inlinesPlaintext(inline.content);
}
