/** What is left to migrate reaches the client file by file, as a by-product of the diagnostics and of nothing else. */
import { describe, expect, it } from 'vitest';
import {
  checkWorkspaceRequest,
  clearWorkspaceRequest,
  leftToMigrateNotification,
  suppressRequest,
  type LeftToMigrateParams,
} from '../../server/src/lsp/protocol';
import { startClient, type TestClient } from './lspClient';

const layers = 'import tensorflow as tf\ny = tf.layers.dense(x, 3)\n';
const call = 'import tf_slim as slim\ny = slim.conv2d(x, 64, [3, 3])\n';

async function start(files: Readonly<Record<string, string>> = {}): Promise<TestClient> {
  const settings = { rules: { 'tf-slim-bridge': 'off' } };
  const client = await startClient({ files, settings, initializationOptions: { leftToMigrate: true } });
  await client.settled();
  return client;
}

/** The next notification, short. */
async function told(client: TestClient) {
  await client.settled();
  client.clock.advance(200);
  const { checked, files, removed } = (await client.next(leftToMigrateNotification)) as LeftToMigrateParams;
  const short = (uri: string) => uri.slice('file:///w/'.length);
  return {
    ...(checked.length > 0 && { checked: checked.map(short) }),
    files: files.map(({ uri, places }) => [short(uri), ...places.map(({ rule, line }) => `${line} ${rule ?? 'call'}`)]),
    ...(removed.length > 0 && { removed: removed.map(short) }),
  };
}

/** Runs a check and takes the messages about it. */
async function check(client: TestClient, params: object = {}) {
  await client.connection.sendRequest(checkWorkspaceRequest, { workDoneToken: 'check', ...params });
  let kind = '';
  while (kind !== 'end') kind = ((await client.next('$/progress')) as { value: { kind: string } }).value.kind;
}

describe('what is left to migrate', () => {
  it('is told of an open document with its diagnostics, again when it changes, and taken back when it is closed', async () => {
    const client = await start();
    client.open('a.py', layers);
    client.open('b.py', 'x = 1\n');
    await client.pullItems('a.py');
    await client.pullItems('b.py');
    expect(await told(client)).toEqual({ files: [['a.py', '1 tf1-layers']] });
    client.edit('a.py', client.rangeOf('a.py', 'tf.layers.dense(x, 3)'), '1');
    await client.pullItems('a.py');
    expect(await told(client)).toEqual({ files: [['a.py']] });
    client.close('a.py');
    expect(await told(client)).toEqual({ files: [], removed: ['a.py'] });
    await client.dispose();
  });

  it('is not told to clients that did not ask', async () => {
    const client = await startClient();
    client.open('a.py', layers);
    await client.pullItems('a.py');
    await client.settled();
    client.clock.advance(200);
    await client.dispose(); // fails when something is left unread
  });

  it('looks at no file that nobody has opened, until a check is asked for', async () => {
    const client = await start({ 'other.py': layers });
    client.open('a.py', call);
    await client.pullItems('a.py');
    expect(await told(client)).toEqual({ files: [['a.py', '1 call']] });
    await client.dispose();
  });

  it('holds the whole workspace after a check, until that is taken back', async () => {
    const client = await start({
      'a.py': layers,
      'plain.py': 'x = 1\n',
      'sub/b.py': call,
      'sub/ready.py': 'import tensorflow\n',
    });
    await check(client);
    await client.nextPublished();
    expect(await told(client)).toEqual({
      checked: [''],
      files: [['a.py', '1 tf1-layers'], ['sub/b.py', '1 call'], ['sub/ready.py']],
    });
    await client.connection.sendRequest(clearWorkspaceRequest);
    await client.nextPublished();
    expect(await told(client)).toEqual({ files: [], removed: ['a.py', 'sub/b.py', 'sub/ready.py'] });
    await client.dispose();
  });

  it('holds one folder after a check of that folder, and follows changes on disk there', async () => {
    const client = await start({ 'a.py': layers, 'sub/b.py': layers });
    await check(client, { folder: 'file:///w/sub/' });
    await client.nextPublished();
    expect(await told(client)).toEqual({ checked: ['sub'], files: [['sub/b.py', '1 tf1-layers']] });
    client.fileSystem.texts.set('file:///w/sub/b.py', 'import tensorflow\n');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: 'file:///w/sub/b.py', type: 2 }],
    });
    await client.nextPublished();
    expect(await told(client)).toEqual({ checked: ['sub'], files: [['sub/b.py']] });
    await client.dispose();
  });

  it('can be hidden where it stands', async () => {
    const client = await start();
    client.open('a.py', layers);
    const start_ = client.at('a.py', 'tf.layers');
    const ask = (rule: string) =>
      client.connection.sendRequest(suppressRequest, {
        textDocument: { uri: 'file:///w/a.py' },
        range: { start: start_, end: start_ },
        rule,
      });
    expect(await ask('tf1-layers')).toMatchObject({
      documentChanges: [{ edits: [{ newText: '  # slimscope: ignore[tf1-layers]', range: { start: { line: 1 } } }] }],
    });
    expect(await ask('tf1-removed')).toBeNull();
    await client.dispose();
  });
});
