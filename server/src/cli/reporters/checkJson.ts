/**
 * `slimscope check --format json`: the schema that docs/command-line.md describes, version 1. Public: names and meanings
 * stay; new keys may come.
 */
import type { FileDiagnostic } from '../../features/model';
import type { CheckResult, CheckSummary, Found, PlacedFix } from '../check';
import type { InputProblem } from '../inputs';
import type { Place } from '../places';
import { countByRule, type RuleCount } from './countByRule';

interface CheckReport {
  readonly schemaVersion: 1;
  /** Files with findings, sorted by path. Absent with `--statistics`. */
  readonly files?: readonly { readonly path: string; readonly diagnostics: readonly ReportedDiagnostic[] }[];
  /** Only with `--statistics`. */
  readonly statistics?: readonly RuleCount[];
  readonly problems: readonly InputProblem[];
  readonly summary: CheckSummary;
}

/** Lines and columns count from 1; columns are UTF-16 code units, and the end is just behind the last character. */
interface ReportedDiagnostic {
  readonly rule: string;
  readonly severity: FileDiagnostic['severity'];
  /** Only in notebooks: the number of the code cell; lines are those of the cell. */
  readonly cell?: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly fixes: readonly ReportedFix[];
  readonly related: readonly (Place & { readonly message: string })[];
}

interface ReportedFix {
  readonly title: string;
  readonly safety: PlacedFix['safety'];
  readonly edits: readonly Readonly<Record<string, number | string>>[];
}

/** The whole report. */
export function checkJson(
  { files, problems, summary }: CheckResult,
  options: { readonly statistics: boolean },
): string {
  const report: CheckReport = {
    schemaVersion: 1,
    ...(options.statistics
      ? { statistics: countByRule(files) }
      : { files: files.map(({ path, found }) => ({ path, diagnostics: found.map(toReported) })) }),
    problems,
    summary,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function toReported({ diagnostic, range, fixes, related }: Found): ReportedDiagnostic {
  const { path: _, ...place } = range;
  return {
    rule: diagnostic.rule,
    severity: diagnostic.severity,
    ...place,
    message: diagnostic.message,
    fixes: fixes.map(({ title, safety, edits }) => ({
      title,
      safety,
      edits: edits.map(({ path: _path, ...edit }) => edit),
    })),
    related,
  };
}
