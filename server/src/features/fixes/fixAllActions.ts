/**
 * `source.fixAll.slimscope`: the safe fixes of a whole file in one edit.
 */
import type { DiagnosticWithFixes } from '../diagnostics';
import type { CodeActionResult } from '../model';
import { chooseFixes } from './chooseFixes';

/** The action, or nothing when no finding has a safe fix. */
export function fixAllActions(findings: readonly DiagnosticWithFixes[]): readonly CodeActionResult[] {
  const { edits, resolved } = chooseFixes(findings, (safety) => safety === 'safe');
  if (edits.length === 0) return [];
  return [
    {
      id: 'fixAll',
      title: 'Fix all safely fixable Slimscope problems',
      kind: 'source.fixAll.slimscope',
      edits,
      isPreferred: false,
      safety: 'safe',
      resolves: resolved.map(({ diagnostic }) => diagnostic.key),
      caveats: [],
    },
  ];
}
