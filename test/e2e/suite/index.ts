/**
 * Entry of the suite inside the extension host: VS Code calls `run` and takes a rejection as a failure.
 * Knows nothing of the host; what happened is written, a JSON line per test, to the file in SLIMSCOPE_E2E_REPORT.
 */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

const report = process.env['SLIMSCOPE_E2E_REPORT'];

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000 });
  for (const name of readdirSync(__dirname).sort()) if (name.endsWith('.test.js')) mocha.addFile(join(__dirname, name));
  const failures = await new Promise<number>((done) => {
    const runner = mocha.run(done);
    runner.on('pass', (test) => record(test, 'passed'));
    runner.on('fail', (test, error: Error) => record(test, 'failed', error));
  });
  if (failures > 0) throw new Error(`${failures} failed`);
}

function record(test: Mocha.Runnable, state: 'passed' | 'failed', error?: Error): void {
  if (report === undefined) return;
  const entry = { title: test.fullTitle(), state, duration: test.duration ?? 0, error: error?.stack };
  appendFileSync(report, `${JSON.stringify(entry)}\n`);
}
