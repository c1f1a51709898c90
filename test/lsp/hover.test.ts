import { describe, expect, it } from 'vitest';
import { fullCapabilities, minimalCapabilities, startClient } from './lspClient';

const net = `import tf_slim as slim

def net(x):
  with slim.arg_scope([slim.conv2d], stride=2):
    return slim.conv2d(x, 64, [3, 3])
`;

describe('hover', () => {
  it('is Markdown with a range, and links to the scope', async () => {
    const client = await startClient();
    client.open('a.py', net);
    const hover = await client.hover('a.py', client.at('a.py', 'conv2d(x'));
    expect(hover?.range).toEqual({ start: { line: 4, character: 11 }, end: { line: 4, character: 22 } });
    expect(hover?.contents).toMatchObject({ kind: 'markdown' });
    expect(JSON.stringify(hover?.contents)).toContain('file:///w/a.py#L4,');
    await client.dispose();
  });

  it('is plain text for clients that render nothing else', async () => {
    const client = await startClient({ capabilities: minimalCapabilities });
    client.open('a.py', net);
    const hover = await client.hover('a.py', client.at('a.py', 'conv2d(x'));
    expect(hover?.contents).toMatchObject({ kind: 'plaintext' });
    expect(JSON.stringify(hover?.contents)).not.toContain('file:///');
    await client.nextPublished();
    await client.dispose();
  });

  it('follows scopes into other files of the workspace', async () => {
    const files = {
      'nets/__init__.py': '',
      'nets/scopes.py': `import tf_slim as slim

def my_scope():
  with slim.arg_scope([slim.conv2d], padding='VALID') as sc:
    return sc
`,
    };
    const client = await startClient({ files });
    client.open(
      'train.py',
      `import tf_slim as slim
from nets import scopes

with slim.arg_scope(scopes.my_scope()):
  y = slim.conv2d(x, 64, [3, 3])
`,
    );
    const text = JSON.stringify((await client.hover('train.py', client.at('train.py', 'slim.conv2d(x')))?.contents);
    expect(text).toContain('VALID');
    expect(text).toContain('file:///w/nets/scopes.py#L4,');
    await client.dispose();
  });

  it('says nothing where there is nothing to say', async () => {
    const client = await startClient();
    client.open('a.py', net);
    expect(await client.hover('a.py', client.at('a.py', 'def net'))).toBeNull();
    expect(await client.hover('a.py', { line: 99, character: 7 })).toBeNull();
    await client.dispose();
  });

  it('can be switched off', async () => {
    const client = await startClient({ settings: { hover: { enabled: false } }, capabilities: fullCapabilities });
    client.open('a.py', net);
    expect(await client.hover('a.py', client.at('a.py', 'conv2d(x'))).toBeNull();
    await client.dispose();
  });
});
