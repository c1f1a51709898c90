import { describe, expect, it } from 'vitest';
import {
  code,
  link,
  listed,
  paragraph,
  strong,
  toMarkdown,
  toPlaintext,
  type Block,
} from '../../server/src/base/markdown';

describe('Markdown of text that comes from a file', () => {
  it.each([
    ['<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)>'],
    ['[click](command:x)', '\\[click\\](command:x)'],
    ['a *b* `c` \\', 'a \\*b\\* \\`c\\` \\\\'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['# no heading', '\\# no heading'],
    ['1. no list', '1\\. no list'],
    ['weights_initializer _x_', 'weights_initializer \\_x\\_'],
    ['two\r\n lines', 'two lines'],
  ])('keeps %j as text', (text, markdown) => {
    expect(toMarkdown([paragraph(text)])).toBe(markdown);
  });

  it.each([
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['', '`  `'],
    ['a\nb', '`a b`'],
  ])('keeps %j as code', (text, markdown) => {
    expect(toMarkdown([paragraph(code(text))])).toBe(markdown);
  });

  it('lets nothing end a table cell', () => {
    const table: Block = { kind: 'table', head: [['a'], ['b']], rows: [[['x | y'], [code('p | q\nr')]]] };
    expect(toMarkdown([table]).split('\n')).toEqual(['| a | b |', '| :-- | :-- |', '| x \\| y | `p \\| q r` |']);
  });

  it('lets nothing end a fence or an address', () => {
    expect(toMarkdown([{ kind: 'code', language: 'python', text: 'x = """\n```\n"""\n' }])).toBe(
      '````python\nx = """\n```\n"""\n````',
    );
    expect(toMarkdown([paragraph(link('file:///a (b).py#L1', 'a'))])).toBe('[a](file:///a%20%28b%29.py#L1)');
  });
});

describe('plain text', () => {
  it('says the same without marks', () => {
    const table: Block = {
      kind: 'table',
      head: [['argument'], ['from']],
      rows: [[[code('stride')], [link('f', 'line 4')]]],
    };
    const blocks: Block[] = [paragraph('See ', strong(code('x'))), table, { kind: 'list', items: [['one']] }];
    expect(toPlaintext(blocks)).toBe('See x\n\nargument  from\nstride    line 4\n\n- one');
  });
});

describe('listed', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('joins %j', (parts, text) => {
    expect(listed(parts.map((part) => [part])).join('')).toBe(text);
  });
});
