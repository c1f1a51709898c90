/**
 * A language server as a process, driven over stdio by a client that times it. Knows no server in particular.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = require('vscode-languageserver/node');

/** Starts a server in a folder and shakes hands. `pull` decides how diagnostics travel. */
export async function startLanguageServer({ command, args, folder, pull }) {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published = createMailbox();
  connection.onNotification('textDocument/publishDiagnostics', (params) => published.put(params.uri, params));
  connection.onNotification(() => undefined);
  connection.onRequest((method, params) =>
    method === 'workspace/configuration' ? params.items.map(() => null) : null,
  );
  connection.listen();
  const uri = pathToFileURL(folder).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: 'bench' }],
    capabilities: clientCapabilities(pull),
  });
  await connection.sendNotification('initialized', {});
  const versions = new Map();
  return {
    startMs: performance.now() - started,
    open(file, text) {
      versions.set(file, 1);
      const textDocument = { uri: file, languageId: 'python', version: 1, text };
      return connection.sendNotification('textDocument/didOpen', { textDocument });
    },
    change(file, range, text) {
      const version = versions.get(file) + 1;
      versions.set(file, version);
      const params = { textDocument: { uri: file, version }, contentChanges: [{ range, text }] };
      return connection.sendNotification('textDocument/didChange', params);
    },
    hover: (file, position) => connection.sendRequest('textDocument/hover', { textDocument: { uri: file }, position }),
    pull: (file) => connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: file } }),
    nextPublished: (file) => published.take(file),
    async stop() {
      await connection.sendRequest('shutdown');
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await connection.sendNotification('exit');
      const impatient = setTimeout(() => child.kill(), 5000);
      await ended;
      clearTimeout(impatient);
      connection.dispose();
    },
  };
}

function clientCapabilities(pull) {
  return {
    textDocument: {
      hover: { contentFormat: ['markdown', 'plaintext'] },
      publishDiagnostics: { relatedInformation: true, versionSupport: true },
      ...(pull && { diagnostic: {} }),
    },
    workspace: { configuration: true, workspaceFolders: true },
  };
}

/** Messages by key, for one reader at a time. */
function createMailbox() {
  const waiting = new Map();
  const takers = new Map();
  return {
    put(key, message) {
      const taker = takers.get(key);
      takers.delete(key);
      if (taker) taker(message);
      else waiting.set(key, message);
    },
    take(key) {
      const message = waiting.get(key);
      waiting.delete(key);
      return message ? Promise.resolve(message) : new Promise((resolve) => takers.set(key, resolve));
    },
  };
}
