/**
 * Half-typed, cut and odd files: an answer or nothing, never a crash; and nothing is written to a file that is damaged.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { neverCancelled } from '../../../server/src/base/cancel';
import { applyEdits } from '../../../server/src/base/textEdit';
import { codeActions } from '../../../server/src/features/codeActions';
import type { CodeActionResult } from '../../../server/src/features/model';
import { memoryWorkspace } from '../../support/memoryWorkspace';
import { parse } from '../../support/parser';

const sample = readFileSync(fileURLToPath(new URL('../../e2e/workspace/inception_block.py', import.meta.url)), 'utf8');

function ask(text: string, offset: number): readonly CodeActionResult[] {
  const workspace = memoryWorkspace([{ path: 'main.py', text }]);
  const range = { start: offset, end: offset };
  return codeActions(workspace.snapshot, workspace.uri('main.py'), range, {
    cancel: neverCancelled,
    onRuleFailure: (rule, error) => {
      throw new Error(rule, { cause: error });
    },
  });
}

/** Applying any offered action leaves a file that parses. */
function checkActions(text: string, actions: readonly CodeActionResult[]): void {
  for (const { edits, disabledReason, kind } of actions) {
    if (disabledReason !== undefined) expect(edits).toEqual([]);
    else if (kind.startsWith('refactor')) expect(parse(applyEdits(text, edits)).incomplete).toEqual([]);
  }
}

describe('code actions in bad input', () => {
  test('everywhere in a sound file', () => {
    for (let offset = 0; offset <= sample.length; offset += 31) checkActions(sample, ask(sample, offset));
  });

  test('in a file that is cut anywhere, at the cut', () => {
    for (let length = 0; length <= sample.length; length += 29) {
      const text = sample.slice(0, length);
      const actions = ask(text, length);
      checkActions(text, actions);
      const isDamaged = parse(text).incomplete.length > 0;
      const rewritings = actions.filter(({ kind }) => kind.startsWith('refactor'));
      if (isDamaged) expect(rewritings.every(({ disabledReason }) => disabledReason !== undefined)).toBe(true);
    }
  });

  test('with one character missing', () => {
    for (let at = 0; at < sample.length; at += 37) {
      const text = sample.slice(0, at) + sample.slice(at + 1);
      checkActions(text, ask(text, at));
    }
  });

  test.each([
    ['empty', ''],
    ['only a byte order mark', '\uFEFF'],
    ['a byte order mark before code', `\uFEFF${sample}`],
    ['lone carriage returns', sample.replace(/\n/g, '\r')],
    ['no line end at the end', sample.trimEnd()],
    ['not Python', '{"a": [1, 2, 3]}\n<html>\n'],
    [
      'an emoji on the line of the call',
      sample.replace('net = slim.conv2d(images', "x = '\u{1F600}'; net = slim.conv2d(images"),
    ],
  ])('%s', (_, text) => {
    for (const match of text.matchAll(/conv2d/g)) checkActions(text, ask(text, match.index));
    checkActions(text, ask(text, text.length));
  });
});
