/**
 * Inlay hints: what a call inherits from arg_scopes, in a few characters behind it. Pure functions of the snapshot. They
 * show the ways that the analysis has and evaluate nothing by themselves; the whole story is the hover's.
 */
import { checkCancelled } from '../base/cancel';
import type { Span } from '../base/span';
import { canEdit } from '../project/fileEdits';
import type { Snapshot } from '../project/snapshot';
import { makeExplicit } from '../slim/explicit/makeExplicit';
import type { OpCall } from '../slim/model';
import { viewCall } from './effectiveCallView';
import { hover } from './hover';
import { hintParts } from './inlayHints/hintParts';
import type { HoverOptions, InlayHintDetails, InlayHintPart, InlayHintResult, InlayHintsOptions } from './model';

/** The hints that stand in `range`, in order of their places. */
export function inlayHints(
  snapshot: Snapshot,
  file: string,
  range: Span,
  options: InlayHintsOptions,
): readonly InlayHintResult[] {
  const byPlace = new Map<number, OpCall[]>();
  for (const call of snapshot.analysis(file, options.cancel)?.calls ?? []) {
    const { end } = call.call.span;
    if (!isWritten(call) || end < range.start || end > range.end) continue;
    byPlace.set(end, [...(byPlace.get(end) ?? []), call]);
  }
  const hints = [...byPlace.values()].flatMap((calls) => {
    checkCancelled(options.cancel);
    return hintOf(calls, options);
  });
  return hints.sort((a, b) => a.call.end - b.call.end);
}

/** What a hint says and does beyond its label: the hover of the call, and the edits that write it out. */
export function inlayHintDetails(
  snapshot: Snapshot,
  file: string,
  call: Span,
  options: HoverOptions,
): InlayHintDetails | undefined {
  const source = snapshot.getFile(file);
  const analysis = source && snapshot.analysis(file, options.cancel);
  const found = analysis?.calls.filter((one) => isWritten(one) && isSame(one.call.span, call));
  const [first, ...others] = found ?? [];
  if (!source || !analysis || !first) return undefined;
  const tooltip = hover(snapshot, file, call.start, options);
  if (others.length > 0) return { tooltip, edits: [] };
  const explicit = makeExplicit({ program: snapshot, source, analysis, call: first });
  const edits = explicit.kind === 'explicit' && canEdit(source, explicit.edits) ? explicit.edits : [];
  return { tooltip, edits };
}

/** A callee that may be several ops has a hint only where it is the same for all of them. */
function hintOf(calls: readonly OpCall[], options: InlayHintsOptions): readonly InlayHintResult[] {
  const all = calls.map((call) => ({ call: call.call.span, parts: partsOf(call, options) }));
  const [first, ...others] = all;
  if (!first || first.parts.length === 0) return [];
  return others.every((one) => textOf(one.parts) === textOf(first.parts)) ? [first] : [];
}

function partsOf(call: OpCall, { arguments: wanted, maxLength }: InlayHintsOptions): readonly InlayHintPart[] {
  const view = viewCall(call);
  if (view.failures.some(({ always }) => always)) return [];
  return hintParts(view, { isEverything: wanted === 'inherited', maxLength });
}

/** A normalizer that the library calls is part of the call that asks for it. */
function isWritten({ via }: OpCall): boolean {
  return via !== 'normalizer_fn' && via !== 'activation_fn';
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

function textOf(parts: readonly InlayHintPart[]): string {
  return parts.map(({ text }) => text).join(' · ');
}
