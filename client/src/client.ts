/**
 * Starts the language client and ties its lifetime to the extension. Shared by every platform: the entry passes in
 * how a client is made. Holds no feature: what the editor shows comes from the server through the protocol.
 */
import { commands, l10n, window, workspace, type ExtensionContext } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type { DocumentFilter, NotebookDocumentOptions } from 'vscode-languageclient';
import type { SlimscopeInitializationOptions } from '../../server/src/lsp/protocol';
import { registerCommands } from './commands';
import { hoverCommands } from './hoverCommands';
import { showLanguageStatus } from './languageStatus';
import { createLayersView } from './layersView';
import { showLeftToMigrate } from './leftView';
import { refusedActions, showRefusal, showRefusalCommand } from './refusedActions';
import { registerShowPlaces } from './showPlaces';

/** What `activate` gives to tests and to other extensions. */
export interface SlimscopeApi {
  /** Resolves when the server answers requests; rejects when it could not be started. */
  readonly ready: Promise<void>;
}

/** Makes the client of a platform. */
export type NewLanguageClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/**
 * Diff views open old versions of a file as `git:` documents; they are left out, because problems reported there
 * would be listed beside those of the file itself. The folders of a virtual workspace have schemes of their own.
 */
function schemes(): readonly string[] {
  const folders = workspace.workspaceFolders?.map(({ uri }) => uri.scheme) ?? [];
  return [...new Set(['file', 'untitled', 'vscode-vfs', ...folders])];
}

/** Documents that the server looks at; cells are documents of a scheme of their own. */
function documentSelector(): DocumentFilter[] {
  return [...schemes(), 'vscode-notebook-cell'].map((scheme) => ({ language: 'python', scheme }));
}

/** The server is told of the cells of notebooks that lie where other documents do. */
const notebookDocumentOptions: NotebookDocumentOptions = {
  filterCells: ({ uri }, cells) => (schemes().includes(uri.scheme) ? cells : []),
};

/** Starts the client without waiting for the server. */
export function startClient(context: ExtensionContext, newLanguageClient: NewLanguageClient): SlimscopeApi {
  const log = window.createOutputChannel('Slimscope', { log: true });
  const serverLog = window.createOutputChannel(l10n.t('Slimscope Server'), { log: true });
  const client = newLanguageClient('slimscope', 'Slimscope', {
    documentSelector: documentSelector(),
    notebookDocumentOptions,
    initializationOptions: {
      status: true,
      leftToMigrate: true,
      showPlaces: true,
      showLayers: true,
    } satisfies SlimscopeInitializationOptions,
    outputChannel: serverLog,
    // Hovers come from the text of the user's files: links may run the listed commands and no others.
    markdown: { isTrusted: { enabledCommands: hoverCommands } },
    middleware: refusedActions,
    diagnosticPullOptions: { onChange: true, onSave: true, onFocus: true },
  });
  const layersView = createLayersView(context, client);
  const leftView = showLeftToMigrate(context, client);
  const status = showLanguageStatus(client);
  context.subscriptions.push(log, serverLog, client, status, leftView);
  context.subscriptions.push(...registerCommands({ context, client, log, serverLog, status, leftView, layersView }));
  context.subscriptions.push(commands.registerCommand(showRefusalCommand, showRefusal));
  context.subscriptions.push(registerShowPlaces(client));
  const started = performance.now();
  const ready = client.start().then(
    () => log.info(`Server ready after ${Math.round(performance.now() - started)} ms`),
    (error: unknown) => {
      log.error('The server could not be started', error);
      throw error;
    },
  );
  ready.catch(() => undefined); // logged above and shown by the status item; callers of `ready` see it too
  return { ready };
}
