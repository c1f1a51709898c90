import { describe, expect, it } from 'vitest';
import { fileLimit } from '../../server/src/project/pythonFiles';
import { startClient, type ClientOptions, type TestClient } from './lspClient';

const scope = (keyword: string) => `import tf_slim as slim
def scope():
  with slim.arg_scope([slim.conv2d], ${keyword}) as sc:
    return sc
`;
const user = `import tf_slim as slim
from lib import scope
with slim.arg_scope(scope()):
  slim.conv2d(x, 64, 3)
`;

/** The hover of the call in `user`, opened at a path. */
async function hoverText(client: TestClient, path = 'a.py'): Promise<string> {
  return JSON.stringify((await client.hover(path, client.at(path, 'conv2d(x')))?.contents);
}

function watched(client: TestClient, path: string, type: 1 | 2 | 3): Promise<void> {
  const changes = [{ uri: `file:///w/${path}`, type }];
  return client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
}

async function open(options: ClientOptions, path = 'a.py'): Promise<TestClient> {
  const client = await startClient(options);
  client.open(path, user);
  return client;
}

describe('files of the workspace', () => {
  it('are read from disk when an import leads there', async () => {
    const client = await open({ files: { 'lib.py': scope("padding='VALID'") } });
    expect(await hoverText(client)).toContain('VALID');
    await client.dispose();
  });

  it('are taken again when they change, appear and vanish on disk', async () => {
    const client = await open({});
    const texts = client.fileSystem.texts;
    expect(await hoverText(client)).not.toContain('rate=2');
    texts.set('file:///w/lib.py', scope("padding='VALID'"));
    await watched(client, 'lib.py', 1);
    expect(await hoverText(client)).toContain('VALID');
    texts.set('file:///w/lib.py', scope("padding='CAUSAL'"));
    await watched(client, 'lib.py', 2);
    expect(await hoverText(client)).toContain('CAUSAL');
    texts.delete('file:///w/lib.py');
    await watched(client, 'lib.py', 3);
    expect(await hoverText(client)).not.toContain('CAUSAL');
    await client.dispose();
  });

  it('are those of the editor while they are open, and those of the disk again afterwards', async () => {
    const client = await open({ files: { 'lib.py': scope("padding='VALID'") } });
    expect(await hoverText(client)).toContain('VALID');
    client.open('lib.py', scope("padding='VALID'"));
    client.edit('lib.py', client.rangeOf('lib.py', 'VALID'), 'CAUSAL');
    expect(await hoverText(client)).toContain('CAUSAL');
    client.fileSystem.texts.set('file:///w/lib.py', scope("padding='FULL'"));
    client.close('lib.py');
    expect(await hoverText(client)).not.toContain('CAUSAL');
    expect(await hoverText(client)).toContain('FULL');
    await client.dispose();
  });

  it.each(['.hidden', 'node_modules', 'venv', 'lib/site-packages', '__pycache__', 'generated'])(
    'are not read below %s',
    async (folder) => {
      const files = { [`${folder}/lib.py`]: scope("padding='VALID'") };
      const settings = { exclude: ['generated'], pythonPaths: [folder] };
      const client = await open({ files, settings });
      expect(await hoverText(client)).not.toContain('VALID');
      await watched(client, `${folder}/lib.py`, 2);
      expect(await hoverText(client)).not.toContain('VALID');
      await client.dispose();
    },
  );

  it('come from every workspace folder, also from one that is added later', async () => {
    const client = await open(
      { files: { 'two/lib.py': scope("padding='VALID'") }, folders: ['file:///w/one'] },
      'one/a.py',
    );
    expect(await hoverText(client, 'one/a.py')).not.toContain('VALID');
    client.setFolders(['file:///w/one', 'file:///w/two']);
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: 'file:///w/two', name: 'two' }], removed: [] },
    });
    await client.settled();
    expect(await hoverText(client, 'one/a.py')).toContain('VALID');
    await client.dispose();
  });

  it('are not needed: a lone script sees what lies beside it', async () => {
    const client = await open({ files: { 'lib.py': scope("padding='VALID'") }, folders: null });
    await client.settled();
    expect(await hoverText(client)).toContain('VALID');
    await client.dispose();
  });

  it('are not needed: a lone module sees its package', async () => {
    const files = {
      'p/__init__.py': '',
      'p/q/__init__.py': '',
      'p/q/a.py': '',
      'p/lib.py': scope("padding='VALID'"),
      'other.py': '',
    };
    const client = await startClient({ files, folders: null });
    client.open('p/q/a.py', user.replace('from lib', 'from p.lib'));
    await client.settled();
    expect(await hoverText(client, 'p/q/a.py')).toContain('VALID');
    await client.dispose();
  });

  it('are limited, and the limit is said', async () => {
    const many = Object.fromEntries(Array.from({ length: fileLimit + 1 }, (_, i) => [`m${i}.py`, '']));
    const client = await open({ files: many });
    await client.settled();
    expect(client.logs).toEqual(['only the first 30000 Python files are read; exclude some with `slimscope.exclude`']);
    await client.dispose();
  });

  it('do not hold up requests for longer than a second', async () => {
    let finish: () => void = () => undefined;
    const listed = new Promise<void>((resolve) => (finish = resolve));
    const client = await startClient({
      files: { 'lib.py': scope("padding='VALID'") },
      slowListing: listed,
    });
    client.open('a.py', user);
    const early = hoverText(client);
    await client.tick();
    client.clock.advance(1000);
    expect(await early).not.toContain('VALID');
    finish();
    await client.settled();
    expect(await hoverText(client)).toContain('VALID');
    await client.dispose();
  });

  it('that take long to list are shown as progress', async () => {
    let finish: () => void = () => undefined;
    const listed = new Promise<void>((resolve) => (finish = resolve));
    const client = await startClient({ slowListing: listed, capabilities: { window: { workDoneProgress: true } } });
    await client.tick();
    client.clock.advance(1000);
    await client.next('window/workDoneProgress/create');
    expect(await client.next('$/progress')).toMatchObject({ value: { kind: 'begin', title: 'Reading the workspace' } });
    finish();
    expect(await client.next('$/progress')).toMatchObject({ value: { kind: 'end' } });
    await client.dispose();
  });

  it('of another machine that cannot be reached keep nobody waiting', async () => {
    const client = await startClient({});
    client.open('file://server/share/b.py', user);
    client.open('a.py', user);
    expect(await hoverText(client)).toContain('kernel_size');
    await client.dispose();
  });
});
