/**
 * Records the truths again: makes the Python environments, fetches the sources, runs our drivers under real TensorFlow.
 * Needs Python 3.11 and 3.7, PyPI and some minutes; `npm test` only reads what it writes.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openSource } from '../../support/openSources';
import { preparePythonEnvironment } from '../../support/pythonEnvironment';
import { repositoryPath } from '../../support/repository';
import { recordingFile } from './recording';
import { driverFolder, truthSources, type RecordingEnvironment, type TruthSource } from './sources';

const recorder = repositoryPath('test/oracle/recorder');

const pythonVersions: Readonly<Record<RecordingEnvironment, string>> = { tf1: '3.7', tf2: '3.11' };

/**
 * `[--only DRIVER] [NAME...]`: the sources to record, all when none is named; with `--only`, one driver of them, to see
 * why it fails.
 * @returns exit code
 */
export async function recordTruths(args: readonly string[]): Promise<number> {
  const only = args[0] === '--only' ? args[1] : undefined;
  const names = only === undefined ? args : args.slice(2);
  const unknown = names.filter((name) => !truthSources.some((source) => source.name === name));
  if (unknown.length > 0) {
    console.error(`no such source: ${unknown.join(', ')}; there are ${truthSources.map((one) => one.name).join(', ')}`);
    return 2;
  }
  let failed = 0;
  for (const source of truthSources) {
    if (names.length > 0 && !names.includes(source.name)) continue;
    console.log(`== ${source.name}`);
    const fetched = await openSource(source.name);
    if (fetched.kind === 'unavailable') throw new Error(`${source.name}: ${fetched.reason}`);
    if (!recordSource(source, fetched.folder, only)) failed++;
  }
  return failed === 0 ? 0 : 1;
}

/** Records the shapes and variables of networks, which test/slim/shapes compares. @returns exit code */
export function recordShapes(): number {
  const folder = repositoryPath('test/slim/shapes/truth');
  const out = join(folder, 'shapes.json');
  const ran = spawnSync(prepareEnvironment('tf2'), [join(folder, 'record.py'), out], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (ran.status !== 0) return 1;
  writeFileSync(`${out}.gz`, gzipSync(readFileSync(out), { level: 9 }));
  rmSync(out);
  return 0;
}

function recordSource(source: TruthSource, folder: string, only: string | undefined): boolean {
  const python = prepareEnvironment(source.environment);
  const option = (name: string, values: readonly string[] | undefined): readonly string[] =>
    (values ?? []).flatMap((value) => [name, value]);
  const args = [
    ...[
      join(recorder, 'record.py'),
      '--root',
      source.installed ? sitePackages(python) : join(folder, source.root ?? ''),
    ],
    ...option('--code', source.installed ?? source.code),
    ...option('--bare', source.bare),
    ...option('--stub', source.stubs),
    ...option('--only', only === undefined ? [] : [only]),
    ...['--drivers', driverFolder(source), '--out', recordingFile(source.name)],
  ];
  // TensorFlow's own warnings are of no use here; a driver that fails is told on the other stream.
  const stderr = only === undefined ? 'ignore' : 'inherit';
  return spawnSync(python, args, { stdio: ['ignore', 'inherit', stderr] }).status === 0;
}

/** The Python of an environment with exactly the pinned packages. */
function prepareEnvironment(environment: RecordingEnvironment): string {
  return preparePythonEnvironment({
    folder: repositoryPath(join('.cache', 'record', environment)),
    requirements: join(recorder, `requirements-${environment}.txt`),
    version: pythonVersions[environment],
  });
}

function sitePackages(python: string): string {
  const script = 'import sysconfig; print(sysconfig.get_paths()["purelib"])';
  return execFileSync(python, ['-c', script], { encoding: 'utf8' }).trim();
}
