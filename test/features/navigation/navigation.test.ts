/**
 * Where navigation leads from `$0`. A block lists the places, one a line, each with its text; below a line that says what
 * they belong to. `typeDefinition` is the call's origins, `definition` what a keyword hides, `references` the calls that
 * take from a scope (```` ```references declaration ```` with the scope itself), `origins` our own request.
 */
import { expect } from 'vitest';
import { neverCancelled } from '../../../server/src/base/cancel';
import type { Location } from '../../../server/src/base/span';
import {
  argumentOrigins,
  callOrigins,
  hiddenDefinitions,
  mayNavigate,
  scopeReferences,
} from '../../../server/src/features/navigation';
import type { NavigationResult } from '../../../server/src/features/model';
import { mdtest, type GoldenHandler } from '../../support/mdtest';
import { memoryWorkspace, type MemoryWorkspace } from '../../support/memoryWorkspace';

const options = { cancel: neverCancelled };
const to = {
  callOrigins: { navigate: callOrigins, name: 'callOrigins' },
  hiddenDefinitions: { navigate: hiddenDefinitions, name: 'hiddenDefinitions' },
} as const;

mdtest<MemoryWorkspace>({
  folder: new URL('./', import.meta.url),
  setup: (fixture) => memoryWorkspace(fixture.files, fixture.settings),
  goldens: {
    typeDefinition: going(to.callOrigins),
    definition: going(to.hiddenDefinitions),
    origins: (workspace, { fixture }) => {
      const { path, offset } = fixture.cursor();
      return show(workspace, path, argumentOrigins(workspace.snapshot, workspace.uri(path), offset, options));
    },
    references: (workspace, { fixture, block }) => {
      const { path, offset } = fixture.cursor();
      const { snapshot } = workspace;
      const includeDeclaration = block.attributes['declaration'] !== undefined;
      const found = scopeReferences(snapshot, workspace.uri(path), offset, { ...options, includeDeclaration });
      if (found) expect(mayNavigate(snapshot, workspace.uri(path), offset, 'scopeReferences')).toBe(true);
      return found ? lines(workspace, found) : 'nothing';
    },
  },
});

function going({ navigate, name }: (typeof to)[keyof typeof to]): GoldenHandler<MemoryWorkspace> {
  return (workspace, { fixture }) => {
    const { path, offset } = fixture.cursor();
    const found = navigate(workspace.snapshot, workspace.uri(path), offset, options);
    if (found) {
      expect(mayNavigate(workspace.snapshot, workspace.uri(path), offset, name)).toBe(true);
      expect(found.span.start <= offset && offset <= found.span.end, 'the span holds the cursor').toBe(true);
    }
    return show(workspace, path, found);
  };
}

function show(workspace: MemoryWorkspace, path: string, found: NavigationResult | undefined): string {
  if (!found) return 'nothing';
  return `on: ${workspace.text(path).slice(found.span.start, found.span.end)}\n${lines(workspace, found.targets)}`;
}

function lines(workspace: MemoryWorkspace, places: readonly Location[]): string {
  const shown = places.map(({ file, span }) => {
    const source = workspace.snapshot.getFile(file);
    const at = source?.lines.positionAt(span.start) ?? { line: -1, column: -1 };
    return `${workspace.path(file)}:${at.line + 1}:${at.column + 1} ${source?.text.slice(span.start, span.end) ?? ''}`;
  });
  return shown.join('\n');
}
