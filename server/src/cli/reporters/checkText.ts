/**
 * `slimscope check` for people: one line per finding in the form that editors and terminals make clickable, and a
 * summary. Hints are left to editors.
 */
import type { CheckReport, CheckSummary, ReportedFinding } from '../check';

/** The whole report. */
export function checkText(report: CheckReport): string {
  const lines = report.files.flatMap(({ path, findings }) =>
    findings.filter((finding) => finding.severity !== 'hint').map((finding) => findingText(path, finding)),
  );
  const problems = report.problems.map(({ path, reason }) => `${path} note: ${reason}`);
  return [...lines, ...problems, summaryText(report.summary), ''].join('\n');
}

/** Further lines of the message are indented below the first. */
function findingText(path: string, { line, column, severity, rule, message }: ReportedFinding): string {
  return `${path}:${line}:${column} ${severity} ${rule}: ${message.replace(/\n/g, '\n    ')}`;
}

function summaryText(summary: CheckSummary): string {
  const { slimCalls, unknownCalls } = summary;
  const infos = summary.infos > 0 ? `, ${plural(summary.infos, 'info')}` : '';
  const found = `${plural(summary.errors, 'error')}, ${plural(summary.warnings, 'warning')}${infos}`;
  const known = `${slimCalls - unknownCalls} fully known, ${unknownCalls} with values that are not known`;
  const calls = slimCalls > 0 ? ` (${plural(slimCalls, 'slim call')}, ${known})` : '';
  return `${found} in ${plural(summary.files, 'file')}${calls}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
