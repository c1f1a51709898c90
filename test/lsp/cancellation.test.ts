import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { startClient, type TestClient } from './lspClient';

const net = 'import tensorflow as tf\ny = tf.contrib.slim.conv2d(x, 64, [3, 3])\n';
const position = { line: 1, character: 22 };
const textDocument = { uri: 'file:///w/a.py' };

const requests: readonly (readonly [string, object])[] = [
  ['textDocument/hover', { textDocument, position }],
  ['textDocument/definition', { textDocument, position }],
  ['textDocument/typeDefinition', { textDocument, position }],
  ['textDocument/references', { textDocument, position, context: { includeDeclaration: true } }],
  ['slimscope/argumentOrigins', { textDocument, position }],
  ['textDocument/diagnostic', { textDocument }],
  [
    'textDocument/codeAction',
    { textDocument, range: { start: position, end: position }, context: { diagnostics: [] } },
  ],
];

/** Has no answer here. */
const navigation = /efinition|references|Origins/;

/** Sends a request and its cancellation in one go. */
function cancelled(client: TestClient, method: string, params: object): Promise<unknown> {
  const source = new CancellationTokenSource();
  const answer = client.connection.sendRequest(method, params, source.token);
  source.cancel();
  return answer;
}

describe.each(requests)('%s', (method, params) => {
  it('that is cancelled is never answered with an empty result', async () => {
    const client = await startClient();
    client.open('a.py', net);
    await expect(cancelled(client, method, params)).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    await client.dispose();
  });

  it('that an edit overtakes says that the content has changed', async () => {
    const client = await startClient();
    client.open('a.py', net);
    const pending = client.connection.sendRequest(method, params);
    client.edit('a.py', client.rangeOf('a.py', '64'), '32');
    const code = method === 'textDocument/diagnostic' ? LSPErrorCodes.ServerCancelled : LSPErrorCodes.ContentModified;
    await expect(pending).rejects.toMatchObject({ code });
    await client.dispose();
  });

  it('is answered after a cancelled one', async () => {
    const client = await startClient();
    client.open('a.py', net);
    const [first, second] = await Promise.allSettled([
      cancelled(client, method, params),
      client.connection.sendRequest(method, params),
    ]);
    expect(first.status).toBe('rejected');
    expect(second).toMatchObject({ status: 'fulfilled' });
    if (!navigation.test(method)) expect(JSON.stringify(second)).toMatch(/contrib|Conv2D/);
    await client.dispose();
  });
});
