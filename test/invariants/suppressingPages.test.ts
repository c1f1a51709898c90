/**
 * What the pages of the rules say about hiding a problem works on their own examples: the comment for the file, and the
 * comment that the quick fix writes.
 */
import { describe, expect, test } from 'vitest';
import { neverCancelled } from '../../server/src/base/cancel';
import { applyEdits } from '../../server/src/base/textEdit';
import { codeActions } from '../../server/src/features/codeActions';
import { rules } from '../../server/src/rules/registry';
import { memoryWorkspace } from '../support/memoryWorkspace';
import { readRepositoryFile } from '../support/repository';

describe.each(rules.map(({ name, family }) => [name, family] as const))('%s', (name, family) => {
  const page = readRepositoryFile(`docs/rules/${name}.md`);
  const example = /\n## Example\n[\s\S]*?```py\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const suppressing = /\n## Suppressing\n([\s\S]*?)\n## /.exec(page)?.[1] ?? '';

  test('the page shows the comments', () => {
    expect(suppressing).toContain(`# slimscope: ignore-file[${name}] reason`);
    if (family !== 'directive') expect(suppressing).toContain(`# slimscope: ignore[${name}] reason`);
  });

  test('the comment for the file hides the example', () => {
    const before = found(example);
    const after = found(`# slimscope: ignore-file[${name}] reason\n${example}`);
    expect(before).toContain(name);
    expect(after).toEqual(before.filter((rule) => rule !== name));
  });

  test('the comments of the quick fix hide it line by line', () => {
    let text = example;
    for (let next = suppressNext(text, name); next !== undefined; next = suppressNext(text, name)) {
      expect(found(next).length).toBeLessThan(found(text).length);
      text = next;
    }
    expect(found(text)).toEqual(found(example).filter((rule) => rule !== name));
  });
});

test('no rule has the name of a family: a comment may name either', () => {
  const families = new Set<string>(rules.map(({ family }) => family));
  expect(rules.map(({ name }) => name).filter((name) => families.has(name))).toEqual([]);
});

function found(text: string): readonly string[] {
  const workspace = memoryWorkspace([{ path: 'main.py', text }]);
  return workspace.diagnose('main.py').map(({ diagnostic }) => diagnostic.rule);
}

/** The text after the quick fix for the first problem of a rule. */
function suppressNext(text: string, rule: string): string | undefined {
  const workspace = memoryWorkspace([{ path: 'main.py', text }]);
  const first = workspace.diagnose('main.py').find(({ diagnostic }) => diagnostic.rule === rule);
  if (!first) return undefined;
  const options = { cancel: neverCancelled, only: ['quickfix'] };
  const actions = codeActions(workspace.snapshot, workspace.uri('main.py'), first.diagnostic.span, options);
  const action = actions.find(({ title }) => title === `Suppress \`${rule}\` for this line`);
  return applyEdits(text, action?.edits ?? []);
}
