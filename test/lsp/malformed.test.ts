import { describe, expect, it } from 'vitest';
import { startClient } from './lspClient';

const text = 'import tf_slim as slim\nslim.conv2d(x, 64, 3)\n';
const textDocument = { uri: 'file:///w/bad.py', languageId: 'python', version: 1, text };

const bad: readonly (readonly [string, object, string])[] = [
  ['textDocument/didOpen', { textDocument: { ...textDocument, text: undefined } }, 'textDocument text is no text'],
  ['textDocument/didOpen', {}, 'textDocument is no object'],
  ['textDocument/didChange', { textDocument, contentChanges: 'x' }, 'contentChanges is no list'],
  [
    'textDocument/didChange',
    { textDocument, contentChanges: [{ text: '', range: { start: { line: -1, character: 0 } } }] },
    'contentChanges range start line is no index',
  ],
  ['textDocument/didClose', { textDocument: { uri: 5 } }, 'textDocument uri is no text'],
  ['notebookDocument/didOpen', { notebookDocument: {}, cellTextDocuments: [] }, 'notebookDocument uri is no text'],
  ['workspace/didChangeWatchedFiles', { changes: [{}] }, 'changes uri is no text'],
];

describe('a malformed message', () => {
  it.each(bad)('%s %j is logged and dropped; other documents are answered', async (method, params, why) => {
    const client = await startClient();
    await client.connection.sendNotification(method, params);
    client.open('a.py', text);
    expect(await client.hover('a.py', { line: 1, character: 6 })).not.toBeNull();
    expect(client.logs).toEqual([`${method} from the client is not taken: ${why}`]);
    await client.dispose();
  });

  it.each(['textDocument/hover', 'textDocument/references', 'textDocument/diagnostic', 'textDocument/codeAction'])(
    '%s without parameters is answered with InvalidParams',
    async (method) => {
      const client = await startClient();
      await expect(client.connection.sendRequest(method, null)).rejects.toMatchObject({ code: -32602 });
      await client.dispose();
    },
  );
});
