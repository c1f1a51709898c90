/**
 * The command line `slimscope` as a Node program. Only puts the platform and the command line together.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './cli/run';
import { loadParser, nodeFileSystem } from './platform/node';
import { packageVersion, rulePageUri } from './platform/packageVersion';
import { replaceFile } from './platform/replaceFile';
import { showProgress, StandardSource, wantsColors, writeTextFile } from './platform/standardStreams';

// `slimscope explain ... | head` closes our output early; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const source = new StandardSource();

/** A file that lies in the package. */
function readPackaged(...path: readonly string[]): string | undefined {
  try {
    return readFileSync(join(__dirname, '..', ...path), 'utf8');
  } catch {
    return undefined;
  }
}

void run(process.argv.slice(2), {
  cwd: process.cwd(),
  version: packageVersion(__dirname),
  fileSystem: nodeFileSystem,
  useColors: wantsColors(),
  parse: () => loadParser(__dirname),
  rulePage: (rule) => readPackaged('docs', 'rules', `${rule}.md`),
  weightsLoader: () => readPackaged('dist', 'slimscope_weights.py'),
  ruleUri: (rule) => rulePageUri(__dirname, rule),
  toPath: fileURLToPath,
  readStdin: () => source.read(),
  outLikeStdin: (text) => source.write(text),
  replaceFile,
  writeReport: writeTextFile,
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  progress: showProgress,
}).then((code) => (process.exitCode = code));
