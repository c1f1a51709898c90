import { describe, expect, it } from 'vitest';
import { startClient } from './lspClient';

const net = `import tf_slim as slim
y = slim.conv2d(x, 64, [3, 3])
z = slim.conv2d(y, units, [3, 3], normalizer_fn=slim.batch_norm)
`;

describe('the status', () => {
  it('counts files, calls and what is unknown, to clients that asked', async () => {
    const client = await startClient({ initializationOptions: { status: true } });
    client.open('a.py', net);
    client.open('plain.py', 'x = 1\n');
    await client.settled();
    client.clock.advance(300);
    expect(await client.nextStatus()).toEqual({
      targets: [{ target: '2.16', reason: 'nothing in the workspace says another' }],
      limits: [],
      files: 1,
      slimCalls: 2,
      unknownCalls: 1,
      isBusy: false,
      internalError: false,
    });
    await client.dispose();
  });

  it('is sent when it changes, and not when it does not', async () => {
    const client = await startClient({ initializationOptions: { status: true } });
    client.open('a.py', net);
    await client.settled();
    client.clock.advance(300);
    expect(await client.nextStatus()).toMatchObject({ unknownCalls: 1 });
    client.edit('a.py', client.rangeOf('a.py', '64'), '32');
    await client.settled();
    client.clock.advance(300);
    await client.settled();
    client.edit('a.py', client.rangeOf('a.py', 'units'), '8');
    await client.settled();
    client.clock.advance(300);
    expect(await client.nextStatus()).toMatchObject({ unknownCalls: 0 });
    await client.dispose();
  });

  it('says which TensorFlow is meant, why, and where that is written', async () => {
    const client = await startClient({
      files: {
        'requirements.txt': 'numpy\ntensorflow==1.15\n',
        'new/setup.cfg': '[options]\ninstall_requires = tf-nightly==2.18',
      },
      initializationOptions: { status: true },
    });
    client.open('a.py', net);
    await client.settled();
    client.clock.advance(300);
    const first = {
      target: '1.15',
      reason: '`tensorflow==1.15` in requirements.txt',
      at: { uri: 'file:///w/requirements.txt', line: 1 },
    };
    expect(await client.nextStatus()).toMatchObject({ targets: [first] });
    client.open('new/b.py', net);
    await client.settled();
    client.clock.advance(300);
    expect(await client.nextStatus()).toMatchObject({
      targets: [first, { target: '2.16', reason: '`tf-nightly==2.18` in new/setup.cfg' }],
      files: 2,
    });
    await client.dispose();
  });

  it('says what the last analysis through the callers came to', async () => {
    const client = await startClient({ initializationOptions: { status: true } });
    const text = `import tf_slim as slim
def net(x, stride):
  return slim.conv2d(x, 64, [3, 3], stride=stride)
a = net(x, 1)
b = net(x, 2)
`;
    client.open('a.py', text);
    await client.hover('a.py', client.at('a.py', 'conv2d'));
    client.clock.advance(300);
    expect(await client.nextStatus()).toMatchObject({
      lastAnalysis: { uri: 'file:///w/a.py', milliseconds: 0, calls: 1, contexts: 2 },
    });
    await client.dispose();
  });

  it('says which limits were reached, and where', async () => {
    const client = await startClient({ initializationOptions: { status: true } });
    const twice = Array.from(
      { length: 30 },
      (_, i) => `def f${i}(x):\n  x = f${i + 1}(slim.conv2d(x, 8, 3))\n  return f${i + 1}(x)\n`,
    );
    client.open('a.py', `${net}${twice.join('')}def f30(x):\n  return slim.conv2d(x, 8, 3)\n`);
    await client.settled();
    client.clock.advance(300);
    const { limits } = await client.nextStatus();
    expect(limits).toContainEqual({
      reason: '`f0` was not followed to its end: it takes too many steps',
      at: { uri: 'file:///w/a.py', line: 3 },
    });
    expect(limits).toHaveLength(5);
    await client.dispose();
  });

  it('is not sent to others', async () => {
    const client = await startClient();
    client.open('a.py', net);
    await client.settled();
    client.clock.advance(300);
    await client.dispose();
    expect(client.logs).toEqual([]);
  });
});
