/**
 * Edits into the JSON of a notebook: the cell says what the edit makes of it, and nothing else differs by a byte.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, type TextEdit } from '../../server/src/base/textEdit';
import { joinCells } from '../../server/src/project/notebookCells';
import { editNotebook } from '../../server/src/project/notebookEdits';
import { readNotebook } from '../../server/src/project/notebookFile';

const cell = (source: unknown) => ({ cell_type: 'code', source, outputs: [{ text: ['a', 'é'] }] });
const write = (cells: readonly object[], indent?: number) => JSON.stringify({ cells, nbformat: 4 }, undefined, indent);

/** Replaces the text between two columns of a cell. */
function edit(json: string, number: number, from: number, to: number, newText: string): string | undefined {
  const found = readNotebook(json);
  if (found.kind !== 'notebook') throw new Error(found.reason);
  const { cells } = joinCells(found.cells);
  const start = cells.byId(`${number}`)?.span.start ?? 0;
  return editNotebook(json, cells, [{ span: { start: start + from, end: start + to }, newText }]);
}

const sources = (json: string) =>
  (JSON.parse(json) as { cells: { source: unknown }[] }).cells.map(({ source }) => source);

describe('a list of lines', () => {
  const json = write([cell(['a\n', 'b\n', 'c'])], 1);
  it.each([
    ['a changed line', 2, 3, 'B', json.replace('"b\\n"', '"B\\n"')],
    ['a new first line', 0, 0, 'x\n', json.replace('"a\\n"', '"x\\n",\n    "a\\n"')],
    ['a new line between', 2, 2, 'x\n', json.replace('"b\\n"', '"x\\n",\n    "b\\n"')],
    ['a new last line', 5, 5, '\nx', json.replace('"c"', '"c\\n",\n    "x"')],
    ['lines for one', 2, 3, 'x\ny', json.replace('"b\\n"', '"x\\n",\n    "y\\n"')],
    ['a line less at the start', 0, 2, '', json.replace('"a\\n",\n    ', '')],
    ['a line less between', 2, 4, '', json.replace(',\n    "b\\n"', '')],
    ['a line less at the end', 4, 5, '', json.replace(',\n    "c"', '')],
    ['no line at all', 0, 5, '', json.replace(/\[\s+"a\\n"[^]*"c"\s+\]/, '[]')],
  ])('%s', (_, from, to, newText, expected) => {
    expect(expected).not.toBe(json);
    expect(edit(json, 1, from, to, newText)).toBe(expected);
  });

  it('of one line gets more as the file is indented', () => {
    const one = write([cell(['a'])], 2);
    expect(edit(one, 1, 1, 1, '\nb')).toBe(write([cell(['a\n', 'b'])], 2));
  });

  it('that is empty gets some', () => {
    expect(edit(write([cell([])]), 1, 0, 0, 'a\nb')).toBe(write([cell(['a\n', 'b'])]).replace('"a\\n",', '"a\\n", '));
  });
});

describe('a single string', () => {
  it('stays one', () => {
    expect(edit(write([cell('a\nb')]), 1, 2, 3, '"x"\n')).toBe(write([cell('a\n"x"\n')]));
  });
});

describe('nothing is changed', () => {
  it('when the edit has no place in one cell', () => {
    expect(edit(write([cell('a'), cell('b')]), 1, 0, 3, '')).toBeUndefined();
  });

  it('when the text is that of another file', () => {
    const found = readNotebook(write([cell('a')]));
    const { cells } = joinCells(found.kind === 'notebook' ? found.cells : []);
    const edits: TextEdit[] = [{ span: { start: 0, end: 1 }, newText: 'b' }];
    expect(editNotebook(write([cell('ab')]), cells, edits)).toBeUndefined();
    expect(editNotebook('{', cells, edits)).toBeUndefined();
    expect(editNotebook(write([]), cells, edits)).toBeUndefined();
  });

  it('when a key stands twice and nobody knows which counts', () => {
    const json = write([cell('a')]).replace('"source"', '"source":"bb","source"');
    expect(edit(json, 1, 0, 1, 'x')).toBeUndefined();
  });
});

const line = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\n', '"', '\\', 'é', '😀'), maxLength: 6 });
const source = fc.oneof(line, fc.array(line, { maxLength: 5 }));

describe('every edit', () => {
  it('changes the text of its cell, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(source, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        line,
        fc.constantFrom(undefined, 1, 4),
        (all, which, a, b, newText, indent) => {
          const json = write(all.map(cell), indent);
          const number = (which % all.length) + 1;
          const own = [all[number - 1] ?? ''].flat().join('');
          const [from = 0, to = 0] = [a % (own.length + 1), b % (own.length + 1)].sort((x, y) => x - y);
          const after = edit(json, number, from, to, newText);
          const expected = applyEdits(own, [{ span: { start: from, end: to }, newText }]);
          const found = sources(after ?? '');
          expect([found[number - 1]].flat().join('')).toBe(expected);
          expect(Array.isArray(found[number - 1])).toBe(Array.isArray(all[number - 1]));
          expect(found.toSpliced(number - 1, 1)).toEqual(all.toSpliced(number - 1, 1));
          // What is no text of the cell is the same to the byte.
          const start = json.split('"source":', number).join('"source":').length;
          expect(after?.slice(0, start)).toBe(json.slice(0, start));
          const rest = json.length - json.indexOf('"outputs"', start);
          expect(after?.slice(-rest)).toBe(json.slice(-rest));
        },
      ),
    );
  });
});
