import { describe, expect, it } from 'vitest';
import { parse } from '../support/parser';
import { minimalCapabilities, startClient } from './lspClient';

/** A parser with a bug: it fails for texts that say so. */
const runtime = {
  parse: Promise.resolve((text: string) => {
    if (text.includes('BUG')) throw new TypeError('the parser failed');
    return parse(text);
  }),
};
const broken = 'import tensorflow as tf\nx = tf.contrib.slim  # BUG\n';

describe('an internal error', () => {
  it('is logged with request, document and stack, and answered harmlessly', async () => {
    const client = await startClient({ runtime });
    client.open('a.py', broken);
    expect(await client.hover('a.py', { line: 1, character: 5 })).toBeNull();
    expect(client.logs).toHaveLength(1);
    expect(client.logs[0]).toContain('internal error in textDocument/hover file:///w/a.py version 1');
    expect(client.logs[0]).toMatch(/TypeError: the parser failed\n\s+at /);
    expect(await client.pullItems('a.py')).toEqual([]);
    expect(
      await client.codeActions('a.py', { start: { line: 1, character: 5 }, end: { line: 1, character: 5 } }),
    ).toEqual([]);
    await client.dispose();
  });

  it('does not outlive the text that causes it', async () => {
    const client = await startClient({ runtime });
    client.open('a.py', broken);
    expect(await client.pullItems('a.py')).toEqual([]);
    client.edit('a.py', client.rangeOf('a.py', 'BUG'), 'fine');
    expect(await client.pullItems('a.py')).toHaveLength(1);
    await client.dispose();
  });

  it('leaves pushed diagnostics of other documents alone', async () => {
    const client = await startClient({ runtime, capabilities: minimalCapabilities });
    client.open('a.py', broken);
    client.open('b.py', broken.replace('BUG', ''));
    expect(await client.nextPublished()).toMatchObject({ uri: 'file:///w/b.py' });
    await client.dispose();
  });

  it('is shown in the status', async () => {
    const client = await startClient({ runtime, initializationOptions: { status: true } });
    client.open('a.py', 'x = 1\n');
    client.open('b.py', broken);
    await client.hover('b.py', { line: 1, character: 5 });
    client.close('b.py');
    await client.settled();
    client.clock.advance(300);
    expect(await client.nextStatus()).toMatchObject({ internalError: true });
    await client.dispose();
  });
});
