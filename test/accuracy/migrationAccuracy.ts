/**
 * Writes docs/accuracy-migration.md: how many slim calls of the open sources become Keras, why the rest stays, and what
 * tf_upgrade_v2 does at the same places. Nothing else writes that file. Slimscope runs through the built command line,
 * on every source as it is: no scope is assumed, nothing is written.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { OpenSourceName } from '../support/openSourcePins';
import { openSource, openSourceTitle } from '../support/openSources';
import { repositoryPath } from '../support/repository';
import { preparePeers, type Peer } from './peers';

const names: readonly OpenSourceName[] = [
  ...(['tf_slim', 'contrib_slim', 'facenet', 'mmdnn', 'lucid', 'baselines'] as const),
  ...(['luminoth', 'deeplabcut', 'magenta', 'tensor2tensor', 'tensornets'] as const),
];

interface Place {
  readonly path: string;
  readonly line: number;
}

interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly converted: readonly Place[];
    readonly refused: readonly (Place & { readonly reasons: readonly string[] })[];
  }[];
}

interface MeasuredMigration {
  readonly title: string;
  readonly converted: number;
  readonly refused: number;
  readonly reasons: readonly string[];
  readonly seconds: number;
  /** Lines with a slim call that tf_upgrade_v2 says anything of, and those that it says it changed. */
  readonly upgrader: { readonly mentioned: number; readonly changed: number; readonly lines: number };
}

/** @returns exit code */
export async function writeMigrationAccuracy(): Promise<number> {
  const [upgrader] = preparePeers();
  if (!upgrader) throw new Error('no tf_upgrade_v2');
  const rows: MeasuredMigration[] = [];
  for (const name of names) {
    const source = await openSource(name);
    if (source.kind === 'unavailable') throw new Error(`${name}: ${source.reason}`);
    const row = measure(name, source.folder, upgrader);
    console.log(`${row.title}: ${row.converted} of ${row.converted + row.refused} in ${row.seconds.toFixed(1)} s`);
    rows.push(row);
  }
  writeFileSync(repositoryPath('docs/accuracy-migration.md'), documentOf(rows));
  return 0;
}

function measure(name: OpenSourceName, folder: string, upgrader: Peer): MeasuredMigration {
  const start = performance.now();
  const args = [repositoryPath('dist/cli.js'), 'migrate', '.', '--format', 'json', '--no-ignore'];
  const run = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  const seconds = (performance.now() - start) / 1000;
  if (run.status !== 0 && run.status !== 1) throw new Error(`${name}: ${run.stderr}`);
  const { files } = JSON.parse(run.stdout) as Report;
  const refused = files.flatMap((file) => file.refused);
  return {
    title: openSourceTitle(name),
    converted: files.reduce((sum, file) => sum + file.converted.length, 0),
    refused: refused.length,
    reasons: refused.map(({ reasons }) => kindOf(reasons[0] ?? '')),
    seconds,
    upgrader: upgrade(files, folder, upgrader),
  };
}

function upgrade(files: Report['files'], folder: string, upgrader: Peer): MeasuredMigration['upgrader'] {
  const key = ({ path, line }: Place) => `${path}:${line}`;
  const lines = new Set(files.flatMap(({ converted, refused }) => [...converted, ...refused].map(key)));
  if (lines.size === 0) return { mentioned: 0, changed: 0, lines: 0 };
  const { reports } = upgrader.run(
    folder,
    files.map(({ path }) => path),
  );
  const here = reports.filter((report) => lines.has(key(report)));
  const changed = here.filter(({ message }) => /Renamed|Changed|Added keyword|Converted/.test(message));
  return { mentioned: new Set(here.map(key)).size, changed: new Set(changed.map(key)).size, lines: lines.size };
}

/** A reason without the names and values of the place. */
function kindOf(reason: string): string {
  return reason
    .replaceAll(/`[^`]*`/g, '`…`')
    .replaceAll(/\(.*?\)/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function documentOf(rows: readonly MeasuredMigration[]): string {
  const sum = (of: (row: MeasuredMigration) => number) => rows.reduce((total, row) => total + of(row), 0);
  const share = (converted: number, refused: number) =>
    converted + refused === 0 ? '' : `${((100 * converted) / (converted + refused)).toFixed(1)} %`;
  const line = (title: string, converted: number, refused: number, rest: readonly (string | number)[]) =>
    `| ${[title, converted + refused, converted, share(converted, refused), ...rest].join(' | ')} |`;
  const counts = new Map<string, number>();
  for (const reason of rows.flatMap(({ reasons }) => reasons)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return `# How much of real code the migration converts

Written by \`npm run accuracy:migration\`; do not edit. The open sources are taken as they are, each by one
\`slimscope migrate\`, and no scope is assumed: what a caller outside of the source would open is not known to anyone.

| source | slim calls | converted | share | tf_upgrade_v2 mentions | and changes | time |
|---|---|---|---|---|---|---|
${rows
  .map((row) =>
    line(row.title, row.converted, row.refused, [
      `${row.upgrader.mentioned} of ${row.upgrader.lines} lines`,
      row.upgrader.changed,
      `${row.seconds.toFixed(1)} s`,
    ]),
  )
  .join('\n')}
${line(
  '**all**',
  sum((row) => row.converted),
  sum((row) => row.refused),
  [
    `${sum((row) => row.upgrader.mentioned)} of ${sum((row) => row.upgrader.lines)} lines`,
    sum((row) => row.upgrader.changed),
    `${sum((row) => row.seconds).toFixed(1)} s`,
  ],
)}

tf_upgrade_v2 turns none of these calls into Keras: what it changes on such lines are other names of TensorFlow.

## Why calls stay

Names and values are left out; each call has its own reason, with the place that it speaks of, in the report.

| calls | reason |
|---|---|
${reasons.map(([reason, count]) => `| ${count} | ${reason.replaceAll('|', '\\|')} |`).join('\n')}
`;
}
