/**
 * The command line `slimscope` as a Node program. Only puts the platform and the command line together. The same file is
 * the second thread that long commands ask for.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { ExplainedPart, Part } from './cli/explain/explainTargets';
import { run, runPart, type CliIo } from './cli/run';
import { loadParser, nodeFileSystem } from './platform/node';
import { packageVersion } from './platform/packageVersion';

// `slimscope explain ... | head` closes our output early; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const io: CliIo = {
  cwd: process.cwd(),
  version: packageVersion(__dirname),
  fileSystem: nodeFileSystem,
  parse: () => loadParser(__dirname),
  rulePage(rule) {
    try {
      return readFileSync(join(__dirname, '..', 'docs', 'rules', `${rule}.md`), 'utf8');
    } catch {
      return undefined;
    }
  },
  toPath: fileURLToPath,
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  ...(availableParallelism() > 1 ? { runElsewhere } : {}),
};

/** What the second thread is told. */
interface Errand {
  readonly args: readonly string[];
  readonly part: Part;
}

function runElsewhere(args: readonly string[], part: Part): Promise<ExplainedPart> {
  const errand: Errand = { args, part };
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: errand });
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('the thread ended without an answer')));
  });
}

if (isMainThread) void run(process.argv.slice(2), io).then((code) => (process.exitCode = code));
else {
  const { args, part } = workerData as Errand;
  void runPart(args, part, io).then((answer) => parentPort?.postMessage(answer));
}
