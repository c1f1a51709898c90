/** The request behind the layers view. */
import { ErrorCodes, type CodeLens } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { layersRequest, type LayersResult } from '../../server/src/lsp/protocol';
import { startClient, type TestClient } from './lspClient';

const net = `import tf_slim as slim

def net(images):
  with slim.arg_scope([slim.conv2d], stride=2):
    images = slim.conv2d(images, 4, 3, scope='conv')
  return slim.flatten(images)
`;

async function start(): Promise<TestClient> {
  const client = await startClient({ files: { 'net.py': net } });
  client.open('net.py', net);
  await client.settled();
  return client;
}

function layers(client: TestClient, more: object = {}): Promise<LayersResult | null> {
  return client.connection.sendRequest(layersRequest, { textDocument: { uri: 'file:///w/net.py' }, ...more });
}

describe('the layers of a document', () => {
  it('have places that the client can open', async () => {
    const client = await start();
    const result = await layers(client, { position: { line: 3, character: 0 }, inputShape: '?x9x9x1' });
    const uri = 'file:///w/net.py';
    const call = client.rangeOf('net.py', "slim.conv2d(images, 4, 3, scope='conv')");
    const keyword = client.rangeOf('net.py', 'stride=2');
    expect(result).toMatchObject({
      version: 1,
      networks: [{ name: 'net' }],
      network: { name: 'net' },
      contexts: [{ label: 'By itself, with default parameters', others: 0 }],
      input: { parameter: 'images', shape: '?x9x9x1', from: 'typed' },
      layers: [
        { index: 1, name: 'conv', output: '?x5x5x4', parameters: { trainable: 40 }, place: { uri, range: call } },
        { index: 2, op: 'flatten', output: '?x100' },
      ],
      total: { trainable: 40, nonTrainable: 0 },
      scopes: [
        {
          kind: 'argScope',
          keywords: [{ name: 'stride', text: '2', reaches: [1], hiddenAt: [], place: { uri, range: keyword } }],
          children: [{ kind: 'layer', index: 1 }],
        },
        { kind: 'layer', index: 2 },
      ],
    });
    expect(result).not.toHaveProperty('text');
    await client.dispose();
  });

  it('come as text too, and are null for a document that nobody has', async () => {
    const client = await start();
    const result = await layers(client, { format: 'csv' });
    expect(result?.text).toMatch(/^index,name,op,.*\r\n1,conv,conv2d,/);
    const none = await client.connection.sendRequest(layersRequest, { textDocument: { uri: 'file:///w/none.py' } });
    expect(none).toBeNull();
    await client.dispose();
  });

  it('are offered by a code lens, to clients that can show them', async () => {
    const text = net.replace('return slim', 'images = slim.conv2d(images, 4, 3)\n  return slim');
    const lenses = async (initializationOptions: object): Promise<CodeLens[]> => {
      const client = await startClient({ files: { 'net.py': text }, initializationOptions });
      client.open('net.py', text);
      await client.settled();
      const found = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
        textDocument: { uri: 'file:///w/net.py' },
      });
      await client.dispose();
      return found;
    };
    const [, layers] = await lenses({ showLayers: true });
    expect(layers?.command).toEqual({
      title: 'show layers',
      command: 'slimscope.showLayers',
      arguments: ['file:///w/net.py', 2],
    });
    expect((await lenses({})).filter(({ command }) => command)).toEqual([]);
  });

  it.each([
    { context: -1 },
    { context: 'first' },
    { format: 'exe' },
    { network: 3 },
    { inputShape: {} },
    { position: 4 },
  ])('are refused for %j', async (more) => {
    const client = await start();
    await expect(layers(client, more)).rejects.toMatchObject({ code: ErrorCodes.InvalidParams });
    await client.dispose();
  });
});
