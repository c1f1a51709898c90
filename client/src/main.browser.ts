/**
 * Entry of the extension in the browser: the server runs in a web worker, and reads files through `workspace.fs`, wherever
 * they lie. What the worker needs is read through the URI of the extension and handed over as bytes.
 */
import { Uri, workspace, type ExtensionContext } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import type { MessageTransports } from 'vscode-languageclient/browser';
import { startClient, type SlimscopeApi } from './client';
import { answerFileRequests } from './fileRequests';

/** Called by VS Code when the first Python file is opened. Returns at once; `ready` says when the server answers. */
export function activate(context: ExtensionContext): SlimscopeApi {
  return startClient(context, (id, name, options) => {
    const client = new LanguageClient(id, name, () => startWorker(context), options);
    context.subscriptions.push(answerFileRequests(client));
    return client;
  });
}

async function startWorker({ extensionUri, extension }: ExtensionContext): Promise<MessageTransports> {
  const dist = Uri.joinPath(extensionUri, 'dist');
  const [runtimeWasm, pythonWasm] = await Promise.all([
    workspace.fs.readFile(Uri.joinPath(dist, 'web-tree-sitter.wasm')),
    workspace.fs.readFile(Uri.joinPath(dist, 'tree-sitter-python.wasm')),
  ]);
  const { version } = extension.packageJSON as { readonly version: string };
  const worker = new Worker(Uri.joinPath(dist, 'serverWorker.js').toString(true));
  worker.postMessage({ version, runtimeWasm, pythonWasm });
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
}
