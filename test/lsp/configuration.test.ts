import { describe, expect, it } from 'vitest';
import { fullCapabilities, startClient, type TestClient } from './lspClient';
import { toUri } from './memoryFileSystem';

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

describe('the files of a project', () => {
  const pinned = { 'requirements.txt': 'tensorflow==1.15\n' };
  const change = async (client: TestClient, path: string, text: string | undefined) => {
    if (text === undefined) client.fileSystem.texts.delete(toUri(path));
    else client.fileSystem.texts.set(toUri(path), text);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: toUri(path), type: text === undefined ? 3 : 2 }],
    });
  };

  it('are watched', async () => {
    const client = await startClient();
    await client.settled();
    const watchers = client.registered.flatMap(({ registrations }) => registrations as unknown[]);
    const text = JSON.stringify(watchers);
    for (const name of ['Pipfile', 'pyproject.toml', 'requirements', 'setup.cfg', '**/*.py']) {
      expect(text).toContain(name);
    }
    await client.dispose();
  });

  it('say the target, and a change of them changes what is reported, without a keystroke', async () => {
    const client = await startClient({ files: pinned });
    client.open('a.py', contrib);
    expect(await codes(client)).toEqual([['contrib-moved-package', 3]]);
    await change(client, 'requirements.txt', 'tensorflow==2.4\n');
    await client.next('workspace/diagnostic/refresh');
    expect(await codes(client)).toEqual([['contrib-moved-package', 1]]);
    await change(client, 'requirements.txt', undefined);
    await client.next('workspace/diagnostic/refresh');
    expect(await codes(client)).toEqual([['contrib-moved-package', 1]]);
    await client.dispose();
  });

  it('say the target in a hover, with a link to the line', async () => {
    const client = await startClient({ files: { 'requirements.txt': '# old\ntensorflow==1.15\n' } });
    client.open('a.py', 'import tensorflow.contrib.slim as slim\n');
    expect(await client.hover('a.py', client.at('a.py', 'contrib'))).toMatchObject({
      contents: {
        value: expect.stringContaining(
          '(`tensorflow==1.15` in requirements.txt, [line 2](file:///w/requirements.txt#L2,1))',
        ) as unknown,
      },
    });
    await client.dispose();
  });

  it('are listed once, and not again for a keystroke', async () => {
    const client = await startClient({ files: { ...pinned, 'sub/pyproject.toml': '', 'sub/b.py': '' } });
    client.open('a.py', contrib);
    client.open('sub/b.py', contrib);
    await client.pullItems('a.py');
    await client.pullItems('sub/b.py');
    const { listings } = client.fileSystem;
    for (let i = 0; i < 5; i++) {
      client.edit('a.py', client.rangeOf('a.py', 'slim = '), `slim = `);
      await client.pullItems('a.py');
      await client.pullItems('sub/b.py');
    }
    expect(client.fileSystem.listings).toBe(listings);
    expect(listings).toBe(1);
    await client.dispose();
  });

  it('set severities, below those of the editor', async () => {
    const toml = '[tool.slimscope.rules]\ncontrib-moved-package = "off"\n';
    const client = await startClient({ files: { 'pyproject.toml': toml } });
    client.open('a.py', contrib);
    expect(await codes(client)).toEqual([]);
    client.settings = { rules: { 'contrib-moved-package': 'warning' } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.next('workspace/diagnostic/refresh');
    expect(await codes(client)).toEqual([['contrib-moved-package', 2]]);
    await client.dispose();
  });

  it('count although the editor sends its defaults', async () => {
    const toml = '[tool.slimscope]\ntarget-tensorflow = "1.15"\nrules = { "family:removed" = "hint" }\n';
    const defaults = { targetTensorflow: 'auto', rules: {}, rulesByPath: {}, exclude: [], hover: { enabled: true } };
    const client = await startClient({ files: { 'pyproject.toml': toml }, settings: defaults });
    client.open('a.py', contrib);
    expect(await codes(client)).toEqual([['contrib-moved-package', 4]]);
    await client.dispose();
  });

  it('that are wrong are named once in the log, with the line, and the rest holds', async () => {
    const toml = '[tool.slimscope]\nexcludes = []\n\n[tool.slimscope.rules]\ncontrib-moved-package = "hint"\n';
    const client = await startClient({ files: { 'pyproject.toml': toml } });
    client.open('a.py', contrib);
    expect(await codes(client)).toEqual([['contrib-moved-package', 4]]);
    expect(client.logs).toHaveLength(1);
    expect(client.logs[0]).toMatch(
      /^pyproject\.toml:2: `tool\.slimscope\.excludes`: there is no such setting, .*\. The rest holds$/,
    );
    await change(client, 'pyproject.toml', toml.replace('excludes', 'exclude'));
    await client.next('workspace/diagnostic/refresh');
    expect(client.logs).toHaveLength(1);
    await client.dispose();
  });

  it('exclude files, in their folder, at once when it is written', async () => {
    const client = await startClient({
      files: {
        'sub/pyproject.toml': '',
        'sub/old/lib.py': 'import tensorflow.contrib.slim as slim\n',
        'sub/a.py': 'from old.lib import slim\n\nslim.conv2d\n',
      },
    });
    client.open('sub/a.py', client.fileSystem.texts.get(toUri('sub/a.py')) ?? '');
    const found = async () => (await client.pullItems('sub/a.py')).length;
    expect(await found()).toBeGreaterThan(0);
    await change(client, 'sub/pyproject.toml', '[tool.slimscope]\nexclude = ["old"]\n');
    await client.next('workspace/diagnostic/refresh');
    expect(await found()).toBe(0);
    await client.dispose();
  });
});
