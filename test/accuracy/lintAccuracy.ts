/**
 * Writes docs/accuracy-lint.md: the lint on real code, against an independent count, by hand, and beside other tools.
 * Nothing else writes that file. Slimscope runs as people run it: through the built command line.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenSourceName } from '../support/openSourcePins';
import { openSource, openSourceTitle } from '../support/openSources';
import { repositoryPath } from '../support/repository';
import { compareCount, countContrib, isAboutContrib, placeOf, type Count, type CountComparison } from './contribCount';
import { checkPaths, findingsIn, type Findings, type Report } from './findings';
import { drawSample, readVerdicts, sampleSeed, type SampledFinding } from './lintSample';
import { falselyMissing, preparePeers, tellsOf, type PeerRun } from './peers';
import { lintDocument, type PeerRow } from './lintDocument';

const names: readonly OpenSourceName[] = [
  ...(['tf_slim', 'contrib_slim', 'facenet', 'mmdnn', 'lucid', 'baselines'] as const),
  ...(['luminoth', 'deeplabcut', 'magenta', 'tensor2tensor', 'tensornets'] as const),
];

/** Of these only the files that use contrib are checked: the whole takes more than ten minutes. */
const inPart: ReadonlySet<OpenSourceName> = new Set(['tensor2tensor']);

/** One open source, checked and counted. */
export interface MeasuredSource {
  readonly title: string;
  readonly name: OpenSourceName;
  readonly folder: string;
  readonly findings: Findings;
  readonly count: Count;
  readonly comparison: CountComparison;
}

/** @returns exit code: 1 when a difference from the independent count is unexplained */
export async function writeLintAccuracy(keep: boolean): Promise<number> {
  const sources = await measure(keep);
  const peers = comparePeers(sources);
  const sample = drawSample(allFindings(sources));
  writeFileSync(repositoryPath('docs/accuracy-lint.md'), lintDocument(sources, peers, judged(sample)));
  const unexplained = sources.flatMap(({ name, comparison }) =>
    comparison.unexplained.map((use) => `${name} ${placeOf(use)} ${use.name}`),
  );
  for (const line of unexplained) console.log(`unexplained: ${line}`);
  return unexplained.length === 0 ? 0 : 1;
}

/** Prints each finding of the sample with the code around it. @returns exit code */
export async function printSample(keep: boolean): Promise<number> {
  const sources = await measure(keep);
  const folders = new Map<string, string>(sources.map(({ name, folder }) => [name, folder]));
  console.log(`seed ${sampleSeed}`);
  for (const one of drawSample(allFindings(sources))) {
    const lines = readFileSync(join(folders.get(one.source) ?? '', one.path), 'utf8').split('\n');
    console.log(`\n${one.rule} ${one.source} ${placeOf(one)}\n  ${one.message.replaceAll('\n', '\n  ')}`);
    for (let line = one.line - 1; line <= one.line + 1; line++) console.log(`  ${line}| ${lines[line - 1] ?? ''}`);
  }
  return 0;
}

async function measure(keep: boolean): Promise<readonly MeasuredSource[]> {
  const sources: MeasuredSource[] = [];
  for (const name of names) {
    const fetched = await openSource(name);
    if (fetched.kind === 'unavailable') throw new Error(`${openSourceTitle(name)}: ${fetched.reason}`);
    const { folder } = fetched;
    const count = countContrib(folder);
    const paths = inPart.has(name) ? [...new Set(count.uses.map((use) => use.path))] : ['.'];
    const findings = findingsIn(name, folder, paths, keep);
    const comparison = compareCount(folder, count, findings);
    sources.push({ title: openSourceTitle(name), name, folder, findings, count, comparison });
    console.error(`${name} checked in ${findings.seconds.toFixed(0)} s`);
  }
  return sources;
}

function allFindings(sources: readonly MeasuredSource[]): readonly SampledFinding[] {
  return sources.flatMap(({ name, findings }) => findings.reports.map((one) => ({ ...one, source: name })));
}

/** The sample with its verdicts; a finding without one, because the rules have changed since, has none. */
function judged(sample: readonly SampledFinding[]) {
  const key = (one: Report & { readonly source: string }): string => `${one.rule} ${one.source} ${placeOf(one)}`;
  const verdicts = new Map(readVerdicts().map((one) => [key({ ...one, message: '' }), one]));
  return sample.map((finding) => ({ finding, verdict: verdicts.get(key(finding)) }));
}

/** All tools on the files that use contrib by the independent count, source by source. */
function comparePeers(sources: readonly MeasuredSource[]): readonly PeerRow[] {
  const slimscope = {
    title: 'Slimscope',
    run: (folder: string, paths: readonly string[]): PeerRun => ({ ...checkPaths(folder, paths), failed: 0 }),
  };
  return [slimscope, ...preparePeers()].map((tool) => {
    const row = { title: tool.title, uses: 0, found: 0, files: 0, silent: 0, reports: 0, failed: 0, seconds: 0 };
    const every: Report[] = [];
    for (const { folder, count } of sources) {
      const paths = [...new Set(count.uses.map((use) => use.path))];
      if (paths.length === 0) continue;
      const { seconds, reports, failed } = tool.run(folder, paths);
      every.push(...reports);
      const byLine = new Map<string, Report[]>();
      for (const one of reports) {
        const line = `${one.path}:${one.line}`;
        byLine.set(line, [...(byLine.get(line) ?? []), one]);
      }
      const here =
        tool === slimscope ? new Set(reports.filter((one) => isAboutContrib(one.rule)).map(placeOf)) : undefined;
      const isFound = (use: Count['uses'][number]): boolean =>
        here ? here.has(placeOf(use)) : tellsOf(byLine.get(`${use.path}:${use.line}`) ?? [], use);
      row.uses += count.uses.length;
      row.found += count.uses.filter(isFound).length;
      row.files += paths.length;
      row.silent += paths.filter((path) => !reports.some((one) => one.path === path)).length;
      row.failed += failed;
      row.seconds += seconds;
    }
    console.error(`${tool.title} compared`);
    return { ...row, reports: every.length, falselyMissing: falselyMissing(every) };
  });
}
