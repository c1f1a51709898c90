/**
 * Walks the whole table of TensorFlow 1.15's names: each gets the answer of its row, in each form and under each target.
 */
import { describe, expect, test } from 'vitest';
import { LineIndex } from '../../server/src/base/lineIndex';
import { applyEdits } from '../../server/src/base/textEdit';
import type { DiagnosticWithFixes } from '../../server/src/features/diagnostics';
import { graphOnlyNames, nameRows, renamedRows, signatureRows } from '../../server/src/slim/data/tensorflowNames';
import { memoryWorkspace } from '../support/memoryWorkspace';
import { parse } from '../support/parser';

/** `train.AdamOptimizer` -> `ccc`, read here without the look-up of the product. */
const fates = new Map(
  nameRows.flatMap(([module, fate, names]) =>
    names.split(' ').map((name): [string, string] => [module === '' ? name : `${module}.${name}`, fate]),
  ),
);
const names = [...fates.keys()];

const targets = [
  ['2.0-2.15', 0],
  ['2.16', 1],
  ['2.16-tf_keras', 2],
] as const;

/** What Keras 3 gave up is no matter of these rules. */
const kerasOnly = /^(?:keras|losses|metrics|initializers|optimizers)\./;
const layers = /^(?:layers|nn\.rnn_cell)(?:\.|$)/;

/** The rule for `tf.NAME`, or none. */
function expectedRule(name: string, column: number): string | undefined {
  const fate = fates.get(name) ?? '';
  const letter = fate[column] ?? '';
  if (letter === 's' || (letter === 'n' && fate.startsWith('s') && kerasOnly.test(name))) return undefined;
  if (fate.startsWith('s') && kerasOnly.test(name)) return undefined;
  if (layers.test(name) || fate.includes('k')) return 'tf1-layers';
  return { r: 'tf1-renamed', c: 'tf1-compat', n: 'tf1-removed' }[letter];
}

/** The rule for `tf.compat.v1.NAME`, or none. */
function expectedCompatRule(name: string, column: number): string | undefined {
  const rule = expectedRule(name, column);
  const letter = (fates.get(name) ?? '')[column];
  return letter === 'r' || letter === 'c' ? undefined : rule;
}

/** Rule and message of each line; fails on two findings of one line. */
function findingsByLine(
  text: string,
  target: string,
): Map<number, { readonly rule: string; readonly message: string }> {
  const index = new LineIndex(text);
  const settings = { targetTensorflow: target, tf1Files: 'each' };
  const found = new Map<number, { readonly rule: string; readonly message: string }>();
  for (const { diagnostic } of memoryWorkspace([{ path: 'main.py', text }], settings).diagnose('main.py')) {
    const { line } = index.positionAt(diagnostic.span.start);
    expect(found.get(line), `two findings on ${text.split('\n')[line] ?? ''}`).toBeUndefined();
    found.set(line, diagnostic);
  }
  return found;
}

describe.each(targets)('under %s', (target, column) => {
  test('every name of `tf` gets the answer of its row', () => {
    const text = ['import tensorflow as tf', ...names.map((name) => `tf.${name}`), ''].join('\n');
    const found = findingsByLine(text, target);
    const wrong = names.flatMap((name, i) => {
      const one = found.get(i + 1);
      return one?.rule === expectedRule(name, column) ? [] : [`${name}: ${one?.rule ?? 'silent'}`];
    });
    expect(wrong).toEqual([]);
    expect(found.size).toBeGreaterThan(800);
  });

  test('every name of `tf.compat.v1` is silent as long as it is there', () => {
    const text = ['import tensorflow.compat.v1 as tf', ...names.map((name) => `tf.${name}`), ''].join('\n');
    const found = findingsByLine(text, target);
    const wrong = names.flatMap((name, i) => {
      const one = found.get(i + 1);
      return one?.rule === expectedCompatRule(name, column) ? [] : [`${name}: ${one?.rule ?? 'silent'}`];
    });
    expect(wrong).toEqual([]);
  });

  test('every message is whole: the name, the advice of its row, nothing undefined', () => {
    const text = ['import tensorflow as tf', ...names.map((name) => `tf.${name}`), ''].join('\n');
    const wrong = [...findingsByLine(text, target)].flatMap(([line, { message }]) => {
      const name = names[line - 1] ?? '';
      const [headline = '', advice = ''] = message.split('\n');
      const letter = (fates.get(name) ?? '')[column];
      const wanted =
        letter === 'r' ? `\`tf.${renamedRows[name] ?? ''}\`` : letter === 'c' ? `\`tf.compat.v1.${name}\`` : '`';
      const isWhole =
        headline.startsWith(`\`tf.${name}\` does not exist`) &&
        advice.includes(wanted) &&
        !/undefined|\.$/m.test(message.replace(/`[^`]*`/g, '')) &&
        (message.split('`').length - 1) % 2 === 0;
      return isWhole ? [] : [message];
    });
    expect(wrong).toEqual([]);
  });
});

describe.each(targets)('the fixes under %s', (target) => {
  test('leave nothing to fix: each name is there then, or was reported without a fix', () => {
    let text = ['import tensorflow as tf', ...names.map((name) => `tf.${name}`), ''].join('\n');
    const settings = { targetTensorflow: target, tf1Files: 'each' };
    const diagnose = (code: string): readonly DiagnosticWithFixes[] =>
      memoryWorkspace([{ path: 'main.py', text: code }], settings).diagnose('main.py');
    const before = diagnose(text);
    const edits = before.flatMap(({ fixes }) => fixes()[0]?.edits ?? []);
    expect(edits.length).toBeGreaterThan(700);
    text = applyEdits(text, edits);
    expect(parse(text).incomplete).toEqual([]);
    const after = diagnose(text);
    expect(after.flatMap(({ diagnostic, fixes }) => (fixes().length > 0 ? [diagnostic.message] : []))).toEqual([]);
    expect(after).toHaveLength(before.length - edits.length);
  });
});

test('nothing is said under TensorFlow 1', () => {
  const text = ['import tensorflow as tf', ...names.map((name) => `tf.${name}`), ''].join('\n');
  expect(findingsByLine(text, '1.15').size).toBe(0);
});

test('the table is the whole one, and its parts fit together', () => {
  expect(names.length).toBeGreaterThan(3_900);
  expect(fates.size).toBe(nameRows.reduce((sum, [, , list]) => sum + list.split(' ').length, 0));
  const renamed = names.filter((name) => fates.get(name)?.includes('r'));
  expect(Object.keys(renamedRows).sort()).toEqual(renamed.sort());
  const unknown = [...graphOnlyNames.split(' '), ...Object.keys(signatureRows)].filter((name) => !fates.has(name));
  expect(unknown).toEqual([]);
});

/** Every keyword that was lost, passed to its function: one finding each. */
test('every keyword that TensorFlow 2 does not take any more is reported, and none that it takes', () => {
  const calls = Object.entries(signatureRows).flatMap(([name, [before = '', , ...after]]) => {
    const now = after[after.length === 1 ? 0 : 1] ?? '';
    if (fates.get(name)?.[1] !== 's' || now.includes('*')) return [];
    const taken = now.split(' ').map((text) => text.split('=')[0]);
    return before
      .split(' ')
      .filter((text) => text !== '' && !text.startsWith('*'))
      .map((text) => text.split('=')[0] ?? '')
      .map((keyword) => ({ call: `tf.${name}(${keyword}=1)`, isLost: !taken.includes(keyword) }));
  });
  const text = ['import tensorflow as tf', ...calls.map(({ call }) => call), ''].join('\n');
  const found = new Map([...findingsByLine(text, '2.16')].filter(([, { rule }]) => rule !== 'changed-default'));
  const wrong = calls.filter(({ isLost }, i) => (found.get(i + 1) !== undefined) !== isLost);
  expect(wrong).toEqual([]);
  expect(calls.filter(({ isLost }) => isLost).length).toBeGreaterThan(200);
});
