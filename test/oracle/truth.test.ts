/**
 * The evaluator against recorded truth: what every op call of open networks received under real TensorFlow. Each source is
 * a workspace twice, with our callers of it and without them; see docs/oracle.md.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { openSourceOrSkip } from '../support/openSources';
import type { SourceComparison } from './truth/compareRecording';
import { sum, type Figures } from './truth/figures';
import { judge, type Judgement } from './truth/judge';
import { isException, mayBeUnknown, targets, unusedExceptions } from './truth/targets';
import { truthSources } from './truth/sources';

for (const source of truthSources) {
  const folder = await openSourceOrSkip(source.name);
  const target = targets[source.name];

  /** What is not as recorded, less the exceptions. */
  const unexpected = (comparison: SourceComparison): readonly string[] =>
    comparison.disagreements
      .filter((one) => !isException(target, one))
      .map(({ kind, at, text }) => `${kind} ${at} ${text}`);

  describe.skipIf(folder === undefined)(source.name, () => {
    let judgement: Judgement;
    beforeAll(async () => {
      judgement = await judge(source, folder ?? '');
    }, 120_000);

    test('with callers, every recorded context is one of ours, and nothing is stated that never happened', () => {
      const figures = sum([...judgement.withCallers.files.values()]);
      expect(unexpected(judgement.withCallers)).toEqual([]);
      expect(figures.sites).toBeGreaterThan(0);
      expect(unknownShare(figures)).toBeLessThanOrEqual(target?.unknown ?? mayBeUnknown);
    });

    test('without callers, everything that is stated as certain holds in every recorded context', () => {
      const figures = sum([...judgement.withoutCallers.files.values()]);
      expect(unexpected(judgement.withoutCallers)).toEqual([]);
      expect(unknownShare(figures)).toBeLessThanOrEqual(target?.unknownWithoutCallers ?? mayBeUnknown);
    });

    test('every exception is still needed', () => {
      const { withCallers, withoutCallers } = judgement;
      const all = [...withCallers.disagreements, ...withoutCallers.disagreements];
      expect(unusedExceptions(target, all)).toEqual([]);
    });
  });
}

function unknownShare(figures: Figures): number {
  return figures.unknown / figures.arguments;
}
