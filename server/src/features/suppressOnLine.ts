/**
 * The edit that hides what one rule finds at one place by a comment on its line: the quick fix of the same effect, for
 * whoever knows the place without having the menu open.
 */
import { contains, type Span } from '../base/span';
import type { Snapshot } from '../project/snapshot';
import { diagnosticsWithFixes } from './diagnostics';
import { suppressActions } from './fixes/suppressActions';
import type { CodeActionResult, DiagnosticsOptions } from './model';

/** Undefined where the rule finds nothing, or no comment can stand. */
export function suppressOnLine(
  snapshot: Snapshot,
  file: string,
  place: { readonly range: Span; readonly rule: string },
  options: DiagnosticsOptions,
): CodeActionResult | undefined {
  const source = snapshot.getFile(file);
  if (!source) return undefined;
  const all = diagnosticsWithFixes(snapshot, file, options);
  const here = all.filter(({ diagnostic }) => diagnostic.rule === place.rule && contains(diagnostic.span, place.range));
  // The narrowest comes first.
  return suppressActions(source, here, all)[0];
}
