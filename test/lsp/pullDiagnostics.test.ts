import { LSPErrorCodes } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { startClient, type TestClient } from './lspClient';

const contrib = 'import tensorflow as tf\nslim = tf.contrib.slim\n';

describe('pulled diagnostics', () => {
  it('carry rule, range, source, severity and data', async () => {
    const client = await startClient();
    client.open('a.py', contrib);
    const items = await client.pullItems('a.py');
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      range: client.rangeOf('a.py', 'tf.contrib.slim'),
      severity: 1,
      code: 'contrib-moved-package',
      source: 'slimscope',
      data: { rule: 'contrib-moved-package', version: 1 },
    });
    await client.dispose();
  });

  it('are "unchanged" while they are the same, also in a later version', async () => {
    const client = await startClient();
    client.open('a.py', contrib);
    const first = await client.pull('a.py');
    expect(first).toMatchObject({ kind: 'full', resultId: expect.stringMatching(/./) as unknown });
    expect(await client.pull('a.py', first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    client.edit('a.py', { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }, 'x = 1\n');
    expect(await client.pull('a.py', first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    client.edit('a.py', client.rangeOf('a.py', 'tf.contrib.slim'), 'None');
    expect(await client.pull('a.py', first.resultId)).toMatchObject({ kind: 'full', items: [] });
    await client.dispose();
  });

  it('are not pushed as well', async () => {
    const client = await startClient();
    client.open('a.py', contrib);
    client.clock.advance(10_000);
    await client.settled();
    // An unread `publishDiagnostics` would fail here.
    await client.dispose();
    expect(client.logs).toEqual([]);
  });

  it('ask the client to pull again when the workspace changes under it', async () => {
    const client = await startClient({ files: { 'lib.py': '' } });
    client.open('a.py', contrib);
    await client.pullItems('a.py');
    client.fileSystem.texts.set('file:///w/lib.py', 'x = 1\n');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: 'file:///w/lib.py', type: 2 }],
    });
    await client.next('workspace/diagnostic/refresh');
    await client.dispose();
  });

  describe('of documents that depend on an edited one', () => {
    const scopes = `import tf_slim as slim
def scope():
  with slim.arg_scope([slim.conv2d], stride=1) as sc:
    return sc
`;
    const user = `import tf_slim as slim
import scopes
with slim.arg_scope(scopes.scope()):
  slim.conv2d(x, 64, 3)
`;
    const start = async () => {
      const client = await startClient({ files: { 'scopes.py': scopes, 'a.py': user } });
      client.open('scopes.py', scopes);
      client.open('a.py', user);
      await client.pullItems('scopes.py');
      await client.pullItems('a.py');
      return client;
    };
    const silence = async (client: TestClient, milliseconds: number) => {
      await client.settled();
      client.clock.advance(milliseconds);
      await client.tick();
      await client.settled();
    };

    it('are pulled again when theirs change, without a keystroke there', async () => {
      const client = await start();
      client.edit('scopes.py', client.rangeOf('scopes.py', 'stride'), 'strides');
      await silence(client, 300);
      await client.next('workspace/diagnostic/refresh');
      expect((await client.pullItems('a.py')).map(({ code }) => code)).toContain('unknown-argument');
      await client.dispose();
    });

    it('are left alone when theirs stay the same', async () => {
      const client = await start();
      client.edit('scopes.py', client.rangeOf('scopes.py', 'stride=1'), 'stride=2');
      await silence(client, 1000);
      // An unread request to pull again would fail here.
      await client.dispose();
      expect(client.logs.filter((line) => line.includes('failed'))).toEqual([]);
    });

    it('are looked at when the typing is over', async () => {
      const client = await start();
      client.edit('scopes.py', client.rangeOf('scopes.py', 'stride'), 'strides');
      await silence(client, 200);
      client.edit('scopes.py', client.rangeOf('scopes.py', 'strides'), 'stride');
      await silence(client, 200);
      await silence(client, 200);
      await client.dispose();
    });

    it('show in their hover what the edited one says now', async () => {
      const client = await start();
      const hover = async () => JSON.stringify(await client.hover('a.py', client.at('a.py', 'conv2d(x')));
      expect(await hover()).toMatch(/`stride` \| `1`/);
      client.edit('scopes.py', client.rangeOf('scopes.py', 'stride=1'), 'stride=2');
      expect(await hover()).toMatch(/`stride` \| `2`/);
      await client.dispose();
    });
  });

  it('that an edit overtakes are cancelled and asked for again', async () => {
    const client = await startClient();
    client.open('a.py', contrib);
    const pending = client.pull('a.py');
    client.edit('a.py', client.rangeOf('a.py', 'slim ='), 'x =');
    await expect(pending).rejects.toMatchObject({
      code: LSPErrorCodes.ServerCancelled,
      data: { retriggerRequest: true },
    });
    expect(await client.pullItems('a.py')).toHaveLength(1);
    await client.dispose();
  });

  it('can be switched off', async () => {
    const client = await startClient({ settings: { diagnostics: { scope: 'off' } } });
    client.open('a.py', contrib);
    expect(await client.pullItems('a.py')).toEqual([]);
    await client.dispose();
  });

  it('link to the page of the rule where there is one', async () => {
    const client = await startClient({ runtime: { rulePage: (rule) => `file:///docs/${rule}.md` } });
    client.open('a.py', contrib);
    expect((await client.pullItems('a.py'))[0]?.codeDescription).toEqual({
      href: 'file:///docs/contrib-moved-package.md',
    });
    await client.dispose();
  });
});
