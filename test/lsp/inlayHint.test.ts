import { CancellationTokenSource, LSPErrorCodes, type InlayHint } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { fullCapabilities, startClient, type ClientOptions, type TestClient } from './lspClient';

const net = `import tf_slim as slim

def net(x):
  return slim.conv2d(x, 64, [3, 3])
`;
const train = `import tf_slim as slim
import net

with slim.arg_scope([slim.conv2d], stride=2, padding='VALID'):
  y = net.net(x)
`;
const inlayHint = { dynamicRegistration: true, resolveSupport: { properties: ['tooltip', 'textEdits'] } };
const capabilities = {
  textDocument: { ...fullCapabilities.textDocument, inlayHint },
  workspace: { ...fullCapabilities.workspace, inlayHint: { refreshSupport: true } },
};
/** A client that registers nothing dynamically and asks for nothing later. */
const simple = {
  ...capabilities,
  textDocument: { ...fullCapabilities.textDocument, inlayHint: {} },
};
const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

async function start(options: ClientOptions = {}): Promise<TestClient> {
  const client = await startClient({ files: { 'net.py': net, 'train.py': train }, capabilities, ...options });
  client.open('net.py', net);
  await client.settled();
  return client;
}

function ask(client: TestClient, path = 'net.py', range = whole): Promise<InlayHint[]> {
  const textDocument = { uri: `file:///w/${path}` };
  return client.connection.sendRequest('textDocument/inlayHint', { textDocument, range });
}

function labels(hints: readonly InlayHint[]): readonly string[] {
  return hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
}

describe('inlay hints', () => {
  it('stand behind the call, with parts that lead to the keywords of a caller in another file', async () => {
    const client = await start();
    client.open('train.py', train);
    const [hint, ...others] = await ask(client);
    const uri = 'file:///w/train.py';
    expect(others).toEqual([]);
    expect(hint).toMatchObject({
      position: client.at('net.py', '[3, 3])', 7),
      kind: 2,
      paddingLeft: true,
      label: [
        { value: 'stride=2', location: { uri, range: client.rangeOf('train.py', 'stride=2') } },
        { value: ' · ' },
        { value: 'VALID', location: { uri, range: client.rangeOf('train.py', "padding='VALID'") } },
      ],
    });
    await client.dispose();
  });

  it('get their tooltip and their edits when someone looks at them', async () => {
    const client = await start();
    const [hint] = await ask(client);
    expect(hint).not.toHaveProperty('tooltip');
    expect(hint).not.toHaveProperty('textEdits');
    const resolved: InlayHint = await client.connection.sendRequest('inlayHint/resolve', hint);
    expect(resolved.tooltip).toMatchObject({ kind: 'markdown', value: expect.stringContaining('train.py') as unknown });
    expect(resolved.textEdits?.map(({ newText }) => newText)).toEqual([", stride=2, padding='VALID'"]);
    await client.dispose();
  });

  it('have their edits at once for clients that ask for nothing later', async () => {
    const client = await start({ capabilities: simple });
    const [hint] = await ask(client);
    expect(hint?.textEdits).toHaveLength(1);
    expect(hint).not.toHaveProperty('data');
    await client.dispose();
  });

  it('are not resolved for a document that has changed, or without data', async () => {
    const client = await start();
    const [hint] = await ask(client);
    client.edit('net.py', client.rangeOf('net.py', '64'), '32');
    const resolve = (params: object) => client.connection.sendRequest('inlayHint/resolve', params);
    await expect(resolve(hint ?? {})).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
    await expect(resolve({ ...hint, data: { uri: 7 } })).rejects.toMatchObject({ code: -32602 });
    await client.dispose();
  });

  it('are those of the range, with columns in UTF-16 and lines that end in CRLF', async () => {
    const client = await start();
    const text = `import tf_slim as slim\r\nwith slim.arg_scope([slim.conv2d], stride=2):\r\n  a = slim.conv2d('🙂', 6, 3)\r\n  b = slim.conv2d(a, 6, 3)\r\n`;
    client.open('a.py', text);
    const line = (at: number) => ({ start: { line: at, character: 0 }, end: { line: at, character: 99 } });
    expect((await ask(client, 'a.py', line(2))).map(({ position }) => position)).toEqual([{ line: 2, character: 29 }]);
    expect((await ask(client, 'a.py', line(3))).map(({ position }) => position)).toEqual([{ line: 3, character: 26 }]);
    expect(await ask(client, 'a.py', line(0))).toEqual([]);
    await client.dispose();
  });
});

describe('while someone types', () => {
  it('wait for a pause, and are answered as outdated when the document changes', async () => {
    const client = await start();
    expect(labels(await ask(client))).toEqual(['stride=2 · VALID']);
    client.edit('net.py', client.rangeOf('net.py', '64'), '32');
    const early = ask(client).catch((error: unknown) => error);
    await client.settled();
    client.edit('net.py', client.rangeOf('net.py', '32'), '16');
    const late = ask(client);
    await client.settled();
    client.clock.advance(300);
    expect(await early).toMatchObject({ code: LSPErrorCodes.ContentModified });
    expect(labels(await late)).toEqual(['stride=2 · VALID']);
    await client.dispose();
  });

  it('end at once when they are cancelled', async () => {
    const client = await start();
    client.edit('net.py', client.rangeOf('net.py', '64'), '32');
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri: 'file:///w/net.py' }, range: whole };
    const asked = client.connection.sendRequest('textDocument/inlayHint', params, source.token);
    await client.settled();
    source.cancel();
    await expect(asked).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    await client.dispose();
  });

  it('are asked for again when a caller in another file was edited, once', async () => {
    const client = await start();
    client.open('train.py', train);
    expect(labels(await ask(client))).toEqual(['stride=2 · VALID']);
    client.edit('train.py', client.rangeOf('train.py', 'stride=2'), 'stride=3');
    await client.settled();
    client.clock.advance(400);
    await client.next('workspace/inlayHint/refresh');
    expect(labels(await ask(client))).toEqual(['stride=3 · VALID']);
    client.edit('net.py', client.rangeOf('net.py', '64'), '32');
    await client.settled();
    client.clock.advance(400);
    await client.dispose();
  });
});

describe('the off switch', () => {
  const off = { inlayHints: { enabled: false } };
  const methods = (client: TestClient) =>
    client.registered.flatMap(({ registrations }) => registrations.map(({ method }) => method));

  it('takes the registration back, and gives it again', async () => {
    const client = await start();
    expect(methods(client)).toContain('textDocument/inlayHint');
    client.settings = off;
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    expect(await client.next('client/unregisterCapability')).toMatchObject({
      unregisterations: [{ method: 'textDocument/inlayHint' }],
    });
    expect(await ask(client)).toEqual([]);
    await client.dispose();
  });

  it('registers nothing from the start', async () => {
    const client = await start({ settings: off });
    expect(methods(client)).not.toContain('textDocument/inlayHint');
    await client.dispose();
  });

  it('leaves a static client without hints', async () => {
    const client = await start({ settings: off, capabilities: simple });
    expect(client.initializeResult.capabilities.inlayHintProvider).toEqual({ resolveProvider: false });
    expect(await ask(client)).toEqual([]);
    await client.dispose();
  });
});
