/**
 * Literate fixtures of rules: `mdtest` with what diagnostics need.
 *
 * - Comments in the Python blocks say what is expected (markers.ts): `# ^^^^ rule: first line of the message` under the
 *   code, or `# error: [rule]` behind it. Every finding needs one, unless a golden shows them all.
 * - ```` ```diagnostics ```` (attribute `file`, default: the last file) shows all findings of a file with full text.
 * - ```` ```fix title="..." safety="..." ```` (`file`, and `line` when several findings offer the fix) shows a diff.
 *   The result must parse, the finding must be gone, and nothing new may appear.
 * - ```` ```fixes ```` lists every fix that is offered; empty when none is.
 *
 * Every case also runs with CRLF line ends, with a first line of non-BMP characters (the same findings are expected),
 * and cut off at each annotation (no crash).
 */
import { expect } from 'vitest';
import { applyEdits } from '../../server/src/base/textEdit';
import type { DiagnosticWithFixes } from '../../server/src/features/diagnostics';
import type { Fixture, GoldenContext } from './mdtest';
import { mdtest } from './mdtest';
import { matchAnnotations, readAnnotations } from './markers';
import { memoryWorkspace } from './memoryWorkspace';
import type { MemoryWorkspace } from './memoryWorkspace';
import { parse } from './parser';
import { unifiedDiff } from './unifiedDiff';

/** Registers the rule fixtures of a folder. */
export function diagnosticFixtures(folder: URL): void {
  mdtest<MemoryWorkspace>({
    folder,
    setup: (fixture) => memoryWorkspace(fixture.files, fixture.settings, fixture.others),
    goldens: { diagnostics: showDiagnostics, fix: showFix, fixes: showFixes },
    check: (workspace, fixture) => {
      const shown = new Set(
        fixture.goldens
          .filter((one) => one.language === 'diagnostics')
          .map((one) => goldenFile(fixture, one.attributes)),
      );
      checkAnnotations(workspace, fixture, shown, '');
      checkAnnotations(
        variant(fixture, (text) => text.replaceAll('\n', '\r\n')),
        fixture,
        shown,
        'CRLF: ',
      );
      checkAnnotations(
        variant(fixture, (text) => `# 🎉𝒳 first line\n${text}`),
        fixture,
        shown,
        'non-BMP: ',
        1,
      );
      checkTruncated(fixture);
    },
  });
}

function goldenFile(fixture: Fixture, attributes: Readonly<Record<string, string>>): string {
  return attributes['file'] ?? fixture.files.at(-1)?.path ?? 'main.py';
}

function variant(fixture: Fixture, change: (text: string) => string): MemoryWorkspace {
  return memoryWorkspace(
    fixture.files.map(({ path, text }) => ({ path, text: change(text) })),
    fixture.settings,
    fixture.others,
  );
}

/** `shift`: how many lines were put before each file; line numbers in messages are the ones of the fixture. */
function checkAnnotations(
  workspace: MemoryWorkspace,
  fixture: Fixture,
  shown: ReadonlySet<string>,
  what: string,
  shift = 0,
): void {
  for (const { path } of fixture.files) {
    const found = workspace.diagnose(path).map(({ diagnostic }) => ({
      ...diagnostic,
      message: diagnostic.message.replace(/\bline (\d+)/g, (_, line) => `line ${Number(line) - shift}`),
    }));
    const problems = matchAnnotations(workspace.text(path), found);
    const relevant = shown.has(path) ? problems.filter((problem) => problem.includes('not reported')) : problems;
    expect(relevant.join('\n'), what + path).toBe('');
  }
}

/** What is being typed must not crash anything. */
function checkTruncated(fixture: Fixture): void {
  for (const { path, text } of fixture.files) {
    for (const { span } of readAnnotations(text)) {
      for (const end of [span.start, span.end]) {
        const files = fixture.files.map((file) => (file.path === path ? { path, text: text.slice(0, end) } : file));
        memoryWorkspace(files, fixture.settings, fixture.others).diagnose(path);
      }
    }
  }
}

// --------------------------------------------------------------------------------------------- goldens

/** `4:5-4:16 error rule`, then the message and the related places, indented. */
function showDiagnostics(workspace: MemoryWorkspace, { fixture, block }: GoldenContext): string {
  const path = goldenFile(fixture, block.attributes);
  const place = (uri: string, offset: number): string => {
    const at = workspace.snapshot.getFile(uri)?.lines.positionAt(offset) ?? { line: -1, column: -1 };
    return `${at.line + 1}:${at.column + 1}`;
  };
  return workspace
    .diagnose(path)
    .map(({ diagnostic }) => {
      const { span, severity, rule, tags, message, related } = diagnostic;
      const uri = workspace.uri(path);
      const head = `${place(uri, span.start)}-${place(uri, span.end)} ${severity} ${rule}`;
      const lines = message.split('\n').map((line) => `  ${line}`);
      const others = related.map(({ location, message: text }) => {
        const file = location.file === uri ? '' : `${workspace.path(location.file)}:`;
        return `  -> ${file}${place(location.file, location.span.start)} ${text}`;
      });
      return [head + (tags.length > 0 ? ` (${tags.join(', ')})` : ''), ...lines, ...others].join('\n') + '\n';
    })
    .join('');
}

function showFixes(workspace: MemoryWorkspace, { fixture, block }: GoldenContext): string {
  const path = goldenFile(fixture, block.attributes);
  const lines = workspace.snapshot.getFile(workspace.uri(path))?.lines;
  return workspace
    .diagnose(path)
    .flatMap(({ diagnostic, fixes }) =>
      fixes().map((fix) => {
        const at = lines?.positionAt(diagnostic.span.start) ?? { line: -1, column: -1 };
        return `${at.line + 1}:${at.column + 1} ${fix.title} [${fix.safety}]\n`;
      }),
    )
    .join('');
}

/** The diff of a fix; see the file comment for what else is checked. */
function showFix(workspace: MemoryWorkspace, { fixture, block }: GoldenContext): string {
  const path = goldenFile(fixture, block.attributes);
  const before = workspace.text(path);
  const found = workspace.diagnose(path);
  const { one, fix } = findFix(workspace, path, found, block.attributes);
  expect(fix.safety, 'safety').toBe(block.attributes['safety']);
  const after = applyEdits(before, fix.edits);
  expect(parse(after).incomplete, 'the result must parse').toEqual([]);
  const files = fixture.files.map((file) => (file.path === path ? { path, text: after } : file));
  const again = memoryWorkspace(files, fixture.settings, fixture.others).diagnose(path);
  const { key } = one.diagnostic;
  const base = key.slice(0, key.lastIndexOf(':'));
  const count = (all: readonly DiagnosticWithFixes[]): number =>
    all.filter(({ diagnostic }) => diagnostic.key.startsWith(base + ':')).length;
  expect(count(again), 'the finding must be gone').toBeLessThan(count(found));
  const names = (all: readonly DiagnosticWithFixes[]): string[] =>
    all.filter(({ diagnostic }) => diagnostic.severity !== 'hint').map(({ diagnostic }) => diagnostic.rule);
  expect(names(again).length, 'nothing new may appear').toBeLessThan(names(found).length + 1);
  return unifiedDiff(before, after);
}

function findFix(
  workspace: MemoryWorkspace,
  path: string,
  found: readonly DiagnosticWithFixes[],
  attributes: Readonly<Record<string, string>>,
): { readonly one: DiagnosticWithFixes; readonly fix: ReturnType<DiagnosticWithFixes['fixes']>[number] } {
  const { title, line } = attributes;
  const offered: string[] = [];
  const lines = workspace.snapshot.getFile(workspace.uri(path))?.lines;
  for (const one of found) {
    if (line !== undefined && lines?.positionAt(one.diagnostic.span.start).line !== Number(line) - 1) continue;
    for (const fix of one.fixes()) {
      if (fix.title === title) return { one, fix };
      offered.push(fix.title);
    }
  }
  throw new Error(`no fix titled "${title ?? ''}"; offered: ${offered.join('; ') || 'none'}`);
}
