/**
 * The light bulb: fixes of the findings in a range, and rewritings of the op call there. Pure function of the snapshot:
 * asked again for the same range it gives the same actions under the same ids, so that nothing has to be remembered.
 * The order is that of the list: fixes, then conversion, then half-step, then fix-all, then hiding by a comment.
 */
import { checkCancelled } from '../base/cancel';
import type { Span } from '../base/span';
import { canEdit } from '../project/fileEdits';
import type { Snapshot } from '../project/snapshot';
import type { DiagnosticWithFixes } from './diagnostics';
import { diagnosticsWithFixes } from './diagnostics';
import { convertActions } from './fixes/convertActions';
import { explicitActions } from './fixes/explicitActions';
import { findingActions } from './fixes/findingActions';
import { fixAllActions } from './fixes/fixAllActions';
import { findOpCall } from './fixes/findOpCall';
import { suppressActions } from './fixes/suppressActions';
import type { CodeActionResult, CodeActionsOptions } from './model';

/** The actions for a range (usually a cursor) of a file. */
export function codeActions(
  snapshot: Snapshot,
  file: string,
  range: Span,
  options: CodeActionsOptions,
): readonly CodeActionResult[] {
  const source = snapshot.getFile(file);
  if (!source) return [];
  const all = diagnosticsWithFixes(snapshot, file, {
    cancel: options.cancel,
    ...(options.baseline && { baseline: options.baseline }),
    ...(options.onRuleFailure && { onRuleFailure: options.onRuleFailure }),
  });
  const here = all.filter(({ diagnostic }) => overlaps(diagnostic.span, range));
  checkCancelled(options.cancel);
  const rewritings = rewritingActions(snapshot, file, { range, diagnostics: all, options });
  const actions = [
    ...findingActions(here),
    ...rewritings,
    ...fixAllActions(all),
    ...suppressActions(source, here, all),
  ];
  return withoutDoubles(actions.filter((action) => isWanted(action, options.only) && canEdit(source, action.edits)));
}

/** One menu shows a rewriting once: as a quick fix where it is one, else as a refactoring. */
function withoutDoubles(actions: readonly CodeActionResult[]): readonly CodeActionResult[] {
  const fixes = new Set(actions.flatMap(({ kind, title }) => (kind === 'quickfix' ? [title] : [])));
  return actions.filter(({ kind, title }) => kind === 'quickfix' || !fixes.has(title));
}

interface Place {
  readonly range: Span;
  readonly diagnostics: readonly DiagnosticWithFixes[];
  readonly options: CodeActionsOptions;
}

function rewritingActions(snapshot: Snapshot, file: string, place: Place): readonly CodeActionResult[] {
  const source = snapshot.getFile(file);
  const analysis = snapshot.analysis(file, place.options.cancel);
  const call = source && analysis && findOpCall(source, analysis, place.range);
  if (!source || !analysis || !call) return [];
  const request = { program: snapshot, source, analysis, call };
  const onCallee = place.diagnostics
    .filter(({ diagnostic }) => overlaps(diagnostic.span, call.callee.span))
    .map(({ diagnostic }) => diagnostic.key);
  return [...convertActions(request, onCallee), ...explicitActions(request)];
}

/** Touching is enough: a cursor behind the last character is still on the finding. */
function overlaps(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** Kinds are hierarchical: `refactor` wants `refactor.inline.slimscope`. */
function isWanted(action: CodeActionResult, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((kind) => action.kind === kind || action.kind.startsWith(`${kind}.`));
}
