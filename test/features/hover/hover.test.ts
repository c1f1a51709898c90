/**
 * Hovers as people see them. A `hover` block is the Markdown (or ```` ```hover plain ```` the plain text) at `$0`, below
 * a line that says what the hover covers. Links read `file#line,column`. Every case runs with CRLF line ends as well, and
 * must then say the same.
 */
import { expect } from 'vitest';
import { neverCancelled } from '../../../server/src/base/cancel';
import { hover } from '../../../server/src/features/hover';
import type { Fixture } from '../../support/mdtest';
import { mdtest } from '../../support/mdtest';
import { memoryWorkspace, type MemoryWorkspace } from '../../support/memoryWorkspace';

mdtest<MemoryWorkspace>({
  folder: new URL('./', import.meta.url),
  setup: (fixture) => memoryWorkspace(fixture.files, fixture.settings, fixture.others),
  goldens: {
    hover: (workspace, { fixture, block }) => {
      const { path, offset } = fixture.cursor();
      const form = block.attributes['plain'] ? 'plaintext' : 'markdown';
      const text = show(workspace, path, offset, form);
      expect(showWithCrLf(fixture, path, offset, form), 'with CRLF').toBe(text);
      return text;
    },
  },
});

function show(workspace: MemoryWorkspace, path: string, offset: number, form: 'markdown' | 'plaintext'): string {
  const uri = workspace.uri(path);
  const result = hover(workspace.snapshot, uri, offset, {
    cancel: neverCancelled,
    link: ({ file, span }) => {
      const at = workspace.snapshot.getLines(file)?.positionAt(span.start) ?? { line: -1, column: -1 };
      return `${workspace.path(file)}#${at.line + 1},${at.column + 1}`;
    },
  });
  if (!result) return 'nothing';
  const { start, end } = result.span;
  expect(start <= offset && offset <= end, 'the span holds the cursor').toBe(true);
  return `on: ${workspace.text(path).slice(start, end).replace(/\r?\n/g, '⏎')}\n\n${result[form]}`;
}

function showWithCrLf(fixture: Fixture, path: string, offset: number, form: 'markdown' | 'plaintext'): string {
  const files = fixture.files.map((file) => ({ path: file.path, text: file.text.replaceAll('\n', '\r\n') }));
  const before = fixture.files.find((file) => file.path === path)?.text.slice(0, offset) ?? '';
  return show(
    memoryWorkspace(files, fixture.settings, fixture.others),
    path,
    before.replaceAll('\n', '\r\n').length,
    form,
  );
}
