import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, type TextEdit } from '../../server/src/base/textEdit';

const edit = (start: number, end: number, newText: string): TextEdit => ({ span: { start, end }, newText });

describe('applyEdits', () => {
  it('applies edits given in any order against the original text', () => {
    expect(applyEdits('conv2d(x)', [edit(7, 8, 'net'), edit(0, 4, 'dense')])).toBe('dense2d(net)');
  });

  it('keeps the order of insertions at one place', () => {
    expect(applyEdits('()', [edit(1, 1, 'a'), edit(1, 1, ', b')])).toBe('(a, b)');
  });

  it('refuses edits that overlap', () => {
    expect(() => applyEdits('abcdef', [edit(0, 3, ''), edit(2, 4, '')])).toThrow(RangeError);
  });

  it('does in one step what the edits do one by one from the end', () => {
    const pieces = fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 8 });
    fc.assert(
      fc.property(pieces, fc.string(), (replacements, tail) => {
        let text = '';
        const edits: TextEdit[] = [];
        for (const [before, after] of replacements) {
          text += 'x';
          edits.push(edit(text.length, text.length + before.length, after));
          text += before;
        }
        text += tail;
        const oneByOne = edits.toReversed().reduce((so, { span, newText }) => {
          return so.slice(0, span.start) + newText + so.slice(span.end);
        }, text);
        expect(applyEdits(text, edits)).toBe(oneByOne);
      }),
    );
  });
});
