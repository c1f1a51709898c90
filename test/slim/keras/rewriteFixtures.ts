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

export interface Rewriting {
  rewrite(request: RewriteRequest): Rewritten;
  /** True when the rewriting has something to do at a call, be it refused. */
  applies(request: RewriteRequest): boolean;
}

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
export function renderRewrite(workspace: MemoryWorkspace, fixture: Fixture, rewriting: Rewriting): string {
  const { path, offset } = fixture.cursor();
  const request = requestAt(workspace, path, offset);
  const { edits, reasons, caveats } = rewriting.rewrite(request);
  if (reasons.length > 0) return reasons.map((reason) => `refused: ${renderReason(workspace, reason)}\n`).join('');
  const before = workspace.text(path);
  checkResult(fixture, path, { before, edits, rewriting });
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
  readonly rewriting: Rewriting;
}

function checkResult(fixture: Fixture, path: string, { before, edits, rewriting }: Result): void {
  const after = applyEdits(before, edits);
  const tree = parse(after);
  expect(tree.incomplete, 'the result parses').toEqual([]);
  expect(countComments(after), 'comments are kept').toBe(countComments(before));
  const left = (text: string): number => countApplicable(fixture, path, { text, rewriting });
  expect(left(after), 'one call less is left to rewrite').toBe(left(before) - 1);
  const other = (change: (text: string) => string): string => {
    const files = fixture.files.map((file) => variant(file, change));
    const main = files.find((file) => file.path === path);
    const workspace = memoryWorkspace(files, fixture.settings);
    const request = requestAt(workspace, path, main?.cursors[0] ?? 0);
    return applyEdits(workspace.text(path), rewriting.rewrite(request).edits);
  };
  expect(other(toCrlf), 'CRLF is kept').toBe(toCrlf(after));
  const above = '# \u{1F600} four bytes above\n';
  if (!before.startsWith('#!'))
    expect(
      other((text) => above + text),
      'nothing depends on offsets',
    ).toBe(above + after);
}

function countApplicable(
  fixture: Fixture,
  path: string,
  { text, rewriting }: { readonly text: string; readonly rewriting: Rewriting },
): number {
  const files = fixture.files.map((file) => (file.path === path ? { path, text } : file));
  const workspace = memoryWorkspace(files, fixture.settings);
  const source = workspace.snapshot.getFile(workspace.uri(path));
  const analysis = workspace.snapshot.analysis(workspace.uri(path));
  if (!source || !analysis) return 0;
  const requests = analysis.calls.map((call) => ({ program: workspace.snapshot, source, analysis, call }));
  return requests.filter((request) => rewriting.applies(request)).length;
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
