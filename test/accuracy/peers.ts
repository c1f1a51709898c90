/**
 * Other tools on the same files: tf_upgrade_v2's engine, pyright, pylint and ruff, pinned, installed into .cache/peers.
 * They see the TensorFlow 2.21 of the numerics tests (docs/testing.md), as they would in a project that has moved on.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { repositoryPath } from '../support/repository';
import type { CountedUse } from './contribCount';
import { runPython, type Report } from './findings';

const versions = { pyright: '1.1.414', pylint: '4.1.1', ruff: '0.16.9' };

export interface PeerRun {
  readonly seconds: number;
  readonly reports: readonly Report[];
  /** Files that the tool gave up on. */
  readonly failed: number;
}

export interface Peer {
  readonly title: string;
  run(folder: string, paths: readonly string[]): PeerRun;
}

const python = repositoryPath('.cache/numerics/bin/python');
const home = repositoryPath('.cache/peers');
const site = repositoryPath('.cache/peers/python');

/** Installs what is not there yet. @throws Error without the environment of the numerics tests */
export function preparePeers(): readonly Peer[] {
  if (!existsSync(python)) throw new Error('no TensorFlow 2.21: run `npm run test:numerics` once');
  mkdirSync(home, { recursive: true });
  if (!existsSync(`${site}/pylint`)) {
    const packages = [`pylint==${versions.pylint}`, `ruff==${versions.ruff}`];
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--target', site, ...packages], { stdio: 'inherit' });
  }
  if (!existsSync(`${home}/node_modules/pyright`)) {
    writeFileSync(`${home}/package.json`, '{"private":true}');
    execFileSync('npm', ['install', '--silent', '--save-exact', `pyright@${versions.pyright}`], { cwd: home });
  }
  return [
    { title: 'tf_upgrade_v2 (TensorFlow 2.21.0)', run: upgrade },
    { title: `pyright ${versions.pyright}`, run: pyright },
    { title: `pylint ${versions.pylint}, errors`, run: pylint },
    { title: `ruff ${versions.ruff}, default rules`, run: ruff },
  ];
}

function upgrade(folder: string, paths: readonly string[]): PeerRun {
  const { seconds, reports, failed } = runPython(python, 'runUpgrader.py', [folder], paths.join('\n')) as {
    readonly seconds: number;
    readonly reports: readonly Omit<Report, 'rule'>[];
    readonly failed: readonly unknown[];
  };
  return { seconds, failed: failed.length, reports: reports.map((one) => ({ ...one, rule: 'tf_upgrade_v2' })) };
}

function pyright(folder: string, paths: readonly string[]): PeerRun {
  interface Diagnostic {
    readonly file: string;
    readonly message: string;
    readonly rule?: string;
    readonly severity: string;
    readonly range: { readonly start: { readonly line: number; readonly character: number } };
  }
  const command = `${home}/node_modules/.bin/pyright`;
  const { seconds, output } = timed(folder, command, ['--pythonpath', python, '--outputjson', ...paths]);
  const { generalDiagnostics } = output as { readonly generalDiagnostics: readonly Diagnostic[] };
  const reports = generalDiagnostics.map(({ file, message, rule, range: { start } }) => ({
    path: relative(folder, file).replaceAll('\\', '/'),
    line: start.line + 1,
    column: start.character + 1,
    rule: rule ?? 'syntax',
    message,
  }));
  return { seconds, failed: 0, reports };
}

function pylint(folder: string, paths: readonly string[]): PeerRun {
  interface Message {
    readonly path: string;
    readonly line: number;
    readonly column: number;
    readonly symbol: string;
    readonly message: string;
  }
  const args = ['-m', 'pylint', '--rcfile=/dev/null', '--disable=all', '--enable=E,F', '-f', 'json2', ...paths];
  const { seconds, output } = timed(folder, python, args, { ...process.env, PYTHONPATH: site });
  const { messages } = output as { readonly messages: readonly Message[] };
  const reports = messages.map(({ path, line, column, symbol, message }) => {
    return { path, line, column: column + 1, rule: symbol, message };
  });
  return { seconds, failed: 0, reports };
}

function ruff(folder: string, paths: readonly string[]): PeerRun {
  interface Violation {
    readonly filename: string;
    readonly code: string | null;
    readonly message: string;
    readonly location: { readonly row: number; readonly column: number };
  }
  const args = ['check', '--isolated', '--no-cache', '--output-format', 'json', ...paths];
  const { seconds, output } = timed(folder, `${site}/bin/ruff`, args);
  const reports = (output as readonly Violation[]).map(({ filename, code, message, location }) => ({
    path: relative(folder, filename).replaceAll('\\', '/'),
    line: location.row,
    column: location.column,
    rule: code ?? 'syntax',
    message,
  }));
  return { seconds, failed: 0, reports };
}

/** Runs a tool that prints JSON; its exit code tells no more than that there are findings. */
function timed(folder: string, command: string, args: readonly string[], env = process.env) {
  const start = performance.now();
  const { stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8', maxBuffer: 1 << 30 });
  const seconds = (performance.now() - start) / 1000;
  if (stdout === '') throw new Error(`${command}: ${stderr}`);
  return { seconds, output: JSON.parse(stdout) as unknown };
}

/**
 * True when a report is on the line of a use and speaks of `contrib`, or of the last name of the use. Generous: the
 * column does not count, and what the report says neither.
 */
export function tellsOf(reports: readonly Report[], use: CountedUse): boolean {
  const last = use.name.split('.').at(-1) ?? '';
  return reports.some(({ message }) => message.includes('contrib') || message.includes(last));
}

const claims = [
  /^Import "([\w.]+)" could not be resolved/,
  /^"(\w+)" is unknown import symbol/,
  /^No name '(\w+)' in module '([\w.]+)'/,
  /^Unable to import '([\w.]+)'/,
  /^Module '([\w.]+)' has no '(\w+)' member/,
];

/** The dotted name below `tensorflow` that a report says does not exist. */
function claimedMissing({ message }: Report): string | undefined {
  for (const claim of claims) {
    const [, first = '', second] = claim.exec(message) ?? [];
    const name = message.startsWith('No name') ? `${second ?? ''}.${first}` : [first, second].filter(Boolean).join('.');
    if (/^tensorflow(\.|$)/.test(name)) return name;
  }
  return undefined;
}

/** Reports that say that something of TensorFlow is missing, of which TensorFlow 2.21 itself shows that it is there. */
export function falselyMissing(reports: readonly Report[]): number {
  const names = reports.map(claimedMissing);
  const asked = JSON.stringify([...new Set(names.filter((name) => name !== undefined))]);
  const existing = new Set(runPython(python, 'existingNames.py', [], asked) as readonly string[]);
  return names.filter((name) => name !== undefined && existing.has(name)).length;
}
