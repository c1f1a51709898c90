/**
 * What arg_scope does, case by case: `calls` goldens list what each op call receives, `contexts` goldens the same with
 * every way that leads to the call, `scopes` goldens what each arg_scope is. Defaults are left out, except those that a
 * caller's scope may change, which a note counts.
 */
import { mdtest } from '../../support/mdtest';
import { memoryWorkspace } from '../../support/memoryWorkspace';
import { printCalls, printContexts, printScopes } from './printAnalysis';

mdtest({
  folder: new URL('./cases/', import.meta.url),
  setup: (fixture) => memoryWorkspace(fixture.files, fixture.settings),
  goldens: {
    calls: (workspace, { fixture, block }) =>
      printCalls(workspace, block.attributes['file'] ?? fixture.files[0]?.path ?? ''),
    contexts: (workspace, { fixture, block }) =>
      printContexts(workspace, block.attributes['file'] ?? fixture.files[0]?.path ?? ''),
    scopes: (workspace, { fixture, block }) =>
      printScopes(workspace, block.attributes['file'] ?? fixture.files[0]?.path ?? ''),
  },
});
