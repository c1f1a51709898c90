import type { Location, LocationLink } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { fullCapabilities, startClient, type TestClient } from './lspClient';

const nets = `import tf_slim as slim

def net(x):
  return slim.conv2d(x, 64, [3, 3], padding='VALID')
`;
const train = `import tf_slim as slim
import nets

with slim.arg_scope([slim.conv2d], stride=2, padding='SAME'):
  y = nets.net(x)
`;

async function start(linkSupport: boolean): Promise<TestClient> {
  const textDocument = {
    ...fullCapabilities.textDocument,
    definition: { linkSupport },
    typeDefinition: { linkSupport },
  };
  const client = await startClient({
    files: { 'nets.py': nets, 'train.py': train },
    capabilities: { ...fullCapabilities, textDocument },
  });
  client.open('nets.py', nets);
  client.open('train.py', train);
  return client;
}

function ask<T>(client: TestClient, method: string, path: string, needle: string, more: object = {}): Promise<T> {
  const position = client.at(path, needle, 1);
  return client.connection.sendRequest(method, { textDocument: { uri: `file:///w/${path}` }, position, ...more });
}

describe('navigation', () => {
  it('goes from a call to the keywords of a caller, with the callee as the origin', async () => {
    const client = await start(true);
    const links = await ask<LocationLink[]>(client, 'textDocument/typeDefinition', 'nets.py', 'slim.conv2d(x');
    const targetRange = client.rangeOf('train.py', 'stride=2');
    const originSelectionRange = client.rangeOf('nets.py', 'slim.conv2d');
    expect(links).toEqual([
      { originSelectionRange, targetUri: 'file:///w/train.py', targetRange, targetSelectionRange: targetRange },
    ]);
    await client.dispose();
  });

  it('gives plain places to clients without links', async () => {
    const client = await start(false);
    const expected = [{ uri: 'file:///w/train.py', range: client.rangeOf('train.py', "padding='SAME'") }];
    expect(await ask<Location[]>(client, 'textDocument/definition', 'nets.py', 'padding=')).toEqual(expected);
    await client.dispose();
  });

  it('answers our own request anywhere in a call', async () => {
    const client = await start(true);
    const expected = [{ uri: 'file:///w/train.py', range: client.rangeOf('train.py', 'stride=2') }];
    expect(await ask<Location[]>(client, 'slimscope/argumentOrigins', 'nets.py', '64')).toEqual(expected);
    await client.dispose();
  });

  it.each([true, false])('finds the calls that take a keyword, in all files (declaration: %s)', async (isWanted) => {
    const client = await start(true);
    const context = { includeDeclaration: isWanted };
    const found = await ask<Location[]>(client, 'textDocument/references', 'train.py', 'stride', { context });
    const call = { uri: 'file:///w/nets.py', range: client.rangeOf('nets.py', 'slim.conv2d') };
    const keyword = { uri: 'file:///w/train.py', range: client.rangeOf('train.py', 'stride=2') };
    expect(found).toEqual(isWanted ? [keyword, call] : [call]);
    await client.dispose();
  });

  it.each([
    ['textDocument/definition', 'slim.conv2d(x'],
    ['textDocument/typeDefinition', '64'],
    ['textDocument/references', 'slim.conv2d(x'],
    ['slimscope/argumentOrigins', 'def net'],
  ])('%s on %s is null: other servers answer there', async (method, needle) => {
    const client = await start(true);
    expect(await ask(client, method, 'nets.py', needle)).toBeNull();
    await client.dispose();
  });

  it('leaves out places in a library that nobody can open', async () => {
    const client = await startClient();
    client.open(
      'a.py',
      `import tf_slim as slim
from tf_slim.nets import vgg
with slim.arg_scope(vgg.vgg_arg_scope()):
  y = slim.conv2d(x, 64, 3)
`,
    );
    expect(await ask(client, 'textDocument/typeDefinition', 'a.py', 'slim.conv2d(x')).toBeNull();
    await client.dispose();
  });
});
