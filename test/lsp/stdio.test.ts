import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Hover,
  type InitializeResult,
  type MessageConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import { afterEach, describe, expect, it } from 'vitest';
import { bundlePath } from '../support/bundle';
import { withTempDir, writeFiles } from '../support/tempDir';

const files = {
  'lib.py': `import tf_slim as slim

def scope():
  with slim.arg_scope([slim.conv2d], padding='VALID') as sc:
    return sc
`,
  'net.py': `import tensorflow as tf
import tf_slim as slim
import lib

with slim.arg_scope(lib.scope()):
  net = slim.conv2d(x, 64, [3, 3])
old = tf.contrib.slim
`,
};

/** What Neovim's built-in client announced when this was written, as far as Slimscope looks at it. */
const neovim = {
  general: { positionEncodings: ['utf-8', 'utf-16', 'utf-32'] },
  textDocument: {
    hover: { contentFormat: ['markdown', 'plaintext'], dynamicRegistration: true },
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor.rewrite'] } },
      dataSupport: true,
      isPreferredSupport: true,
      resolveSupport: { properties: ['edit', 'command'] },
    },
  },
  workspace: { configuration: true, workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: false } },
};

let server: ChildProcess | undefined;
afterEach(() => void server?.kill());

function start(args: readonly string[]): ChildProcess {
  server = spawn(process.execPath, [bundlePath('server.js'), ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  return server;
}

function connect(child: ChildProcess): MessageConnection {
  if (!child.stdout || !child.stdin) throw new Error('no streams');
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
  connection.onNotification(() => undefined);
  return connection;
}

function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}

describe('slimscope-server --stdio', () => {
  it('serves an editor that pulls no diagnostics, from files on disk, and ends when told', async () => {
    await withTempDir(async (folder) => {
      writeFiles(folder, files);
      const child = start(['--stdio']);
      const exited = exitCode(child);
      const connection = connect(child);
      const published = new Promise<PublishDiagnosticsParams>((resolve) =>
        connection.onNotification('textDocument/publishDiagnostics', resolve),
      );
      connection.listen();
      const rootUri = pathToFileURL(folder).href;
      const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', {
        processId: process.pid,
        rootUri,
        workspaceFolders: [{ uri: rootUri, name: 'w' }],
        capabilities: neovim,
      });
      expect(capabilities.positionEncoding).toBe('utf-16');
      expect(capabilities.diagnosticProvider).toBeUndefined();
      await connection.sendNotification('initialized', {});
      const uri = pathToFileURL(join(folder, 'net.py')).href;
      await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'python', version: 1, text: files['net.py'] },
      });
      const { diagnostics } = await published;
      expect(diagnostics.filter(({ severity }) => severity === 1).map(({ range }) => range.start)).toEqual([
        { line: 6, character: 6 },
      ]);
      const hover = await connection.sendRequest<Hover | null>('textDocument/hover', {
        textDocument: { uri },
        position: { line: 5, character: 13 },
      });
      expect(JSON.stringify(hover?.contents)).toContain('VALID');
      expect(JSON.stringify(hover?.contents)).toContain(pathToFileURL(join(folder, 'lib.py')).href);
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      expect(await exited).toBe(0);
      connection.dispose();
    });
  });

  it('says how it is started when it is not started by an editor', async () => {
    const child = start([]);
    let message = '';
    child.stderr?.on('data', (chunk: Buffer) => (message += chunk.toString()));
    expect(await exitCode(child)).toBe(4);
    expect(message).toContain('--stdio');
  });
});
