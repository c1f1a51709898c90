/**
 * Runs the rules on one file of a snapshot. A rule that throws is told to the adapter and left out for this file; the
 * results of the others stay. Findings inside damaged code are dropped and those that a comment hides, the rest is sorted
 * and each is given once. The rules about such comments run last. It applies the severities of the settings. Whoever has
 * a baseline gives it; what that knows is left out at the very end.
 */
import { Cancelled, checkCancelled } from '../base/cancel';
import type { CancelToken } from '../base/cancel';
import type { Span } from '../base/span';
import { canEdit } from '../project/fileEdits';
import type { Snapshot } from '../project/snapshot';
import { rules as allRules } from '../rules/registry';
import type { Finding, Fix, Rule, RuleContext, Severity } from '../rules/rule';
import { noDirectives, type DirectiveReport } from '../rules/support/directiveReport';
import { isExpectedToFail } from '../rules/support/expectedFailure';
import type { SourceFile } from '../semantics/program';
import type { FileAnalysis } from '../slim/model';
import { applyBaseline } from './baseline';
import type { DiagnosticsOptions, FileDiagnostic } from './model';
import { Suppressions } from './suppressions';

/** A diagnostic together with its fixes, for the features that apply them. */
export interface DiagnosticWithFixes {
  readonly diagnostic: FileDiagnostic;
  /** Computed when called. A fix that cannot be computed because of a bug is told like a failing rule. */
  fixes(): readonly Fix[];
}

/** The diagnostics of a file; empty when the file does not exist. */
export function diagnostics(snapshot: Snapshot, file: string, options: DiagnosticsOptions): readonly FileDiagnostic[] {
  return diagnosticsWithFixes(snapshot, file, options).map((one) => one.diagnostic);
}

/** As {@link diagnostics}, with access to the fixes. `rules` is for tests of this file. */
export function diagnosticsWithFixes(
  snapshot: Snapshot,
  file: string,
  options: DiagnosticsOptions,
  rules: readonly Rule[] = allRules,
): readonly DiagnosticWithFixes[] {
  const source = snapshot.getFile(file);
  const settings = snapshot.settings(file);
  if (!source || settings.diagnosticsScope === 'off') return [];
  const run: Run = { context: makeContext(snapshot, source, options.cancel), options, hasRun: new Set() };
  const isOn = (rule: Rule) => settings.rules[rule.name] !== 'off';
  const kept = visibleFindings(run, rules.filter(isOn), [...new Set([...allRules, ...rules])]);
  kept.sort((a, b) => comparePlaces(a.finding.span, b.finding.span) || compareText(a.rule.name, b.rule.name));
  const all = withKeys(kept, source.text).map(({ rule, finding, key }) => ({
    diagnostic: toDiagnostic(rule, finding, key, settings.rules[rule.name]),
    // Nothing is written to a file that is damaged: the edits might land in what the damage hides.
    fixes: () =>
      (source.tree.incomplete.length > 0 ? [] : fixesOf(rule, finding, options)).filter(({ edits }) =>
        canEdit(source, edits),
      ),
  }));
  return options.baseline ? applyBaseline(options.baseline, source, all).kept : all;
}

interface RuleFinding {
  readonly rule: Rule;
  readonly finding: Finding;
}

interface Run {
  readonly context: RuleContext;
  readonly options: DiagnosticsOptions;
  /** The rules that came to their end. */
  readonly hasRun: Set<Rule>;
}

/** What the rules find and no comment hides; `known` are the rules that a comment may name. */
function visibleFindings(run: Run, rules: readonly Rule[], known: readonly Rule[]): RuleFinding[] {
  const { context, options } = run;
  const found = rules.flatMap((rule) => (rule.family === 'directive' ? [] : runRule(rule, run)));
  const kept = found.filter(
    ({ rule, finding }) =>
      !isInDamagedCode(finding.span, context.source) && !(predictsError(rule) && isExpected(context, finding)),
  );
  let suppressions: Suppressions;
  try {
    suppressions = new Suppressions(context.source, known);
  } catch (error) {
    options.onRuleFailure?.('directives', error);
    return kept;
  }
  const visible = kept.filter(({ rule, finding }) => !suppressions.hides(rule, finding.span));
  const after: Run = {
    ...run,
    context: withDirectives(
      context,
      suppressions.report((rule) => run.hasRun.has(rule)),
    ),
  };
  const own = rules.flatMap((rule) => (rule.family === 'directive' ? runRule(rule, after) : []));
  return [...visible, ...own.filter(({ rule, finding }) => !suppressions.hides(rule, finding.span))];
}

/** Rules that say which error Python will raise. */
function predictsError({ family, severity }: Rule): boolean {
  return family === 'arg-scope' && severity === 'error';
}

function isExpected({ source }: RuleContext, { span }: Finding): boolean {
  return isExpectedToFail(source.tree.module, span);
}

/** The same context, not a copy: reading the analysis would evaluate the file. */
function withDirectives(context: RuleContext, directives: DirectiveReport): RuleContext {
  return Object.create(context, { directives: { value: directives } }) as RuleContext;
}

/** The analysis is evaluated by the first rule that reads it; a failure is remembered, so that it costs its time once. */
function makeContext(snapshot: Snapshot, source: SourceFile, cancel: CancelToken): RuleContext {
  let analysis: FileAnalysis | undefined;
  let failure: { readonly error: unknown } | undefined;
  return {
    program: snapshot,
    source,
    settings: snapshot.settings(source.file),
    target: snapshot.target(source.file),
    directives: noDirectives,
    cancel,
    importersOf: (file) => snapshot.importersOf(file),
    get analysis() {
      if (failure) throw failure.error;
      try {
        return (analysis ??= snapshot.quickAnalysis(source.file, cancel) ?? emptyAnalysis(source.file));
      } catch (error) {
        failure = { error };
        throw error;
      }
    },
  };
}

function emptyAnalysis(file: string): FileAnalysis {
  return { file, calls: [], scopes: [], problems: [] };
}

/** All findings of a rule, or none when it fails half-way: half a result would look like a whole one. */
function runRule(rule: Rule, { context, options, hasRun }: Run): readonly RuleFinding[] {
  const findings: RuleFinding[] = [];
  try {
    for (const finding of rule.check(context)) {
      checkCancelled(context.cancel);
      findings.push({ rule, finding });
    }
    hasRun.add(rule);
    return findings;
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    options.onRuleFailure?.(rule.name, error);
    return [];
  }
}

function fixesOf(rule: Rule, finding: Finding, options: DiagnosticsOptions): readonly Fix[] {
  try {
    return finding.fixes?.() ?? [];
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    options.onRuleFailure?.(rule.name, error);
    return [];
  }
}

function isInDamagedCode(span: Span, source: SourceFile): boolean {
  return source.tree.incomplete.some((damaged) => span.start < damaged.end && damaged.start < span.end);
}

/**
 * Names each finding by its rule, its source text and how many equal ones stand before it: such a name survives edits
 * elsewhere in the file. Findings that say the same of the same place are one.
 */
function withKeys(found: readonly RuleFinding[], text: string): readonly (RuleFinding & { readonly key: string })[] {
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  const named: (RuleFinding & { readonly key: string })[] = [];
  for (const { rule, finding } of found) {
    const { start, end } = finding.span;
    const identity = `${rule.name} ${start} ${end} ${finding.message}`;
    if (seen.has(identity)) continue;
    seen.add(identity);
    const base = `${rule.name}:${text.slice(start, Math.min(end, start + 80))}`;
    const count = counts.get(base) ?? 0;
    counts.set(base, count + 1);
    named.push({ rule, finding, key: `${base}:${count}` });
  }
  return named;
}

function toDiagnostic(
  rule: Rule,
  finding: Finding,
  key: string,
  configured: FileDiagnostic['severity'] | 'off' | undefined,
): FileDiagnostic {
  return {
    rule: rule.name,
    key,
    span: finding.span,
    severity: severityOf(rule, finding, configured === 'off' ? undefined : configured),
    message: finding.message,
    related: finding.related ?? [],
    tags: finding.tags ?? [],
  };
}

const order: readonly Severity[] = ['hint', 'info', 'warning', 'error'];

/** A finding that its rule made milder on purpose stays so, however severe the rule is configured. */
function severityOf(rule: Rule, finding: Finding, configured: Severity | undefined): Severity {
  const own = finding.severity ?? rule.severity;
  if (!configured) return own;
  const isMilder = order.indexOf(own) < order.indexOf(rule.severity);
  return isMilder && order.indexOf(own) < order.indexOf(configured) ? own : configured;
}

function comparePlaces(a: Span, b: Span): number {
  return a.start - b.start || a.end - b.end;
}

/** By code units, so that the order does not depend on the locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
