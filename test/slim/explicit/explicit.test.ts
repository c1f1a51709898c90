import { makeExplicit } from '../../../server/src/slim/explicit/makeExplicit';
import type { RewriteRequest } from '../../../server/src/slim/rewrite/request';
import { memoryWorkspace } from '../../support/memoryWorkspace';
import { mdtest } from '../../support/mdtest';
import type { Rewriting, Rewritten } from '../keras/rewriteFixtures';
import { renderRewrite } from '../keras/rewriteFixtures';

const halfStep: Rewriting = { rewrite: explicit, applies: (request) => makeExplicit(request).kind !== 'nothing' };

mdtest({
  folder: new URL('./', import.meta.url),
  setup: (fixture) => memoryWorkspace(fixture.files, fixture.settings),
  goldens: { explicit: (workspace, { fixture }) => renderRewrite(workspace, fixture, halfStep) },
});

function explicit(request: RewriteRequest): Rewritten {
  const result = makeExplicit(request);
  if (result.kind === 'refused') return { edits: [], reasons: result.reasons, caveats: [] };
  if (result.kind === 'nothing') return { edits: [], reasons: [{ reason: 'nothing is inherited' }], caveats: [] };
  return { edits: result.edits, reasons: [], caveats: [] };
}
