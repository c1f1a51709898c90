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
      target: '2.16',
      targetReason: 'nothing in the workspace says another',
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
      targetReason: '`tensorflow==1.15` in requirements.txt',
      targetLocation: { uri: 'file:///w/requirements.txt', line: 1 },
    };
    expect(await client.nextStatus()).toMatchObject(first);
    client.open('new/b.py', net);
    await client.settled();
    client.clock.advance(300);
    expect(await client.nextStatus()).toMatchObject({ ...first, target: '1.15, 2.16', files: 2 });
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
