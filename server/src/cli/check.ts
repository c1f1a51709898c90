/**
 * `slimscope check`: the findings of all files asked for, with counts, as plain data. Printing is the reporters' work,
 * and what scripts read is made in reporters/checkJson.ts.
 */
import { neverCancelled } from '../base/cancel';
import type { LineIndex } from '../base/lineIndex';
import { diagnosticsWithFixes, type DiagnosticWithFixes } from '../features/diagnostics';
import { applyBaseline } from '../features/baseline';
import type { BaselineEntry, FileDiagnostic } from '../features/model';
import { countCalls } from '../project/callCounts';
import type { Snapshot } from '../project/snapshot';
import type { Fix } from '../rules/rule';
import type { InputProblem, OpenedInputs } from './inputs';
import { targetSummary, type TargetSummary } from './targetSummary';
import { toPlace, toPlaceRange, type Place, type PlaceRange } from './places';

/** What was found, for the reporters. */
export interface CheckResult {
  /** Files with findings, sorted by path. */
  readonly files: readonly CheckedFile[];
  /** Limits reached, files that could not be read or written. */
  readonly problems: readonly InputProblem[];
  readonly summary: CheckSummary;
}

export interface CheckedFile {
  readonly path: string;
  readonly isNotebook: boolean;
  readonly text: string;
  readonly lines: LineIndex;
  /** Sorted by position, then by rule. */
  readonly found: readonly Found[];
}

export interface Found {
  readonly diagnostic: FileDiagnostic;
  readonly range: PlaceRange;
  readonly related: readonly (Place & { readonly message: string })[];
  readonly fixes: readonly PlacedFix[];
}

/** A fix with its edits as places. */
export interface PlacedFix extends Pick<Fix, 'title' | 'safety'> {
  readonly edits: readonly (PlaceRange & { readonly newText: string })[];
}

export interface CheckSummary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
  /** Findings that `--fix` would take away, and those that only `--unsafe-fixes` would. */
  readonly fixable: number;
  readonly unsafelyFixable: number;
  /** Findings that were fixed before this report. */
  readonly fixed: number;
  /** Findings that are left out because the baseline knows them, and how many of its entries no finding matches. */
  readonly baselined: number;
  readonly staleBaselineEntries: number;
  readonly files: number;
  readonly slimCalls: number;
  readonly unknownCalls: number;
  /** What the files are meant to run under, and why. */
  readonly targets: readonly TargetSummary[];
}

/** What the check needs from the command line around it. */
export interface CheckContext {
  /** Told what threw (a rule, the evaluator) and where; the rest goes on. */
  onFailure(what: string, error: unknown): void;
  /** Problems of a file that are known and left out. */
  baselineOf(file: string): readonly BaselineEntry[];
  /** Told before each file. */
  onProgress(done: number, total: number): void;
}

/** Checks every target as it is now. `fixed` is how many findings were fixed before. */
export function check(inputs: OpenedInputs, context: CheckContext, fixed = 0): CheckResult {
  const { snapshot, targets } = inputs;
  const files: CheckedFile[] = [];
  let [slimCalls, unknownCalls, baselined, staleBaselineEntries] = [0, 0, 0, 0];
  for (const [i, { file }] of targets.entries()) {
    context.onProgress(i, targets.length);
    const path = snapshot.getPath(file);
    try {
      const checked = checkFile(snapshot, file, context);
      if (checked && checked.found.length > 0) files.push(checked);
      baselined += checked?.baselined ?? 0;
      staleBaselineEntries += checked?.stale ?? 0;
    } catch (error) {
      context.onFailure(`the check of ${path}`, error);
    }
    try {
      const counts = countCalls(snapshot.quickAnalysis(file));
      slimCalls += counts.calls;
      unknownCalls += counts.unknown;
    } catch (error) {
      context.onFailure(`the evaluation of ${path}`, error);
    }
  }
  const counts = { fixed, baselined, staleBaselineEntries, files: targets.length, slimCalls, unknownCalls };
  const meant = targetSummary(
    snapshot,
    targets.map(({ file }) => file),
  );
  return { files, problems: inputs.problems(), summary: { ...summarize(files), ...counts, targets: meant } };
}

/** Undefined when the file does not exist. */
function checkFile(
  snapshot: Snapshot,
  file: string,
  context: CheckContext,
): (CheckedFile & { readonly baselined: number; readonly stale: number }) | undefined {
  const path = snapshot.getPath(file);
  const onRuleFailure = (rule: string, error: unknown) => context.onFailure(`rule ${rule} on ${path}`, error);
  const all = diagnosticsWithFixes(snapshot, file, { cancel: neverCancelled, onRuleFailure });
  const source = snapshot.getFile(file);
  if (!source) return undefined;
  const { kept, matched, stale } = applyBaseline(context.baselineOf(file), source, all);
  return {
    path,
    isNotebook: source.cells !== undefined,
    text: source.text,
    lines: source.lines,
    found: kept.map((one) => toFound(snapshot, file, one)),
    baselined: matched,
    stale: stale.reduce((sum, { count }) => sum + count, 0),
  };
}

function toFound(snapshot: Snapshot, file: string, { diagnostic, fixes }: DiagnosticWithFixes): Found {
  return {
    diagnostic,
    range: toPlaceRange(snapshot, { file, span: diagnostic.span }),
    related: diagnostic.related.map(({ location, message }) => ({ ...toPlace(snapshot, location), message })),
    fixes: fixes().map(({ title, safety, edits }) => ({
      title,
      safety,
      edits: edits.map(({ span, newText }) => ({ ...toPlaceRange(snapshot, { file, span }), newText })),
    })),
  };
}

function summarize(files: readonly CheckedFile[]) {
  const all = files.flatMap(({ found }) => found);
  const count = (severity: FileDiagnostic['severity']) =>
    all.filter(({ diagnostic }) => diagnostic.severity === severity).length;
  const fixable = all.filter(isSafelyFixable).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    hints: count('hint'),
    fixable,
    unsafelyFixable: all.filter(({ fixes }) => fixes.length > 0).length - fixable,
  };
}

/** True when `--fix` takes the finding away without looking. */
export function isSafelyFixable({ fixes }: Found): boolean {
  return fixes.some(({ safety }) => safety === 'safe');
}
