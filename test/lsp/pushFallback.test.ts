import { describe, expect, it } from 'vitest';
import { minimalCapabilities, startClient } from './lspClient';

const contrib = 'import tensorflow as tf\nslim = tf.contrib.slim\n';
const collision = `import tf_slim as slim
with slim.arg_scope([slim.conv2d], stride=2):
  y = slim.conv2d(x, 64, [3, 3], 1)
`;

// The hint that tf_slim is alive would be in the way.
const initializationOptions = { settings: { rules: { 'tf-slim-bridge': 'off' } } };
const pushing = { capabilities: minimalCapabilities, initializationOptions };

describe('pushed diagnostics', () => {
  it('come at once when a document is opened, with its version', async () => {
    const client = await startClient(pushing);
    client.open('a.py', contrib);
    const { uri, version, diagnostics } = await client.nextPublished();
    expect({ uri, version, codes: diagnostics.map(({ code }) => code) }).toEqual({
      uri: 'file:///w/a.py',
      version: 1,
      codes: ['contrib-moved-package'],
    });
    await client.dispose();
  });

  it('come after a short silence when it is edited', async () => {
    const client = await startClient(pushing);
    client.open('a.py', contrib);
    await client.nextPublished();
    client.edit('a.py', client.rangeOf('a.py', 'tf.contrib.slim'), 'N');
    await client.settled();
    client.clock.advance(90);
    client.edit('a.py', client.rangeOf('a.py', '= N'), '= No');
    await client.settled();
    client.clock.advance(90);
    await client.settled();
    // Nothing yet: the second edit started the silence anew.
    client.clock.advance(10);
    expect(await client.nextPublished()).toMatchObject({ version: 3, diagnostics: [] });
    await client.dispose();
  });

  it('tell what they relate to within the message when the client knows no related information', async () => {
    const client = await startClient(pushing);
    client.open('a.py', collision);
    const [item] = (await client.nextPublished()).diagnostics;
    expect(item).toMatchObject({ code: 'positional-collision' });
    expect(item?.relatedInformation).toBeUndefined();
    expect(item?.message).toMatch(/\na\.py:2: /);
    await client.dispose();
  });

  it('come as related information and tags when the client knows them', async () => {
    const publishDiagnostics = { relatedInformation: true, tagSupport: { valueSet: [2 as const] } };
    const client = await startClient({ initializationOptions, capabilities: { textDocument: { publishDiagnostics } } });
    client.open('a.py', collision);
    const [item] = (await client.nextPublished()).diagnostics;
    expect(item?.relatedInformation?.[0]?.location.uri).toBe('file:///w/a.py');
    expect(item?.message).not.toMatch(/\na\.py:2: /);
    await client.dispose();
  });

  it('tell what they relate to in a library that nobody can open, and link the rest', async () => {
    const publishDiagnostics = { relatedInformation: true };
    const client = await startClient({ initializationOptions, capabilities: { textDocument: { publishDiagnostics } } });
    client.open(
      'a.py',
      `import tf_slim as slim
from tf_slim.nets import vgg
with slim.arg_scope(vgg.vgg_arg_scope()):
  y = slim.conv2d(x, 64, 3, 1, 'VALID')
`,
    );
    const [item] = (await client.nextPublished()).diagnostics;
    expect(item?.relatedInformation).toBeUndefined();
    expect(item?.message).toMatch(/the `arg_scope` at tf_slim\/nets\/vgg.py, line 76 \(installed library\)/);
    expect(item?.message).toMatch(/\n<tf_slim\/nets\/vgg.py>:76: `padding` is set here$/);
    await client.dispose();
  });

  it('reach documents that import the edited one', async () => {
    const scopes = (padding: string) => `import tf_slim as slim
def scope():
  with slim.arg_scope([slim.conv2d], ${padding}=1) as sc:
    return sc
`;
    const client = await startClient({ ...pushing, files: { 'scopes.py': scopes('stride'), 'a.py': '' } });
    client.open('scopes.py', scopes('stride'));
    client.open(
      'a.py',
      'import tf_slim as slim\nimport scopes\nwith slim.arg_scope(scopes.scope()):\n  slim.conv2d(x, 64, 3)\n',
    );
    const first = [await client.nextPublished(), await client.nextPublished()];
    expect(first.map(({ uri, diagnostics }) => [uri, diagnostics.length]).sort()).toEqual([
      ['file:///w/a.py', 0],
      ['file:///w/scopes.py', 0],
    ]);
    client.edit('scopes.py', client.rangeOf('scopes.py', 'stride'), 'strides');
    await client.settled();
    client.clock.advance(100);
    const later = [await client.nextPublished(), await client.nextPublished()];
    const atCall = later.find(({ uri }) => uri === 'file:///w/a.py');
    expect(atCall?.diagnostics.map(({ code }) => code)).toEqual(['unknown-argument']);
    await client.dispose();
  });

  it('are taken back when the document is closed', async () => {
    const client = await startClient(pushing);
    client.open('a.py', contrib);
    await client.nextPublished();
    client.close('a.py');
    expect(await client.nextPublished()).toEqual({ uri: 'file:///w/a.py', diagnostics: [] });
    await client.dispose();
  });
});
