import { describe, expect, it } from 'vitest';
import { fullCapabilities, startClient, type TestClient } from './lspClient';

const contrib = 'import tensorflow as tf\nslim = tf.contrib.slim\n';
const off = { rules: { 'contrib-moved-package': 'off' } };
const { configuration: _, ...withoutConfiguration } = fullCapabilities.workspace ?? {};

async function codes(client: TestClient): Promise<unknown[]> {
  return (await client.pullItems('a.py')).map(({ code, severity }) => [code, severity]);
}

describe('settings', () => {
  it('are asked for, per folder, and hold before the first answer', async () => {
    const client = await startClient({ settings: off });
    client.open('a.py', contrib);
    expect(await codes(client)).toEqual([]);
    await client.dispose();
  });

  it('are taken up while the server runs', async () => {
    const client = await startClient();
    client.open('a.py', contrib);
    expect(await codes(client)).toEqual([['contrib-moved-package', 1]]);
    client.settings = { rules: { 'contrib-moved-package': 'hint' } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.next('workspace/diagnostic/refresh');
    expect(await codes(client)).toEqual([['contrib-moved-package', 4]]);
    await client.dispose();
  });

  it('that did not change cost nothing', async () => {
    const client = await startClient();
    client.open('a.py', contrib);
    await client.pullItems('a.py');
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    // An unread refresh would fail here.
    await client.dispose();
    expect(client.logs).toEqual([]);
  });

  it.each([
    ['initialization options', { initializationOptions: { settings: off } }],
    [
      'initialization options, flat',
      { initializationOptions: { settings: { rules: { 'contrib-moved-package': 'off' } } } },
    ],
  ])('come from %s where the client cannot be asked', async (_name, options) => {
    const client = await startClient({
      ...options,
      capabilities: { ...fullCapabilities, workspace: withoutConfiguration },
    });
    client.open('a.py', contrib);
    expect(await codes(client)).toEqual([]);
    await client.dispose();
  });

  it.each([
    ['under the name of the section', { slimscope: off }],
    ['alone', off],
  ])('are sent by such clients %s', async (_name, settings) => {
    const client = await startClient({ capabilities: { ...fullCapabilities, workspace: withoutConfiguration } });
    client.open('a.py', contrib);
    expect(await codes(client)).toHaveLength(1);
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    await client.next('workspace/diagnostic/refresh');
    expect(await codes(client)).toEqual([]);
    await client.dispose();
  });

  it('that are invalid are named once in the log, and the default holds', async () => {
    const client = await startClient({ settings: { targetTensorflow: '3.x' } });
    client.open('a.py', contrib);
    expect(await codes(client)).toEqual([['contrib-moved-package', 1]]);
    expect(client.logs).toEqual([
      'Setting `slimscope.targetTensorflow`: `"3.x"` is not allowed, allowed are `auto`, `1.15`, `2.0-2.15`, `2.16`, `2.16-tf_keras`. The default holds',
    ]);
    await client.dispose();
  });

  it('decide how much is logged', async () => {
    const client = await startClient({ settings: { log: { level: 'trace' } } });
    client.open('a.py', contrib);
    await client.pullItems('a.py');
    expect(client.logs).toContain('textDocument/diagnostic file:///w/a.py version 1');
    const before = client.logs.length;
    client.settings = { log: { level: 'error' } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.next('workspace/diagnostic/refresh');
    const quiet = client.logs.slice(before).length;
    await client.pullItems('a.py');
    expect(client.logs.slice(before)).toHaveLength(quiet);
    await client.dispose();
  });
});
