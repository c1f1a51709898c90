/**
 * What is too much is bounded, and said: contexts of a call, call paths to it, and functions that double the work again
 * and again.
 */
import { describe, expect, it } from 'vitest';
import { memoryWorkspace } from '../../support/memoryWorkspace';

function analyse(text: string) {
  const { snapshot, uri } = memoryWorkspace([{ path: 'main.py', text: `import tf_slim as slim\n${text}` }]);
  const analysis = snapshot.analysis(uri('main.py'));
  if (!analysis) throw new Error('no analysis');
  return { contexts: analysis.calls[0]?.contexts ?? [], problems: analysis.problems.map(({ reason }) => reason) };
}

const net = 'def net(x, d=3):\n  return slim.conv2d(x, d, 3)\n';

describe('a thousand callers', () => {
  it('that pass something else each give the first 256 contexts', () => {
    const callers = Array.from({ length: 1000 }, (_, i) => `def caller${i}(x):\n  return net(x, ${i})\n`);
    const { contexts, problems } = analyse(net + callers.join(''));
    expect(contexts).toHaveLength(256);
    expect(problems).toEqual(['256 of the 1000 ways in which this call runs are given']);
  });

  it('that pass the same are one context with the first 256 call paths', () => {
    const callers = Array.from({ length: 1000 }, (_, i) => `def caller${i}(x):\n  return net(x, 8)\n`);
    const { contexts, problems } = analyse(net + callers.join(''));
    expect(contexts).toHaveLength(1);
    expect(contexts[0]?.alsoFrom).toHaveLength(255);
    expect(problems).toEqual(['256 of the 1000 call paths to this call are given']);
  });
});

describe('functions that call the next one twice', () => {
  it('end, and say that they were not followed to their end', () => {
    const functions = Array.from(
      { length: 30 },
      (_, i) => `def f${i}(x):\n  x = f${i + 1}(x)\n  return f${i + 1}(x)\n`,
    );
    const { contexts, problems } = analyse(`${functions.join('')}def f30(x):\n  return slim.conv2d(x, 8, 3)\n`);
    expect(contexts.length).toBeGreaterThan(0);
    expect(problems).toContain('`f0` was not followed to its end: it takes too many steps');
  });
});
