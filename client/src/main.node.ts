/**
 * Entry of the extension on Node (desktop and remote VS Code): says how the server is started, nothing else.
 * The server runs in a process of its own, so that a slow file never holds up the editor.
 */
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind, type ServerOptions } from 'vscode-languageclient/node';
import { startClient, type SlimscopeApi } from './client';

/** Called by VS Code when the first Python file is opened. Returns at once; `ready` says when the server answers. */
export function activate(context: ExtensionContext): SlimscopeApi {
  const module = context.asAbsolutePath('dist/server.js');
  const serverOptions: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
  };
  return startClient(context, (id, name, options) => new LanguageClient(id, name, serverOptions, options));
}
