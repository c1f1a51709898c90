/**
 * Edits of cells into the JSON of a notebook file. Only the texts of the touched cells change: outputs, metadata, order
 * of keys, indentation, and everything else stay as they are, byte for byte. A list of lines stays one, a single string
 * too, and characters are escaped as the file escapes them. Pure.
 */
import type { CellIndex } from '../base/cellIndex';
import type { Span } from '../base/span';
import { applyEdits, type TextEdit } from '../base/textEdit';
import { readNotebook } from './notebookFile';
import { locateValues, type JsonValue } from './notebookJson';

/**
 * The file's text after edits of its joined cells; undefined when an edit cannot be made (see `CellIndex.place`), or when
 * the text is not the one that `cells` was read from.
 * @param json the text of the file
 * @param edits in offsets of the joined text
 */
export function editNotebook(json: string, cells: CellIndex, edits: readonly TextEdit[]): string | undefined {
  const notebook = readNotebook(json);
  if (notebook.kind !== 'notebook') return undefined;
  const locate = locateValues(json);
  const byCell = new Map<string, TextEdit[]>();
  for (const edit of edits) {
    const placed = cells.place(edit);
    if (!placed) return undefined;
    const { start } = placed.cell.span;
    const { span, newText } = placed.edit;
    const own = { span: { start: span.start - start, end: span.end - start }, newText };
    byCell.set(placed.cell.id, [...(byCell.get(placed.cell.id) ?? []), own]);
  }
  const changes: TextEdit[] = [];
  for (const [id, own] of byCell) {
    const cell = notebook.cells.find((one) => one.id === id);
    const value = cell && locate(cell.path);
    const place = cells.byId(id)?.span;
    if (!value || value.text !== cell.text || cell.text.length !== (place && place.end - place.start)) return undefined;
    changes.push(sourceEdit(json, value, applyEdits(cell.text, own)));
  }
  return applyEdits(json, changes);
}

/** Replaces a cell's text as little as possible: in a list, the lines between the equal ones at both ends. */
function sourceEdit(json: string, value: JsonValue, text: string): TextEdit {
  const escape = escaperLike(json);
  const { items } = value;
  if (!items) return { span: value.span, newText: escape(text) };
  const before = items.map((item) => item.text);
  const after = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const mostTail = Math.min(before.length, after.length) - head;
  while (tail < mostTail && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const lines = after.slice(head, after.length - tail).map(escape);
  const list: List = { span: value.span, items: items.map(({ span }) => span), head, tail };
  return lines.length > 0 ? replaceItems(list, lines, separatorOf(json, list)) : removeItems(list);
}

/** A list whose first `head` and last `tail` items stay. */
interface List {
  readonly span: Span;
  readonly items: readonly Span[];
  readonly head: number;
  readonly tail: number;
}

/** What stands between two items; where there is one, its indentation. */
function separatorOf(json: string, { span, items: [first, second] }: List): string {
  if (!first) return ', ';
  return second ? json.slice(first.end, second.start) : `,${json.slice(span.start + 1, first.start)}`;
}

function replaceItems({ span, items, head, tail }: List, lines: readonly string[], separator: string): TextEdit {
  const from = items[head];
  const to = items[items.length - tail - 1];
  const previous = items[head - 1];
  if (from && to && from.start <= to.start) {
    return { span: { start: from.start, end: to.end }, newText: lines.join(separator) };
  }
  // Between two items, or at an end.
  if (from) return { span: at(from.start), newText: lines.map((line) => line + separator).join('') };
  if (previous) return { span: at(previous.end), newText: lines.map((line) => separator + line).join('') };
  return { span, newText: `[${lines.join(separator)}]` };
}

/** Lines go with one of the commas beside them. */
function removeItems({ span, items, head, tail }: List): TextEdit {
  const previous = items[head - 1];
  const from = items[head];
  const next = items[items.length - tail];
  if (previous)
    return { span: { start: previous.end, end: (items[items.length - tail - 1] ?? previous).end }, newText: '' };
  if (next && from) return { span: { start: from.start, end: next.start }, newText: '' };
  return { span, newText: '[]' };
}

function at(offset: number): Span {
  return { start: offset, end: offset };
}

/** `JSON.stringify`; where the file writes nothing but ASCII and escapes the rest, so does this. */
function escaperLike(json: string): (text: string) => string {
  const isAscii = !/[^\0-\x7f]/.test(json) && /\\u[0-9a-fA-F]{4}/.test(json);
  if (!isAscii) return (text) => JSON.stringify(text);
  const isUpper = /\\u[0-9a-f]*[A-F]/.test(json);
  return (text) =>
    JSON.stringify(text).replace(/[^\0-\x7f]/g, (character) => {
      const digits = character.charCodeAt(0).toString(16).padStart(4, '0');
      return `\\u${isUpper ? digits.toUpperCase() : digits}`;
    });
}
