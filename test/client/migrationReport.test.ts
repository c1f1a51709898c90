import { describe, expect, it, vi } from 'vitest';
import type { MigrateResult } from '../../server/src/lsp/protocol';

vi.mock('vscode', () => import('./vscodeStub'));

const { changedPart, migrationReport, migrationSummary } = await import('../../client/src/migrationReport');

const result: MigrateResult = {
  version: 1,
  newText: '',
  converted: [{ line: 4, callee: 'slim.conv2d', layer: 'Conv2D' }],
  refused: [{ line: 6, callee: 'slim.repeat', reasons: ['it makes several layers', 'and more'] }],
  caveats: [{ text: 'the penalty moves', layers: 1 }],
  removed: 2,
  parameters: [],
  kept: [],
  assumable: [],
};

describe('what is said about a migration', () => {
  it.each([
    [result, 'Slimscope: 1 of 2 TF-Slim calls become Keras, 2 scopes and imports go, 1 note to read.'],
    [
      { ...result, refused: [], removed: 1, caveats: [] },
      'Slimscope: 1 of 1 TF-Slim call becomes Keras, 1 scope or import goes.',
    ],
  ])('in a sentence %#', (one, sentence) => expect(migrationSummary(one)).toBe(sentence));

  it('in a report', () => {
    expect(migrationReport('net.py', result)).toBe(`# Migration of net.py

## To know

* the penalty moves (1 layer)

## Stays as it is

* line 7, \`slim.repeat\`: it makes several layers; and more

## Converted

* line 5: \`slim.conv2d\` to \`Conv2D\`
`);
  });
});

describe('the smallest replacement', () => {
  it.each([
    ['a b c', 'a x c', { start: 2, end: 3, text: 'x' }],
    ['aaa', 'aaaa', { start: 3, end: 3, text: 'a' }],
    ['aaaa', 'aa', { start: 2, end: 4, text: '' }],
    ['same', 'same', { start: 4, end: 4, text: '' }],
  ])('from %j to %j', (before, after, expected) => {
    const part = changedPart(before, after);
    expect(part).toEqual(expected);
    expect(before.slice(0, part.start) + part.text + before.slice(part.end)).toBe(after);
  });
});
