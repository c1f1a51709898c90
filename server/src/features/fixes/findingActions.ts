/**
 * The fixes that rules offer for their findings, as actions. The one fix of a finding is preferred when it is safe.
 */
import type { DiagnosticWithFixes } from '../diagnostics';
import type { CodeActionResult } from '../model';

/** Actions for findings, in the order of the findings; equal fixes of several findings are one action. */
export function findingActions(findings: readonly DiagnosticWithFixes[]): readonly CodeActionResult[] {
  const actions = new Map<string, CodeActionResult>();
  for (const { diagnostic, fixes } of findings) {
    for (const [index, fix] of fixes().entries()) {
      const same = JSON.stringify([fix.title, fix.edits]);
      const known = actions.get(same);
      if (known) {
        actions.set(same, { ...known, resolves: [...known.resolves, diagnostic.key] });
        continue;
      }
      actions.set(same, {
        id: `fix:${diagnostic.key}:${index}`,
        title: fix.title,
        kind: 'quickfix',
        edits: fix.edits,
        isPreferred: index === 0 && fix.safety === 'safe',
        safety: fix.safety,
        resolves: [diagnostic.key],
        caveats: [],
      });
    }
  }
  return [...actions.values()];
}
