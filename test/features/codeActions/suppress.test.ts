/**
 * "Suppress ... for this line" and "... in this file": applied, the finding is gone and nothing else appears.
 */
import { describe, expect, test } from 'vitest';
import { neverCancelled } from '../../../server/src/base/cancel';
import { applyEdits } from '../../../server/src/base/textEdit';
import { codeActions } from '../../../server/src/features/codeActions';
import { editFile } from '../../../server/src/project/fileEdits';
import type { CodeActionResult } from '../../../server/src/features/model';
import { memoryWorkspace } from '../../support/memoryWorkspace';
import { parse } from '../../support/parser';

/** Exactly one finding each: a use of something that TensorFlow 2 no longer has. */
const use = 'tf.contrib.framework.is_numeric_tensor(x)';
const rule = 'contrib-moved';
const head = 'import tensorflow as tf\n';

function found(text: string): readonly string[] {
  return memoryWorkspace([{ path: 'main.py', text }])
    .diagnose('main.py')
    .map(({ diagnostic }) => `${diagnostic.rule}: ${text.slice(diagnostic.span.start, diagnostic.span.end)}`);
}

function suppressions(text: string, at: number): readonly CodeActionResult[] {
  const workspace = memoryWorkspace([{ path: 'main.py', text }]);
  const actions = codeActions(
    workspace.snapshot,
    workspace.uri('main.py'),
    { start: at, end: at },
    { cancel: neverCancelled },
  );
  return actions.filter(({ title }) => title.startsWith('Suppress'));
}

/** Suppresses the finding at `where`, checks what must hold for all, and gives the new text. */
function suppress(text: string, scope: 'line' | 'file', where = 'contrib'): string {
  const at = text.indexOf(where);
  const before = found(text);
  const title = scope === 'line' ? / for this line$/ : / in this file$/;
  const action = suppressions(text, at).find((one) => title.test(one.title));
  if (!action) throw new Error('not offered');
  expect({ ...action, id: '', title: '', edits: [] }).toEqual({
    id: '',
    title: '',
    kind: 'quickfix',
    edits: [],
    isPreferred: false,
    safety: 'safe',
    resolves: action.resolves,
    caveats: [],
  });
  const after = applyEdits(text, action.edits);
  const left = found(after);
  expect(parse(after).incomplete).toEqual([]);
  expect(left.length).toBe(scope === 'line' ? before.length - action.resolves.length : 0);
  expect(left.every((one) => before.includes(one))).toBe(true);
  return after;
}

describe('for this line', () => {
  test.each([
    ['a plain line', `${use}\n`, `${use}  # slimscope: ignore[${rule}]\n`],
    ['no line end', use, `${use}  # slimscope: ignore[${rule}]`],
    ['blanks at the end go', `${use} \t\n`, `${use}  # slimscope: ignore[${rule}]\n`],
    ['another comment stays', `${use}  # noqa: E501\n`, `${use}  # noqa: E501  # slimscope: ignore[${rule}]\n`],
    [
      'a directive is extended',
      `slim = tf.contrib.slim; ${use}  # slimscope: ignore[contrib-moved-package] why # noqa\n`,
      `slim = tf.contrib.slim; ${use}  # slimscope: ignore[contrib-moved-package, ${rule}] why # noqa\n`,
      'contrib.framework',
    ],
    ['an own line of a call', `f(\n\t1,\n\t${use},\n)\n`, `f(\n\t1,\n\t${use},  # slimscope: ignore[${rule}]\n)\n`],
    [
      'a continued line: at the end of the statement',
      `y = ${use} + \\\n    1\n`,
      `y = ${use} + \\\n    1  # slimscope: ignore[${rule}]\n`,
    ],
    [
      'a continued header',
      `if ${use} and \\\n   x:\n    pass\n`,
      `if ${use} and \\\n   x:  # slimscope: ignore[${rule}]\n    pass\n`,
    ],
    [
      'a string over several lines',
      `y = [${use}, """\n# no comment\n"""]\n`,
      `y = [${use}, """\n# no comment\n"""]  # slimscope: ignore[${rule}]\n`,
    ],
    [
      'a formatted string over several lines',
      `y = f"""\n{${use}}\n"""\n`,
      `y = f"""\n{${use}}\n"""  # slimscope: ignore[${rule}]\n`,
    ],
    ['a comment that ends with a backslash', `${use}  # a \\\n`, `${use}  # a \\  # slimscope: ignore[${rule}]\n`],
    [
      'a malformed directive stays',
      `${use}  # slimscope: ignore[]  # slimscope: ignore[invalid-suppression]\n`,
      `${use}  # slimscope: ignore[]  # slimscope: ignore[invalid-suppression, ${rule}]\n`,
    ],
    ['Python 2', `print ${use}\n`, `print ${use}  # slimscope: ignore[${rule}]\n`],
  ])('%s', (_, before, after, where = 'contrib') => {
    expect(suppress(head + before, 'line', where)).toBe(head + after);
    const windows = (head + before).replaceAll('\n', '\r\n');
    expect(suppress(windows, 'line', where)).toBe((head + after).replaceAll('\n', '\r\n'));
  });

  test('equal findings of a line are one action', () => {
    const text = `${head}f(${use}, ${use})\n`;
    const at = text.indexOf('contrib');
    const other = text.lastIndexOf('contrib');
    const workspace = memoryWorkspace([{ path: 'main.py', text }]);
    const range = { start: at, end: other };
    const actions = codeActions(workspace.snapshot, workspace.uri('main.py'), range, { cancel: neverCancelled });
    const own = actions.filter(({ title }) => title.startsWith('Suppress'));
    expect(own.map(({ title, resolves }) => [title, resolves.length])).toEqual([
      [`Suppress \`${rule}\` for this line`, 2],
      [`Suppress \`${rule}\` in this file`, 2],
    ]);
    expect(actions.slice(-2)).toEqual(own);
  });

  test.each([
    [
      'unused, behind code',
      'x = 1  # slimscope: ignore[removed]\n',
      'ignore',
      'x = 1  # slimscope: ignore[removed, unused-suppression]\n',
    ],
    [
      'unused, on a line of its own',
      '# slimscope: ignore[removed]\nx = 1\n',
      'ignore',
      '# slimscope: ignore[removed]  # slimscope: ignore[unused-suppression]\nx = 1\n',
    ],
    [
      'invalid',
      'x = 1  # slimscope: ignore[nothing]\n',
      'nothing',
      'x = 1  # slimscope: ignore[nothing, invalid-suppression]\n',
    ],
    [
      'malformed',
      'x = 1  # slimscope: ignore[]\n',
      'ignore',
      'x = 1  # slimscope: ignore[]  # slimscope: ignore[invalid-suppression]\n',
    ],
    [
      'blanket',
      'import tf_slim  # slimscope: ignore\n',
      'ignore',
      'import tf_slim  # slimscope: ignore  # slimscope: ignore[blanket-suppression]\n',
    ],
  ])('a finding about a comment: %s', (_, before, where, after) => {
    expect(suppress(before, 'line', where)).toBe(after);
  });
});

describe('in this file', () => {
  const directive = `# slimscope: ignore-file[${rule}]\n`;

  test.each([
    ['at the top', `${head}${use}\n`, `${directive}${head}${use}\n`],
    ['no line end at all', `${head.trim()}; ${use}`, `${directive}${head.trim()}; ${use}`],
    [
      'below `#!` and the encoding',
      `#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n# License\n${head}${use}\n`,
      `#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n${directive}# License\n${head}${use}\n`,
    ],
    ['below a byte order mark', `\uFEFF${head}${use}\n`, `\uFEFF${directive}${head}${use}\n`],
    ['above a docstring', `"""What it is."""\n${head}${use}\n`, `${directive}"""What it is."""\n${head}${use}\n`],
    [
      'a directive is extended',
      `# slimscope: ignore-file[contrib-moved-package] why\n${head}tf.contrib.slim\n${use}\n`,
      `# slimscope: ignore-file[contrib-moved-package, ${rule}] why\n${head}tf.contrib.slim\n${use}\n`,
    ],
  ])('%s', (_, before, after) => {
    expect(suppress(before, 'file', 'contrib.framework')).toBe(after);
    if (!before.includes('\n')) return;
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    expect(suppress(windows(before), 'file', 'contrib.framework')).toBe(windows(after));
  });
});

test('not in a damaged file', () => {
  expect(suppressions(`${head}${use}\nf(\n`, head.length + 5)).toEqual([]);
});

describe('in a notebook', () => {
  const notebook = (...cells: readonly string[]) =>
    JSON.stringify({
      cells: cells.map((source) => ({ cell_type: 'code', metadata: {}, source, outputs: [], execution_count: null })),
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    });

  /** The sources of the cells after an action. */
  function apply(scope: 'line' | 'file', ...cells: readonly string[]): readonly string[] {
    const json = notebook(...cells);
    const workspace = memoryWorkspace([{ path: 'a.ipynb', text: json }]);
    const source = workspace.snapshot.getFile(workspace.uri('a.ipynb'));
    const [first] = workspace.diagnose('a.ipynb');
    if (!source || !first) throw new Error('nothing found');
    const options = { cancel: neverCancelled };
    const actions = codeActions(workspace.snapshot, workspace.uri('a.ipynb'), first.diagnostic.span, options);
    const title = scope === 'line' ? / for this line$/ : / in this file$/;
    const action = actions.find((one) => title.test(one.title));
    const after = editFile(source, json, action?.edits ?? []) ?? '';
    expect(memoryWorkspace([{ path: 'a.ipynb', text: after }]).diagnose('a.ipynb')).toEqual([]);
    const parsed = JSON.parse(after) as { cells: { source: string }[] };
    return parsed.cells.map((cell) => cell.source);
  }

  test('for the line, at the end of a cell', () => {
    expect(apply('line', 'x = 1', 'import tf_slim', 'y = 1')).toEqual([
      'x = 1',
      'import tf_slim  # slimscope: ignore[tf-slim-bridge]',
      'y = 1',
    ]);
  });

  test.each([
    ['at the top', ['x = 1', 'import tf_slim'], ['# slimscope: ignore-file[tf-slim-bridge]\nx = 1', 'import tf_slim']],
    [
      'below the magic of the cell',
      ['%%time\nimport tf_slim'],
      ['%%time\n# slimscope: ignore-file[tf-slim-bridge]\nimport tf_slim'],
    ],
    [
      'around commands',
      ['!pip install tf_slim', 'import tf_slim'],
      ['# slimscope: ignore-file[tf-slim-bridge]\n!pip install tf_slim', 'import tf_slim'],
    ],
  ])('for the file, %s', (_, before, after) => expect(apply('file', ...before)).toEqual(after));

  test('a comment below commands is at the top', () => {
    const text = notebook('!pip install tf_slim\n# slimscope: ignore-file[tf-slim-bridge]', 'import tf_slim');
    expect(memoryWorkspace([{ path: 'a.ipynb', text }]).diagnose('a.ipynb')).toEqual([]);
  });
});
