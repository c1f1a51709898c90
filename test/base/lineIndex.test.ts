import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../server/src/base/lineIndex';

/** Texts with every line end, an emoji (two code units) and ordinary letters. */
const texts = fc
  .array(fc.constantFrom('a', 'é', '😀', '\t', '\n', '\r\n', '\r'), { maxLength: 40 })
  .map((parts) => parts.join(''));

describe('LineIndex', () => {
  it.each([
    ['', 1],
    ['a', 1],
    ['a\n', 2],
    ['a\r\nb', 2],
    ['a\rb\nc\r\n\r\n', 5],
    ['\r\r\n\n', 4],
  ])('counts the lines of %j', (text, count) => {
    expect(new LineIndex(text).lineCount).toBe(count);
  });

  it('counts columns in UTF-16 code units', () => {
    expect(new LineIndex('x\n😀 = conv2d').positionAt(7)).toEqual({ line: 1, column: 5 });
  });

  it('agrees with splitting the text into lines', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const lines = text.split(/\r\n|\r|\n/);
        expect(new LineIndex(text).lineCount).toBe(lines.length);
      }),
    );
  });

  it('leads from every offset to a position and back', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const index = new LineIndex(text);
        for (let offset = 0; offset <= text.length; offset++) {
          // Between \r and \n there is no position of its own.
          if (text[offset - 1] === '\r' && text[offset] === '\n') continue;
          expect(index.offsetAt(index.positionAt(offset))).toBe(offset);
        }
      }),
    );
  });

  it('clamps what lies outside', () => {
    const index = new LineIndex('ab\ncd');
    expect(index.positionAt(-3)).toEqual({ line: 0, column: 0 });
    expect(index.positionAt(99)).toEqual({ line: 1, column: 2 });
    expect(index.offsetAt({ line: 0, column: 99 })).toBe(2);
    expect(index.offsetAt({ line: 9, column: 0 })).toBe(5);
    expect(index.offsetAt({ line: -1, column: 5 })).toBeLessThanOrEqual(5);
  });

  it('stays within the line that a position names', () => {
    fc.assert(
      fc.property(texts, fc.nat(20), fc.nat(50), (text, line, column) => {
        const index = new LineIndex(text);
        const at = index.positionAt(index.offsetAt({ line, column }));
        expect(at.line).toBe(Math.min(line, index.lineCount - 1));
      }),
    );
  });
});
