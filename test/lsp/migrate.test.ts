/** The request behind the command that migrates a file. */
import { LSPErrorCodes } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import {
  migrateRequest,
  migrateWorkspaceRequest,
  type MigrateResult,
  type MigrateWorkspaceResult,
} from '../../server/src/lsp/protocol';
import { startClient, type TestClient } from './lspClient';

const net = `import tensorflow as tf
import tf_slim as slim

with slim.arg_scope([slim.conv2d], stride=2):
  net = slim.conv2d(images, 64, 3)
net = slim.conv2d(net, 8, 3, reuse=True)
net = slim.flatten(net)
`;

async function start(): Promise<TestClient> {
  const client = await startClient({ files: { 'net.py': net } });
  client.open('net.py', net);
  await client.settled();
  return client;
}

function migrate(client: TestClient, more: object = {}): Promise<MigrateResult | null> {
  return client.connection.sendRequest(migrateRequest, { textDocument: { uri: 'file:///w/net.py' }, ...more });
}

describe('migrating a document', () => {
  it('says what it would be, and changes nothing', async () => {
    const client = await start();
    const result = await migrate(client);
    expect(result).toMatchObject({
      version: 1,
      newText: `import tensorflow as tf
import tf_slim as slim

net = tf.keras.layers.Conv2D(
    64, 3, strides=2, padding='same', activation='relu')(images)
net = slim.conv2d(net, 8, 3, reuse=True)
net = tf.keras.layers.Flatten()(net)
`,
      converted: [
        { line: 4, callee: 'slim.conv2d', layer: 'Conv2D' },
        { line: 6, callee: 'slim.flatten', layer: 'Flatten' },
      ],
      removed: 1,
    });
    expect(result?.refused).toHaveLength(1);
    expect(result?.refused[0]?.reasons[0]).toMatch(/^`reuse=True` shares variables/);
    const again = await migrate(client);
    expect(again).toEqual(result);
    await client.dispose();
  });

  it('takes only the calls in a range', async () => {
    const client = await start();
    const result = await migrate(client, { range: client.rangeOf('net.py', 'net = slim.flatten(net)') });
    expect(result?.converted).toEqual([{ line: 6, callee: 'slim.flatten', layer: 'Flatten' }]);
    expect(result?.newText).toBe(net.replace('slim.flatten(net)', 'tf.keras.layers.Flatten()(net)'));
    await client.dispose();
  });

  it('has no answer for a document that is not open', async () => {
    const client = await start();
    expect(await migrate(client, { textDocument: { uri: 'file:///w/other.py' } })).toBeNull();
    await client.dispose();
  });

  it('is told when the request makes no sense', async () => {
    const client = await start();
    await expect(migrate(client, { textDocument: {} })).rejects.toThrow(/uri is missing/);
    await expect(migrate(client, { range: { start: 1 } })).rejects.toThrow(/not a position/);
    await client.dispose();
  });

  it('speaks of no version but the one that was asked about', async () => {
    const client = await start();
    const asked = migrate(client).catch((error: { code: number }) => error.code);
    client.edit('net.py', client.rangeOf('net.py', '64'), '65');
    expect(await asked).toBe(LSPErrorCodes.ContentModified);
    await client.dispose();
  });
});

describe('migrating the workspace', () => {
  const base = `import tensorflow as tf
import tf_slim as slim


def base(x):
  return slim.batch_norm(x, scope='bn')
`;
  const caller = `import tf_slim as slim
from base import base


def net(x, is_training):
  with slim.arg_scope([slim.batch_norm], is_training=is_training):
    return base(x)
`;

  it('says what all files would be together, and changes nothing', async () => {
    const client = await startClient({ files: { 'base.py': base, 'net.py': caller, 'other.py': 'x = 1\n' } });
    await client.settled();
    const { files } = await client.connection.sendRequest<MigrateWorkspaceResult>(migrateWorkspaceRequest, {});
    expect(files.map(({ uri, oldText }) => [uri, oldText])).toEqual([
      ['file:///w/base.py', base],
      ['file:///w/net.py', caller],
    ]);
    expect(files[0]?.newText).toContain('def base(x, is_training=True):');
    expect(files[0]?.parameters).toEqual(['`is_training` of `base`, passed by 1 call']);
    expect(files[1]?.newText).toBe(`from base import base


def net(x, is_training):
  return base(x, is_training=is_training)
`);
    const again = await client.connection.sendRequest<MigrateWorkspaceResult>(migrateWorkspaceRequest, {});
    expect(again.files).toEqual(files);
    await client.dispose();
  });

  it('takes only the files that are named, which then hand nothing down', async () => {
    const client = await startClient({ files: { 'base.py': base, 'net.py': caller } });
    await client.settled();
    const { files } = await client.connection.sendRequest<MigrateWorkspaceResult>(migrateWorkspaceRequest, {
      files: ['file:///w/base.py'],
    });
    expect(files.map(({ newText }) => newText)).toEqual([base]);
    expect(files[0]?.refused[0]?.reasons[0]).toMatch(/^the value of `is_training`/);
    await client.dispose();
  });

  it('knows the scope that is assumed, and names those that there are', async () => {
    const factory = `import tf_slim as slim


def net_arg_scope(stride=1):
  with slim.arg_scope([slim.conv2d], stride=stride) as sc:
    return sc


def net(x):
  return slim.conv2d(x, 8, 3)
`;
    const client = await startClient({ files: { 'net.py': factory } });
    client.open('net.py', factory);
    await client.settled();
    const result = await migrate(client);
    expect(result?.assumable).toEqual(['net_arg_scope()']);
    const assumed = await migrate(client, { assume: ['net_arg_scope(stride=2)'] });
    expect(assumed?.newText).toContain('strides=2');
    expect(assumed?.assumable).toEqual([]);
    await client.dispose();
  });
});
