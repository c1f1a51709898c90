/**
 * Edits of cells into the JSON of a notebook file. Only the texts of the touched cells change: outputs, metadata, order
 * of keys, indentation, and everything else stay as they are, byte for byte. A list of lines stays one, a single string
 * too, and characters are escaped as the file escapes them. Pure.
 */
import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import type { CellIndex } from '../base/cellIndex';
import { applyEdits, type TextEdit } from '../base/textEdit';
import { plainJson, readNotebook } from './notebookFile';

/**
 * The file's text after edits of its joined cells; undefined when an edit cannot be made (see `CellIndex.place`), or when
 * the text is not the one that `cells` was read from.
 * @param json the text of the file
 * @param edits in offsets of the joined text
 */
export function editNotebook(json: string, cells: CellIndex, edits: readonly TextEdit[]): string | undefined {
  const notebook = readNotebook(json);
  const root = parseTree(plainJson(json));
  if (notebook.kind !== 'notebook' || !root) return undefined;
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
    const node = cell && findNodeAtLocation(root, [...cell.path]);
    const place = cells.byId(id)?.span;
    if (!node || textOf(node) !== cell.text || cell.text.length !== (place && place.end - place.start))
      return undefined;
    changes.push(sourceEdit(json, node, applyEdits(cell.text, own)));
  }
  return applyEdits(json, changes);
}

function textOf(node: Node): string {
  return node.type === 'array' ? (node.children ?? []).map(textOf).join('') : String(node.value);
}

/** Replaces a cell's text as little as possible: in a list, the lines between the equal ones at both ends. */
function sourceEdit(json: string, node: Node, text: string): TextEdit {
  const escape = escaperLike(json);
  const items = node.type === 'array' ? (node.children ?? []) : undefined;
  if (!items) return { span: { start: node.offset, end: node.offset + node.length }, newText: escape(text) };
  const before = items.map(textOf);
  const after = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const mostTail = Math.min(before.length, after.length) - head;
  while (tail < mostTail && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return replaceItems(json, node, { head, tail, lines: after.slice(head, after.length - tail).map(escape) });
}

function replaceItems(
  json: string,
  array: Node,
  { head, tail, lines }: { readonly head: number; readonly tail: number; readonly lines: readonly string[] },
): TextEdit {
  const items = array.children ?? [];
  const [first, second] = items;
  const from = items[head];
  const to = items[items.length - tail - 1];
  const separator =
    first && second
      ? json.slice(first.offset + first.length, second.offset)
      : first
        ? `,${json.slice(array.offset + 1, first.offset)}`
        : ', ';
  if (from && to && from.offset <= to.offset && lines.length > 0) {
    return { span: { start: from.offset, end: to.offset + to.length }, newText: lines.join(separator) };
  }
  if (lines.length > 0) {
    // Between two items, or at an end.
    const next = items[head];
    const previous = items[head - 1];
    if (next) return { span: at(next.offset), newText: lines.map((line) => line + separator).join('') };
    if (previous) {
      return { span: at(previous.offset + previous.length), newText: lines.map((line) => separator + line).join('') };
    }
    return { span: { start: array.offset, end: array.offset + array.length }, newText: `[${lines.join(separator)}]` };
  }
  return removeItems(array, head, tail);
}

/** Lines go with one of the commas beside them. */
function removeItems(array: Node, head: number, tail: number): TextEdit {
  const items = array.children ?? [];
  const previous = items[head - 1];
  const next = items[items.length - tail];
  const from = items[head];
  if (previous) {
    const last = items[items.length - tail - 1] ?? previous;
    return { span: { start: previous.offset + previous.length, end: last.offset + last.length }, newText: '' };
  }
  if (next && from) return { span: { start: from.offset, end: next.offset }, newText: '' };
  return { span: { start: array.offset, end: array.offset + array.length }, newText: '[]' };
}

function at(offset: number) {
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
