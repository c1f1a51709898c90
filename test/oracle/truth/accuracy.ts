/**
 * Writes docs/accuracy.md: how right the analysis is on every recorded source, per file, with and without callers.
 * Nothing else writes that file.
 */
import { writeFileSync } from 'node:fs';
import { openSource, openSourceTitle } from '../../support/openSources';
import { repositoryPath } from '../../support/repository';
import type { SourceComparison } from './compareRecording';
import { sum, type Figures } from './figures';
import { judge, type Judgement } from './judge';
import { readRecording } from './recording';
import { truthSources } from './sources';

/** @returns exit code: 1 when something that is stated is wrong */
export async function writeAccuracy(): Promise<number> {
  const judgements: Judgement[] = [];
  for (const source of truthSources) {
    const fetched = await openSource(source.name);
    if (fetched.kind === 'unavailable') throw new Error(`${openSourceTitle(source.name)}: ${fetched.reason}`);
    judgements.push(await judge(source, fetched.folder));
    console.log(`${openSourceTitle(source.name)} judged`);
  }
  writeFileSync(repositoryPath('docs/accuracy.md'), accuracyDocument(judgements));
  const wrong = judgements.flatMap((one) => [one.withCallers, one.withoutCallers]).flatMap((one) => one.disagreements);
  for (const { kind, at, text } of wrong) console.log(`${kind} ${at}: ${text}`);
  return wrong.length === 0 ? 0 : 1;
}

const introduction = `# Accuracy

Written by \`npm run accuracy\`, not by hand. What is compared, and how the recordings are made, is in [oracle.md](oracle.md).
How right the lint is, is in [accuracy-lint.md](accuracy-lint.md).

Each source is a package from PyPI whose networks were built under real TensorFlow by callers of ours, while every call of
a TF-Slim op was recorded: its range, all its arguments, and the \`arg_scope\` that each came from. A *site* is a call
expression and op, normalizers that a layer calls included. A *context* is one distinct set of arguments at a site.

* **with callers**: our callers are in the workspace. *Right* is a recorded context that one of ours agrees with in every
  argument and origin; *never* counts contexts of ours that are stated without a condition, on a recorded way to the
  call, and were never recorded there; *unknown* is an argument without a value.
* **without callers**: only the networks are in the workspace, so that anybody may call them, with any arguments and below
  any scope. *Right* is a recorded context that nothing stated as certain contradicts; *open* is one of a normalizer of
  which only the callers say whether it runs. *Assumed* is an argument whose value rests on a named assumption: a
  parameter's default, or no further scope around.

*Wrong* counts values and origins that are stated as certain and differ from what was recorded.
`;

function accuracyDocument(judgements: readonly Judgement[]): string {
  const parts = [introduction, '## All sources\n', ...table(judgements.map(summaryRow), 'source')];
  for (const { source, withCallers, withoutCallers } of judgements) {
    const { tensorflow, python } = readRecording(source.name);
    const paths = [...withCallers.files.keys()];
    parts.push(
      `\n## ${openSourceTitle(source.name)}\n`,
      `Recorded with TensorFlow ${tensorflow} on Python ${python}.\n`,
      ...table(
        paths.map((path) => ({
          title: `\`${path}\``,
          open: withoutCallers.files.get(path),
          closed: withCallers.files.get(path),
        })),
        'file',
      ),
      ...reasons(withCallers),
      ...disagreements(withCallers, 'with callers'),
      ...disagreements(withoutCallers, 'without callers'),
    );
  }
  return `${parts.join('\n')}\n`;
}

interface Row {
  readonly title: string;
  readonly closed: Figures | undefined;
  readonly open: Figures | undefined;
}

function summaryRow({ source, withCallers, withoutCallers }: Judgement): Row {
  return {
    title: openSourceTitle(source.name),
    closed: sum([...withCallers.files.values()]),
    open: sum([...withoutCallers.files.values()]),
  };
}

function table(rows: readonly Row[], first: string): readonly string[] {
  return [
    `| ${first} | sites | found | contexts | right | wrong | never | unknown | without: found | right | open | wrong | unknown | assumed |`,
    '|---|---|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows.map(({ title, closed, open }) => `| ${[title, ...cells(closed), ...openCells(open)].join(' | ')} |`),
  ];
}

function cells(figures: Figures | undefined): readonly string[] {
  if (!figures) return Array<string>(7).fill('');
  const { sites, found, contexts, right, wrongValues, wrongOrigins, never, unknown } = figures;
  const counts = [sites, found, contexts, right, wrongValues + wrongOrigins, never].map(String);
  return [...counts, percent(unknown, figures.arguments)];
}

function openCells(figures: Figures | undefined): readonly string[] {
  if (!figures) return Array<string>(6).fill('');
  const { found, right, undecided, wrongValues, wrongOrigins, unknown, assumed } = figures;
  const counts = [found, right, undecided, wrongValues + wrongOrigins].map(String);
  return [...counts, percent(unknown, figures.arguments), percent(assumed, figures.arguments)];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** What is left unknown with callers: the reasons that make up most of it. */
function reasons({ unknown }: SourceComparison): readonly string[] {
  if (unknown.length === 0) return [];
  const shown = unknown.slice(0, 8).map(([what, count]) => `* ${count}: ${what.replace(/</g, '&lt;')}`);
  return [`\nUnknown, with the number of arguments, most first (${unknown.length} reasons):\n`, ...shown];
}

function disagreements(comparison: SourceComparison, which: string): readonly string[] {
  if (comparison.disagreements.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { kind, at } of comparison.disagreements) {
    const key = `${explanations[kind]}: \`${at}\``;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const shown = [...counts].map(([what, count]) => `* ${what}${count > 1 ? ` (${count} contexts)` : ''}`);
  return [`\nNot as recorded, ${which}:\n`, ...shown];
}

const explanations = {
  missing: 'site not found',
  context: 'recorded context not found',
  value: 'wrong value',
  origin: 'wrong origin',
  absent: 'other parameters',
  error: 'said to fail',
  never: 'stated, but never recorded on this way to the call',
} as const;
