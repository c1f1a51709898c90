/**
 * How much of a real file survives one piece of damage: the figure that decides whether a hover works while the line
 * above is half typed. Random, with a printed seed; SLIMSCOPE_SEED=n repeats a run.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSourceOrSkip } from '../support/openSources';
import { parse } from '../support/parser';
import { chainsOf, damageKinds, type DamageKind, type Random, randomFrom } from './damage';

/** Small enough to be parsed thousands of times, and full of nested scopes, docstrings and multi-line calls. */
const files = ['alexnet.py', 'overfeat.py', 'vgg.py', 'resnet_utils.py', 'resnet_v1.py', 'inception_v1.py'];
const editsPerKind = 200;

interface Score {
  calls: number;
  kept: number;
  edits: number;
  lossy: number;
}

const folder = await openSourceOrSkip('tf_slim');
const seed = Number(process.env['SLIMSCOPE_SEED'] ?? Math.floor(Math.random() * 1e6));

describe.skipIf(folder === undefined)(`after damage (SLIMSCOPE_SEED=${seed})`, () => {
  it('keeps at least 99 % of the calls behind it in their chain; fewer than 1 % of edits lose more than 10 %', async () => {
    const nets = join(folder ?? '', 'tf_slim', 'nets');
    const texts = await Promise.all(files.map((file) => readFile(join(nets, file), 'utf8')));
    const random = randomFrom(seed);
    const rows = damageKinds.map((kind) => ({ name: kind.name, score: measure(kind, texts, random) }));
    const total = sum(rows.map((row) => row.score));
    const lines = [...rows.map((row) => show(row.name, row.score)), show('all', total), `seed ${seed}`];
    process.stdout.write(`${lines.join('\n')}\n`);
    expect(total.edits).toBeGreaterThanOrEqual(200 * damageKinds.length);
    expect(total.kept / total.calls).toBeGreaterThanOrEqual(0.99);
    expect(total.lossy / total.edits).toBeLessThan(0.01);
  }, 240_000);
});

function measure(kind: DamageKind, texts: readonly string[], random: Random): Score {
  const score: Score = { calls: 0, kept: 0, edits: 0, lossy: 0 };
  while (score.edits < editsPerKind) {
    const text = texts[random(texts.length)] ?? '';
    const damaged = kind.apply(text, random);
    if (!damaged) continue;
    const before = originalChains(text);
    const after = chainsOf(parse, damaged.text, damaged.toOriginal);
    let calls = 0;
    let kept = 0;
    for (const [key, call] of before) {
      if (call.start < damaged.from) continue;
      calls++;
      if (after.get(key)?.chain === call.chain) kept++;
    }
    score.edits++;
    score.calls += calls;
    score.kept += kept;
    if (kept < calls * 0.9) {
      score.lossy++;
      if (process.env['SLIMSCOPE_SHOW_LOSSES'])
        process.stdout.write(`${kind.name}: ${kept}/${calls}\n${around(text, damaged.text)}\n`);
    }
  }
  return score;
}

const originals = new Map<string, ReturnType<typeof chainsOf>>();

function originalChains(text: string): ReturnType<typeof chainsOf> {
  const known = originals.get(text) ?? chainsOf(parse, text, (offset) => offset);
  originals.set(text, known);
  return known;
}

/** The damaged place with a few lines around. */
function around(text: string, damaged: string): string {
  let at = 0;
  while (at < text.length && text[at] === damaged[at]) at++;
  const line = damaged.slice(0, at).split('\n').length;
  return damaged
    .split('\n')
    .slice(Math.max(line - 4, 0), line + 5)
    .join('\n');
}

function sum(scores: readonly Score[]): Score {
  const total: Score = { calls: 0, kept: 0, edits: 0, lossy: 0 };
  for (const score of scores) {
    total.calls += score.calls;
    total.kept += score.kept;
    total.edits += score.edits;
    total.lossy += score.lossy;
  }
  return total;
}

function show(name: string, { calls, kept, edits, lossy }: Score): string {
  const share = ((100 * kept) / calls).toFixed(2).padStart(6);
  return `${name.padEnd(48)} ${share} % of ${String(calls).padStart(6)} calls kept, ${lossy} of ${edits} edits lossy`;
}
