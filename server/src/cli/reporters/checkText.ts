/**
 * `slimscope check` for people: each finding with its line, in the form that editors and terminals make clickable, and a
 * summary. Hints are left to editors.
 */
import { targetText } from '../../project/target';
import type { CheckedFile, CheckResult, CheckSummary, Found } from '../check';
import { placeText } from '../places';
import type { TargetSummary } from '../targetSummary';
import { countByRule } from './countByRule';
import { excerpt, withoutControls } from './excerpt';
import { createStyles, type Styles } from './styles';

export interface CheckTextOptions {
  readonly useColors: boolean;
  /** Counts per rule instead of findings. */
  readonly statistics: boolean;
}

/** The whole report. */
export function checkText(result: CheckResult, options: CheckTextOptions): string {
  const styles = createStyles(options.useColors);
  const body = options.statistics ? [statisticsText(result.files)] : findingTexts(result.files, styles);
  const problems = result.problems.map(({ path, reason }) => withoutControls(`${path} note: ${reason}`));
  const blocks = [...body, problems.join('\n'), summaryText(result.summary)];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function findingTexts(files: readonly CheckedFile[], styles: Styles): readonly string[] {
  return files.flatMap((file) =>
    file.found
      .filter(({ diagnostic }) => diagnostic.severity !== 'hint')
      .map((found) => findingText(file, found, styles)),
  );
}

/** Further lines of the message are indented below the first. */
function findingText(file: CheckedFile, { diagnostic, range, related }: Found, styles: Styles): string {
  const { severity, rule, span } = diagnostic;
  const message = withoutControls(diagnostic.message).replace(/\n/g, '\n    ');
  const place = styles.bold(withoutControls(placeText(range)));
  const { line, carets } = excerpt(file.text, file.lines, span);
  const number = String(range.line);
  const margin = ' '.repeat(number.length);
  const notes = related.map((one) => withoutControls(`${placeText(one)}: ${one.message}`));
  return [
    `${place} ${styles.severity(severity, severity)} ${rule}: ${message}`,
    ` ${styles.dim(`${number} |`)} ${line}`,
    ` ${styles.dim(`${margin} |`)} ${styles.severity(severity, carets)}`,
    ...notes.map((note) => ` ${styles.dim(`${margin} =`)} ${note}`),
  ].join('\n');
}

function statisticsText(files: readonly CheckedFile[]): string {
  const counts = countByRule(files);
  const width = String(Math.max(0, ...counts.map(({ count }) => count))).length;
  const names = Math.max(0, ...counts.map(({ rule }) => rule.length));
  const rows = counts.map((one) => {
    const parts = [
      plural(one.errors, 'error'),
      plural(one.warnings, 'warning'),
      plural(one.infos, 'info'),
      plural(one.hints, 'hint'),
    ].filter((part) => !part.startsWith('0 '));
    const fixable = one.fixable > 0 ? `; ${one.fixable} fixable` : '';
    return `${String(one.count).padStart(width)}  ${one.rule.padEnd(names)}  ${parts.join(', ')}${fixable}`;
  });
  return rows.join('\n');
}

function summaryText(summary: CheckSummary): string {
  const { slimCalls, unknownCalls } = summary;
  const infos = summary.infos > 0 ? `, ${plural(summary.infos, 'info')}` : '';
  const found = `${plural(summary.errors, 'error')}, ${plural(summary.warnings, 'warning')}${infos}`;
  const known = `${slimCalls - unknownCalls} fully known, ${unknownCalls} with values that are not known`;
  const calls = slimCalls > 0 ? ` (${plural(slimCalls, 'slim call')}, ${known})` : '';
  const counts = `${found} in ${plural(summary.files, 'file')}${calls}`;
  return [...summary.targets.map(targetLine), ...fixTexts(summary), ...baselineTexts(summary), counts].join('\n');
}

/** "Target: TensorFlow 1.x (`tensorflow==1.15` in requirements.txt, line 3)" */
function targetLine({ target, reason, line, files }: TargetSummary, _i: number, all: readonly unknown[]): string {
  const where = line === undefined ? '' : `, line ${line}`;
  const share = all.length > 1 ? ` for ${plural(files, 'file')}` : '';
  return `Target${share}: ${targetText(target)} (${reason}${where})`;
}

function baselineTexts({ baselined, staleBaselineEntries }: CheckSummary): readonly string[] {
  const known = baselined > 0 ? [`${plural(baselined, 'problem')} in the baseline`] : [];
  const gone = staleBaselineEntries === 1 ? '1 entry' : `${staleBaselineEntries} entries`;
  const stale = `${gone} of the baseline ${staleBaselineEntries === 1 ? 'matches' : 'match'} nothing any more`;
  return staleBaselineEntries > 0 ? [...known, stale] : known;
}

function fixTexts({ fixed, fixable, unsafelyFixable }: CheckSummary): readonly string[] {
  const done = fixed > 0 ? [`${plural(fixed, 'problem')} fixed`] : [];
  const more = unsafelyFixable > 0 ? `${unsafelyFixable} with \`--fix --unsafe-fixes\`` : '';
  const safe = fixable > 0 ? `${fixable} can be fixed with \`--fix\`` : '';
  if (safe !== '') return [...done, more === '' ? safe : `${safe}, ${more.replace(' with', ' more with')}`];
  return more === '' ? done : [...done, more.replace(' with', ' can be fixed with')];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
