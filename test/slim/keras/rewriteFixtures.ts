/**
 * Goldens for rewritings of calls: the diff, caveats and reasons as a person would read them, and the properties that
 * every rewriting has: the result parses, is stable, and does not depend on line ends or on what stands above.
 */
import { expect } from 'vitest';
import type { Span } from '../../../server/src/base/span';
import { applyEdits } from '../../../server/src/base/textEdit';
import type { TextEdit } from '../../../server/src/base/textEdit';
import { findOpCall } from '../../../server/src/features/fixes/findOpCall';
import type { Reason, RewriteRequest } from '../../../server/src/slim/rewrite/request';
import type { MemoryWorkspace } from '../../support/memoryWorkspace';
import { memoryWorkspace } from '../../support/memoryWorkspace';
import type { Fixture, FixtureFile } from '../../support/mdtest';
import { parse } from '../../support/parser';
import { unifiedDiff } from '../../support/unifiedDiff';

/** A rewriting under test. */
export interface Rewritten {
  readonly edits: readonly TextEdit[];
  readonly reasons: readonly Reason[];
  readonly caveats: readonly string[];
}

export type Rewrite = (request: RewriteRequest) => Rewritten;

/** The request for the op call at the cursor of a fixture. */
export function requestAt(workspace: MemoryWorkspace, path: string, offset: number): RewriteRequest {
  const file = workspace.uri(path);
  const source = workspace.snapshot.getFile(file);
  const analysis = workspace.snapshot.analysis(file);
  const range: Span = { start: offset, end: offset };
  const call = source && analysis && findOpCall(source, analysis, range);
  if (!source || !analysis || !call) throw new Error(`no op call at the cursor in ${path}`);
  return { program: workspace.snapshot, source, analysis, call };
}

/** What the golden shows: the diff, then caveats; or the reasons with their lines. */
export function renderRewrite(workspace: MemoryWorkspace, fixture: Fixture, rewrite: Rewrite): string {
  const { path, offset } = fixture.cursor();
  const request = requestAt(workspace, path, offset);
  const { edits, reasons, caveats } = rewrite(request);
  if (reasons.length > 0) return reasons.map((reason) => `refused: ${renderReason(workspace, reason)}\n`).join('');
  const before = workspace.text(path);
  checkResult(fixture, path, { before, edits, rewrite });
  return unifiedDiff(before, applyEdits(before, edits)) + caveats.map((caveat) => `caveat: ${caveat}\n`).join('');
}

function renderReason(workspace: MemoryWorkspace, { reason, at }: Reason): string {
  const source = at && workspace.snapshot.getFile(at.file);
  if (!at || !source) return reason;
  return `${reason} [${workspace.path(at.file)}:${source.lines.positionAt(at.span.start).line + 1}]`;
}

interface Result {
  readonly before: string;
  readonly edits: readonly TextEdit[];
  readonly rewrite: Rewrite;
}

function checkResult(fixture: Fixture, path: string, { before, edits, rewrite }: Result): void {
  const after = applyEdits(before, edits);
  const tree = parse(after);
  expect(tree.incomplete, 'the result parses').toEqual([]);
  expect(countComments(after), 'comments are kept').toBe(countComments(before));
  const other = (change: (text: string) => string): string => {
    const files = fixture.files.map((file) => variant(file, change));
    const main = files.find((file) => file.path === path);
    const workspace = memoryWorkspace(files, fixture.settings);
    const request = requestAt(workspace, path, main?.cursors[0] ?? 0);
    return applyEdits(workspace.text(path), rewrite(request).edits);
  };
  expect(other(toCrlf), 'CRLF is kept').toBe(toCrlf(after));
  const above = '# \u{1F600} four bytes above\n';
  if (!before.startsWith('#!'))
    expect(
      other((text) => above + text),
      'nothing depends on offsets',
    ).toBe(above + after);
}

/** A file with a changed text; cursors move along. */
function variant(file: FixtureFile, change: (text: string) => string): FixtureFile {
  const cursors = file.cursors.map((offset) => change(file.text.slice(0, offset)).length);
  return { ...file, text: change(file.text), cursors };
}

function toCrlf(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

function countComments(text: string): number {
  return parse(text).comments.length;
}
