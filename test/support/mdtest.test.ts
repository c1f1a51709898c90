import { describe, expect, test } from 'vitest';
import { readMarkdownCases, replaceGoldens } from './markdownCases';
import { matchAnnotations, readAnnotations, readCursors } from './markers';
import type { FoundDiagnostic } from './markers';
import { unifiedDiff } from './unifiedDiff';

const sample = `# Title

## First

Prose.

\`nets/a.py\`:

\`\`\`py
x = 1
\`\`\`

\`\`\`fix title="Do it" safety=safe
old
\`\`\`

## Second

\`\`\`\`hover
\`\`\`python
f()
\`\`\`
\`\`\`\`
`;

describe('readMarkdownCases', () => {
  test('finds cases, paths, attributes, and fences inside longer fences', () => {
    const file = readMarkdownCases(sample);
    expect(file.title).toBe('Title');
    expect(file.cases.map((one) => one.name)).toEqual(['First', 'Second']);
    const [source, fix] = file.cases[0]?.blocks ?? [];
    expect(source).toMatchObject({ language: 'py', path: 'nets/a.py', text: 'x = 1\n' });
    expect(fix?.attributes).toEqual({ title: 'Do it', safety: 'safe' });
    expect(file.cases[1]?.blocks[0]?.text).toBe('```python\nf()\n```\n');
  });

  test('refuses an open fence, a fence outside a case, and two cases of one name', () => {
    expect(() => readMarkdownCases('## A\n```py\n')).toThrow('line 2: the fence is never closed');
    expect(() => readMarkdownCases('# A\n```py\n```\n')).toThrow('line 2: a fence before the first');
    expect(() => readMarkdownCases('## A\n## A\n')).toThrow('line 2: two cases named "A"');
  });

  test('replaces goldens and lengthens the fence when needed', () => {
    const file = readMarkdownCases(sample);
    const [, fix, hover] = file.cases.flatMap((one) => one.blocks);
    if (!fix || !hover) throw new Error('the sample has three blocks');
    const changed = replaceGoldens(sample, [
      { block: fix, text: '```\ninner\n```\n' },
      { block: hover, text: '' },
    ]);
    expect(changed).toContain('````fix title="Do it" safety=safe\n```\ninner\n```\n````\n');
    expect(changed).toContain('````hover\n````\n');
    expect(readMarkdownCases(changed).cases).toHaveLength(2);
  });
});

describe('markers', () => {
  test('cursors are cut out', () => {
    expect(readCursors('ab$0cd$0')).toEqual({ text: 'abcd', cursors: [2, 4] });
  });

  const text = 'slim.conv2d(x)\n#    ^^^^^^ some-rule: Message\nfoo()  # hint: 1 [other]\n';
  const found: FoundDiagnostic[] = [
    { rule: 'some-rule', severity: 'error', message: 'Message\nmore', span: { start: 5, end: 11 } },
    {
      rule: 'other',
      severity: 'hint',
      message: 'm',
      span: { start: text.indexOf('foo'), end: text.indexOf('foo') + 3 },
    },
  ];

  test('annotations that all match', () => {
    expect(readAnnotations(text)).toHaveLength(2);
    expect(matchAnnotations(text, found)).toEqual([]);
    expect(matchAnnotations(text.replace('Message', 'Messag…'), found)).toEqual([]);
    expect(matchAnnotations(text.replaceAll('\n', '\r\n'), shifted(found))).toEqual([]);
  });

  test.each<[string, (one: FoundDiagnostic) => FoundDiagnostic]>([
    ['another range', (one) => ({ ...one, span: { start: one.span.start, end: one.span.end + 1 } })],
    ['another rule', (one) => ({ ...one, rule: 'third' })],
    ['another message', (one) => ({ ...one, message: 'Massage' })],
  ])('%s does not match', (_name, change) => {
    const problems = matchAnnotations(
      text,
      found.map((one, i) => (i === 0 ? change(one) : one)),
    );
    expect(problems).toHaveLength(2);
    expect(problems[0]).toBe('line 2: expected some-rule Message, not reported');
  });

  test('another severity or column does not match, nor does one finding for two annotations', () => {
    expect(matchAnnotations(text.replace('hint: 1', 'error: 1'), found)).toHaveLength(2);
    expect(matchAnnotations(text.replace('hint: 1', 'hint: 2'), found)).toHaveLength(2);
    expect(matchAnnotations(text, found.slice(0, 1))).toHaveLength(1);
    expect(matchAnnotations(text, [...found, ...found])).toHaveLength(2);
  });

  test('an underline without a line long enough above is a mistake of the fixture', () => {
    expect(() => readAnnotations('ab\n# ^^^ rule\n')).toThrow('line 2: no line above reaches column 5');
  });
});

/** The same findings after `\n` became `\r\n`. */
function shifted(found: readonly FoundDiagnostic[]): FoundDiagnostic[] {
  return found.map((one, i) => ({
    ...one,
    span: { start: one.span.start + i * 2, end: one.span.end + i * 2 },
  }));
}

test('unified diffs show hunks without names and numbers', () => {
  const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].join('\n') + '\n';
  const after = before.replace('b\n', 'B\n').replace('i\n', '');
  expect(unifiedDiff(before, before)).toBe('');
  expect(unifiedDiff(before, after)).toBe(' a\n-b\n+B\n c\n d\n@@\n g\n h\n-i\n');
});
