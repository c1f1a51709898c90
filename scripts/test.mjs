/**
 * `npm test`: everything that needs neither a browser nor a network beyond the npm registry. Works on a clean clone.
 * Arguments go to vitest: `npm test -- test/syntax`.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir, ensureDependencies, main, root, runTool } from './support/project.mjs';

const tool = (file, ...args) => [join(root, 'node_modules', file), ...args];

/** A type check that remembers what it found in unchanged files. */
const types = (title, project) => {
  const memory = join(cacheDir, `types-${title}.tsbuildinfo`);
  return {
    title: `types: ${title}`,
    command: tool('typescript/bin/tsc', '-p', project, '--incremental', '--tsBuildInfoFile', memory),
  };
};

const checks = [
  types('core', 'server'),
  types('server', 'server/tsconfig.node.json'),
  types('client', 'client'),
  types('page', 'client/webview'),
  types('tests', 'test'),
  {
    title: 'format',
    command: tool('prettier/bin/prettier.cjs', '--check', '--cache', '--log-level', 'warn', '.'),
  },
  { title: 'build', command: [join(root, 'scripts', 'build.mjs')] },
  // Without a cache: its rules look at types, which change with other files.
  { title: 'lint', command: tool('eslint/bin/eslint.js', '.') },
];

/** More at a time only take the processor from each other on a small machine. */
const atOnce = 2;

const reportFile = join(cacheDir, 'vitest.json');

await main(async () => {
  await ensureDependencies();
  const passed = await runChecks();
  const tests = await runVitest(process.argv.slice(2));
  const totals = { passed: passed + tests.passed, failed: checks.length - passed + tests.failed };
  const skipped = tests.skipped > 0 ? `, ${tests.skipped} skipped` : '';
  console.log(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`);
  return totals.failed > 0 ? 1 : 0;
});

/** Runs the checks and answers how many passed. */
async function runChecks() {
  const waiting = [...checks];
  let passed = 0;
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      // Awaited before it is added: `passed += await` would read the count before the other worker changes it.
      const isGood = await runCheck(check);
      if (isGood) passed++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return passed;
}

/** Prints one line for a check that passed, and all it said for one that did not. */
function runCheck({ title, command }) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? '✓' : '✗'} ${title} (${seconds} s)`);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}

async function runVitest(args) {
  await mkdir(cacheDir, { recursive: true });
  await rm(reportFile, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${reportFile}`];
  const code = await runTool('vitest/vitest.mjs', ['run', ...reporters, ...args]);
  const report = await readFile(reportFile, 'utf8').then(JSON.parse, () => undefined);
  const { numPassedTests: passed = 0, numFailedTests = 0, numPendingTests: skipped = 0 } = report ?? {};
  // A file that cannot be loaded, or a run that breaks down, has no failed test to count.
  const failed = code !== 0 && numFailedTests === 0 ? 1 : numFailedTests;
  return { passed, failed, skipped };
}
