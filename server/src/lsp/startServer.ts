/**
 * The language server on a connection: wires the session to the handlers and starts listening. The same for every
 * platform; what differs comes in as {@link Runtime}.
 */
import type { Connection, InitializeParams, InitializeResult } from 'vscode-languageserver';
import { inBackground } from './background';
import { serverCapabilities } from './capabilities';
import { startConfigurationReport } from './configurationReport';
import { logDroppedMessages } from './checkedMessages';
import { createDiagnosticsChannel } from './diagnosticsChannel';
import { startDocumentSync } from './documentSync';
import { describe } from './guard';
import { registerCodeAction } from './handlers/codeAction';
import { registerCodeLens } from './handlers/codeLens';
import { registerCompletion } from './handlers/completion';
import { registerDocumentHighlight } from './handlers/documentHighlight';
import { registerDocumentSymbol } from './handlers/documentSymbol';
import { registerHover } from './handlers/hover';
import { registerInlayHint } from './handlers/inlayHint';
import { registerLayers } from './handlers/layers';
import { registerMigrate } from './handlers/migrate';
import { registerNavigation } from './handlers/navigation';
import { registerSignatureHelp } from './handlers/signatureHelp';
import { registerSuppress } from './handlers/suppress';
import { createRegistrations } from './languageFeatures';
import { startNotebookSync } from './notebookSync';
import { createRefresher } from './refresh';
import { openSession, type Runtime, type Session } from './session';
import { startSettingsSync, watchSettings } from './settingsSync';
import { startStatus } from './status';
import { startWorkspaceCheck } from './workspaceCheck';
import { createWorkspaceFiles, watchFiles } from './workspaceFiles';

/** Serves one client. Returns at once; the connection keeps it alive. */
export function startServer(connection: Connection, runtime: Runtime): void {
  connection.onInitialize(async (params): Promise<InitializeResult> => {
    const session = await openSession(connection, runtime, params);
    serve(session, params);
    return {
      capabilities: serverCapabilities(session.client),
      serverInfo: { name: 'Slimscope', version: runtime.version },
    };
  });
  connection.listen();
}

function serve(session: Session, params: InitializeParams): void {
  const { connection } = session;
  logDroppedMessages(connection, session.logger.warn);
  const workspaceFiles = createWorkspaceFiles(session, foldersOf(params));
  session.baselines.follow(() => workspaceFiles.folders);
  const diagnostics = createDiagnosticsChannel(session);
  const register = createRegistrations(session, () => workspaceFiles.folders);
  const settings = startSettingsSync(session, {
    initial: params.initializationOptions,
    folders: () => workspaceFiles.folders,
    onChanged() {
      register();
      return workspaceFiles.load();
    },
  });
  startStatus(session, workspaceFiles);
  startConfigurationReport(session);
  session.onChanged((cause) => diagnostics.changed(cause));
  startDocumentSync(session, workspaceFiles);
  startNotebookSync(session, workspaceFiles);
  startWorkspaceCheck(session, () => workspaceFiles.folders);
  const refresher = createRefresher(session);
  registerHover(session);
  registerInlayHint(session, refresher);
  registerCodeLens(session, refresher);
  registerDocumentSymbol(session);
  registerDocumentHighlight(session);
  registerCompletion(session);
  registerSignatureHelp(session);
  registerNavigation(session);
  registerCodeAction(session);
  registerLayers(session);
  registerMigrate(session);
  registerSuppress(session);

  connection.onInitialized(() => {
    watchSettings(session);
    watchFiles(session);
    if (session.client.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(() => {
        const taken = connection.workspace.getWorkspaceFolders().then((folders) => {
          workspaceFiles.setFolders(folders ?? []);
          return settings.refresh().then(workspaceFiles.load);
        });
        inBackground(session.logger, 'taking up workspace folders', taken);
      });
    }
    const said = (what: string) => (error: unknown) => session.logger.warn(`${what} failed: ${describe(error)}`);
    // Without settings there are the defaults, and without the workspace there are the open documents.
    const ready = settings
      .refresh()
      .catch(said('reading settings'))
      .then(register)
      .then(workspaceFiles.load)
      .catch(said('reading the workspace'))
      .then(session.setReady);
    inBackground(session.logger, 'starting', ready);
  });
}

function foldersOf(params: InitializeParams) {
  if (params.workspaceFolders) return params.workspaceFolders;
  return params.rootUri ? [{ uri: params.rootUri, name: '' }] : [];
}
