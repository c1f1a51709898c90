/**
 * The commands that look for problems in the whole workspace and take them back. The server does the work and keeps it
 * up to date; here it gets a progress notification with a button to cancel, and a sentence at the end.
 */
import { commands, l10n, ProgressLocation, window, workspace } from 'vscode';
import type { CancellationToken, Progress, Uri } from 'vscode';
import { WorkDoneProgress, type BaseLanguageClient } from 'vscode-languageclient';
import { checkWorkspaceRequest, clearWorkspaceRequest } from '../../server/src/lsp/protocol';
import type { CheckWorkspaceParams, CheckWorkspaceResult } from '../../server/src/lsp/protocol';
import type { CommandEnvironment } from './commands';

let started = 0;

/** Publishes the problems of all Python files of the workspace, also of those that are not open. */
export async function checkWorkspace({ client }: CommandEnvironment): Promise<void> {
  await check(client, l10n.t('Slimscope: checking the workspace'), {});
}

/** The same for the files in one folder. */
export async function checkFolder({ client }: CommandEnvironment, folder: Uri): Promise<void> {
  const title = l10n.t('Slimscope: checking {0}', workspace.asRelativePath(folder));
  await check(client, title, { folder: client.code2ProtocolConverter.asUri(folder) });
}

async function check(client: BaseLanguageClient, title: string, params: CheckWorkspaceParams): Promise<void> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  const result = await window.withProgress(options, (progress, token) => runCheck(client, params, { progress, token }));
  if (result === undefined) return;
  const show = l10n.t('Show Problems');
  const chosen = await window.showInformationMessage(
    describeCheck(result),
    ...(result.filesWithProblems > 0 ? [show] : []),
  );
  if (chosen === show) await commands.executeCommand('workbench.actions.view.problems');
}

/** Takes back the problems of files that are not open. */
export async function clearWorkspaceProblems({ client }: CommandEnvironment): Promise<void> {
  await client.sendRequest(clearWorkspaceRequest);
}

type CheckProgress = Progress<{ readonly message?: string; readonly increment?: number }>;

/** Undefined when it was cancelled. */
async function runCheck(
  client: BaseLanguageClient,
  params: CheckWorkspaceParams,
  { progress, token }: { readonly progress: CheckProgress; readonly token: CancellationToken },
): Promise<CheckWorkspaceResult | undefined> {
  const workDoneToken = `slimscope-check-${++started}`;
  let shown = 0;
  const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    if (value.kind !== 'report') return;
    const percentage = value.percentage ?? shown;
    progress.report({ increment: percentage - shown, ...(value.message !== undefined && { message: value.message }) });
    shown = percentage;
  });
  try {
    return await client.sendRequest<CheckWorkspaceResult>(checkWorkspaceRequest, { ...params, workDoneToken }, token);
  } catch (error) {
    if (token.isCancellationRequested) return undefined;
    throw error;
  } finally {
    listening.dispose();
  }
}

/** The result in a sentence: "3 errors, 1 warning in 2 of 40 files." */
export function describeCheck({ files, filesWithProblems, errors, warnings, others }: CheckWorkspaceResult): string {
  if (filesWithProblems === 0) {
    return files === 1
      ? l10n.t('Slimscope: no problems in 1 file.')
      : l10n.t('Slimscope: no problems in {0} files.', files);
  }
  const parts: string[] = [];
  if (errors > 0) parts.push(errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', errors));
  if (warnings > 0) parts.push(warnings === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', warnings));
  if (others > 0) parts.push(others === 1 ? l10n.t('1 hint') : l10n.t('{0} hints', others));
  const listed = parts.join(', ');
  return files === 1
    ? l10n.t('Slimscope: {0} in 1 file.', listed)
    : l10n.t('Slimscope: {0} in {1} of {2} files.', listed, filesWithProblems, files);
}
