/**
 * `npm run fuzz`: runs the fuzzer with a fresh seed, which it prints. Texts that break a promise are written to .cache/fuzz;
 * they go into test/fuzz/found once they are mended.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fixtureTexts, folderTexts, networkTexts } from './corpus';
import { fuzz, kinds, type Failure } from './fuzz';

/** The command; answers the exit code. */
export async function runFuzz(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      minutes: { type: 'string', default: '5' },
      count: { type: 'string', default: '1000000' },
      kind: { type: 'string', multiple: true },
      folder: { type: 'string', multiple: true },
    },
  });
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
  const chosen = kinds.filter((kind) => values.kind?.includes(kind) ?? (kind !== 'plain' || values.folder));
  const named = await Promise.all((values.folder ?? []).map(folderTexts));
  const corpus = named.length > 0 ? named.flat() : [...(await fixtureTexts()), ...(await networkTexts())];
  console.log(`seed ${seed}, ${corpus.length} texts`);
  const failures: Failure[] = [];
  const counts = await fuzz({
    seed,
    kinds: chosen,
    count: Number(values.count),
    milliseconds: Number(values.minutes) * 60_000,
    corpus,
    onFailure: (failure) => {
      failures.push(failure);
      console.log(`\n${failure.kind} of ${failure.name}: ${failure.broken.message}\n(${failure.how.join('; ')})`);
    },
  });
  await write(failures, join(root, '.cache', 'fuzz'), seed);
  console.log([...counts].map(([kind, cases]) => `${kind} ${cases}`).join(', '));
  const passed = [...counts.values()].reduce((sum, one) => sum + one, 0) - failures.length;
  console.log(`${passed} passed, ${failures.length} failed`);
  return failures.length > 0 ? 1 : 0;
}

async function write(failures: readonly Failure[], folder: string, seed: number): Promise<void> {
  if (failures.length > 0) await mkdir(folder, { recursive: true });
  for (const [i, { text, broken }] of failures.entries()) {
    const path = join(folder, `${seed}-${i + 1}.py`);
    await writeFile(path, text);
    console.log(`${path}: ${broken.promise}`);
  }
}
