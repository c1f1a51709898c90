/** Work through callers goes file by file: other requests are answered in between, and it stops when nobody wants it. */
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { fullCapabilities, startClient, type TestClient } from './lspClient';

const net = `import tf_slim as slim

def net(x):
  return slim.conv2d(x, 64, [3, 3])
`;
const importer = `import tf_slim as slim
import net

def build(x):
  with slim.arg_scope([slim.conv2d], stride=2):
    return net.net(x)
`;
const importers = Array.from({ length: 12 }, (_, i) => `importer${i}.py`);
const textDocument = { uri: 'file:///w/net.py' };
const other = { uri: 'file:///w/other.py' };

async function start(): Promise<TestClient> {
  const client = await startClient({
    capabilities: {
      ...fullCapabilities,
      workspace: { ...fullCapabilities.workspace, inlayHint: { refreshSupport: true } },
    },
    files: Object.fromEntries([['net.py', net], ...importers.map((path) => [path, importer])]),
  });
  client.open('net.py', net);
  client.open('other.py', 'import tensorflow as tf\ny = tf.layers.conv2d(x, 64, 3)\n');
  await client.settled();
  return client;
}

const nowhere = { line: 0, character: 0 };
const requests: readonly (readonly [string, (client: TestClient) => object])[] = [
  ['textDocument/hover', (client) => ({ textDocument, position: client.at('net.py', 'conv2d(x') })],
  ['textDocument/typeDefinition', (client) => ({ textDocument, position: client.at('net.py', 'conv2d(x') })],
  ['textDocument/inlayHint', () => ({ textDocument, range: { start: nowhere, end: { line: 9, character: 0 } } })],
  ['textDocument/codeAction', (client) => ({ textDocument, range: client.rangeOf('net.py', 'conv2d(x') })],
];

const inAnswer: Readonly<Record<string, RegExp>> = {
  'textDocument/hover': /12 call paths/,
  'textDocument/typeDefinition': /importer11/,
  'textDocument/inlayHint': /stride=2/,
  'textDocument/codeAction': /explicit/,
};

describe.each(requests)('%s in a file with many importers', (method, params) => {
  it('does not hold up another request', async () => {
    const client = await start();
    const order: string[] = [];
    const long = client.connection.sendRequest(method, params(client)).then(() => void order.push('long'));
    const short = client.connection
      .sendRequest('textDocument/hover', { textDocument: other, position: client.at('other.py', 'conv2d(') })
      .then((answer) => void order.push(answer === null ? 'nothing' : 'short'));
    await Promise.all([long, short]);
    expect(order).toEqual(['short', 'long']);
    await client.dispose();
  });

  it('stops in the middle when it is cancelled', async () => {
    const client = await start();
    const source = new CancellationTokenSource();
    const long = client.connection.sendRequest(method, params(client), source.token);
    const isSettled = long.then(
      () => 'answered',
      (error: { code: number }) => error.code,
    );
    // An answer to this comes when the long one has begun, and before it is through.
    const position = client.at('other.py', 'conv2d(');
    await client.connection.sendRequest('textDocument/hover', { textDocument: other, position });
    source.cancel();
    expect(await isSettled).toBe(LSPErrorCodes.RequestCancelled);
    await client.dispose();
  });

  it('is right in the end', async () => {
    const client = await start();
    const answer = JSON.stringify(await client.connection.sendRequest(method, params(client)));
    expect(answer).toMatch(inAnswer[method] ?? /never/);
    await client.dispose();
  });
});

describe('a hover that would have to wait for long', () => {
  it('says what the file says by itself, and is right a moment later', async () => {
    const client = await start();
    const params = { textDocument, position: client.at('net.py', 'conv2d(x') };
    const position = client.at('other.py', 'conv2d(');
    const first = client.connection.sendRequest('textDocument/hover', params);
    // An answer to this comes when the long one has begun, and before it is through.
    await client.connection.sendRequest('textDocument/hover', { textDocument: other, position });
    client.clock.advance(2000);
    expect(JSON.stringify(await first)).toMatch(/callers are still being looked at \(\d+ of 13 files\), hover again/);
    expect(JSON.stringify(await client.connection.sendRequest('textDocument/hover', params))).toMatch(/12 call paths/);
    await client.dispose();
  });
});

describe('inlay hints that would have to wait for long', () => {
  it('are those of the file by itself, and are asked for again when callers are known', async () => {
    const client = await start();
    const params = { textDocument, range: { start: nowhere, end: { line: 9, character: 0 } } };
    const position = client.at('other.py', 'conv2d(');
    const first = client.connection.sendRequest('textDocument/inlayHint', params);
    // An answer to this comes when the long one has begun, and before it is through.
    await client.connection.sendRequest('textDocument/hover', { textDocument: other, position });
    client.clock.advance(2000);
    expect(await first).toEqual([]);
    await client.next('workspace/inlayHint/refresh');
    expect(JSON.stringify(await client.connection.sendRequest('textDocument/inlayHint', params))).toMatch(/stride=2/);
    await client.dispose();
  });
});
