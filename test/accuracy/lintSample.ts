/**
 * The hand-checked sample: 200 findings over all rules, drawn by a seed, and what a person judged of each.
 * The verdicts are data (lintVerdicts.json) without a line of the code they are about.
 */
import { existsSync, readFileSync } from 'node:fs';
import { repositoryPath } from '../support/repository';
import type { Report } from './findings';

export const sampleSeed = 20260;
const sampleSize = 200;

export interface SampledFinding extends Report {
  readonly source: string;
}

export interface Verdict {
  readonly rule: string;
  readonly source: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly verdict: 'right' | 'false';
  readonly why?: string;
}

/** The judgements that are committed. */
export function readVerdicts(): readonly Verdict[] {
  const file = repositoryPath('test/accuracy/lintVerdicts.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly Verdict[]) : [];
}

/** Takes from each rule in turn, at random within the rule, so that rare rules are looked at as well as frequent ones. */
export function drawSample(findings: readonly SampledFinding[]): readonly SampledFinding[] {
  const random = generator(sampleSeed);
  const rules = [...new Set(findings.map((one) => one.rule))].sort();
  const piles = rules.map((rule) => shuffled(findings.filter((one) => one.rule === rule).sort(byPlace), random));
  const sample: SampledFinding[] = [];
  for (let round = 0; sample.length < sampleSize && piles.some((pile) => round < pile.length); round++) {
    for (const pile of piles) {
      const one = pile[round];
      if (one && sample.length < sampleSize) sample.push(one);
    }
  }
  return sample.sort(byPlace);
}

function byPlace(a: SampledFinding, b: SampledFinding): number {
  const order = (one: SampledFinding): string => `${one.rule} ${one.source} ${one.path}`;
  if (order(a) !== order(b)) return order(a) < order(b) ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

/** Sorted by random keys. */
function shuffled(items: readonly SampledFinding[], random: () => number): readonly SampledFinding[] {
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/** A linear congruential generator (constants of Numerical Recipes): small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
