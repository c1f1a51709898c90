/**
 * The guide tells the truth: every ```` ```python before ```` of a page is migrated as `slimscope migrate` does it, the
 * ```` ```python after ```` behind it is the result byte for byte, and ```` ```text notes ```` are its caveats and refusals,
 * all of them. `UPDATE=1 npx vitest run test/guide` writes them anew: read the difference.
 */
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { neverCancelled } from '../../server/src/base/cancel';
import { migrateFile } from '../../server/src/features/migrate/migrateFile';
import { memoryWorkspace } from '../support/memoryWorkspace';
import { parse } from '../support/parser';
import { listRepositoryFiles, readRepositoryFile, repositoryPath } from '../support/repository';

const pages = listRepositoryFiles().filter((path) => /^docs\/guide\/[\w-]+\.md$/.test(path));
const isUpdating = process.env['UPDATE'] === '1' && !process.env['CI'];

/** A fenced block: `language label`. */
interface Block {
  readonly label: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The blocks that are executed, in their order. */
function readBlocks(page: string): readonly Block[] {
  return [...page.matchAll(/^```(?:python|text) (before|after|notes)\n([^]*?)^```$/gm)].map((match) => ({
    label: match[1] ?? '',
    text: match[2] ?? '',
    start: match.index,
    end: match.index + match[0].length,
  }));
}

interface Migrated {
  readonly after: string;
  readonly notes: string;
}

function migrate(text: string): Migrated {
  const withText = (now: string) => memoryWorkspace([{ path: 'net.py', text: now }]);
  const workspace = withText(text);
  const file = workspace.uri('net.py');
  const setText = (now: string) => withText(now).snapshot;
  const migration = migrateFile(workspace.snapshot, { file, cancel: neverCancelled, setText });
  if (!migration) throw new Error('no file');
  const lines = workspace.snapshot.getFile(file)?.lines;
  const caveats = new Set(migration.converted.flatMap((one) => one.caveats));
  const notes = [
    ...migration.refused.flatMap(({ span, callee, reasons }) => {
      const line = (lines?.positionAt(span.start).line ?? 0) + 1;
      return reasons.map((reason) => `line ${line}: ${callee} stays: ${reason}`);
    }),
    ...[...caveats].map((caveat) => `caveat: ${caveat}`),
  ];
  return { after: migration.text, notes: notes.map((note) => `${note}\n`).join('') };
}

describe.each(pages)('%s', (path) => {
  const page = readRepositoryFile(path);
  const blocks = readBlocks(page);

  test('shows what the migration really gives', () => {
    const expected = new Map<Block, string>();
    let result: Migrated | undefined;
    for (const [index, block] of blocks.entries()) {
      if (block.label === 'before') {
        result = migrate(block.text);
        expect(parse(block.text).incomplete, 'the original parses').toEqual([]);
        expect(parse(result.after).incomplete, 'the result parses').toEqual([]);
        const following = blocks.slice(index + 1, index + 3).map(({ label }) => label);
        expect(following[0], `${block.text}is followed by its result`).not.toBe('before');
        const isTold = following[0] === 'notes' || following[1] === 'notes';
        expect(isTold || result.notes === '', `${block.text}needs notes: ${result.notes}`).toBe(true);
      } else if (result) expected.set(block, block.label === 'after' ? result.after : result.notes);
    }
    if (isUpdating) update(path, page, expected);
    else for (const [block, text] of expected) expect(block.text).toBe(text);
  });
});

test('there is a page for each layer, and the index leads to all of them', () => {
  expect(pages.length).toBeGreaterThan(20);
  const index = readRepositoryFile('docs/guide/README.md');
  const missing = pages.map((path) => path.replace('docs/guide/', '')).filter((name) => !index.includes(`(${name}`));
  expect(missing).toEqual(['README.md']);
});

function update(path: string, page: string, expected: ReadonlyMap<Block, string>): void {
  let text = page;
  for (const [block, wanted] of [...expected].reverse()) {
    const fence = /^.*\n/.exec(page.slice(block.start))?.[0] ?? '';
    text = `${text.slice(0, block.start)}${fence}${wanted}\`\`\`${text.slice(block.end)}`;
  }
  if (text !== page) writeFileSync(repositoryPath(path), text);
}
