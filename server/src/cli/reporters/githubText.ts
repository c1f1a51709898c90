/**
 * `slimscope check --format github`: workflow commands that GitHub Actions shows at the changed lines. Hints are left to
 * editors.
 */
import type { CheckResult, Found } from '../check';
import { placeText } from '../places';

/** One line per finding. */
export function githubText({ files, problems }: CheckResult): string {
  const findings = files.flatMap(({ found }) => found).filter(({ diagnostic }) => diagnostic.severity !== 'hint');
  const notes = problems.map(({ path, reason }) => command('notice', { file: path, title: 'Slimscope' }, reason));
  return [...findings.map(findingText), ...notes].map((line) => `${line}\n`).join('');
}

function findingText({ diagnostic, range }: Found): string {
  const { severity, rule } = diagnostic;
  const name = severity === 'info' || severity === 'hint' ? 'notice' : severity;
  const title = `Slimscope (${rule})`;
  // Lines of a notebook are not lines of its file.
  if (range.cell !== undefined) {
    return command(name, { file: range.path, title }, `${placeText(range)}: ${diagnostic.message}`);
  }
  // GitHub takes columns only within one line.
  const columns = range.line === range.endLine ? { col: range.column, endColumn: range.endColumn } : {};
  const place = { file: range.path, line: range.line, endLine: range.endLine, ...columns };
  return command(name, { ...place, title }, diagnostic.message);
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
