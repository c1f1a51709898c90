/** Problems of files that nobody has opened: on request, kept up to date, taken back on request. */
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { checkWorkspaceRequest, clearWorkspaceRequest } from '../../server/src/lsp/protocol';
import { startClient, type TestClient } from './lspClient';

const contrib = 'import tensorflow as tf\nslim = tf.contrib.slim\n';
const clean = 'x = 1\n';
const settings = { rules: { 'tf-slim-bridge': 'off' } };

async function start(files: Readonly<Record<string, string>>): Promise<TestClient> {
  const client = await startClient({ files, settings });
  await client.settled();
  return client;
}

const check = (client: TestClient) => client.connection.sendRequest(checkWorkspaceRequest, { workDoneToken: 'check' });

/** The next report, short. */
async function published(client: TestClient) {
  const { uri, diagnostics } = await client.nextPublished();
  return [uri.slice('file:///w/'.length), ...diagnostics.map(({ code }) => code)];
}

/** Reads the progress of one check. */
async function progressOf(client: TestClient) {
  const seen: string[] = [];
  while (seen.at(-1) !== 'end') {
    const { token, value } = (await client.next('$/progress')) as { token: string; value: { kind: string } };
    expect(token).toBe('check');
    seen.push(value.kind);
  }
  return seen;
}

describe('checking the workspace', () => {
  it('publishes the problems of files that are not open, with progress, and counts all', async () => {
    const client = await start({ 'a.py': contrib, 'b.py': clean, 'sub/c.py': contrib });
    client.open('a.py', contrib);
    const result = await check(client);
    expect(result).toEqual({ files: 3, filesWithProblems: 2, errors: 2, warnings: 0, others: 0 });
    expect(await published(client)).toEqual(['sub/c.py', 'contrib-moved-package']);
    expect(await progressOf(client)).toEqual(['begin', 'report', 'report', 'report', 'end']);
    await client.dispose();
  });

  it('hands a file over to its document when it is opened, and takes it back when it is closed', async () => {
    const client = await start({ 'a.py': contrib });
    await check(client);
    await progressOf(client);
    expect(await published(client)).toEqual(['a.py', 'contrib-moved-package']);
    client.open('a.py', contrib);
    expect(await published(client)).toEqual(['a.py']);
    client.close('a.py');
    expect(await published(client)).toEqual(['a.py', 'contrib-moved-package']);
    await client.dispose();
  });

  it('follows changes on disk', async () => {
    const client = await start({ 'a.py': contrib, 'b.py': clean });
    await check(client);
    await progressOf(client);
    expect(await published(client)).toEqual(['a.py', 'contrib-moved-package']);
    client.fileSystem.texts.set('file:///w/b.py', contrib);
    client.fileSystem.texts.delete('file:///w/a.py');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [
        { uri: 'file:///w/b.py', type: 2 },
        { uri: 'file:///w/a.py', type: 3 },
      ],
    });
    expect(await published(client)).toEqual(['a.py']);
    expect(await published(client)).toEqual(['b.py', 'contrib-moved-package']);
    await client.dispose();
  });

  it('waits for a silence after edits of open documents', async () => {
    const client = await start({ 'net.py': clean, 'use.py': 'from net import tf\ny = tf.contrib.slim\n' });
    client.open('net.py', clean);
    await check(client);
    await progressOf(client);
    client.edit('net.py', client.rangeOf('net.py', 'x = 1'), 'import tensorflow as tf');
    await client.settled();
    client.clock.advance(1000);
    expect(await published(client)).toEqual(['use.py', 'contrib-moved-package']);
    await client.dispose();
  });

  it('ends when it is cancelled; what was found stays until it is taken back', async () => {
    const client = await start(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`f${10 + i}.py`, contrib])));
    const source = new CancellationTokenSource();
    const answer = client.connection
      .sendRequest(checkWorkspaceRequest, {}, source.token)
      .then(() => 'answered')
      .catch((error: { code: number }) => error.code);
    expect(await published(client)).toEqual(['f10.py', 'contrib-moved-package']);
    source.cancel();
    expect(await answer).toBe(LSPErrorCodes.RequestCancelled);
    await client.settled();
    await client.connection.sendRequest(clearWorkspaceRequest);
    const rest: unknown[][] = [];
    while (rest.at(-1)?.[0] !== 'f10.py' || rest.at(-1)?.length !== 1) rest.push(await published(client));
    const found = rest.filter((one) => one.length === 2).length;
    expect(found).toBeLessThan(29);
    // One report that takes it back for each that was sent.
    for (let taken = 1; taken < found + 1; taken++) expect(await published(client)).toHaveLength(1);
    await client.dispose();
  });

  it('says nothing more after it was taken back', async () => {
    const client = await start({ 'a.py': contrib });
    await check(client);
    await progressOf(client);
    await published(client);
    await client.connection.sendRequest(clearWorkspaceRequest);
    expect(await published(client)).toEqual(['a.py']);
    client.open('a.py', contrib);
    client.close('a.py');
    await client.settled();
    await client.dispose();
  });
});
