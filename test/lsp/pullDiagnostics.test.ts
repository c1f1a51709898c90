import { LSPErrorCodes } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { startClient } from './lspClient';

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
