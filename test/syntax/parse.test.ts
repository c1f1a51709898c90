import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, type Span } from '../../server/src/base/span';
import type * as ast from '../../server/src/syntax/ast';
import { printModule } from '../../server/src/syntax/print';
import { childrenOf, findPath, fullSpan, walk } from '../../server/src/syntax/visit';
import { parse } from '../support/parser';

/** The source of each node of a kind, in source order. */
function sources(text: string, kind: ast.Node['kind']): string[] {
  const found: string[] = [];
  walk(parse(text).module, (node) => {
    if (node.kind === kind) found.push(text.slice(node.span.start, node.span.end));
  });
  return found;
}

/** What is wrong with the spans of a tree: outside of their parent, out of order, or outside of the text. */
function spanFaults(text: string): string[] {
  const { module, comments, incomplete } = parse(text);
  const faults: string[] = [];
  const whole: Span = { start: 0, end: text.length };
  walk(module, (node, parents) => {
    const parent = parents[parents.length - 1];
    const { start, end } = node.span;
    if (start > end || !contains(whole, node.span)) faults.push(`${node.kind} ${start}-${end} outside of the text`);
    if (parent && !contains(fullSpan(parent), fullSpan(node))) faults.push(`${node.kind} outside of ${parent.kind}`);
    const starts = childrenOf(node).map((child) => fullSpan(child).start);
    const isSorted = starts.every((one, i) => i === 0 || (starts[i - 1] ?? 0) <= one);
    if (!isSorted) faults.push(`children of ${node.kind} at ${start} out of order`);
  });
  for (const { span } of comments) if (!contains(whole, span)) faults.push('comment outside of the text');
  incomplete.forEach((span, i) => {
    if (!contains(whole, span)) faults.push('incomplete span outside of the text');
    if (i > 0 && span.start < (incomplete[i - 1]?.end ?? 0)) faults.push('incomplete spans overlap');
  });
  return faults;
}

describe('spans', () => {
  it('are those of Python: no parentheses around, decorators outside', () => {
    const text = '@d(1)\ndef f(x):\n    y = ((a + b)) * (c)\n    return (yield)\n';
    expect(sources(text, 'FunctionDef')).toEqual([text.slice(text.indexOf('def'), -1)]);
    expect(sources(text, 'BinaryOp')).toEqual(['((a + b)) * (c)', 'a + b']);
    expect(sources(text, 'Yield')).toEqual(['yield']);
  });

  it('give the header of a with without its colon, and the parentheses of a call', () => {
    const text = 'with slim.arg_scope([a],\n                    b=1) as sc :\n  f ( x )\n';
    const [statement] = parse(text).module.body;
    const header = statement?.kind === 'With' ? statement.header : undefined;
    expect(text.slice(header?.start, header?.end)).toBe('with slim.arg_scope([a],\n                    b=1) as sc');
    walk(parse(text).module, (node) => {
      if (node.kind !== 'Call' || node.callee.kind !== 'Name') return;
      expect(text.slice(node.argsSpan.start, node.argsSpan.end)).toBe('( x )');
    });
  });

  it('count UTF-16 units, also behind emoji, and skip a byte order mark', () => {
    const text = '\uFEFFx = "😀" + f(é)  # 😀\ny = g(1)\n';
    expect(sources(text, 'Call')).toEqual(['f(é)', 'g(1)']);
    expect(sources(text, 'Assign')).toEqual(['x = "😀" + f(é)', 'y = g(1)']);
    const start = text.indexOf('#');
    expect(parse(text).comments).toEqual([{ span: { start, end: start + 4 }, text: '# 😀' }]);
    expect(parse(text).incomplete).toEqual([]);
  });

  it.each([
    ['CRLF', '\r\n'],
    ['lone carriage returns', '\r'],
    ['line feeds', '\n'],
  ])('hold with %s', (_, lineEnd) => {
    const lines = ['with a:', '\tx = f(1,', '\t  2)', '\ty = """b', 'c"""', 'z = g(\\', '  3)', ''];
    const text = lines.join(lineEnd);
    expect(sources(text, 'Call')).toEqual([`f(1,${lineEnd}\t  2)`, `g(\\${lineEnd}  3)`]);
    expect(sources(text, 'With')).toEqual([lines.slice(0, 5).join(lineEnd)]);
    expect(printModule(parse(text).module)).toContain('y = "b\\nc"');
    expect(parse(text).incomplete).toEqual([]);
  });

  it('hold with tabs, form feeds and continuations', () => {
    const text = 'if a:\n\tb(1)\n        c(2)\n\f\nd = e \\\n  (3)\n';
    expect(sources(text, 'Call')).toEqual(['b(1)', 'c(2)', 'e \\\n  (3)']);
    expect(parse(text).module.body.map((statement) => statement.kind)).toEqual(['If', 'Assign']);
  });

  it('keep their place in the text of the user when the text was repaired', () => {
    const text = 'x = f(a\ny = "😀" + g(b]\nz = h(c)\n';
    expect(sources(text, 'Call')).toEqual(['f(a', 'g(b', 'h(c)']);
    expect(sources(text, 'Name').join(' ')).toBe('x f a y g b z h c');
  });
});

describe('findPath', () => {
  const text = 'with a:\n  x = slim.conv2d(net, 64)\n';
  const { module } = parse(text);

  it('leads from the module to the innermost node', () => {
    const kinds = findPath(module, text.indexOf('net') + 1).map((node) => node.kind);
    expect(kinds).toEqual(['Module', 'With', 'Assign', 'Call', 'Argument', 'Name']);
  });

  it('finds a node at its end, and prefers the one that starts there', () => {
    const last = (offset: number): string | undefined => findPath(module, offset).at(-1)?.kind;
    expect(last(text.indexOf('(net'))).toBe('Attribute');
    expect(last(text.indexOf(')'))).toBe('Number');
    expect(last(text.indexOf(')') + 1)).toBe('Call');
    expect(findPath(parse('[a,b]').module, 2).at(-1)).toMatchObject({ kind: 'Name', name: 'a' });
  });

  it('finds decorators, and the missing name after a dot', () => {
    const decorated = parse('@deco\ndef f(): pass\n').module;
    expect(findPath(decorated, 2).map((node) => node.kind)).toEqual(['Module', 'FunctionDef', 'Name']);
    const typed = 'x = slim.\ny = 1\n';
    expect(findPath(parse(typed).module, typed.indexOf('.') + 1).at(-1)?.kind).toBe('Attribute');
  });
});

describe('any text at all', () => {
  it.each([
    ['empty', ''],
    ['spaces', ' \t\n\f\n  '],
    ['only a comment', '# a'],
    ['only a byte order mark', '\uFEFF'],
    ['a NUL', 'x = 1\0f(2)\n'],
    ['a lone surrogate', 'x = "\ud83d" + f(1)\n'],
    ['prose', 'This is not Python; it is `text` (mostly), isn\'t it?\n"""'],
    ['brackets', '([{)]}'.repeat(50)],
    ['quotes', '"\'"""\'\'\''.repeat(50)],
  ])('gives a tree with spans in order: %s', (_, text) => {
    expect(spanFaults(text)).toEqual([]);
  });

  const many = (count: number, piece: string): string => piece.repeat(count);
  it.each([
    ['parentheses', `x = ${many(5000, '(')}f(1)${many(5000, ')')}\ny(2)\n`, 2],
    ['open parentheses', `${many(20_000, '(')}\ny(2)\n`, 1],
    ['a sum', `x = ${many(3000, 'a(1) + ')}a(1)\ny(2)\n`, 3002],
    ['attributes', `x = a${many(5000, '.b')}\ny(2)\n`, 1],
    ['not', `x = ${many(5000, 'not ')}f(1)\ny(2)\n`, 2],
    ['elif', `if a: f()\n${many(3000, 'elif b: g()\n')}else: h()\n`, 3002],
    ['targets', `${many(5000, 'x = ')}f(1)\n`, 1],
    ['blocks', `${Array.from({ length: 400 }, (_, i) => `${many(i, ' ')}if a:\n`).join('')}${many(400, ' ')}f(1)\n`, 1],
  ])('does not follow endless nesting: %s', (_, text, calls) => {
    let count = 0;
    let depth = 0;
    walk(parse(text).module, (node, parents) => {
      if (node.kind === 'Call') count++;
      depth = Math.max(depth, parents.length);
    });
    expect(count).toBe(calls);
    expect(depth).toBeLessThan(400);
  });

  const fragments = fc.constantFrom(
    ...'( ) [ ] { } , : = . " \' """ # \\ \n \r\n \t ` @ * ** -> 😀 \0'.split(' '),
    ...'with def class for if else elif try except lambda return import from as in not and f"{ x slim.conv2d 1. '.split(
      ' ',
    ),
    '\n  ',
    '\n    ',
    ' ',
  );

  it('never throws and keeps spans in order for any mixture of tokens', () => {
    const texts = fc.array(fragments, { maxLength: 60 }).map((pieces) => pieces.join(' '));
    fc.assert(
      fc.property(texts, (text) => {
        expect(spanFaults(text)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('never throws and keeps spans in order for sound code with random cuts and insertions', () => {
    const edit = fc.record({ at: fc.nat(1000), cut: fc.nat(12), insert: fragments });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        let text = sample;
        for (const { at, cut, insert } of edits) {
          const start = at % text.length;
          text = text.slice(0, start) + insert + text.slice(start + cut);
        }
        expect(spanFaults(text)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

const sample = `"""A module."""
import tf_slim as slim

def build(images, (a, b), *rest, **more):
    """Builds it: isn't it (nice)?"""
    with slim.arg_scope([slim.conv2d, slim.max_pool2d], stride=1, padding='SAME') as sc:
        net = slim.conv2d(images, 64, [3, 3], scope='conv1')  # a comment
        for i in range(3):
            net = slim.repeat(net, 2, slim.conv2d, 2 ** i, scope='conv%d' % i)
        if net is not None: return {'net': net, 'x': [y for y in net if y]}
        else: print >>log, f"{net!r:>10}", \`net\`
    return net
`;

describe('sound trees', () => {
  it('have spans in order', () => {
    expect(spanFaults(sample)).toEqual([]);
    expect(parse(sample).incomplete).toEqual([]);
    expect(parse(sample).python2).toBe(true);
  });
});
