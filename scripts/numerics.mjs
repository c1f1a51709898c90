/**
 * `npm run test:numerics`: the migration proved by numbers, under real TensorFlow; see docs/testing.md.
 *
 *   node scripts/numerics.mjs [--minutes N] [VITEST ARGUMENTS...]
 *
 * With `--minutes` a run that takes longer is ended and counts as skipped, so that a slow machine fails nothing. Ends
 * with the line "N passed, N failed".
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir, ensureDependencies, main, root } from './support/project.mjs';

const reportFile = join(cacheDir, 'numerics.json');

await main(async () => {
  await ensureDependencies();
  const { minutes, args } = readArguments(process.argv.slice(2));
  await mkdir(cacheDir, { recursive: true });
  await rm(reportFile, { force: true });
  const code = await runVitest(args, minutes);
  if (code === 'late') {
    console.log(`\nskipped: the numbers took longer than ${minutes} minutes\n0 passed, 0 failed`);
    return 0;
  }
  const { numPassedTests: passed, numFailedTests, numFailedTestSuites, numPendingTests: skipped } = await readReport();
  // A file that fails as a whole has no test that failed.
  const failed = numFailedTests === 0 && (numFailedTestSuites > 0 || code !== 0) ? 1 : numFailedTests;
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed > 0 ? 1 : 0;
});

function readArguments(args) {
  const [first, minutes, ...rest] = args;
  return first === '--minutes' ? { minutes: Number(minutes), args: rest } : { minutes: undefined, args };
}

/** The exit code, or `late`. The tests are a process group of their own: Python ends with them. */
function runVitest(args, minutes) {
  const command = [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    ...['run', '--config', 'test/numerics/vitest.config.mts', '--reporter', 'default', '--reporter', 'json'],
    ...['--outputFile.json', reportFile, ...args],
  ];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    });
    let isLate = false;
    const limit = minutes === undefined ? undefined : setTimeout(() => end(), minutes * 60_000);
    const end = () => {
      isLate = true;
      process.kill(-child.pid, 'SIGKILL');
    };
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve(isLate ? 'late' : (code ?? 1));
    });
  });
}

async function readReport() {
  try {
    return JSON.parse(await readFile(reportFile, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numFailedTestSuites: 0, numPendingTests: 0 };
  }
}
