/**
 * The texts that the fuzzer starts from: the Python blocks of our own fixtures, real networks from PyPI where they can be
 * had, and every Python file below a folder that the caller names (Python's own test suite, say).
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSource, pythonFiles } from '../support/openSources';
import { repositoryPath } from '../support/repository';

/** One text to start from. */
export interface Seed {
  readonly name: string;
  readonly text: string;
}

/** Texts above this make each step slow and find nothing that smaller ones do not. */
const MOST_CHARACTERS = 40_000;

/** Python blocks of the Markdown fixtures, in a fixed order. */
export async function fixtureTexts(): Promise<readonly Seed[]> {
  const folder = repositoryPath('test');
  const entries = await readdir(folder, { recursive: true });
  const files = entries.filter((path) => path.endsWith('.md')).sort();
  const all = await Promise.all(
    files.map(async (path) => {
      const text = await readFile(join(folder, path), 'utf8');
      return [...text.matchAll(/^```py[^\n]*\n([^]*?)^```$/gm)].map((found, i) => ({
        name: `${path.replaceAll('\\', '/')}#${i + 1}`,
        text: found[1] ?? '',
      }));
    }),
  );
  return all.flat();
}

/** The nets of tf_slim; nothing where PyPI cannot be reached. */
export async function networkTexts(): Promise<readonly Seed[]> {
  const source = await openSource('tf_slim');
  return source.kind === 'ready' ? folderTexts(join(source.folder, 'tf_slim', 'nets')) : [];
}

/** Every Python file below a folder that is UTF-8 and not too long. */
export async function folderTexts(folder: string): Promise<readonly Seed[]> {
  const seeds: Seed[] = [];
  for (const path of await pythonFiles(folder)) {
    const text = await readFile(join(folder, path), 'utf8').catch(() => undefined);
    if (text !== undefined && text.length <= MOST_CHARACTERS) seeds.push({ name: path, text });
  }
  return seeds;
}
