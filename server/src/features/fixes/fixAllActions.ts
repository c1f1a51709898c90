/**
 * `source.fixAll.slimscope`: the safe fixes of a whole file in one edit. Fixes whose edits overlap one that is already
 * taken are left for the next run.
 */
import type { TextEdit } from '../../base/textEdit';
import type { DiagnosticWithFixes } from '../diagnostics';
import type { CodeActionResult } from '../model';

/** The action, or nothing when no finding has a safe fix. */
export function fixAllActions(findings: readonly DiagnosticWithFixes[]): readonly CodeActionResult[] {
  const edits: TextEdit[] = [];
  const resolves: string[] = [];
  for (const { diagnostic, fixes } of findings) {
    const fix = fixes().find(({ safety }) => safety === 'safe');
    if (!fix) continue;
    const added = fix.edits.filter((edit) => !edits.some((taken) => isSame(taken, edit)));
    if (added.some((edit) => edits.some((taken) => collides(taken, edit)))) continue;
    edits.push(...added);
    resolves.push(diagnostic.key);
  }
  if (edits.length === 0) return [];
  return [
    {
      id: 'fixAll',
      title: 'Fix all safely fixable Slimscope problems',
      kind: 'source.fixAll.slimscope',
      edits,
      isPreferred: false,
      safety: 'safe',
      resolves,
      caveats: [],
    },
  ];
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;
}

/** Two insertions at one place would depend on their order. */
function collides(a: TextEdit, b: TextEdit): boolean {
  return a.span.start === b.span.start || (a.span.start < b.span.end && b.span.start < a.span.end);
}
