/**
 * The lines of `main.py` that have inlay hints, each hint between « and » where it stands. ```` ```origins ```` lists the
 * parts with the places that they lead to, ```` ```edits ```` is the file after a double click on the hint at `$0`.
 */
import { describe, expect, it } from 'vitest';
import { neverCancelled } from '../../../server/src/base/cancel';
import { applyEdits } from '../../../server/src/base/textEdit';
import { inlayHintDetails, inlayHints } from '../../../server/src/features/inlayHints';
import type { InlayHintResult } from '../../../server/src/features/model';
import { mdtest } from '../../support/mdtest';
import { memoryWorkspace, type MemoryWorkspace } from '../../support/memoryWorkspace';

const hoverOptions = { cancel: neverCancelled, link: () => '' };

mdtest<MemoryWorkspace>({
  folder: new URL('./', import.meta.url),
  setup: (fixture) => memoryWorkspace(fixture.files, fixture.settings),
  goldens: {
    hints: (workspace) => show(workspace, all(workspace)),
    origins: (workspace) => all(workspace).map((hint) => origins(workspace, hint)).join('\n'), // prettier-ignore
    edits: (workspace, { fixture }) => {
      const { path, offset } = fixture.cursor();
      const hint = all(workspace).find(({ call }) => call.start <= offset && offset <= call.end);
      const details = hint && inlayHintDetails(workspace.snapshot, workspace.uri(path), hint.call, hoverOptions);
      expect(details?.tooltip?.span.start).toBe(hint?.call.start);
      if (!details || details.edits.length === 0) return 'nothing';
      return applyEdits(workspace.text(path), details.edits).trimEnd();
    },
  },
});

function all(workspace: MemoryWorkspace): readonly InlayHintResult[] {
  const file = workspace.uri('main.py');
  const range = { start: 0, end: workspace.text('main.py').length };
  const settings = workspace.snapshot.settings(file);
  return inlayHints(workspace.snapshot, file, range, {
    cancel: neverCancelled,
    arguments: settings.inlayHintsArguments,
    maxLength: settings.inlayHintsMaxLength,
  });
}

function show(workspace: MemoryWorkspace, hints: readonly InlayHintResult[]): string {
  const source = workspace.snapshot.getFile(workspace.uri('main.py'));
  if (!source || hints.length === 0) return 'no hints';
  const inserts = hints.map(({ call, parts }) => ({
    span: { start: call.end, end: call.end },
    newText: ` «${parts.map(({ text }) => text).join(' · ')}»`,
  }));
  const lines = applyEdits(source.text, inserts).split(/\r?\n/);
  return lines.filter((line) => line.includes('«')).map((line) => line.trim()).join('\n'); // prettier-ignore
}

function origins(workspace: MemoryWorkspace, { parts }: InlayHintResult): string {
  const shown = parts.map(({ text, origin }) => {
    const source = origin && workspace.snapshot.getFile(origin.file);
    if (!source) return text;
    const { line } = source.lines.positionAt(origin.span.start);
    const keyword = source.text.slice(origin.span.start, origin.span.end);
    return `${text} -> ${workspace.path(origin.file)}:${line + 1} ${keyword}`;
  });
  return shown.join('\n');
}

describe('ranges and places', () => {
  const text = `import tf_slim as slim\r\nwith slim.arg_scope([slim.conv2d], stride=2):\r\n  a = slim.conv2d('🙂', 64, 3)\r\n  b = slim.conv2d(a, 64, 3)\r\n`;
  const workspace = memoryWorkspace([{ path: 'main.py', text }]);
  const ask = (start: number, end: number): readonly InlayHintResult[] =>
    inlayHints(
      workspace.snapshot,
      workspace.uri('main.py'),
      { start, end },
      { cancel: neverCancelled, arguments: 'changed', maxLength: 40 },
    );

  it('answers for the range only, ends included', () => {
    const [a = 0, b = 0] = [...text.matchAll(/3\)/g)].map(({ index }) => index + 2);
    expect(ask(0, text.length).map(({ call }) => call.end)).toEqual([a, b]);
    expect(ask(a, a).map(({ call }) => call.end)).toEqual([a]);
    expect(ask(a + 1, text.length).map(({ call }) => call.end)).toEqual([b]);
    expect(ask(b + 1, text.length)).toEqual([]);
  });

  it('has nothing for a file that does not exist, and no details for a place without a call', () => {
    const range = { start: 0, end: 9 };
    const options = { cancel: neverCancelled, arguments: 'changed', maxLength: 40 } as const;
    expect(inlayHints(workspace.snapshot, 'file:///none.py', range, options)).toEqual([]);
    expect(inlayHintDetails(workspace.snapshot, workspace.uri('main.py'), range, hoverOptions)).toBeUndefined();
  });
});
