import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../server/src/base/lineIndex';
import { startClient } from './lspClient';

const net = `import tensorflow as tf
slim = tf.contrib.slim

def net(x):
  with slim.arg_scope([slim.conv2d], stride=2):
    y = slim.conv2d(x, 64, [3, 3])
    return slim.conv2d(y, 64, [3, 3], padding='VALID')
`;

const half = [
  'y = slim.conv2d(x, 64, [3',
  'with slim.arg_scope([slim.conv2d], ',
  'slim.',
  "y = slim.conv2d(x, scope='a",
  'def f(',
  '@',
];

const inputs: readonly (readonly [string, string])[] = [
  ['an empty file', ''],
  ['white space', ' \n\t\n'],
  ['a byte order mark', `\uFEFF${net}`],
  ['CRLF', net.replace(/\n/g, '\r\n')],
  ['lone CR', net.replace(/\n/g, '\r')],
  ['mixed line ends', net.replace('\n', '\r\n').replace('def', '\r\rdef')],
  ['tabs', net.replace(/ {2}/g, '\t')],
  ['emoji before calls', net.replace('y = slim', "s = '😀👩‍👩‍👧'; y = slim")],
  ['Python 2', `${net}\nprint "x" % net\nexec "y"\ntry:\n  pass\nexcept E, e:\n  print >>f, 0777L\n`],
  ['no line end at the end', net.trimEnd()],
  ['NUL and other control characters', `${net}\n\0\x01\x1b`],
  ['lone surrogates', `${net}\nx = '\ud83d'`],
  ['only brackets', '('.repeat(3000)],
  ['deep nesting', `x = ${'['.repeat(400)}1${']'.repeat(400)}\n`],
  ['a very long line', `x = [${'1, '.repeat(50_000)}]\n${net}`],
  ['not Python at all', '<html><body>{{ "x" }}</body></html>\n'],
  ...half.map((line) => [`half-typed ${line}`, net.replace('    y =', `    ${line}\n    y =`)] as const),
];

describe('any text', () => {
  it.each(inputs)('%s: is answered everywhere, within the text', async (_name, text) => {
    const client = await startClient();
    client.open('a.py', text);
    const lines = new LineIndex(text);
    const isInside = ({ line, character }: { line: number; character: number }) => {
      const offset = lines.offsetAt({ line, column: character });
      return lines.positionAt(offset).line === line && lines.positionAt(offset).column === character;
    };
    const items = await client.pullItems('a.py');
    for (const { range } of items) expect([range, isInside(range.start) && isInside(range.end)]).toEqual([range, true]);
    const step = Math.max(1, Math.floor(text.length / 60));
    for (let offset = 0; offset <= text.length; offset += step) {
      const { line, column } = lines.positionAt(offset);
      const position = { line, character: column };
      const hover = await client.hover('a.py', position);
      if (hover?.range) expect(isInside(hover.range.start) && isInside(hover.range.end)).toBe(true);
      await client.codeActions('a.py', { start: position, end: position });
    }
    expect(client.logs.filter((line) => line.includes('internal error'))).toEqual([]);
    await client.dispose();
  });

  it('keeps hovers while the line above is half typed', async () => {
    for (const line of half.filter((one) => one !== '@')) {
      const client = await startClient();
      client.open('a.py', net.replace('    y =', `    ${line}\n    y =`));
      const hover = await client.hover('a.py', client.at('a.py', 'slim.conv2d(y'));
      expect([line, JSON.stringify(hover?.contents).includes('stride')]).toEqual([line, true]);
      await client.dispose();
    }
  });

  it('of 20,000 lines is answered', async () => {
    const body = net.slice(net.indexOf('def'));
    const text = net + Array.from({ length: 5000 }, (_, i) => body.replace('net', `net${i}`)).join('');
    const client = await startClient();
    client.open('a.py', text);
    expect(await client.pullItems('a.py')).not.toEqual([]);
    const hover = await client.hover('a.py', client.at('a.py', 'slim.conv2d(y', 5));
    expect(hover?.range?.start.line).toBe(6);
    expect(client.logs.filter((line) => line.includes('internal error'))).toEqual([]);
    await client.dispose();
  });

  it('puts columns behind an emoji where the editor has them', async () => {
    const client = await startClient();
    client.open('a.py', "import tensorflow as tf\ns = '😀'; x = tf.contrib.slim\n");
    const [item] = await client.pullItems('a.py');
    expect(item?.range).toEqual(client.rangeOf('a.py', 'tf.contrib.slim'));
    expect(item?.range.start.character).toBe(14);
    await client.dispose();
  });
});

describe('requests that break the protocol', () => {
  const textDocument = { uri: 'file:///w/a.py' };
  const position = { line: 0, character: 0 };
  it.each([
    ['textDocument/hover', {}],
    ['textDocument/hover', { position }],
    ['textDocument/hover', { textDocument }],
    ['textDocument/hover', { textDocument, position: { line: -1, character: 0.5 } }],
    ['textDocument/diagnostic', {}],
    ['textDocument/diagnostic', { textDocument: { uri: 7 } }],
    ['textDocument/codeAction', { textDocument }],
    ['textDocument/codeAction', { textDocument, range: { start: position } }],
    ['textDocument/definition', { position }],
    ['textDocument/typeDefinition', { textDocument }],
    ['textDocument/references', {}],
    ['slimscope/argumentOrigins', null],
    ['codeAction/resolve', { title: 'x' }],
    ['codeAction/resolve', { title: 'x', data: { uri: 'file:///w/a.py', version: 1, id: 'x' } }],
  ])('%s %j is told so, and is no internal error', async (method, params) => {
    const client = await startClient();
    client.open('a.py', net);
    await expect(client.connection.sendRequest(method, params)).rejects.toMatchObject({ code: -32602 });
    expect(client.logs.filter((line) => line.includes('internal error'))).toEqual([]);
    await client.dispose();
  });

  it('a code action request without a context', async () => {
    const client = await startClient();
    client.open('a.py', net);
    const range = { start: position, end: position };
    expect(await client.connection.sendRequest('textDocument/codeAction', { textDocument, range })).toBeInstanceOf(
      Array,
    );
    await client.dispose();
  });
});
