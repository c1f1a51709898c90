/**
 * The command that migrates all files of the workspace, or of a folder, together. The server says what they would be; here
 * the differences are shown in one editor, and written when the user says so: all or none, one undoable edit. Files that
 * are left out are left out by the server, since what is in them hangs together.
 */
import { commands, l10n, ProgressLocation, Range, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import type { CancellationToken, Progress } from 'vscode';
import { WorkDoneProgress, type BaseLanguageClient } from 'vscode-languageclient';
import {
  migrateWorkspaceRequest,
  type MigratedDocument,
  type MigrateWorkspaceParams,
  type MigrateWorkspaceResult,
} from '../../server/src/lsp/protocol';
import type { CommandEnvironment } from './commands';
import { showMarkdown, virtualDocument } from './migrate';
import { changedPart, workspaceReport, workspaceSummary } from './migrationReport';

let started = 0;

/** Shows what the files would be, and applies it when the user agrees. */
export async function migrateWorkspace(environment: CommandEnvironment, ...args: readonly unknown[]): Promise<void> {
  const { client } = environment;
  const [folder] = args;
  await migrate(environment, folder instanceof Uri ? { folder: client.code2ProtocolConverter.asUri(folder) } : {});
}

async function migrate(environment: CommandEnvironment, params: MigrateWorkspaceParams): Promise<void> {
  const { client, log } = environment;
  const title = l10n.t('Slimscope: migrating to Keras');
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  const result = await window.withProgress(options, async (progress, token) => {
    try {
      return await request(client, params, { progress, token });
    } catch (error) {
      if (!token.isCancellationRequested) log.error('The migration failed', error);
      return undefined;
    }
  });
  if (!result) return;
  const changed = result.files.filter(({ oldText, newText }) => oldText !== newText);
  if (changed.length > 0) return preview(environment, result, changed);
  const show = l10n.t('Show Report');
  const buttons = result.files.length > 0 ? [show] : [];
  const text = l10n.t('Slimscope: there is no TF-Slim call here that could become Keras.');
  if ((await window.showInformationMessage(text, ...buttons)) === show) await showMarkdown('/workspace.md', workspaceReport(result, pathOf)); // prettier-ignore
}

async function request(
  client: BaseLanguageClient,
  params: MigrateWorkspaceParams,
  { progress, token }: { readonly progress: Progress<{ message?: string; increment?: number }>; readonly token: CancellationToken }, // prettier-ignore
): Promise<MigrateWorkspaceResult> {
  const workDoneToken = `slimscope-migrate-${++started}`;
  let shown = 0;
  const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    if (value.kind !== 'report') return;
    const percentage = Math.max(value.percentage ?? shown, shown);
    progress.report({ increment: percentage - shown, ...(value.message !== undefined && { message: value.message }) });
    shown = percentage;
  });
  try {
    return await client.sendRequest<MigrateWorkspaceResult>(
      migrateWorkspaceRequest,
      { ...params, workDoneToken },
      token,
    );
  } finally {
    listening.dispose();
  }
}

/** All differences in one editor; a message asks what to do with them. */
async function preview(
  environment: CommandEnvironment,
  result: MigrateWorkspaceResult,
  changed: readonly MigratedDocument[],
): Promise<void> {
  const resources = changed.map(({ uri, newText }) => {
    const own = Uri.parse(uri);
    return [own, own, virtualDocument(own.path, newText)];
  });
  await commands.executeCommand('vscode.changes', l10n.t('Workspace ↔ Keras'), resources);
  const [all, choose, report] = [l10n.t('Apply All'), l10n.t('Choose Files…'), l10n.t('Show Report')];
  for (;;) {
    const chosen = await window.showInformationMessage(workspaceSummary(result), all, choose, report);
    if (chosen === all) return applyAll(changed);
    if (chosen === choose) return chooseFiles(environment, changed);
    if (chosen !== report) return;
    await showMarkdown('/workspace.md', workspaceReport(result, pathOf));
  }
}

/** Files hang together by parameters and scopes: those that stay are known before, not left out afterwards. */
async function chooseFiles(environment: CommandEnvironment, changed: readonly MigratedDocument[]): Promise<void> {
  const items = changed.map(({ uri, converted, refused }) => ({
    label: pathOf(uri),
    description: l10n.t('{0} of {1} calls', converted.length, converted.length + refused.length),
    picked: true,
    uri,
  }));
  const title = l10n.t('Files to migrate together');
  const picked = await window.showQuickPick(items, { canPickMany: true, title });
  if (!picked || picked.length === 0) return;
  await migrate(environment, { files: picked.map(({ uri }) => uri) });
}

/** One edit for all files, or none where one of them is not what was migrated. */
async function applyAll(changed: readonly MigratedDocument[]): Promise<void> {
  const edit = new WorkspaceEdit();
  const stale: string[] = [];
  for (const { uri, oldText, newText } of changed) {
    const document = await workspace.openTextDocument(Uri.parse(uri));
    if (document.getText() !== oldText) stale.push(pathOf(uri));
    const { start, end, text } = changedPart(oldText, newText);
    edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), text);
  }
  if (stale.length > 0) {
    const text = l10n.t('Slimscope: nothing is written, since {0} changed meanwhile; migrate again.', stale.join(', '));
    void window.showWarningMessage(text);
    return;
  }
  if (await workspace.applyEdit(edit, { isRefactoring: true }))
    void window.showInformationMessage(
      l10n.t('Slimscope: {0} files are migrated. Undo takes all of them back.', changed.length),
    );
}

function pathOf(uri: string): string {
  return workspace.asRelativePath(Uri.parse(uri));
}
