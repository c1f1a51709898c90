/**
 * Every problem of every fixture of a rule can be hidden by the quick fixes: it is gone then, no other problem appears, and
 * the code is the same.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { neverCancelled } from '../../../server/src/base/cancel';
import { applyEdits } from '../../../server/src/base/textEdit';
import { codeActions } from '../../../server/src/features/codeActions';
import { readMarkdownCases } from '../../support/markdownCases';
import { memoryWorkspace } from '../../support/memoryWorkspace';
import { parse } from '../../support/parser';
import { readRepositoryFile } from '../../support/repository';

const folder = fileURLToPath(new URL('../../rules/', import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith('.md'));

function found(text: string): readonly { readonly rule: string; readonly message: string; readonly start: number }[] {
  const diagnostics = memoryWorkspace([{ path: 'main.py', text }]).diagnose('main.py');
  return diagnostics.map(({ diagnostic: { rule, message, span } }) => ({ rule, message, start: span.start }));
}

/** The problems as they are, without their places and the lines that their messages name. */
function named(problems: readonly { readonly rule: string; readonly message: string }[]): readonly string[] {
  return problems.map(({ rule, message }) => `${rule}: ${message.replace(/\bline \d+/g, 'line')}`).sort();
}

/** What is left of the problems, besides those that an action hides. */
function suppressed(text: string, rule: string, at: number, where: 'for this line' | 'in this file') {
  const workspace = memoryWorkspace([{ path: 'main.py', text }]);
  const options = { cancel: neverCancelled, only: ['quickfix'] };
  const actions = codeActions(workspace.snapshot, workspace.uri('main.py'), { start: at, end: at }, options);
  const action = actions.find(({ title }) => title === `Suppress \`${rule}\` ${where}`);
  if (!action) return undefined;
  return { text: applyEdits(text, action.edits), resolves: action.resolves.length };
}

/** The syntax tree without places. */
function shape(text: string): string {
  return JSON.stringify(parse(text).module, (key, value: unknown) =>
    /span$|^header$|^star$/i.test(key) ? undefined : value,
  );
}

describe.each(names)('%s', (name) => {
  const blocks = readMarkdownCases(readRepositoryFile(`test/rules/${name}`)).cases.flatMap((one) =>
    one.blocks.filter(({ language }) => language === 'py').map((block) => [one.name, block.text] as const),
  );

  test.each(blocks.filter(([, text]) => parse(text).incomplete.length === 0))('%s', (_, text) => {
    const before = found(text);
    const offered = before.map(({ rule, start }) => suppressed(text, rule, start, 'for this line'));
    expect(offered).not.toContain(undefined);
    // Problems that share a line share the action.
    for (const line of new Map(offered.map((one) => [one?.text, one])).values()) {
      const left = found(line?.text ?? '');
      expect(left.length).toBe(before.length - (line?.resolves ?? 0));
      expect(named(before)).toEqual(expect.arrayContaining([...named(left)]));
      expect(shape(line?.text ?? '')).toBe(shape(text));
    }
    for (const { rule, start } of new Map(before.map((one) => [one.rule, one])).values()) {
      const file = suppressed(text, rule, start, 'in this file');
      expect(named(found(file?.text ?? ''))).toEqual(named(before.filter((one) => one.rule !== rule)));
      expect(shape(file?.text ?? '')).toBe(shape(text));
    }
  });
});
