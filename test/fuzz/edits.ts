/**
 * Every fix, every rewriting, fix-all and the migration on one document: what parsed still parses, line ends stay, what
 * is applied twice changes nothing more, and edits do not collide.
 */
import { neverCancelled } from '../../server/src/base/cancel';
import { applyEdits, type TextEdit } from '../../server/src/base/textEdit';
import { codeActions } from '../../server/src/features/codeActions';
import { fixUntilStable, type FixResult } from '../../server/src/features/fixes/fixUntilStable';
import { migrateFile } from '../../server/src/features/migrate/migrateFile';
import type { Snapshot } from '../../server/src/project/snapshot';
import type { Random } from '../oracle/programs/generator/random';
import { parse } from '../support/parser';
import { diagnosticsOf, emptyProject, file, withText } from './documents';
import { Broken, step } from './problem';

/** Calls whose menus are opened, per document. */
const MENUS = 6;

/** Applies everything that is offered. @throws Broken */
export function checkOffers(text: string, random: Random): void {
  const snapshot = step('open', () => withText(emptyProject(), text));
  for (const { fixes, diagnostic } of step('diagnostics', () => diagnosticsOf(snapshot))) {
    for (const { title, edits } of step('fixes', fixes)) checkResult(text, edits, `fix of ${diagnostic.rule}`, title);
  }
  const calls = [...text.matchAll(/(?:\w|\.)+(?=\()/g)];
  for (const { index } of calls.length > 0 ? random.some(calls, 1, MENUS) : []) {
    const range = { start: index, end: index };
    const offered = step('codeActions', () => codeActions(snapshot, file, range, { cancel: neverCancelled }));
    for (const { title, edits, kind } of offered) checkResult(text, edits, kind, title);
  }
  checkFixAll(snapshot, text);
  checkMigration(snapshot, text);
}

function checkFixAll(snapshot: Snapshot, text: string): void {
  const first = fixAll(snapshot, text);
  if (first.takenBack.length > 0 && parse(text).incomplete.length === 0) {
    throw new Broken(`fixes of ${first.takenBack.join(', ')} parse together`, `\n${text}`);
  }
  stillParses(text, first.text, 'fix all');
  sameLineEnds(text, first.text, 'fix all');
  const again = fixAll(withText(emptyProject(), first.text), first.text).text;
  if (again !== first.text) throw new Broken('fix all is idempotent', `\n${first.text}\n--\n${again}`);
}

function fixAll(snapshot: Snapshot, text: string): FixResult {
  return step('fix all', () =>
    fixUntilStable(snapshot, {
      file,
      text,
      isAllowed: () => true,
      setText: (next) => withText(emptyProject(), next),
      onRuleFailure: (rule, error) => step(`rule ${rule}`, () => rethrow(error)),
    }),
  );
}

function rethrow(error: unknown): never {
  throw error;
}

function checkMigration(snapshot: Snapshot, text: string): void {
  const migrate = (now: Snapshot) =>
    migrateFile(now, { file, cancel: neverCancelled, setText: (next) => withText(emptyProject(), next) });
  const migrated = step('migration', () => migrate(snapshot))?.text ?? text;
  stillParses(text, migrated, 'migration');
  sameLineEnds(text, migrated, 'migration');
  const again = step('migration again', () => migrate(withText(emptyProject(), migrated)))?.text;
  if (again !== undefined && again !== migrated)
    throw new Broken('migration is idempotent', `\n${migrated}\n--\n${again}`);
}

function checkResult(text: string, edits: readonly TextEdit[], what: string, title: string): void {
  const result = step(`${what}: edits do not collide`, () => applyEdits(text, edits));
  stillParses(text, result, `${what} "${title}"`);
  sameLineEnds(text, result, `${what} "${title}"`);
}

function stillParses(before: string, after: string, what: string): void {
  if (before === after || parse(before).incomplete.length > 0) return;
  if (parse(after).incomplete.length > 0) throw new Broken(`${what} parses`, `\n${after}`);
}

/** A file with CRLF throughout has nothing else afterwards. */
function sameLineEnds(before: string, after: string, what: string): void {
  const isCrlf = before.includes('\r\n') && !/(?<!\r)\n|\r(?!\n)/.test(before);
  if (isCrlf && /(?<!\r)\n|\r(?!\n)/.test(after)) throw new Broken(`${what} keeps the line ends`, `\n${after}`);
}
