/**
 * The comparison itself: that it sees each kind of disagreement. Two files, and what a recorder would have said of them.
 */
import { describe, expect, test } from 'vitest';
import { memoryWorkspace } from '../support/memoryWorkspace';
import { compareRecording } from './truth/compareRecording';
import { sum } from './truth/figures';
import type { RecordedArgument, RecordedCall, RecordedContext, Recording } from './truth/recording';

const net = {
  path: 'net.py',
  text: ['import tf_slim as slim', '', 'def net(x, keep):', '    return slim.dropout(x, keep)', ''].join('\n'),
};
const train = {
  path: 'train.py',
  text: [
    'import tf_slim as slim',
    'from net import net',
    '',
    'with slim.arg_scope([slim.dropout], is_training=False):',
    '    net(images, 0.5)',
    '    net(images, 1.0)',
    '',
  ].join('\n'),
};

const scope = { path: 'train.py', line: 4, col: 6, endLine: 4, endCol: 55, kwLine: 4, kwCol: 37 };

function context(line: number, keep: number, changed: Record<string, RecordedArgument> = {}): RecordedContext {
  return {
    driver: 'train.py',
    stack: [
      { path: 'train.py', line, col: 5, function: '<module>' },
      { path: 'net.py', line: 4, col: 12, function: 'net' },
    ],
    args: {
      inputs: { value: { tensor: true }, from: 'call' },
      keep_prob: { value: keep, from: 'call' },
      noise_shape: { value: null, from: 'default' },
      is_training: { value: false, from: 'scope', scope },
      outputs_collections: { value: null, from: 'default' },
      scope: { value: null, from: 'default' },
      seed: { value: null, from: 'default' },
      ...changed,
    },
  };
}

function recording(contexts: readonly RecordedContext[], changed: Partial<RecordedCall> = {}): Recording {
  const row = { path: 'net.py', line: 4, col: 12, endLine: 4, endCol: 33, op: 'dropout', contexts, ...changed };
  return { schemaVersion: 1, tensorflow: '2', python: '3', rows: [row] };
}

function kinds(made: Recording, withCallers = true): readonly string[] {
  const workspace = memoryWorkspace(withCallers ? [net, train] : [net]);
  return compareRecording(workspace, made, withCallers).disagreements.map(({ kind }) => kind);
}

describe('the comparison', () => {
  const both = [context(5, 0.5), context(6, 1)];

  test('agrees with what really happens, and counts it', () => {
    const made = recording(both);
    expect(kinds(made)).toEqual([]);
    expect(kinds(made, false)).toEqual([]);
    const compared = compareRecording(memoryWorkspace([net, train]), made, true);
    expect(sum([...compared.files.values()])).toMatchObject({
      sites: 1,
      found: 1,
      contexts: 2,
      right: 2,
      arguments: 14,
    });
  });

  test('sees another value, also below a second context that has it', () => {
    expect(kinds(recording([context(5, 0.25), context(6, 1)]))).toEqual(['value', 'never']);
    const training = { is_training: { value: true, from: 'scope', scope } } as const;
    expect(kinds(recording([context(5, 0.5, training), context(6, 1)]))).toEqual(['value', 'never']);
  });

  test('sees another origin: its kind, the arg_scope, the column of the keyword, what brought it back', () => {
    const from = (origin: RecordedArgument): readonly string[] =>
      kinds(recording([context(5, 0.5, { is_training: origin }), context(6, 1)]));
    expect(from({ value: false, from: 'call' })).toEqual(['origin', 'never']);
    expect(from({ value: false, from: 'scope', scope: { ...scope, line: 3 } })).toEqual(['origin', 'never']);
    expect(from({ value: false, from: 'scope', scope: { ...scope, kwCol: 38 } })).toEqual(['origin', 'never']);
    const reentered = { path: 'train.py', line: 4 };
    expect(from({ value: false, from: 'scope', scope: { ...scope, reentered } })).toEqual(['origin', 'never']);
  });

  test('sees a context that is lacking on a way, and a way that is lacking', () => {
    expect(kinds(recording([...both, context(6, 0.75)]))).toEqual(['context']);
    expect(kinds(recording([...both, context(7, 0.75)]))).toEqual(['context']);
  });

  test('sees a site that is not found', () => {
    expect(kinds(recording(both, { col: 11 }))).toEqual(['missing']);
    expect(kinds(recording(both, { op: 'softmax' }))).toEqual(['missing']);
  });

  test('takes without callers only what is certain', () => {
    const other = { noise_shape: { value: [1], from: 'scope', scope } } as const;
    expect(kinds(recording([context(5, 0.5, other)]), false)).toEqual([]);
    expect(kinds(recording([context(5, 0.5, { keep_prob: { value: 0.5, from: 'scope', scope } })]), false)).toEqual([]);
    const fixed = { ...net, text: net.text.replace('dropout(x, keep)', 'dropout(x, 0.90)') };
    const wrong = compareRecording(memoryWorkspace([fixed]), recording([context(5, 0.5)]), false);
    expect(wrong.disagreements.map(({ kind }) => kind)).toEqual(['value']);
  });
});
