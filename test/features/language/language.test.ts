/**
 * What editors show beside hovers and hints: code lenses, the outline, highlights, completion and signature help. Each
 * golden says what there is in `main.py`, or at `$0`.
 */
import { expect } from 'vitest';
import { neverCancelled } from '../../../server/src/base/cancel';
import type { Location, Span } from '../../../server/src/base/span';
import { codeLensDetails, codeLenses } from '../../../server/src/features/codeLenses';
import { completion, mayComplete } from '../../../server/src/features/completion';
import { scopeHighlights } from '../../../server/src/features/highlights';
import { mayNavigate } from '../../../server/src/features/navigation';
import type { OutlineSymbol } from '../../../server/src/features/model';
import { outline } from '../../../server/src/features/outline';
import { maySign, signatureHelp } from '../../../server/src/features/signatureHelp';
import { mdtest } from '../../support/mdtest';
import { memoryWorkspace, type MemoryWorkspace } from '../../support/memoryWorkspace';

const options = { cancel: neverCancelled };

mdtest<MemoryWorkspace>({
  folder: new URL('./', import.meta.url),
  setup: (fixture) => memoryWorkspace(fixture.files, fixture.settings),
  goldens: {
    lenses: (workspace) => {
      const { snapshot } = workspace;
      const file = workspace.uri('main.py');
      const places = codeLenses(snapshot, file, { ...options, networks: true, scopes: true });
      const shown = places.map((place) => {
        const details = codeLensDetails(snapshot, file, place, options);
        const calls = (details?.places ?? []).map((one) => lineOf(workspace, one)).join(', ');
        return `${lineOf(workspace, { file, span: place.span })} ${details?.title ?? 'nothing'}${calls && ` -> ${calls}`}`;
      });
      return shown.join('\n') || 'no lenses';
    },
    outline: (workspace) => {
      const symbols = outline(workspace.snapshot, workspace.uri('main.py'), options);
      return symbols.flatMap((one) => tree(workspace, one, '')).join('\n') || 'no outline';
    },
    highlights: (workspace, { fixture }) => {
      const { path, offset } = fixture.cursor();
      const file = workspace.uri(path);
      const found = scopeHighlights(workspace.snapshot, file, offset, options);
      if (found.length > 0) expect(mayNavigate(workspace.snapshot, file, offset, 'scopeReferences')).toBe(true);
      return (
        found.map((span) => `${lineOf(workspace, { file, span })} ${text(workspace, span)}`).join('\n') || 'nothing'
      );
    },
    completion: (workspace, { fixture, block }) => {
      const { path, offset } = fixture.cursor();
      const file = workspace.uri(path);
      const found = completion(workspace.snapshot, file, offset, options);
      if (found.length > 0) expect(mayComplete(workspace.snapshot, file, offset)).toBe(true);
      const first = Number(block.attributes['first'] ?? found.length);
      const shown = found
        .slice(0, first)
        .map(({ label, detail, span }) => `${label} (${detail}) for "${text(workspace, span)}"`);
      return [...shown, ...(first < found.length ? [`and ${found.length - first} more`] : [])].join('\n') || 'nothing';
    },
    signature: (workspace, { fixture, block }) => {
      const { path, offset } = fixture.cursor();
      const file = workspace.uri(path);
      if (block.attributes['prepared'] !== undefined) workspace.snapshot.analysis(file);
      const found = signatureHelp(workspace.snapshot, file, offset, options);
      if (!found) return 'nothing';
      expect(maySign(workspace.snapshot, file, offset)).toBe(true);
      const { label, parameters, active } = found;
      const told = parameters.flatMap(({ span, documentation }) =>
        documentation === '' ? [] : [`${label.slice(span.start, span.end)}: ${documentation}`],
      );
      const at = active === undefined ? undefined : parameters[active]?.span;
      return [label, ...told, `at: ${at ? label.slice(at.start, at.end) : 'none'}`].join('\n');
    },
  },
});

function tree(workspace: MemoryWorkspace, symbol: OutlineSymbol, indentation: string): readonly string[] {
  const { kind, name, detail, span, children } = symbol;
  const at = lineOf(workspace, { file: workspace.uri('main.py'), span });
  const line = `${indentation}${kind} ${name}${detail && ` (${detail})`} at ${at}`;
  return [line, ...children.flatMap((one) => tree(workspace, one, `${indentation}  `))];
}

function text(workspace: MemoryWorkspace, { start, end }: Span): string {
  return workspace.text('main.py').slice(start, end);
}

function lineOf(workspace: MemoryWorkspace, { file, span }: Location): string {
  const line = (workspace.snapshot.getFile(file)?.lines.positionAt(span.start).line ?? -2) + 1;
  return file === workspace.uri('main.py') ? `line ${line}` : `${workspace.path(file)} line ${line}`;
}
