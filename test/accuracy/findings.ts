/**
 * What the built command line reports on an open source, for TensorFlow 2.16. Knows no rule.
 * A crash is an error here: the figures are of runs that went through.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryPath } from '../support/repository';

export interface Report {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly message: string;
}

export interface Findings {
  readonly seconds: number;
  readonly files: number;
  readonly reports: readonly Report[];
  /** Of the command line: files that could not be read, and the like. */
  readonly problems: readonly unknown[];
}

/** Findings in paths of a folder; `keep` takes those of the last run when there are any. */
export function findingsIn(name: string, folder: string, paths: readonly string[], keep: boolean): Findings {
  const kept = repositoryPath(`.cache/accuracy-lint/${name}.json`);
  if (keep && existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as Findings;
  const findings = checkPaths(folder, paths);
  mkdirSync(join(kept, '..'), { recursive: true });
  writeFileSync(kept, JSON.stringify(findings));
  return findings;
}

interface CheckOutput {
  readonly files: readonly { readonly path: string; readonly diagnostics: readonly Omit<Report, 'path'>[] }[];
  readonly problems: readonly unknown[];
  readonly summary: { readonly files: number };
}

/** Runs `slimscope check` on paths of a folder. */
export function checkPaths(folder: string, paths: readonly string[]): Findings {
  const start = performance.now();
  const args = [repositoryPath('dist/cli.js'), 'check', '--format', 'json', '--target', '2.16', ...paths];
  const run = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 30 });
  const seconds = (performance.now() - start) / 1000;
  if (run.status !== 0 && run.status !== 1) throw new Error(`slimscope check in ${folder}: ${run.stderr}`);
  const { files, problems, summary } = JSON.parse(run.stdout) as CheckOutput;
  const reports = files.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ line, column, rule, message }) => ({ path, line, column, rule, message })),
  );
  return { seconds, files: summary.files, problems, reports };
}

/** Runs a Python script of scripts/accuracy, and reads the JSON that it prints. */
export function runPython(python: string, script: string, args: readonly string[], input = ''): unknown {
  const output = execFileSync(python, [repositoryPath(`scripts/accuracy/${script}`), ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return JSON.parse(output);
}
