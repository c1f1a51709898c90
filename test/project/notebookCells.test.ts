/**
 * The cells of a notebook as one text: every offset leads to its cell and back, nothing gets longer or shorter, damage
 * stays in its cell, and edits stay in theirs.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinCells } from '../../server/src/project/notebookCells';
import { withoutMagics } from '../../server/src/project/notebookMagics';
import { readMarkdownCases } from '../support/markdownCases';
import { parse } from '../support/parser';

const notebook = (...texts: readonly string[]) =>
  joinCells(texts.map((text, i) => ({ id: `${i}`, number: i + 1, text })));

const read = (...texts: readonly string[]) => {
  const joined = notebook(...texts);
  const tree = parse(
    joined.text,
    joined.cells.cells.map(({ span }) => span),
  );
  return { ...joined, tree };
};

describe('magics', () => {
  const { cases } = readMarkdownCases(readFileSync(join(import.meta.dirname, 'notebookMagics.md'), 'utf8'));
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { blocks }) => {
    const [cell, python] = blocks;
    expect(withoutMagics(cell?.text ?? '').text).toBe(python?.text.replaceAll('·', ' '));
  });

  it('with the line ends of other systems', () => {
    expect(withoutMagics('!ls\r\nx = 1\r%pwd').text).toBe('0  \r\nx = 1\r0   ');
    expect(withoutMagics('%%bash\r\nls\r\n').text).toBe('      \r\n  \r\n');
  });

  it.each(['!', '%', '?', '??', 'x = !', '%%', '%time', "'", '"""', '\\', '(', 'x =', '!a \\', '%%time'])(
    'of a cell that is being typed: %s',
    (text) => {
      expect(withoutMagics(text).text).toHaveLength(text.length);
    },
  );
});

/** Texts that look like cells: pieces of Python and of what is none. */
const cellText = fc
  .array(
    fc.oneof(
      fc.constantFrom('%time ', '%%time', '%%bash', '!ls', 'x = ', '?', '"""', "'", '\\', '\n', '\r\n', '\r', '#', '('),
      fc.constantFrom(')', 'f(x)', ' ', '\t', 'for i in x:', '=', '%', '%sql', 'pip install a', 'é', '😀'),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

const cellTexts = fc.array(cellText, { maxLength: 6 });

describe('every notebook', () => {
  it('is as long as its cells, with the same line ends', () => {
    fc.assert(
      fc.property(cellText, (text) => {
        const plain = withoutMagics(text).text;
        expect(plain).toHaveLength(text.length);
        expect(plain.replace(/[^\r\n]/g, '.')).toBe(text.replace(/[^\r\n]/g, '.'));
      }),
    );
  });

  it('is rewritten only once', () => {
    fc.assert(
      fc.property(cellText, (text) => {
        const plain = withoutMagics(text).text;
        expect(withoutMagics(plain).text).toBe(plain);
      }),
    );
  });

  it('leads from each offset to a cell, a line and a column, and back', () => {
    fc.assert(
      fc.property(cellTexts, (texts) => {
        const { text, cells } = notebook(...texts);
        let seen = 0;
        for (const [i, own] of texts.entries()) {
          for (let at = 0; at <= own.length; at++) {
            const offset = (cells.cells[i]?.span.start ?? 0) + at;
            const found = cells.positionAt(offset);
            expect(found?.cell.id).toBe(`${i}`);
            // Between the two characters of a line end there is no position.
            if (own.slice(at - 1, at + 1) === '\r\n') continue;
            const back = found && found.cell.span.start + found.cell.lines.offsetAt(found);
            expect(back).toBe(offset);
          }
          seen += own.length + 1;
        }
        expect(text).toHaveLength(Math.max(0, seen - 1));
      }),
    );
  });

  it('parses, each node in one cell', () => {
    fc.assert(
      fc.property(cellTexts, (texts) => {
        const { cells, tree } = read(...texts);
        for (const { span } of tree.module.body) {
          const cell = cells.at(span.start);
          expect(span.end).toBeLessThanOrEqual(cell?.span.end ?? -1);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('damage', () => {
  const statements = ({ tree, text }: ReturnType<typeof read>) =>
    tree.module.body.map(({ span }) => text.slice(span.start, span.end));

  it.each([
    ['an open bracket', 'y = f(1,'],
    ['an open string', 'doc = """half'],
    ['a backslash at the end', 'y = 1 + \\'],
    ['a header without a body', 'with slim.arg_scope([f]):'],
    ['a colon to come', 'def f(x)'],
    ['a decorator', '@slim.add_arg_scope'],
    ['half a try', 'try:\n    x = 1'],
  ])('stays in its cell: %s', (_, damaged) => {
    const found = read('x = 1', damaged, 'x = 3\nz = 4');
    expect(statements(found).slice(0, 1)).toEqual(['x = 1']);
    expect(statements(found).slice(-2)).toEqual(['x = 3', 'z = 4']);
    const cell = found.cells.cells[1]?.span;
    for (const { start, end } of found.tree.incomplete) {
      expect(start).toBeGreaterThanOrEqual(cell?.start ?? Infinity);
      expect(end).toBeLessThanOrEqual(cell?.end ?? -1);
    }
  });

  it('leaves nothing in sound cells', () => {
    expect(
      read('import a\n%matplotlib inline', '%%bash\nls (', '!pip install "x', 'if x:\n  !ls').tree.incomplete,
    ).toEqual([]);
  });

  it('of Python 2 makes it a Python 2 notebook', () => {
    expect(read('x = 1', "print 'a'").tree.python2).toBe(true);
    expect(read('x = 1', "print('a')").tree.python2).toBe(false);
  });
});

describe('an edit', () => {
  const { cells, text } = notebook('import a\nf(1)', '%%time\ng(2)', '!ls\nh(3)');
  const place = (from: number, to: number, newText: string) => {
    const placed = cells.place({ span: { start: from, end: to }, newText });
    return (
      placed && [placed.cell.number, text.slice(placed.edit.span.start, placed.edit.span.end), placed.edit.newText]
    );
  };
  const at = (needle: string) => text.indexOf(needle);

  it('within a cell is one of that cell', () => {
    expect(place(at('f(1'), at('f(1') + 4, 'k()')).toEqual([1, 'f(1)', 'k()']);
    expect(place(0, 0, 'import b\n')).toEqual([1, '', 'import b\n']);
    expect(place(at('f(1') + 4, at('f(1') + 4, '\nk()')).toEqual([1, '', '\nk()']);
  });

  it('of whole lines leaves the border alone', () => {
    expect(place(at('f(1'), at('f(1') + 5, '')).toEqual([1, 'f(1)', '']);
    expect(place(at('f(1'), at('f(1') + 5, 'k()\n')).toEqual([1, 'f(1)', 'k()']);
  });

  it('across a border has no place', () => {
    expect(place(at('f(1'), at('g(2') + 4, 'k()')).toBeUndefined();
    expect(place(at('f(1'), at('f(1') + 5, 'k()')).toBeUndefined();
  });

  it('of what is no Python has no place', () => {
    expect(place(at('g(2') - 7, at('g(2'), '')).toBeUndefined();
    expect(place(at('h(3') - 3, at('h(3') - 3, 'x')).toBeUndefined();
    expect(place(at('h(3') - 4, at('h(3'), '')).toBeUndefined();
  });

  it('may stand before a line that is none, but not before a cell magic', () => {
    expect(place(at('h(3') - 4, at('h(3') - 4, 'import b\n')).toEqual([3, '', 'import b\n']);
    expect(place(at('g(2') - 7, at('g(2') - 7, 'import b\n')).toBeUndefined();
    expect(place(at('g(2'), at('g(2'), 'import b\n')).toEqual([2, '', 'import b\n']);
  });

  it('in a notebook without cells has no place', () => {
    expect(notebook().cells.place({ span: { start: 0, end: 0 }, newText: 'x' })).toBeUndefined();
    expect(notebook().cells.positionAt(0)).toBeUndefined();
  });
});
