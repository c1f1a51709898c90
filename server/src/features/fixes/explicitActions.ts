/**
 * "Make inherited arguments explicit" for an op call that takes arguments from arg_scopes; slim stays.
 */
import { makeExplicit } from '../../slim/explicit/makeExplicit';
import type { RewriteRequest } from '../../slim/rewrite/request';
import type { CodeActionResult } from '../model';
import { describeReason } from './describeReason';

/** The action; none when the call inherits nothing. */
export function explicitActions(request: RewriteRequest): readonly CodeActionResult[] {
  const explicit = makeExplicit(request);
  if (explicit.kind === 'nothing') return [];
  const base = {
    id: 'explicit',
    title: 'Make inherited arguments explicit',
    kind: 'refactor.inline.slimscope',
    isPreferred: false,
    resolves: [],
    caveats: [],
  } as const;
  if (explicit.kind === 'refused') {
    const disabledReason = describeReason(request, explicit.reasons);
    return [{ ...base, edits: [], disabledReason, safety: 'suggestion' }];
  }
  return [{ ...base, edits: explicit.edits, safety: 'safe' }];
}
