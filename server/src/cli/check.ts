/**
 * `slimscope check`: the findings of all files asked for, with counts, as plain data. Printing is the reporters' work.
 */
import { neverCancelled } from '../base/cancel';
import { diagnostics } from '../features/diagnostics';
import type { FileDiagnostic } from '../features/model';
import { countCalls } from '../project/callCounts';
import type { InputProblem, OpenedInputs } from './inputs';
import { toPlace, toPlaceRange, type Place } from './places';

/** The JSON of `slimscope check --format json`, schema version 1: public. */
export interface CheckReport {
  readonly schemaVersion: 1;
  /** Files with findings, sorted by path. */
  readonly files: readonly { readonly path: string; readonly findings: readonly ReportedFinding[] }[];
  /** Limits reached, files that could not be read. */
  readonly problems: readonly InputProblem[];
  readonly summary: CheckSummary;
}

export interface ReportedFinding {
  readonly rule: string;
  readonly severity: FileDiagnostic['severity'];
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly related: readonly (Place & { readonly message: string })[];
}

export interface CheckSummary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
  readonly files: number;
  readonly slimCalls: number;
  readonly unknownCalls: number;
}

/** Checks every target. `onFailure` is told what threw (a rule, the evaluator) and where; the rest goes on. */
export function check(inputs: OpenedInputs, onFailure: (what: string, error: unknown) => void): CheckReport {
  const { snapshot, targets } = inputs;
  const files: { path: string; findings: readonly ReportedFinding[] }[] = [];
  let slimCalls = 0;
  let unknownCalls = 0;
  for (const { file } of targets) {
    const path = snapshot.getPath(file);
    const onRuleFailure = (rule: string, error: unknown) => onFailure(`rule ${rule} on ${path}`, error);
    const found = diagnostics(snapshot, file, { cancel: neverCancelled, onRuleFailure });
    const findings = found.map((finding): ReportedFinding => {
      const { path: _, ...range } = toPlaceRange(snapshot, { file, span: finding.span });
      const related = finding.related.map(({ location, message }) => ({ ...toPlace(snapshot, location), message }));
      return { rule: finding.rule, severity: finding.severity, ...range, message: finding.message, related };
    });
    if (findings.length > 0) files.push({ path, findings });
    try {
      const counts = countCalls(snapshot.quickAnalysis(file));
      slimCalls += counts.calls;
      unknownCalls += counts.unknown;
    } catch (error) {
      onFailure(`the evaluation of ${path}`, error);
    }
  }
  const all = files.flatMap((file) => file.findings);
  const count = (severity: ReportedFinding['severity']) => all.filter((one) => one.severity === severity).length;
  return {
    schemaVersion: 1,
    files,
    problems: inputs.problems(),
    summary: {
      errors: count('error'),
      warnings: count('warning'),
      infos: count('info'),
      hints: count('hint'),
      files: targets.length,
      slimCalls,
      unknownCalls,
    },
  };
}
