/** Migrations of single files (`migrated`) and of all files of a case (`together`): the diff, then one line per call that stays, per thing that went, per caveat. */
import { expect } from 'vitest';
import { neverCancelled } from '../../../server/src/base/cancel';
import { migrateFile } from '../../../server/src/features/migrate/migrateFile';
import { migrateUnit, type UnitMigration } from '../../../server/src/features/migrate/migrateUnit';
import type { Migration } from '../../../server/src/features/migrate/migration';
import { memoryWorkspace, type MemoryWorkspace } from '../../support/memoryWorkspace';
import { mdtest, type Fixture } from '../../support/mdtest';
import { parse } from '../../support/parser';
import { unifiedDiff } from '../../support/unifiedDiff';

mdtest<MemoryWorkspace>({
  folder: new URL('./', import.meta.url),
  setup: (fixture) => memoryWorkspace(fixture.files, fixture.settings),
  goldens: {
    migrated: (workspace, { fixture }) => render(workspace, fixture),
    together: (workspace, { fixture }) => renderTogether(workspace, fixture),
  },
});

function render(workspace: MemoryWorkspace, fixture: Fixture): string {
  const path = fixture.files.at(-1)?.path ?? 'main.py';
  const before = workspace.text(path);
  const migration = migrate(fixture, before);
  expect(parse(migration.text).incomplete, 'the result parses').toEqual([]);
  const again = migrate(fixture, migration.text);
  expect(again.text, 'a second time changes nothing').toBe(migration.text);
  const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n');
  expect(migrate(fixture, crlf(before)).text, 'CRLF is kept').toBe(crlf(migration.text));
  return unifiedDiff(before, migration.text) + report(workspace, path, migration);
}

/** Migrates the last file of a fixture, with this text instead of its own. */
function migrate(fixture: Fixture, text: string): Migration {
  const path = fixture.files.at(-1)?.path ?? 'main.py';
  const withText = (now: string) =>
    memoryWorkspace(
      fixture.files.map((file) => (file.path === path ? { path, text: now } : file)),
      fixture.settings,
    );
  const workspace = withText(text);
  const marked = /# migrate from here\r?\n[^]*# migrate to here/.exec(text);
  const migration = migrateFile(workspace.snapshot, {
    file: workspace.uri(path),
    cancel: neverCancelled,
    ...(marked && { within: { start: marked.index, end: marked.index + marked[0].length } }),
    setText: (now) => withText(now).snapshot,
  });
  if (!migration) throw new Error(`no file ${path}`);
  return migration;
}

/** All files of a case, migrated together. */
function renderTogether(workspace: MemoryWorkspace, fixture: Fixture): string {
  const unit = migrateAll(fixture, (path) => workspace.text(path));
  const texts = new Map(unit.files.map(({ file, migration }) => [workspace.path(file), migration.text]));
  for (const [path, text] of texts) expect(parse(text).incomplete, `${path} parses`).toEqual([]);
  const again = migrateAll(fixture, (path) => texts.get(path) ?? '');
  for (const { file, migration } of again.files)
    expect(migration.text, 'a second time changes nothing').toBe(texts.get(workspace.path(file)));
  const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n');
  for (const { file, migration } of migrateAll(fixture, (path) => crlf(workspace.text(path))).files)
    expect(migration.text, 'CRLF is kept').toBe(crlf(texts.get(workspace.path(file)) ?? ''));
  return unit.files
    .map(({ file, before, migration }) => {
      const path = workspace.path(file);
      const head = fixture.files.length > 1 ? `=== ${path}\n` : '';
      return head + unifiedDiff(before, migration.text) + report(workspace, path, migration);
    })
    .join('');
}

function migrateAll(fixture: Fixture, textOf: (path: string) => string): UnitMigration {
  const texts = new Map(fixture.files.map(({ path }) => [path, textOf(path)]));
  const now = () => memoryWorkspace([...texts].map(([path, text]) => ({ path, text })), fixture.settings); // prettier-ignore
  const workspace = now();
  return migrateUnit(workspace.snapshot, {
    parts: fixture.files.map(({ path }) => ({ file: workspace.uri(path) })),
    cancel: neverCancelled,
    setText: (file, text) => {
      texts.set(workspace.path(file), text);
      return now().snapshot;
    },
  });
}

function report(workspace: MemoryWorkspace, path: string, { converted, refused, removed, kept }: Migration): string {
  const lines = workspace.snapshot.getFile(workspace.uri(path))?.lines;
  const line = ({ start }: { readonly start: number }) => (lines?.positionAt(start).line ?? -1) + 1;
  return [
    `${converted.length} converted: ${converted.map(({ span, layer }) => `${line(span)} ${layer}`).join(', ')}`,
    ...removed.map(({ span, what }) => `removed from line ${line(span)}: ${what}`),
    ...kept.map(({ span, what }) => `kept, line ${line(span)}: ${what}`),
    ...refused.map(({ span, callee, reasons }) => `line ${line(span)}: ${callee} stays: ${reasons[0] ?? ''}`),
    ...[...new Set(converted.flatMap(({ caveats }) => caveats))].map((caveat) => `caveat: ${caveat}`),
    '',
  ].join('\n');
}
