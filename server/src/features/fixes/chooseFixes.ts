/**
 * Which fixes of a file can be applied at once: the first allowed one of each finding, the safest first. Fixes whose
 * edits overlap one that is already taken are left for the next round.
 */
import { collide, isSameEdit, type TextEdit } from '../../base/textEdit';
import type { Fix, FixSafety } from '../../rules/rule';
import type { DiagnosticWithFixes } from '../diagnostics';
import type { FileDiagnostic } from '../model';

/** Fixes that fit together. */
export interface ChosenFixes {
  /** Never overlapping. */
  readonly edits: readonly TextEdit[];
  readonly resolved: readonly { readonly diagnostic: FileDiagnostic; readonly fix: Fix }[];
}

/** From what anyone may apply to what someone has to look at. */
const safestFirst: readonly FixSafety[] = ['safe', 'suggestion', 'unsafe'];

/** The fixes, in the order of the findings. */
export function chooseFixes(
  findings: readonly DiagnosticWithFixes[],
  isAllowed: (safety: FixSafety) => boolean,
): ChosenFixes {
  const edits: TextEdit[] = [];
  const resolved: { readonly diagnostic: FileDiagnostic; readonly fix: Fix }[] = [];
  for (const { diagnostic, fixes } of findings) {
    const fix = firstAllowed(fixes(), isAllowed);
    if (!fix) continue;
    const added = fix.edits.filter((edit) => !edits.some((taken) => isSameEdit(taken, edit)));
    if (added.some((edit) => edits.some((taken) => collide(taken, edit)))) continue;
    edits.push(...added);
    resolved.push({ diagnostic, fix });
  }
  return { edits, resolved };
}

/** The fix of a finding that would be applied; undefined when none is allowed. */
export function firstAllowed(fixes: readonly Fix[], isAllowed: (safety: FixSafety) => boolean): Fix | undefined {
  return safestFirst
    .filter(isAllowed)
    .flatMap((safety) => fixes.find((fix) => fix.safety === safety) ?? [])
    .at(0);
}
