import { describe, expect, it } from 'vitest';
import { minimalCapabilities, startClient } from './lspClient';

const net = `import tf_slim as slim

def net(x):
  with slim.arg_scope([slim.conv2d], stride=2):
    return slim.conv2d(x, 64, [3, 3])
`;

/** The text that a hover speaks of. */
async function hovered(client: Awaited<ReturnType<typeof startClient>>, needle: string): Promise<string | undefined> {
  const hover = await client.hover('a.py', client.at('a.py', needle));
  if (!hover?.range) return undefined;
  const lines = client.textOf('a.py').split(/\r\n|\r|\n/);
  expect(hover.range.start.line).toBe(hover.range.end.line);
  return lines[hover.range.start.line]?.slice(hover.range.start.character, hover.range.end.character);
}

describe('documents', () => {
  it('are followed through incremental edits', async () => {
    const client = await startClient();
    client.open('a.py', net);
    expect(JSON.stringify(await client.hover('a.py', client.at('a.py', 'slim.conv2d(x')))).toContain('SAME');
    client.edit('a.py', client.rangeOf('a.py', 'stride=2'), "padding='VALID'");
    client.edit('a.py', client.rangeOf('a.py', 'def net'), '\n\ndef net');
    const hover = JSON.stringify(await client.hover('a.py', client.at('a.py', 'slim.conv2d(x')));
    expect(hover).toContain('VALID');
    await client.dispose();
  });

  it('count columns in UTF-16 code units', async () => {
    const client = await startClient();
    client.open('a.py', net.replace('return slim', '"😀😀"; y = slim'));
    expect(await hovered(client, 'slim.conv2d(x')).toBe('slim.conv2d');
    client.edit('a.py', client.rangeOf('a.py', '😀😀'), '你😀');
    expect(await hovered(client, 'slim.conv2d(x')).toBe('slim.conv2d');
    await client.dispose();
  });

  it.each([
    ['CRLF', '\r\n'],
    ['lone CR', '\r'],
  ])('may end lines with %s', async (_name, end) => {
    const client = await startClient();
    client.open('a.py', net.replace(/\n/g, end));
    expect(await hovered(client, 'slim.conv2d(x')).toBe('slim.conv2d');
    await client.dispose();
  });

  it('answer nothing before they are opened and after they are closed', async () => {
    const client = await startClient({ files: { 'a.py': net } });
    expect(await client.hover('a.py', { line: 4, character: 12 })).toBeNull();
    client.open('a.py', net);
    expect(await client.hover('a.py', { line: 4, character: 12 })).not.toBeNull();
    client.close('a.py');
    expect(await client.hover('a.py', { line: 4, character: 12 })).toBeNull();
    await client.dispose();
  });

  it('may be spelled in any way that means the same URI, and are called so in answers', async () => {
    const client = await startClient({ files: { 'net.py': '' } });
    const spelled = 'file:///w/n%65t.py';
    client.open(spelled, net);
    const hover = await client.hover(spelled, client.at(spelled, 'slim.conv2d(x'));
    expect(JSON.stringify(hover)).toContain(`${spelled}#L4`);
    await client.dispose();

    const pushed = await startClient({ files: { 'net.py': '' }, capabilities: minimalCapabilities });
    pushed.open(spelled, net);
    expect(await pushed.nextPublished()).toMatchObject({ uri: spelled });
    await pushed.dispose();
  });

  it('need not be on disk', async () => {
    const client = await startClient();
    client.open('untitled:Untitled-1', net);
    expect(await client.hover('untitled:Untitled-1', { line: 4, character: 12 })).not.toBeNull();
    await client.dispose();
  });
});
