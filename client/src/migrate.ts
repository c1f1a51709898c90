/**
 * The command that migrates a file, or what is selected in it, to Keras. The server says what the file would be; here it
 * is shown beside the file as it is, with what to know about it, and written when the user says so: one undoable edit.
 */
import {
  commands,
  l10n,
  ProgressLocation,
  Range,
  TabInputTextDiff,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import type { Disposable, Tab, TextDocument, TextDocumentContentProvider, TextEditor } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { migrateRequest, type MigrateParams, type MigrateResult } from '../../server/src/lsp/protocol';
import type { CommandEnvironment } from './commands';
import { changedPart, migrationReport, migrationSummary } from './migrationReport';

/** Scheme of the documents that show what a file would be, and the report about it. */
const scheme = 'slimscope-migration';

/** What the documents of our scheme say, by their URI. */
const shown = new Map<string, string>();

const provider: TextDocumentContentProvider = { provideTextDocumentContent: (uri) => shown.get(uri.toString()) ?? '' };

/** Lets VS Code show the results of migrations. */
export function registerMigrationDocuments(): Disposable {
  return workspace.registerTextDocumentContentProvider(scheme, provider);
}

/** Shows what the file of the active editor would be in Keras, and applies it when the user agrees. */
export async function migrateToKeras(environment: CommandEnvironment): Promise<void> {
  await migrateEditor(environment, {});
}

/** The same for the function at the cursor. */
export async function migrateFunctionToKeras(environment: CommandEnvironment): Promise<void> {
  await migrateEditor(environment, { function: true });
}

async function migrateEditor(environment: CommandEnvironment, params: MigrateParams): Promise<void> {
  const { client, log } = environment;
  const editor = window.activeTextEditor;
  if (editor?.document.languageId !== 'python') return;
  const { document } = editor;
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t('Slimscope: migrating to Keras'),
    cancellable: true,
  };
  const result = await window.withProgress(options, async (_progress, token) => {
    try {
      return await client.sendRequest<MigrateResult | null>(migrateRequest, requestOf(client, editor, params), token);
    } catch (error) {
      if (!token.isCancellationRequested) log.error('The migration failed', error);
      return undefined;
    }
  });
  if (result === undefined) return;
  const name = workspace.asRelativePath(document.uri);
  if (result === null || result.converted.length === 0) return nothingToDo(name, result);
  await preview({ document, name, result }, async () => {
    const scope = await chooseScope(result.assumable);
    if (scope !== undefined) await migrateEditor(environment, { ...params, assume: [scope] });
  });
}

function requestOf(client: BaseLanguageClient, { document, selection }: TextEditor, params: MigrateParams) {
  return {
    ...params,
    textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
    ...((!selection.isEmpty || params.function === true) && {
      range: client.code2ProtocolConverter.asRange(selection),
    }),
  };
}

async function nothingToDo(name: string, result: MigrateResult | null): Promise<void> {
  const refused = result?.refused.length ?? 0;
  if (!result || refused === 0) {
    void window.showInformationMessage(l10n.t('Slimscope: there is no TF-Slim call here that could become Keras.'));
    return;
  }
  const show = l10n.t('Show Reasons');
  const text = l10n.t('Slimscope: none of the {0} TF-Slim calls can be converted exactly.', refused);
  if ((await window.showInformationMessage(text, show)) === show) await showReport(name, result);
}

/** Which scope callers enter that are not in the workspace: one of the factories that exist, with its arguments. */
async function chooseScope(assumable: readonly string[]): Promise<string | undefined> {
  const title = l10n.t('The scope that callers enter');
  const factory = await window.showQuickPick(assumable, { title });
  if (factory === undefined) return undefined;
  return window.showInputBox({
    title,
    value: factory,
    valueSelection: [factory.length - 1, factory.length - 1],
    prompt: l10n.t('Arguments of the call, as a caller writes them'),
    validateInput: (text) => (/^[\w.]+\(.*\)$/s.test(text.trim()) ? undefined : l10n.t('Write a call: NAME(...)')),
  });
}

/** What is shown and not applied yet, by the document that shows it. */
const pending = new Map<string, Pending>();

interface Pending {
  readonly document: TextDocument;
  readonly name: string;
  readonly result: MigrateResult;
}

/** Shows the difference. Its title has a button to apply it and one for the report; a message offers the same. */
async function preview(one: Pending, assume: () => Promise<void>): Promise<void> {
  const { document, name, result } = one;
  const right = virtualDocument(document.uri.path, result.newText);
  pending.set(right.toString(), one);
  const all = result.converted.length + result.refused.length;
  const title = l10n.t('{0} ↔ Keras ({1} of {2} calls)', name, result.converted.length, all);
  await commands.executeCommand('vscode.diff', document.uri, right, title, { preview: true });
  const [apply, report, scope] = [l10n.t('Apply'), l10n.t('Show Report'), l10n.t('Assume a Scope…')];
  const buttons = [apply, report, ...(result.assumable.length > 0 ? [scope] : [])];
  const chosen = await window.showInformationMessage(migrationSummary(result), ...buttons);
  if (chosen === scope) {
    pending.delete(right.toString());
    await closeDifference(right);
    await assume();
  }
  if (chosen === apply && pending.has(right.toString())) await applyPending(right);
  if (chosen === report) await showReport(name, result);
}

/** Writes the migration that the active difference shows. */
export async function applyMigration(_environment: CommandEnvironment, ...args: readonly unknown[]): Promise<void> {
  const uri = shownMigration(args[0]);
  if (uri) await applyPending(uri);
}

/** Tells what is to be known about the migration that the active difference shows. */
export async function showMigrationReport(
  _environment: CommandEnvironment,
  ...args: readonly unknown[]
): Promise<void> {
  const one = pending.get(shownMigration(args[0])?.toString() ?? '');
  if (one) await showReport(one.name, one.result);
}

/** The document of ours that a button belongs to, or that is active. */
function shownMigration(argument: unknown): Uri | undefined {
  const uri = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
  return uri?.scheme === scheme ? uri : undefined;
}

async function applyPending(uri: Uri): Promise<void> {
  const one = pending.get(uri.toString());
  if (!one) return;
  if (!(await applyResult(one.document, one.result))) return;
  pending.delete(uri.toString());
  await closeDifference(uri);
}

/** What is applied need not be looked at any more. */
async function closeDifference(uri: Uri): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const isShown = ({ input }: Tab) => input instanceof TabInputTextDiff && input.modified.toString() === uri.toString();
  await window.tabGroups.close(tabs.filter(isShown));
}

async function applyResult(document: TextDocument, result: MigrateResult): Promise<boolean> {
  if (document.version !== result.version) {
    void window.showWarningMessage(l10n.t('Slimscope: the file has changed since; migrate it again.'));
    return false;
  }
  const before = document.getText();
  const { start, end, text } = changedPart(before, result.newText);
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), text);
  const isApplied = await workspace.applyEdit(edit);
  if (isApplied) await window.showTextDocument(document);
  return isApplied;
}

async function showReport(name: string, result: MigrateResult): Promise<void> {
  await showMarkdown(`/${name}.md`, migrationReport(name, result));
}

/** Shows Markdown beside what is open. */
export async function showMarkdown(path: string, text: string): Promise<void> {
  await commands.executeCommand('markdown.showPreviewToSide', virtualDocument(path, text));
}

/** A document of ours with this text; another one each time, since shown ones are not read again. */
export function virtualDocument(path: string, text: string): Uri {
  const uri = Uri.from({ scheme, path, query: String(shown.size) });
  shown.set(uri.toString(), text);
  return uri;
}
