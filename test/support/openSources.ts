/**
 * Real code for tests, by other people: fetched from PyPI when a test asks, pinned by hash, cached, never committed.
 * Without a way to PyPI a test is skipped with the reason, or fails when SLIMSCOPE_REQUIRE_SOURCES is set.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readZip } from './zip';

interface Pinned {
  readonly version: string;
  /** Name of the wheel. */
  readonly wheel: string;
  readonly sha256: string;
}

const pinned = {
  tf_slim: {
    version: '1.1.0',
    wheel: 'tf_slim-1.1.0-py2.py3-none-any.whl',
    sha256: 'fa2bab63b3925bd42601102e7f178dce997f525742596bf404fa8a6918e146ff',
  },
} satisfies Record<string, Pinned>;

export type OpenSourceName = keyof typeof pinned;

export type OpenSource =
  { readonly kind: 'ready'; readonly folder: string } | { readonly kind: 'unavailable'; readonly reason: string };

/** The repository: the nearest folder upwards with a manifest, also when this module was bundled elsewhere in it. */
function findRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) || folder === dirname(folder)) return folder;
  }
}

const running = new Map<OpenSourceName, Promise<OpenSource>>();

/** The folder with the unpacked package (`<folder>/tf_slim/nets/vgg.py`), fetched if need be. */
export function openSource(name: OpenSourceName): Promise<OpenSource> {
  const known = running.get(name);
  if (known) return known;
  const started = provide(name);
  running.set(name, started);
  return started;
}

/**
 * The folder, or `undefined` after printing why the tests that need it are skipped.
 * @throws Error instead when SLIMSCOPE_REQUIRE_SOURCES is set
 */
export async function openSourceOrSkip(name: OpenSourceName): Promise<string | undefined> {
  const source = await openSource(name);
  if (source.kind === 'ready') return source.folder;
  const message = `${name} ${pinned[name].version} is not available: ${source.reason}`;
  if (process.env['SLIMSCOPE_REQUIRE_SOURCES']) throw new Error(message);
  process.stderr.write(`skipped: ${message}\n`);
  return undefined;
}

/** All Python files below a folder, as sorted paths relative to it, with `/`. */
export async function pythonFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.py'))
    .sort();
}

async function provide(name: OpenSourceName): Promise<OpenSource> {
  const { version, wheel, sha256 } = pinned[name];
  const cache = join(findRoot(), '.cache', 'open-sources');
  const folder = join(cache, `${name}-${version}`);
  if (existsSync(folder)) return { kind: 'ready', folder };
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'tmp-'));
  try {
    const bytes = await download(name, work);
    const actual = createHash('sha256').update(bytes).digest('hex');
    if (actual !== sha256) return { kind: 'unavailable', reason: `${wheel} has sha256 ${actual}, expected ${sha256}` };
    const unpacked = join(work, 'unpacked');
    for (const member of readZip(bytes)) {
      const path = join(unpacked, member.path);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, member.bytes);
    }
    await moveInto(unpacked, folder);
    return { kind: 'ready', folder };
  } catch (error) {
    return { kind: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Another test process may have been faster: then its folder is as good. */
async function moveInto(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

/** With pip, because it knows the mirrors and proxies of the machine. */
async function download(name: OpenSourceName, work: string): Promise<Buffer> {
  const failures: string[] = [];
  for (const python of ['python3', 'python']) {
    try {
      return await downloadWith(python, name, work);
    } catch (error) {
      failures.push(`${python}: ${firstLine(error)}`);
    }
  }
  throw new Error(failures.join('; '));
}

async function downloadWith(python: string, name: OpenSourceName, work: string): Promise<Buffer> {
  const { version, wheel } = pinned[name];
  const options = ['--no-deps', '--only-binary', ':all:', '--quiet', '--disable-pip-version-check'];
  const args = ['-m', 'pip', 'download', ...options, '-d', work, `${name}==${version}`];
  await promisify(execFile)(python, args, { timeout: 60_000 });
  return readFile(join(work, wheel));
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? text;
}
