import { describe, expect, it } from 'vitest';
import { broadcast, concatenated, parseShape, shapeText } from '../../../server/src/slim/shapes/shape';
import { transposedOutput, windowOutput } from '../../../server/src/slim/shapes/windows';

describe('a shape that somebody types', () => {
  it.each([
    ['?x299x299x3', [null, 299, 299, 3]],
    ['None, 28, 28, 1', [null, 28, 28, 1]],
    ['[None, 28, 28, 1]', [null, 28, 28, 1]],
    ['(8, 100,)', [8, 100]],
    ['-1 × 10', [null, 10]],
    ['7', [7]],
  ])('%s is read', (text, dims) => {
    expect(parseShape(text)).toEqual({ dims });
  });

  it.each(['', 'x', '1x', '3x0', '3x-2', '1.5x2', 'wide', '?x299x299x3 channels', '1x2x3x4x5x6x7x8x9'])(
    '%j is refused',
    (text) => {
      expect(parseShape(text)).toBeUndefined();
    },
  );

  it('is written as it is read', () => {
    expect(shapeText({ dims: [null, 3, 4] })).toBe('?x3x4');
    expect(shapeText({ dims: [] })).toBe('scalar');
    expect(shapeText({ reason: 'why' })).toBe('?');
  });
});

describe('operations on shapes', () => {
  it('broadcast from the end', () => {
    expect(broadcast({ dims: [null, 5, 1] }, { dims: [4] })).toEqual({ dims: [null, 5, 4] });
    expect(broadcast({ dims: [2] }, { dims: [3] })).toEqual({ reason: '2 and 3 do not fit' });
    expect(broadcast({ dims: [2] }, { reason: 'who knows' })).toEqual({ reason: 'who knows' });
  });

  it('join along an axis, and say what does not fit', () => {
    const a = { dims: [null, 4, 4, 8] };
    expect(concatenated([a, { dims: [null, 4, 4, 3] }], -1)).toEqual({ dims: [null, 4, 4, 11] });
    expect(concatenated([a, { dims: [2, 4, 4, 3] }], 3)).toEqual({ dims: [2, 4, 4, 11] });
    expect(concatenated([a, { dims: [null, 4, 5, 3] }], 3)).toEqual({ reason: '?x4x4x8 and ?x4x5x3 do not fit' });
    expect(concatenated([a, { dims: [null, 4, 4, null], reason: 'open' }], 3)).toEqual({
      dims: [null, 4, 4, null],
      reason: 'open',
    });
    expect(concatenated([a], 4)).toEqual({ reason: 'there is no axis 4 in ?x4x4x8' });
  });
});

describe('windows', () => {
  it('larger than what they slide over have no output', () => {
    expect(windowOutput({ size: 3, kernel: 2, stride: 1, rate: 3 }, 'VALID')).toBeUndefined();
    expect(windowOutput({ size: 3, kernel: 5, stride: 2, rate: 1 }, 'SAME')).toBe(2);
  });

  it('of a size that is not known matter with VALID only', () => {
    expect(windowOutput({ size: 9, kernel: null, stride: 2, rate: 1 }, 'SAME')).toBe(5);
    expect(windowOutput({ size: 9, kernel: null, stride: 2, rate: 1 }, 'VALID')).toBeNull();
    expect(transposedOutput({ size: 9, kernel: null, stride: 2, rate: 1 }, 'SAME')).toBe(18);
  });
});
