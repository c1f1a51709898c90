import { describe, expect, test } from 'vitest';
import { neverCancelled } from '../../server/src/base/cancel';
import { applyBaseline, baselineEntries, updateBaseline } from '../../server/src/features/baseline';
import type { Baseline } from '../../server/src/features/baseline';
import { baselinedFile, baselinePath, baselineUri, loadBaseline } from '../../server/src/features/baselineFile';
import { readBaseline, writeBaseline } from '../../server/src/features/baselineFile';
import { codeActions } from '../../server/src/features/codeActions';
import { diagnosticsWithFixes } from '../../server/src/features/diagnostics';
import type { BaselineEntry } from '../../server/src/features/model';
import { memoryWorkspace } from '../support/memoryWorkspace';

const head = 'import tensorflow as tf\n';
const old = 'x = tf.contrib.framework.is_numeric_tensor(x)\n';
const entry: BaselineEntry = { rule: 'contrib-moved', text: old.trim(), count: 1 };

function open(text: string) {
  const workspace = memoryWorkspace([{ path: 'main.py', text }]);
  const source = workspace.snapshot.getFile(workspace.uri('main.py'));
  if (!source) throw new Error('no file');
  return { source, found: workspace.diagnose('main.py'), workspace };
}

function entriesOf(text: string): readonly BaselineEntry[] {
  const { source, found } = open(text);
  return baselineEntries(source, found);
}

/** Lines of the new problems, from 1; how many are known; what no longer matches. */
function apply(entries: readonly BaselineEntry[], text: string) {
  const { source, found } = open(text);
  const { kept, matched, stale } = applyBaseline(entries, source, found);
  return {
    lines: kept.map(({ diagnostic }) => source.lines.positionAt(diagnostic.span.start).line + 1),
    matched,
    stale,
  };
}

describe('known problems', () => {
  test('an entry has the rule, the line and how often', () => {
    expect(entriesOf(head + old)).toEqual([entry]);
    expect(entriesOf(`${head}${old}\tif x: pass\n`.replace('\tif x: pass', `if x:\n\t${old.trim()}`))).toEqual([
      { ...entry, count: 2 },
    ]);
  });

  test('are not new', () => expect(apply([entry], head + old)).toEqual({ lines: [], matched: 1, stale: [] }));

  test.each([
    ['lines above', `"""Doc."""\n\n${head}y = 1\n${old}`],
    ['indentation', `${head}def f(x):\n\tif x:\n\t\t${old}`],
    ['blanks', `${head}x  =  tf.contrib.framework.is_numeric_tensor(x)   \n`],
    ['comments', `${head}${old.trim()}  # noqa\n`],
    ['line ends', (head + old).replaceAll('\n', '\r\n')],
    ['the place in the file', `${head}def f():\n    pass\n\n\n${old}\ny = 1\n`],
  ])('survive a change of %s', (_, text) => {
    expect(apply([entry], text)).toEqual({ lines: [], matched: 1, stale: [] });
  });

  test('another line, another rule, and one more of the same are new', () => {
    expect(apply([entry], `${head}y = tf.contrib.framework.is_numeric_tensor(x)\n`).lines).toEqual([2]);
    expect(apply([{ ...entry, rule: 'contrib-removed' }], head + old).lines).toEqual([2]);
    expect(apply([entry], head + old + old)).toEqual({ lines: [3], matched: 1, stale: [] });
    expect(apply([], head + old).lines).toEqual([2]);
  });

  test('entries without a problem are stale, as far as their count goes', () => {
    expect(apply([{ ...entry, count: 3 }], head + old).stale).toEqual([{ ...entry, count: 2 }]);
    expect(apply([entry], head).stale).toEqual([entry]);
    expect(apply([entry, entry], head + old).stale).toEqual([entry]);
  });

  test('everything that is found becomes known, comments about nothing too', () => {
    const text = `${head}f = tf.contrib.slim, tf.contrib.slim # why\n${old}y = 1  # slimscope: ignore[nothing]\n`;
    const entries = entriesOf(text);
    expect(entries.map(({ rule, text, count }) => `${rule} ${count} ${text}`)).toEqual([
      'contrib-moved 1 x = tf.contrib.framework.is_numeric_tensor(x)',
      'contrib-moved-package 2 f = tf.contrib.slim, tf.contrib.slim',
      'invalid-suppression 1 y = 1 # slimscope: ignore[nothing]',
    ]);
    expect(apply(entries, text)).toEqual({ lines: [], matched: 4, stale: [] });
  });

  test('very long lines are cut between characters', () => {
    const [one] = entriesOf(`${head}x = '${'🎉'.repeat(300)}', tf.contrib.framework.is_numeric_tensor(x)\n`);
    expect(one?.text).toBe(`x = '${'🎉'.repeat(195)}`);
  });

  test('the diagnostics leave them out, and nothing is offered for them', () => {
    const { workspace } = open(head + old + 'tf.contrib.slim\n');
    const options = { cancel: neverCancelled, baseline: [entry] };
    const file = workspace.uri('main.py');
    const found = diagnosticsWithFixes(workspace.snapshot, file, options);
    expect(found.map(({ diagnostic }) => diagnostic.rule)).toEqual(['contrib-moved-package']);
    const at = (head + old).indexOf('contrib');
    const offered = (baseline: readonly BaselineEntry[]) =>
      codeActions(workspace.snapshot, file, { start: at, end: at }, { ...options, baseline, only: ['quickfix'] });
    expect(offered([entry])).toEqual([]);
    expect(offered([]).length).toBeGreaterThan(1);
  });
});

describe('writing again', () => {
  const before: Baseline = new Map([
    ['a.py', [entry]],
    ['b.py', [entry]],
    ['gone.py', [entry]],
  ]);

  test('what was checked is replaced, what was not stays, what is gone goes; sorted by path', () => {
    const two = { ...entry, count: 2 };
    const checked: Baseline = new Map([
      ['c.py', [entry]],
      ['a.py', [two]],
      ['clean.py', []],
    ]);
    const after = updateBaseline(before, checked, (path) => path !== 'gone.py');
    expect([...after]).toEqual([
      ['a.py', [two]],
      ['b.py', [entry]],
      ['c.py', [entry]],
    ]);
    expect([...updateBaseline(undefined, checked, () => true).keys()]).toEqual(['a.py', 'c.py']);
  });
});

describe('the file', () => {
  const all: Baseline = new Map([
    ['a "b".py', [entry, { rule: 'x-y', text: 'é\u2028"\\', count: 2 }]],
    ['nets/c.py', [entry]],
  ]);

  test('one entry a line, and read back as it was', () => {
    const text = writeBaseline(all);
    expect(readBaseline(text)).toEqual({ kind: 'read', baseline: all });
    expect(readBaseline(`\uFEFF${text}`)).toEqual({ kind: 'read', baseline: all });
    expect(writeBaseline(new Map([['n.py', [entry]]]))).toBe(
      '{\n  "schemaVersion": 1,\n  "files": {\n    "n.py": [\n' +
        '      { "rule": "contrib-moved", "text": "x = tf.contrib.framework.is_numeric_tensor(x)", "count": 1 }\n' +
        '    ]\n  }\n}\n',
    );
    expect(writeBaseline(new Map())).toBe('{\n  "schemaVersion": 1,\n  "files": {}\n}\n');
  });

  test.each([
    ['', /^it is not JSON/],
    ['{"schemaVersion": 1, "files": {', /^it is not JSON/],
    ['[]', /^it is not a JSON object$/],
    ['{"files": {}}', /^its `schemaVersion` is undefined, not 1$/],
    ['{"schemaVersion": 2, "files": {}}', /^its `schemaVersion` is 2, not 1$/],
    ['{"schemaVersion": 1}', /^`files` is not an object$/],
    ['{"schemaVersion": 1, "files": {"a.py": {}}}', /^`files\["a\.py"\]` is not a list$/],
    ['{"schemaVersion": 1, "files": {"a.py": [{"rule": "x", "text": "y", "count": 0}]}}', /^`files\["a\.py"\]\[0\]`/],
    ['{"schemaVersion": 1, "files": {"a.py": [{"rule": "x", "count": 1}]}}', /^`files\["a\.py"\]\[0\]`/],
  ])('%j is wrong', (text, reason) => {
    const result = readBaseline(text);
    expect(result.kind === 'wrong' && result.reason).toMatch(reason);
  });

  test('what is there, what is not, and what cannot be read', () => {
    expect(loadBaseline('file:///b.json', () => ({ kind: 'text', text: writeBaseline(all) })).kind).toBe('read');
    expect(loadBaseline('file:///b.json', () => ({ kind: 'missing' }))).toEqual({ kind: 'absent' });
    expect(loadBaseline('file:///b.json', () => ({ kind: 'unreadable', reason: 'no permission' }))).toEqual({
      kind: 'wrong',
      reason: 'no permission',
    });
  });

  test('its paths are relative to its folder, wherever that is', () => {
    expect(baselineUri('file:///w', '.slimscope-baseline.json')).toBe('file:///w/.slimscope-baseline.json');
    expect(baselineUri('file:///w', 'lint/b.json')).toBe('file:///w/lint/b.json');
    expect(baselineUri('file:///w', '/etc/b.json')).toBe('file:///etc/b.json');
    expect(baselineUri('file:///w', ' ')).toBeUndefined();
    for (const [uri, file, path] of [
      ['file:///w/b.json', 'file:///w/nets/a%20b.py', 'nets/a b.py'],
      ['file:///w/lint/b.json', 'file:///w/nets/a.py', '../nets/a.py'],
      ['file:///x/b.json', 'file:///w/a.py', '../w/a.py'],
      ['file:///w/b.json', 'untitled:Untitled-1', 'untitled:Untitled-1'],
    ] as const) {
      expect(baselinePath(uri, file)).toBe(path);
      if (!path.startsWith('untitled')) expect(baselinedFile(uri, path)).toBe(file);
    }
  });
});
