/** A workspace that only the client can reach: no disk, no `file:`. */
import { describe, expect, it } from 'vitest';
import type { Connection } from 'vscode-languageserver';
import { createClientFileSystem } from '../../server/src/lsp/clientFileSystem';
import { readDirectoryRequest, readFileRequest, type DirectoryEntry } from '../../server/src/lsp/protocol';
import { decodePython } from '../../server/src/platform/decodePython';
import { startClient } from './lspClient';

const root = 'memfs:/w';

/** A client with these files, and what it was asked. */
function clientWith(files: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const answer = (method: string, { uri }: { readonly uri: string }): unknown => {
    asked.push(`${method.slice('slimscope/'.length)} ${uri}`);
    const path = decodeURIComponent(uri.slice(root.length + 1));
    if (method === readFileRequest) {
      const text = files[path];
      return text === undefined ? null : new TextEncoder().encode(text);
    }
    if (method !== readDirectoryRequest) throw new Error(method);
    const below = Object.keys(files).filter((file) => path === '' || file.startsWith(`${path}/`));
    const rest = below.map((file) => file.slice(path === '' ? 0 : path.length + 1));
    const entries = rest.map((file): DirectoryEntry => {
      const [name = '', ...deeper] = file.split('/');
      return { name, kind: deeper.length > 0 ? 'folder' : 'file' };
    });
    return [...new Map(entries.map((entry) => [entry.name, entry])).values()];
  };
  const connection = {
    sendRequest: (method: string, params: { readonly uri: string }) =>
      Promise.resolve().then(() => answer(method, params)),
  } as unknown as Connection;
  return { asked, fileSystem: createClientFileSystem(connection, decodePython) };
}

const everything = { isExcluded: () => false, recursive: true, limit: 100 };

describe('the files of a client', () => {
  const files = {
    'a.py': 'x = 1\n',
    'requirements.txt': 'tensorflow==1.15\n',
    'nets/ü b.py': '# coding: latin-1\n',
    'env/pyvenv.cfg': '',
    'env/lib/c.py': '',
    'out/d.py': '',
  };

  it('are listed with manifests, without virtual environments and what is excluded', async () => {
    const { fileSystem, asked } = clientWith(files);
    const listing = await fileSystem.listPythonFiles(root, { ...everything, isExcluded: (path) => path === 'out' });
    expect(listing).toEqual({
      files: ['memfs:/w/a.py', 'memfs:/w/nets/%C3%BC%20b.py'],
      manifests: ['memfs:/w/requirements.txt'],
      isCut: false,
    });
    expect(asked.filter((one) => one.includes('/out'))).toEqual([]);
  });

  it('are cut at the limit, and not walked where only the folder is wanted', async () => {
    const { fileSystem } = clientWith(files);
    expect(await fileSystem.listPythonFiles(root, { ...everything, limit: 1 })).toMatchObject({
      files: ['memfs:/w/a.py'],
      isCut: true,
    });
    const flat = await fileSystem.listPythonFiles(root, { ...everything, recursive: false });
    expect(flat.files).toEqual(['memfs:/w/a.py']);
  });

  it('are missing until they were fetched, and are what they were then', async () => {
    const now: Record<string, string> = { 'a.py': 'x = 1\n' };
    const { fileSystem } = clientWith(now);
    expect(fileSystem.readText('memfs:/w/a.py')).toEqual({ kind: 'missing' });
    await fileSystem.prefetch?.(['memfs:/w/a.py', 'memfs:/w/b.py']);
    expect(fileSystem.readText('memfs:/w/a.py')).toEqual({ kind: 'text', text: 'x = 1\n' });
    expect(fileSystem.readText('memfs:/w/b.py')).toEqual({ kind: 'missing' });
    now['a.py'] = 'x = 2\n';
    await fileSystem.prefetch?.(['memfs:/w/a.py']);
    expect(fileSystem.readText('memfs:/w/a.py')).toEqual({ kind: 'text', text: 'x = 2\n' });
  });

  it('lead a hover through an import, without any file scheme', async () => {
    const { fileSystem } = clientWith({
      'scopes.py':
        'import tf_slim as slim\ndef scope():\n  with slim.arg_scope([slim.conv2d], stride=2) as sc:\n    return sc\n',
    });
    const client = await startClient({ folders: [root], runtime: { fileSystem } });
    const uri = `${root}/net.py`;
    const text =
      'import tf_slim as slim\nfrom scopes import scope\nwith slim.arg_scope(scope()):\n  y = slim.conv2d(x, 8, 3)\n';
    await client.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'python', version: 1, text },
    });
    const hover = await client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri },
      position: { line: 3, character: 12 },
    });
    expect(JSON.stringify(hover)).toMatch(/`stride` \| `2` \| \[scopes\.py line 3\]\(memfs:\/w\/scopes\.py#L3,38\)/);
    await client.dispose();
  });
});
