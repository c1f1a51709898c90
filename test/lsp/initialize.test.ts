import { describe, expect, it } from 'vitest';
import { fullCapabilities, minimalCapabilities, startClient } from './lspClient';

describe('initialize', () => {
  it('announces what the client can use', async () => {
    const client = await startClient();
    expect(client.initializeResult).toEqual({
      serverInfo: { name: 'Slimscope', version: '1.2.3' },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: 2, save: false },
        hoverProvider: true,
        definitionProvider: true,
        typeDefinitionProvider: true,
        referencesProvider: true,
        codeActionProvider: {
          codeActionKinds: [
            'quickfix',
            'source.fixAll.slimscope',
            'refactor.rewrite.slimscope',
            'refactor.inline.slimscope',
          ],
          resolveProvider: true,
        },
        diagnosticProvider: { identifier: 'slimscope', interFileDependencies: true, workspaceDiagnostics: false },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    });
    await client.dispose();
  });

  it('announces nothing that the client cannot use', async () => {
    const client = await startClient({ capabilities: minimalCapabilities });
    expect(client.initializeResult.capabilities).toEqual({
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: 2, save: false },
      hoverProvider: true,
      definitionProvider: true,
      typeDefinitionProvider: true,
      referencesProvider: true,
    });
    await client.dispose();
  });

  it('registers for settings and files with clients that register dynamically', async () => {
    const client = await startClient();
    await client.settled();
    const methods = client.registered.flatMap(({ registrations }) => registrations.map(({ method }) => method));
    expect(methods.sort()).toEqual(['workspace/didChangeConfiguration', 'workspace/didChangeWatchedFiles']);
    await client.dispose();
  });

  it('survives a client that refuses what it announced', async () => {
    const refuses = ['client/registerCapability', 'workspace/configuration', 'workspace/diagnostic/refresh'];
    const client = await startClient({
      refuses,
      files: { 'lib.py': 'import tensorflow as tf\nslim = tf.contrib.slim\n' },
    });
    client.open('a.py', 'from lib import slim\ny = slim.conv2d(x, 64, 3)\n');
    expect(await client.hover('a.py', client.at('a.py', 'conv2d'))).not.toBeNull();
    await client.settled();
    for (const what of ['watching settings', 'watching files', 'reading settings']) {
      expect(client.logs.find((line) => line.startsWith(`${what} failed: Error: refused`))).toBeDefined();
    }
    await client.dispose();
  });

  it('registers for nothing with clients that do not', async () => {
    const { workspace: _, ...capabilities } = fullCapabilities;
    const client = await startClient({ capabilities });
    await client.settled();
    expect(client.registered).toEqual([]);
    await client.dispose();
  });
});
