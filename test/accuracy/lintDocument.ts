/**
 * The text of docs/accuracy-lint.md. Measures nothing.
 */
import type { MeasuredSource } from './lintAccuracy';
import { sampleSeed, type SampledFinding, type Verdict } from './lintSample';

export interface PeerRow {
  readonly title: string;
  readonly uses: number;
  readonly found: number;
  readonly files: number;
  /** Files without a report of any kind. */
  readonly silent: number;
  readonly reports: number;
  /** Files that the tool gave up on. */
  readonly failed: number;
  /** Reports that something of TensorFlow is missing which is there. */
  readonly falselyMissing: number;
  readonly seconds: number;
}

interface Judged {
  readonly finding: SampledFinding;
  readonly verdict: Verdict | undefined;
}

const introduction = `# Accuracy of the lint

Written by \`npm run accuracy:lint\`, not by hand; how right the effective arguments are is in [accuracy.md](accuracy.md).
Slimscope runs as the built command line, for TensorFlow 2.16, on packages from PyPI that the tests pin by hash.
`;

const countText = `
## Every use of \`tf.contrib\`

Counted a second time by \`scripts/accuracy/countContrib.py\`, which shares nothing with Slimscope: Python's own \`ast\`,
names resolved lexically in one file. *Uses* are imports, names and the longest dotted names. Compared by line and column:

* **own module**: not reported, as the module lies among the files that are checked (TensorFlow 1.15's own copy of slim)
* **may be other**: not reported, as another binding of the same name is no contrib (\`try\`, version checks)
* **guarded**: not reported below a \`try\` or a condition, where the other branch has a replacement
* **unexplained**: not reported, and none of these. It has to be 0
* **beyond**: reported where the count has nothing
* **not parsed**: files that Python 3 cannot parse, and what Slimscope reports of contrib in them

`;

/** The whole document. */
export function lintDocument(
  sources: readonly MeasuredSource[],
  peers: readonly PeerRow[],
  sample: readonly Judged[],
): string {
  const problems = sources.reduce((total, { findings }) => total + findings.problems.length, 0);
  const files = sources.reduce((total, { findings }) => total + findings.files, 0);
  return [
    introduction,
    `No crash on any of ${files} files; ${problems} could not be read. Of tensor2tensor only the files that use\ncontrib are checked, as the whole takes more than ten minutes.\n`,
    countText,
    countTable(sources),
    sampleText(sample),
    peerText(peers),
  ].join('');
}

function countTable(sources: readonly MeasuredSource[]): string {
  const rows = sources.map(({ title, findings, count, comparison: one }) => ({
    title,
    figures: [
      ...[findings.files, count.uses.length, one.found, one.ownModule.length, one.uncertain.length],
      ...[one.guarded.length, one.unexplained.length, one.beyond.length, count.unparsed.length, one.inUnparsed],
    ],
  }));
  const all = rows[0]?.figures.map((_, i) => rows.reduce((total, { figures }) => total + (figures[i] ?? 0), 0)) ?? [];
  return table(
    [
      'source',
      'files',
      'uses',
      'found',
      'own module',
      'may be other',
      'guarded',
      'unexplained',
      'beyond',
      'not parsed',
      'uses there',
    ],
    [...rows, { title: '**all**', figures: all }].map(({ title, figures }) => [title, ...figures.map(String)]),
  );
}

function sampleText(sample: readonly Judged[]): string {
  const rules = [...new Set(sample.map(({ finding }) => finding.rule))].sort();
  const countOf = (rule: string | undefined, is: (one: Judged) => boolean): string =>
    String(sample.filter((one) => (rule === undefined || one.finding.rule === rule) && is(one)).length);
  const row = (title: string, rule: string | undefined): readonly string[] => [
    title,
    countOf(rule, () => true),
    countOf(rule, ({ verdict }) => verdict?.verdict === 'right'),
    countOf(rule, ({ verdict }) => verdict?.verdict === 'false'),
    countOf(rule, ({ verdict }) => verdict === undefined),
  ];
  const wrong = sample.flatMap(({ finding, verdict }) =>
    verdict?.verdict === 'false'
      ? [`* \`${finding.rule}\` at ${finding.source} \`${finding.path}:${finding.line}\`: ${verdict.why ?? ''}\n`]
      : [],
  );
  return `
## A sample by hand

${sample.length} findings, drawn with seed ${sampleSeed} from each rule in turn, so that rare rules are seen as well as
frequent ones. Each was looked at with its code, and judged: is what it says true for TensorFlow 2.16 and later? The
verdicts are in \`test/accuracy/lintVerdicts.json\`; *new* are findings that nobody has judged yet.

${table(['rule', 'findings', 'right', 'false', 'new'], [...rules.map((rule) => row(`\`${rule}\``, rule)), row('**all**', undefined)])}
${wrong.join('')}`;
}

function peerText(peers: readonly PeerRow[]): string {
  return `
## Beside other tools

On the ${peers[0]?.files ?? 0} files that use contrib by the independent count. For the other tools a use counts as found when any
report on its line speaks of contrib or of the last name of the use, whatever it says; for Slimscope, when a
\`contrib-...\` finding starts at it. *False* are reports that something of TensorFlow is missing, of which TensorFlow 2.21
shows that it is there (for the other tools nothing else can be told without judging each report; for Slimscope see the
sample). *Gave up* are files on which the tool failed. Pyright and pylint see TensorFlow 2.21. One run, on a machine with two
cores and other work to do: files per second are an order of magnitude. Those of tf_upgrade_v2 leave out the import of
TensorFlow. Slimscope's include the evaluation of every TF-Slim call.

${table(
  ['tool', 'uses found', 'of', '%', 'files without a report', 'reports', 'false', 'gave up', 'files per second'],
  peers.map((one) => [
    one.title,
    ...[one.found, one.uses].map(String),
    ((100 * one.found) / one.uses).toFixed(1),
    ...[one.silent, one.reports, one.falselyMissing, one.failed].map(String),
    (one.files / one.seconds).toFixed(1),
  ]),
)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return [line(head), `|${'---|'.repeat(head.length)}\n`, ...rows.map(line)].join('');
}
