import { expect, it } from 'vitest';
import { writeBaseline } from '../../server/src/features/baselineFile';
import { startClient, type TestClient } from './lspClient';

const contrib = 'import tensorflow as tf\nslim = tf.contrib.slim\n';
const entry = { rule: 'contrib-moved-package', text: 'slim = tf.contrib.slim', count: 1 };
const known = writeBaseline(new Map([['nets/a.py', [entry]]]));
const name = '.slimscope-baseline.json';

async function codes(client: TestClient, path = 'nets/a.py'): Promise<unknown[]> {
  return (await client.pullItems(path)).map(({ code }) => code);
}

function changed(client: TestClient, path: string, type: 1 | 2 | 3): Promise<void> {
  const changes = [{ uri: `file:///w/${path}`, type }];
  return client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
}

it('problems that a baseline knows are not reported, and nothing is offered for them', async () => {
  const client = await startClient({ files: { [name]: known } });
  client.open('nets/a.py', contrib);
  client.open('nets/b.py', contrib);
  expect(await codes(client)).toEqual([]);
  expect(await codes(client, 'nets/b.py')).toEqual(['contrib-moved-package']);
  const range = client.rangeOf('nets/a.py', 'contrib');
  expect(await client.codeActions('nets/a.py', range, { only: ['quickfix'] })).toEqual([]);
  const titles = (await client.codeActions('nets/b.py', range, { only: ['quickfix'] })).map(({ title }) => title);
  expect(titles).toContain('Suppress `contrib-moved-package` for this line');
  await client.dispose();
});

it('a baseline that appears, changes or vanishes on disk is taken up', async () => {
  const client = await startClient();
  client.open('nets/a.py', contrib);
  expect(await codes(client)).toEqual(['contrib-moved-package']);
  client.fileSystem.texts.set(`file:///w/${name}`, known);
  await changed(client, name, 1);
  await client.next('workspace/diagnostic/refresh');
  expect(await codes(client)).toEqual([]);
  client.fileSystem.texts.set(`file:///w/${name}`, writeBaseline(new Map()));
  await changed(client, name, 2);
  await client.next('workspace/diagnostic/refresh');
  expect(await codes(client)).toEqual(['contrib-moved-package']);
  client.fileSystem.texts.delete(`file:///w/${name}`);
  await changed(client, name, 3);
  await client.next('workspace/diagnostic/refresh');
  expect(await codes(client)).toEqual(['contrib-moved-package']);
  await client.dispose();
});

it('the setting says which file it is', async () => {
  const client = await startClient({
    files: { 'lint/known.json': writeBaseline(new Map([['../nets/a.py', [entry]]])) },
  });
  client.open('nets/a.py', contrib);
  expect(await codes(client)).toEqual(['contrib-moved-package']);
  client.settings = { baseline: 'lint/known.json' };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await client.next('workspace/diagnostic/refresh');
  expect(await codes(client)).toEqual([]);
  await client.dispose();
});

it('one that is damaged hides nothing, and is told once', async () => {
  const client = await startClient({ files: { [name]: '{"schemaVersion": 7}' } });
  client.open('nets/a.py', contrib);
  client.open('nets/b.py', contrib);
  expect(await codes(client)).toEqual(['contrib-moved-package']);
  expect(await codes(client, 'nets/b.py')).toEqual(['contrib-moved-package']);
  await changed(client, name, 2);
  await client.next('workspace/diagnostic/refresh');
  expect(await codes(client)).toEqual(['contrib-moved-package']);
  expect(client.logs).toEqual([
    '/w/.slimscope-baseline.json is no baseline: its `schemaVersion` is 7, not 1. All problems are reported',
  ]);
  await client.dispose();
});

it('a document outside the workspace has none', async () => {
  const client = await startClient({ files: { [name]: known } });
  client.open('file:///elsewhere/nets/a.py', contrib);
  expect(await codes(client, 'file:///elsewhere/nets/a.py')).toEqual(['contrib-moved-package']);
  await client.dispose();
});
