/**
 * `slimscope check --shard I/N`: the parts of a check that several machines share.
 */
import fc from 'fast-check';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { readShard, shardOf } from '../../server/src/cli/shard';
import { slimscope } from './slimscope';

const net = 'import tensorflow as tf\nslim = tf.contrib.slim\n';

/** Files of different sizes, in folders; one imports another of another part. */
const files = Object.fromEntries([
  ...Array.from({ length: 12 }, (_, i) => [`p${i % 3}/m${i}.py`, net + '# x\n'.repeat(i * 20)] as const),
  ['p0/scope.py', 'import tf_slim as slim\n\ndef scope():\n    return slim.arg_scope([slim.conv2d], stride=2)\n'],
  ['p2/use.py', 'import tf_slim as slim\nfrom p0.scope import scope\nwith scope():\n    slim.conv2d(x, 8, 3, 1)\n'],
]);

async function sarifOf(...args: string[]): Promise<Log> {
  const { out } = await slimscope(files, ['check', '--format', 'sarif', ...args, '.']);
  return JSON.parse(out) as Log;
}

/** What a result says, and where. */
function shown(log: Log): readonly string[] {
  const results = log.runs.flatMap((run) => run.results ?? []);
  return results.map(({ ruleId, message, locations, partialFingerprints }) =>
    JSON.stringify([ruleId, message, locations, partialFingerprints]),
  );
}

describe('the parts of a check', () => {
  it.each([2, 3, 7, 40])('are together the whole, without a result that is there twice: %i parts', async (count) => {
    const whole = shown(await sarifOf());
    const parts = await Promise.all(Array.from({ length: count }, (_, i) => sarifOf('--shard', `${i + 1}/${count}`)));
    expect(parts.flatMap(shown)).toEqual(whole);
    expect(new Set(whole).size).toBe(whole.length);
    expect(whole.length).toBeGreaterThan(12);
    const ids = parts.map((log) => log.runs[0]?.automationDetails?.id);
    expect(ids).toEqual(parts.map((_, i) => `slimscope/${i + 1}-of-${count}/`));
  });

  it('see what other parts hold', async () => {
    const parts = await Promise.all(['1/3', '2/3', '3/3'].map((shard) => sarifOf('--shard', shard)));
    const found = parts.map((log) => shown(log).filter((text) => text.includes('positional-collision')).length);
    expect(found).toEqual([0, 0, 1]);
  });

  it('are the same whatever the order of the paths', async () => {
    const args = ['check', '--format', 'json', '--shard', '2/3'];
    const one = await slimscope(files, [...args, 'p0', 'p1', 'p2']);
    const other = await slimscope(files, [...args, 'p2', 'p0', 'p1']);
    expect(other.out).toBe(one.out);
    expect(one.out).toContain('"path"');
  });

  it('may be empty, which is no mistake', async () => {
    expect(await slimscope({ 'a.py': '' }, ['check', '--shard', '2/2', '.'])).toMatchObject({ code: 0, error: '' });
  });

  it.each(['0/2', '3/2', '1', '1/0', 'a/b', '-1/2', '1/2/3'])('are not %s', async (shard) => {
    expect(readShard(shard)).toBeUndefined();
    const { code, error } = await slimscope({ 'a.py': '' }, ['check', `--shard=${shard}`, '.']);
    expect([code, error]).toEqual([4, expect.stringContaining('`--shard 2/5`')]);
  });

  it('split any list into parts of about the same size', () => {
    const lists = fc.array(fc.nat(10_000), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 30 }), (sizes, count) => {
        const items = sizes.map((size, i) => ({ size, i }));
        const parts = Array.from({ length: count }, (_, i) =>
          shardOf(items, { index: i + 1, count }, (item) => item.size),
        );
        expect(parts.flat()).toEqual(items);
        const total = sizes.reduce((sum, size) => sum + size + 1, 0);
        const largest = Math.max(...sizes) + 1;
        for (const part of parts) {
          const own = part.reduce((sum, item) => sum + item.size + 1, 0);
          expect(own).toBeLessThanOrEqual(total / count + largest);
        }
      }),
    );
  });
});
