/**
 * The commands of the palette: one function each, registered from one table.
 * None of them analyses code; they act on the client, its logs and the bundled pages.
 */
import { commands, l10n, Uri, window, workspace } from 'vscode';
import type { Disposable, ExtensionContext, LogOutputChannel } from 'vscode';
import type { BaseLanguageClient, Location } from 'vscode-languageclient';
import { argumentOriginsRequest } from '../../server/src/lsp/protocol';
import { copyDebugInformation } from './debugInformation';
import type { LanguageStatus } from './languageStatus';
import {
  checkThisFolder,
  groupLeftByFile,
  groupLeftByRule,
  migrateThisFile,
  ruleOf,
  suppressThisPlace,
} from './leftCommands';
import { showLayers, type LayersView } from './layersView';
import type { LeftView } from './leftView';
import {
  applyMigration,
  migrateFunctionToKeras,
  migrateToKeras,
  registerMigrationDocuments,
  showMigrationReport,
} from './migrate';
import { migrateWorkspace } from './migrateWorkspace';
import { checkWorkspace, clearWorkspaceProblems } from './workspaceCheck';

/** What a command can act on. */
export interface CommandEnvironment {
  readonly context: ExtensionContext;
  readonly client: BaseLanguageClient;
  readonly log: LogOutputChannel;
  readonly serverLog: LogOutputChannel;
  readonly status: LanguageStatus;
  readonly leftView: LeftView;
  readonly layersView: LayersView;
}

type Command = (environment: CommandEnvironment, ...args: readonly unknown[]) => unknown;

/** Every command of the manifest; a test compares the two lists. */
export const commandTable: Readonly<Record<string, Command>> = {
  'slimscope.goToArgumentOrigins': goToArgumentOrigins,
  'slimscope.migrateToKeras': migrateToKeras,
  'slimscope.migrateFunctionToKeras': migrateFunctionToKeras,
  'slimscope.migrateWorkspace': migrateWorkspace,
  'slimscope.applyMigration': applyMigration,
  'slimscope.showMigrationReport': showMigrationReport,
  'slimscope.checkWorkspace': checkWorkspace,
  'slimscope.checkFolder': checkThisFolder,
  'slimscope.clearWorkspaceProblems': clearWorkspaceProblems,
  'slimscope.groupLeftByRule': groupLeftByRule,
  'slimscope.groupLeftByFile': groupLeftByFile,
  'slimscope.migrateListedFile': migrateThisFile,
  'slimscope.suppressListedPlace': suppressThisPlace,
  'slimscope.showLayers': ({ layersView }, ...args) => showLayers(layersView, ...args),
  'slimscope.restartServer': restartServer,
  'slimscope.showLog': showLog,
  'slimscope.showServerLog': showServerLog,
  'slimscope.openRuleDocs': openRuleDocs,
  'slimscope.openWeightsGuide': openWeightsGuide,
  'slimscope.openWalkthrough': openWalkthrough,
  'slimscope.copyDebugInformation': copyDebugInformation,
};

/** Registers the whole table, and the documents that commands show. */
export function registerCommands(environment: CommandEnvironment): Disposable[] {
  const registered = Object.entries(commandTable).map(([id, command]) =>
    commands.registerCommand(id, (...args: unknown[]) => command(environment, ...args)),
  );
  return [...registered, registerMigrationDocuments()];
}

/** Goes to the arg_scopes that set what the call at the cursor inherits; a peek shows them where there are several. */
export async function goToArgumentOrigins({ client }: CommandEnvironment): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) return;
  const position = editor.selection.active;
  const { uri } = editor.document;
  const found = await client.sendRequest<readonly Location[] | null>(argumentOriginsRequest, {
    textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(editor.document),
    position: client.code2ProtocolConverter.asPosition(position),
  });
  const places = (found ?? []).map((place) => client.protocol2CodeConverter.asLocation(place));
  const none = l10n.t('No arguments from an arg_scope here');
  await commands.executeCommand('editor.action.goToLocations', uri, position, places, 'peek', none);
}

/** Ends the server and starts a new one; open documents are sent again. */
export async function restartServer({ client, log }: CommandEnvironment): Promise<void> {
  log.info('Restarting the server');
  try {
    if (client.needsStop()) await client.stop();
    await client.start();
  } catch (error) {
    log.error('The server could not be restarted', error);
    void window.showErrorMessage(l10n.t('Slimscope: the server could not be restarted. The log says why.'));
  }
}

/** Shows what the extension itself has logged. */
export function showLog({ log }: CommandEnvironment): void {
  log.show(true);
}

/** Shows what the server has logged. */
export function showServerLog({ serverLog }: CommandEnvironment): void {
  serverLog.show(true);
}

/** Opens the bundled page of a rule; without a name it asks which one. */
export async function openRuleDocs({ context }: CommandEnvironment, ...args: readonly unknown[]): Promise<void> {
  const folder = Uri.joinPath(context.extensionUri, 'docs', 'rules');
  const rules = await listRules(folder);
  const asked = typeof args[0] === 'string' ? args[0] : ruleOf(args[0]);
  const rule = asked ?? (await window.showQuickPick(rules, { title: l10n.t('Rule Documentation') }));
  if (rule === undefined) return;
  if (!rules.includes(rule)) {
    void window.showErrorMessage(l10n.t('Slimscope has no rule named "{0}".', rule));
    return;
  }
  await commands.executeCommand('markdown.showPreview', Uri.joinPath(folder, `${rule}.md`));
}

/** Opens the bundled page about the weights of old checkpoints. */
export async function openWeightsGuide({ context }: CommandEnvironment): Promise<void> {
  await commands.executeCommand(
    'markdown.showPreview',
    Uri.joinPath(context.extensionUri, 'docs', 'guide', 'weights.md'),
  );
}

/** Opens the steps for those who start. */
export async function openWalkthrough({ context }: CommandEnvironment): Promise<void> {
  await commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`);
}

async function listRules(folder: Uri): Promise<readonly string[]> {
  const entries = await workspace.fs.readDirectory(folder);
  return entries.flatMap(([name]) => (name.endsWith('.md') ? [name.slice(0, -'.md'.length)] : [])).sort();
}
