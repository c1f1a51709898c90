/**
 * Real code for tests, by other people: fetched from PyPI when a test asks, pinned by hash, cached, never committed.
 * Without a way to PyPI a test is skipped with the reason, or fails when SLIMSCOPE_REQUIRE_SOURCES is set.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadFile } from './downloadFile';
import { pinOf, type OpenSourceName, type Pinned } from './openSourcePins';
import { readTarGz } from './tar';
import { readZip } from './zip';

/** What is fetched, for people: `tf_slim 1.1.0`. */
export function openSourceTitle(name: OpenSourceName): string {
  const { project, version } = pinOf(name);
  return `${project} ${version}`;
}

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
  const message = `${openSourceTitle(name)} is not available: ${source.reason}`;
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
  const pin = pinOf(name);
  const cache = join(findRoot(), '.cache', 'open-sources');
  const folder = join(cache, `${name}-${pin.version}`);
  if (existsSync(folder)) return { kind: 'ready', folder };
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'tmp-'));
  try {
    const unpacked = join(work, 'unpacked');
    await unpack(await downloadFile(pin, work), pin, unpacked);
    await moveInto(unpacked, folder);
    return { kind: 'ready', folder };
  } catch (error) {
    return { kind: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function unpack(bytes: Buffer, { file, part }: Pinned, into: string): Promise<void> {
  const [inArchive, inFolder] = part ?? ['', ''];
  const wanted = (path: string): boolean => path.startsWith(inArchive);
  for (const member of file.endsWith('.tar.gz') ? readTarGz(bytes, wanted) : readZip(bytes, wanted)) {
    const path = join(into, inFolder, member.path.slice(inArchive.length));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, member.bytes);
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
