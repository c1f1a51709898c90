/**
 * A short run of the fuzzer with a fixed seed, and every text that it ever found. Longer ones with fresh seeds: `npm run
 * fuzz`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Random } from '../oracle/programs/generator/random';
import { fixtureTexts } from './corpus';
import { checkDocument, checkEdits } from './documents';
import { checkOffers } from './edits';
import { fuzz, type Failure } from './fuzz';
import { mutate } from './mutate';
import { Broken, brokenBy, step } from './problem';
import { shrink } from './shrink';

const found = new URL('./found/', import.meta.url);

describe('damaged documents', () => {
  it.each(['documents', 'edits', 'typing', 'tokens', 'protocol'] as const)(
    'keep every promise: %s',
    async (kind) => {
      const failures: Failure[] = [];
      const corpus = await fixtureTexts();
      const count = kind === 'protocol' ? 6 : 150;
      const onFailure = (failure: Failure) => void failures.push(failure);
      const counts = await fuzz({ seed: 20261124, kinds: [kind], count, milliseconds: 600_000, corpus, onFailure });
      expect(failures.map(({ broken, text, how }) => [broken.message, how, text])).toEqual([]);
      expect(counts.get(kind)).toBeGreaterThanOrEqual(kind === 'tokens' ? 20 : count);
    },
    600_000,
  );

  it.each(readdirSync(found))('that were found once stay mended: %s', (name) => {
    const text = readFileSync(new URL(name, found), 'utf8');
    checkDocument(text, new Random(1));
    checkOffers(text, new Random(1));
    checkEdits([text, '', text]);
    expect(text).not.toBe('');
  });
});

describe('the fuzzer itself', () => {
  it('names a failure by the place where it is thrown, and passes others on', () => {
    const broken = brokenBy(() => step('hover', () => JSON.parse('{')));
    expect(broken?.promise).toMatch(/^hover throws in JSON\.parse/);
    expect(brokenBy(() => undefined)).toBeUndefined();
    expect(() => brokenBy(() => { throw new TypeError('bug of the test'); })).toThrow('bug of the test'); // prettier-ignore
    expect(new Broken('a promise', 'detail').message).toBe('a promise: detail');
  });

  it('makes the same damage of the same seed, and hardly ever none', () => {
    const texts = Array.from({ length: 200 }, (_, i) => mutate('with a(b):\n  c = d(1, "e")\n', new Random(i)).text);
    expect(texts).toEqual(
      Array.from({ length: 200 }, (_, i) => mutate('with a(b):\n  c = d(1, "e")\n', new Random(i)).text),
    );
    expect(new Set(texts).size).toBeGreaterThan(150);
  });

  it('cuts a text down to what still fails', () => {
    const text = Array.from({ length: 100 }, (_, i) => `line ${i}`).join('\n') + '\nx = (bad)\nend';
    expect(shrink(text, (one) => one.includes('bad'))).toBe('bad');
  });
});
