import { describe, expect, test, vi } from 'vitest';
import { Cancelled, neverCancelled } from '../../server/src/base/cancel';
import { diagnostics, diagnosticsWithFixes } from '../../server/src/features/diagnostics';
import type { DiagnosticsOptions } from '../../server/src/features/model';
import { rules } from '../../server/src/rules/registry';
import type { Snapshot } from '../../server/src/project/snapshot';
import type { Finding, Rule } from '../../server/src/rules/rule';
import { memoryWorkspace } from '../support/memoryWorkspace';

const options: DiagnosticsOptions = { cancel: neverCancelled };

/** A rule that reports every place of a word. */
function wordRule(name: string, word: string, finding: Partial<Finding> = {}): Rule {
  return {
    name,
    summary: '',
    family: 'arg-scope',
    severity: 'warning',
    since: '0.1.0',
    fix: 'none',
    *check({ source }) {
      for (let at = source.text.indexOf(word); at >= 0; at = source.text.indexOf(word, at + 1)) {
        yield { span: { start: at, end: at + word.length }, message: `Found ${word}`, ...finding };
      }
    },
  };
}

function run(text: string, some: readonly Rule[], settings = {}, more: Partial<DiagnosticsOptions> = {}) {
  const workspace = memoryWorkspace([{ path: 'main.py', text }], settings);
  return diagnosticsWithFixes(workspace.snapshot, workspace.uri('main.py'), { ...options, ...more }, some);
}

/** The same snapshot with another evaluator. */
function withAnalysis(snapshot: Snapshot, analysis: Snapshot['analysis']): Snapshot {
  return {
    files: snapshot.files,
    analysis,
    quickAnalysis: analysis,
    prepareAnalysis: () => [],
    isPrepared: (file) => snapshot.isPrepared(file),
    withoutCallers: (reason) => snapshot.withoutCallers(reason),
    analysesBelow: (file) => [analysis(file)].flatMap((one) => one ?? []),
    network: (target) => snapshot.network(target),
    getFile: (file) => snapshot.getFile(file),
    getText: (file) => snapshot.getText(file),
    getPath: (file) => snapshot.getPath(file),
    resolveImport: (from, name, level) => snapshot.resolveImport(from, name, level),
    importersOf: (file) => snapshot.importersOf(file),
    settings: (file) => snapshot.settings(file),
    target: (file) => snapshot.target(file),
    getLines: (file) => snapshot.getLines(file),
    isExcluded: (file) => snapshot.isExcluded(file),
    configurationProblems: (file) => snapshot.configurationProblems(file),
  };
}

const contrib = 'import tensorflow as tf\nslim = tf.contrib.slim\nslim.dropout(x)\n';

describe('rules in isolation', () => {
  const broken: Rule = {
    ...wordRule('broken', 'x'),
    *check(context) {
      yield* wordRule('broken', 'x').check(context);
      throw new Error('a bug');
    },
  };

  test('a rule that throws loses its findings, the others keep theirs, and the adapter is told once', () => {
    const onRuleFailure = vi.fn();
    const found = run('x = y\n', [wordRule('a', 'x'), broken, wordRule('b', 'y')], {}, { onRuleFailure });
    expect(found.map(({ diagnostic }) => diagnostic.rule)).toEqual(['a', 'b']);
    expect(onRuleFailure.mock.calls).toEqual([['broken', new Error('a bug')]]);
  });

  test('nobody has to listen', () => expect(run('x = y\n', [broken])).toEqual([]));

  test('a fix that throws is told in the same way', () => {
    const onRuleFailure = vi.fn();
    const rule = wordRule('a', 'x', {
      fixes: () => {
        throw new Error('no fix');
      },
    });
    const [one] = run('x\n', [rule], {}, { onRuleFailure });
    expect(onRuleFailure).not.toHaveBeenCalled();
    expect(one?.fixes()).toEqual([]);
    expect(onRuleFailure.mock.calls).toEqual([['a', new Error('no fix')]]);
  });

  test('a failing evaluation is asked for once and takes only the rules that need it', () => {
    const workspace = memoryWorkspace([{ path: 'main.py', text: contrib + 'slim.arg_scope([])\n' }]);
    const analysis = vi.fn(() => {
      throw new Error('evaluator');
    });
    const failed: string[] = [];
    const snapshot = withAnalysis(workspace.snapshot, analysis);
    const found = diagnostics(snapshot, workspace.uri('main.py'), {
      ...options,
      onRuleFailure: (rule) => failed.push(rule),
    });
    expect(analysis).toHaveBeenCalledTimes(1);
    expect(failed).toContain('positional-collision');
    expect(failed).not.toContain('contrib-moved-package');
    expect(found.map((one) => one.rule)).toContain('contrib-moved-package');
  });

  test('cancelled is not empty', () => {
    const onRuleFailure = vi.fn();
    const cancel = { isCancelled: true };
    expect(() => run('x\n', [wordRule('a', 'x')], {}, { cancel, onRuleFailure })).toThrow(Cancelled);
    expect(onRuleFailure).not.toHaveBeenCalled();
  });
});

describe('what is kept', () => {
  test('sorted by place, then by rule; the same finding once', () => {
    const found = run('y = x\n', [wordRule('b', 'x'), wordRule('a', 'x'), wordRule('a', 'x'), wordRule('c', 'y')]);
    expect(found.map(({ diagnostic }) => diagnostic.rule)).toEqual(['c', 'a', 'b']);
  });

  test('nothing inside damaged code, and no fix while the file is damaged', () => {
    const fix = { title: 'fix', safety: 'safe' as const, edits: [] };
    const rule = wordRule('a', 'word', { fixes: () => [fix] });
    const found = run('word\nf(word,\nword = 1\n', [rule]);
    expect(found.map(({ diagnostic }) => diagnostic.span.start)).toEqual([0, 13]);
    expect(found.flatMap((one) => one.fixes())).toEqual([]);
    expect(run('word\n', [rule]).flatMap((one) => one.fixes())).toEqual([fix]);
  });

  test('keys are unique, and survive edits elsewhere', () => {
    const keys = (text: string) =>
      run(text, [wordRule('a', 'word'), wordRule('b', 'word')]).map((one) => one.diagnostic.key);
    const before = keys('word = word\n');
    expect(new Set(before).size).toBe(4);
    expect(keys('# new line\nother = 1\nword = word\n')).toEqual(before);
  });

  test('a file that does not exist has none', () => {
    const workspace = memoryWorkspace([]);
    expect(diagnostics(workspace.snapshot, workspace.uri('main.py'), options)).toEqual([]);
  });
});

describe('settings', () => {
  const severities = (settings: object) =>
    run(contrib, rules, settings).map(({ diagnostic }) => `${diagnostic.rule} ${diagnostic.severity}`);

  test('defaults', () => expect(severities({})).toEqual(['contrib-moved-package error', 'contrib-changed hint']));

  test('a rule can be switched off', () => {
    expect(severities({ rules: { 'contrib-moved-package': 'off' } })).toEqual(['contrib-changed hint']);
  });

  test('a severity can be chosen, but what a rule made milder on purpose never gets louder', () => {
    const all = { 'contrib-moved-package': 'info', 'contrib-changed': 'warning' };
    expect(severities({ rules: all })).toEqual(['contrib-moved-package info', 'contrib-changed hint']);
  });

  test('diagnostics can be switched off as a whole', () => {
    expect(severities({ 'diagnostics.scope': 'off' })).toEqual([]);
  });

  test('with TensorFlow 1 as target contrib is information: it will break', () => {
    expect(severities({ targetTensorflow: '1.15' })).toEqual(['contrib-moved-package info', 'contrib-changed hint']);
  });
});

test('a Python file that has nothing to do with slim is not evaluated', () => {
  const workspace = memoryWorkspace([
    { path: 'main.py', text: 'import os\n\ndef f(x):\n    return os.path.join(x)\n' },
  ]);
  const analysis = vi.fn();
  const snapshot = withAnalysis(workspace.snapshot, analysis);
  expect(diagnostics(snapshot, workspace.uri('main.py'), options)).toEqual([]);
  expect(analysis).not.toHaveBeenCalled();
});
