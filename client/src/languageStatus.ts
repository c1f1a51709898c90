/**
 * The entries of Slimscope in the language status menu `{}` of the status bar: the TensorFlow that is meant and why, what
 * the server knows and what it cost, and what it did not look at. There are none until a file with a slim call is open,
 * unless something is broken.
 */
import { commands, l10n, languages, LanguageStatusSeverity, Range, Uri } from 'vscode';
import type { Command, Disposable, LanguageStatusItem } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import {
  statusNotification,
  type StatusParams,
  type StatusPlace,
  type StatusTarget,
} from '../../server/src/lsp/protocol';

/** Set while a file with a slim call is open. */
const hasCallsContext = 'slimscope.hasCalls';

/** What one entry says; plain data. */
export interface StatusView {
  /** VS Code sorts entries by severity, then by their ids. */
  readonly id: 'target' | 'work' | 'limits';
  readonly text: string;
  readonly detail: string;
  readonly isBusy?: boolean;
  readonly severity?: 'warning' | 'error';
  readonly command: StatusCommand;
}

/** `opens`: a place, instead of a command with arguments. */
export interface StatusCommand {
  readonly title: string;
  readonly command: string;
  readonly argument?: string;
  readonly opens?: StatusPlace;
}

/** What the entries show, for those who want it as text. */
export interface LanguageStatus extends Disposable {
  readonly current: StatusParams | undefined;
}

/** Says a state of the client in words. */
export function describeState(state: State): string {
  switch (state) {
    case State.Starting:
      return l10n.t('starting');
    case State.Running:
      return l10n.t('running');
    case State.Stopped:
      return l10n.t('stopped');
    case State.StartFailed:
      return l10n.t('could not be started');
  }
}

/** What there is to show; empty when nothing is worth a place. */
export function viewStatus(state: State, status: StatusParams | undefined): readonly StatusView[] {
  if (state === State.StartFailed || state === State.Stopped) {
    const text = l10n.t('Slimscope: server {0}', describeState(state));
    const restart = { title: l10n.t('Restart Server'), command: 'slimscope.restartServer' };
    return [{ id: 'work', text, detail: '', severity: 'error', command: restart }];
  }
  if (status === undefined) return [];
  if (status.internalError) {
    const text = l10n.t('Slimscope: internal error, see the log');
    return [{ id: 'work', text, detail: '', severity: 'error', command: showLog() }];
  }
  if (status.files === 0) return [];
  return [viewTarget(status.targets), viewAnalysis(status), ...viewLimits(status)];
}

function viewTarget(targets: readonly StatusTarget[]): StatusView {
  const names = [...new Set(targets.map(({ target }) => target))];
  const reasons = targets.map(({ target, reason }) => {
    const why = reason.replaceAll('`', '');
    return targets.length === 1 ? why : `${target}: ${why}`;
  });
  const at = targets.length === 1 ? targets[0]?.at : undefined;
  const setting = 'slimscope.targetTensorflow';
  const command = at
    ? { title: l10n.t('Open Requirement'), command: 'vscode.open', opens: at }
    : { title: l10n.t('Set Target'), command: 'workbench.action.openSettings', argument: setting };
  return {
    id: 'target',
    text: l10n.t('Slimscope: TensorFlow {0}', names.join(', ')),
    detail: reasons.join('; '),
    command,
  };
}

function viewAnalysis({ slimCalls, unknownCalls, lastAnalysis, isBusy }: StatusParams): StatusView {
  const text = slimCalls === 1 ? l10n.t('Slimscope: 1 slim call') : l10n.t('Slimscope: {0} slim calls', slimCalls);
  const state = isBusy ? l10n.t('reading the workspace') : l10n.t('ready');
  const parts = [state];
  if (unknownCalls > 0) parts.push(l10n.t('{0} not fully known', unknownCalls));
  if (lastAnalysis) {
    const { milliseconds, contexts } = lastAnalysis;
    parts.push(l10n.t('{0} contexts in {1} ms', contexts, milliseconds));
  }
  return { id: 'work', text, detail: parts.join(', '), isBusy, command: showLog() };
}

/** What was not looked at; the place of the first is opened. */
function viewLimits({ limits, fileLimit }: StatusParams): readonly StatusView[] {
  const said = limits.map(({ reason }) => reason.replaceAll('`', ''));
  if (fileLimit !== undefined) said.unshift(l10n.t('only the first {0} files of the workspace are read', fileLimit));
  if (said.length === 0) return [];
  const at = limits.find((limit) => limit.at)?.at;
  const exclude = {
    title: l10n.t('Exclude Files'),
    command: 'workbench.action.openSettings',
    argument: 'slimscope.exclude',
  };
  const open = at && { title: l10n.t('Open Place'), command: 'vscode.open', opens: at };
  const command = fileLimit === undefined ? (open ?? showLog()) : exclude;
  const text = said.length === 1 ? l10n.t('1 limit reached') : l10n.t('{0} limits reached', said.length);
  return [{ id: 'limits', text, detail: said.join('; '), severity: 'warning', command }];
}

function showLog(): StatusCommand {
  return { title: l10n.t('Show Log'), command: 'slimscope.showServerLog' };
}

/** Shows the entries where they are of use, until the returned value is disposed. */
export function showLanguageStatus(client: BaseLanguageClient): LanguageStatus {
  const items = new Map<string, LanguageStatusItem>();
  let status: StatusParams | undefined;
  let started = false;
  const update = (): void => {
    // For menus: entries about calls are of use only where there are calls.
    void commands.executeCommand('setContext', hasCallsContext, (status?.files ?? 0) > 0);
    render(items, started ? viewStatus(client.state, status) : []);
  };
  const listening = [
    client.onDidChangeState(({ newState }) => {
      started = true; // before the first start the client calls itself stopped
      if (newState !== State.Running) status = undefined;
      update();
    }),
    client.onNotification(statusNotification, (params: StatusParams) => {
      status = params;
      update();
    }),
  ];
  return {
    get current() {
      return status;
    },
    dispose: () => [...listening, ...items.values()].forEach((one) => one.dispose()),
  };
}

function render(items: Map<string, LanguageStatusItem>, views: readonly StatusView[]): void {
  for (const [id, item] of items) {
    if (views.some((view) => view.id === id)) continue;
    item.dispose();
    items.delete(id);
  }
  for (const view of views) {
    const item =
      items.get(view.id) ?? languages.createLanguageStatusItem(`slimscope.${view.id}`, { language: 'python' });
    items.set(view.id, item);
    item.name =
      view.id === 'target'
        ? l10n.t('Slimscope: TensorFlow')
        : view.id === 'work'
          ? 'Slimscope'
          : l10n.t('Slimscope: limits');
    item.text = view.text;
    item.detail = view.detail;
    item.busy = view.isBusy ?? false;
    item.severity = severityOf(view);
    item.command = toCommand(view.command);
  }
}

function severityOf({ severity }: StatusView): LanguageStatusSeverity {
  if (severity === 'error') return LanguageStatusSeverity.Error;
  return severity === 'warning' ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
}

/** For `vscode.open`: the file, and where to put the cursor. */
function toCommand({ title, command, argument, opens }: StatusCommand): Command {
  if (!opens) return { title, command, ...(argument !== undefined && { arguments: [argument] }) };
  const { uri, line } = opens;
  return { title, command, arguments: [Uri.parse(uri), { selection: new Range(line, 0, line, 0) }] };
}
