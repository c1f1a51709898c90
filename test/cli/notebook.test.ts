/**
 * Notebooks on the command line: places by cell, and fixes that leave every byte alone that is no code.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { slimscope, withShell, type Files } from './slimscope';

const quiet = ['--rule', 'tf-slim-bridge=off'];

type Source = string | readonly string[];

const codeCell = <S extends Source>(source: S) => ({
  cell_type: 'code',
  execution_count: 1,
  metadata: { scrolled: true },
  outputs: [{ name: 'stdout', output_type: 'stream', text: ['slim.conv2d\n'] }],
  source,
});
const notebook = (...cells: readonly object[]) => ({
  cells,
  metadata: { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } },
  nbformat: 4,
  nbformat_minor: 2,
});
const write = (value: object, indent = 1) => `${JSON.stringify(value, undefined, indent)}\n`;

const imports = codeCell(['%matplotlib inline\n', 'import tf_slim as slim']);
const prose = { cell_type: 'markdown', metadata: {}, source: ['# A net'] };
const net = codeCell(['with slim.arg_scope([slim.conv2d], stride=2):\n', '  y = slim.conv2d(x, 64, [3, 3], 1)\n', 'y']);
const train = write(notebook(imports, prose, net));

describe('check', () => {
  it('says cell, line and column; cells are counted as they are run', async () => {
    const { code, out } = await slimscope({ 'train.ipynb': train }, ['check', ...quiet, '.']);
    expect(code).toBe(1);
    expect(out).toContain('train.ipynb:cell 2:2:34 error positional-collision: `stride` is given');
    expect(out).toContain('line 1 of cell 2');
    expect(out).toContain('train.ipynb:cell 2:1:36: `stride` is set here');
  });

  it('says them in JSON', async () => {
    const { out } = await slimscope({ 'train.ipynb': train }, ['check', ...quiet, '--format', 'json', 'train.ipynb']);
    expect(JSON.parse(out)).toMatchObject({
      files: [{ path: 'train.ipynb', diagnostics: [{ rule: 'positional-collision', cell: 2, line: 2, column: 34 }] }],
    });
  });

  it('reads notebooks of format 3', async () => {
    const old = {
      metadata: { name: '' },
      nbformat: 3,
      nbformat_minor: 0,
      worksheets: [
        { cells: [{ cell_type: 'code', collapsed: false, input: imports.source, language: 'python', outputs: [] }] },
        { cells: [{ cell_type: 'code', collapsed: false, input: net.source, language: 'python', outputs: [] }] },
      ],
    };
    const { out } = await slimscope({ 'old.ipynb': write(old) }, ['check', ...quiet, '.']);
    expect(out).toContain('old.ipynb:cell 2:2:34 error positional-collision');
  });

  it('leaves cells of other languages out, but counts them', async () => {
    const shell = { ...codeCell('with slim.arg_scope(['), metadata: { vscode: { languageId: 'shellscript' } } };
    const { out } = await slimscope({ 'a.ipynb': write(notebook(imports, shell, net)) }, ['check', ...quiet, '.']);
    expect(out).toContain('a.ipynb:cell 3:2:34 error');
    const julia = { ...notebook(imports, net), metadata: { language_info: { name: 'julia' } } };
    expect((await slimscope({ 'a.ipynb': write(julia) }, ['check', ...quiet, '.'])).code).toBe(0);
  });

  it('reads what Python writes into outputs and JSON does not allow', async () => {
    const text = train.replace('"slim.conv2d\\n"', 'NaN, -Infinity, "NaN"');
    expect(text).not.toBe(train);
    const { out } = await slimscope({ 'a.ipynb': text }, ['check', ...quiet, '.']);
    expect(out).toContain('a.ipynb:cell 2:2:34 error');
  });

  it.each([
    ['not JSON', '{"cells": [', /a\.ipynb note: not read: it is not JSON: /],
    ['empty', '', /a\.ipynb note: not read: it is not JSON: /],
    ['something else', '{"a": 1}', /a\.ipynb note: not read: it is no notebook: `nbformat` is missing/],
    ['without cells', '{"nbformat": 4}', /a\.ipynb note: not read: it is no notebook: it has no list of cells/],
    ['too old', '{"nbformat": 2, "worksheets": []}', /notebooks of format 2 are not read, only 3 and 4/],
  ])('names a file that is %s, and leaves it alone', async (_, text, expected) => {
    await withShell({ 'a.ipynb': text, 'b.py': 'x = 1\n' }, async (shell) => {
      const { out } = await shell.run(['check', '--fix', '.']);
      expect(out).toMatch(expected);
      expect(readFileSync(shell.path('a.ipynb'), 'utf8')).toBe(text);
    });
  });

  it('names a cell whose text is no text, by leaving it out', async () => {
    const odd = { ...codeCell(''), source: [1, 2] };
    const { out } = await slimscope({ 'a.ipynb': write(notebook(imports, odd, net)) }, ['check', ...quiet, '.']);
    expect(out).toContain('a.ipynb:cell 3:2:34 error');
  });
});

describe('explain', () => {
  it('says cells in places and origins', async () => {
    const { out } = await slimscope({ 'a.ipynb': train }, ['explain', 'a.ipynb']);
    expect(out).toMatch(/^a\.ipynb:cell 2:2:7 conv2d$/m);
    const json = await slimscope({ 'a.ipynb': train }, ['explain', '--format', 'json', 'a.ipynb']);
    expect(JSON.parse(json.out)).toMatchObject({
      files: [{ calls: [{ op: 'conv2d', cell: 2, line: 2, endLine: 2 }] }],
    });
  });

  it('takes a line of a cell', async () => {
    const files = {
      'a.ipynb': write(notebook(imports, codeCell('slim.conv2d(x, 1, 1)'), codeCell('slim.conv2d(x, 2, 2)'))),
    };
    const { out } = await slimscope(files, ['explain', 'a.ipynb:cell 3:1']);
    expect(out.match(/^a\.ipynb\S* \S+/gm)).toEqual(['a.ipynb:cell 3:1:1']);
  });

  it('follows notebooks that import a module', async () => {
    const files = {
      'nets.py': 'import tf_slim as slim\ndef net(x):\n  return slim.conv2d(x, 8, 3)\n',
      'use.ipynb': write(
        notebook(
          codeCell('import tf_slim as slim\nimport nets'),
          codeCell('%%time\nwith slim.arg_scope([slim.conv2d], stride=7):\n  nets.net(1)'),
        ),
      ),
    };
    const { out } = await slimscope(files, ['explain', 'nets.py']);
    expect(out).toContain('called from use.ipynb:cell 2:3');
    expect(out).toMatch(/stride +7 +arg_scope use\.ipynb:cell 2:2/);
  });
});

/** Fixes a file and answers what it was made. */
const fixed = (text: string | Uint8Array, others: Files = {}): Promise<string> =>
  withShell({ 'a.ipynb': text, ...others }, async (shell) => {
    const { error } = await shell.run(['check', '--fix', ...quiet, '.']);
    expect(error).not.toContain('internal error');
    return readFileSync(shell.path('a.ipynb'), 'utf8');
  });

describe('check --fix', () => {
  const before = '  y = slim.conv2d(x, 64, [3, 3], 1)';
  const after = '  y = slim.conv2d(x, 64, [3, 3], stride=1)';

  it.each([
    ['as Jupyter writes it', train],
    ['with other indentation', write(notebook(imports, prose, net), 4)],
    ['on one line', JSON.stringify(notebook(imports, net))],
    ['with its source in one string', write(notebook(imports, codeCell(net.source.join(''))))],
    ['with Windows line ends', train.replaceAll('\n', '\r\n')],
    ['without a last line end', train.trimEnd()],
    [
      'with other keys first',
      write({ nbformat: 4, metadata: {}, cells: [imports, { source: net.source, cell_type: 'code' }] }),
    ],
    ['with odd blanks', train.replaceAll('": ', '" :  ')],
    ['with text in other scripts', write(notebook(imports, codeCell(['# für 😀\n', ...net.source])))],
    ['with outputs that are no JSON', train.replace('"slim.conv2d\\n"', 'NaN')],
  ])('changes the text of the cell alone: %s', async (_, text) => {
    expect(text.split(before)).toHaveLength(2);
    expect(await fixed(text)).toBe(text.replace(before, after));
  });

  it('keeps the byte order mark', async () => {
    expect(await fixed(`\ufeff${train}`)).toBe(`\ufeff${train.replace(before, after)}`);
  });

  it('escapes characters as the file does', async () => {
    const escaped = (text: string) =>
      text.replace(/[^\0-\x7f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const text = escaped(
      write(
        notebook(imports, codeCell(['x = "é😀"\n', net.source[0] ?? '', '  y = slim.conv2d(x, 64, [3, 3], 1)  # é\n'])),
      ),
    );
    expect(text).toContain('\\ud83d');
    expect(await fixed(text)).toBe(text.replace(before, after));
  });

  it('changes several cells, and keeps lists of lines', async () => {
    const cell = codeCell([
      'with slim.arg_scope([slim.conv2d], stride=2):\n',
      '  a = slim.conv2d(x, 64, [3, 3], 1)\n',
      '  b = slim.conv2d(a, 64, [3, 3], 1)',
    ]);
    const text = write(notebook(imports, cell, prose, cell));
    expect(await fixed(text)).toBe(text.replaceAll('3], 1)', '3], stride=1)'));
  });

  it('does nothing where there is nothing to do', async () => {
    const text = write(notebook(imports, prose));
    expect(await fixed(text)).toBe(text);
  });

  it('is shown by --diff', async () => {
    const { out, code } = await slimscope({ 'a.ipynb': train }, ['check', '--diff', ...quiet, '.']);
    expect(code).toBe(1);
    expect(out).toContain(`-    "${before}\\n",`);
    expect(out).toContain(`+    "${after}\\n",`);
  });
});
