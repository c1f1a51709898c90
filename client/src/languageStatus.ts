/**
 * The entry of Slimscope in the language status menu `{}` of the status bar: how many slim calls are open and what
 * the server is doing. There is none until a file with a slim call is open, unless something is broken.
 */
import { commands, Disposable, languages, LanguageStatusSeverity, Range, Uri, type LanguageStatusItem } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { statusNotification, type StatusParams } from '../../server/src/lsp/protocol';

const restart = { title: 'Restart Server', command: 'slimscope.restartServer' };
const showLog = { title: 'Show Log', command: 'slimscope.showServerLog' };

const openReason = { title: 'Open Requirement', command: 'vscode.open' };

/** Set while a file with a slim call is open. */
const hasCallsContext = 'slimscope.hasCalls';

/** What the item says; plain data. */
export interface StatusView {
  readonly text: string;
  readonly detail: string;
  readonly isBusy: boolean;
  readonly isBroken: boolean;
  readonly command: { readonly title: string; readonly command: string };
  /** What the command opens instead: the line that the target comes from. */
  readonly opens?: { readonly uri: string; readonly line: number };
}

/** Says a state of the client in words. */
export function describeState(state: State): string {
  switch (state) {
    case State.Starting:
      return 'starting';
    case State.Running:
      return 'running';
    case State.Stopped:
      return 'stopped';
    case State.StartFailed:
      return 'could not be started';
  }
}

/** What there is to show; undefined when nothing is worth a place. */
export function viewStatus(state: State, status: StatusParams | undefined): StatusView | undefined {
  if (state === State.StartFailed || state === State.Stopped) {
    return { ...calm, text: `Slimscope: server ${describeState(state)}`, isBroken: true, command: restart };
  }
  if (status === undefined) return undefined;
  if (status.internalError) return { ...calm, text: 'Slimscope: internal error, see the log', isBroken: true };
  if (status.files === 0) return undefined;
  const { target, targetLocation: opens } = status;
  const shown = { ...calm, text: `Slimscope: TensorFlow ${target}`, detail: detail(status), isBusy: status.isBusy };
  return opens ? { ...shown, command: openReason, opens } : shown;
}

const calm = { detail: '', isBusy: false, isBroken: false, command: showLog };

function detail({ targetReason, files, slimCalls, unknownCalls, fileLimit }: StatusParams): string {
  const parts = [targetReason.replaceAll('`', ''), count(files, 'file'), count(slimCalls, 'slim call')];
  if (unknownCalls > 0) parts.push(`${unknownCalls} not fully known`);
  if (fileLimit !== undefined) parts.push(`only the first ${fileLimit} files of the workspace are read`);
  return parts.join(', ');
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** Shows the item where it is of use, until the returned value is disposed. */
export function showLanguageStatus(client: BaseLanguageClient): Disposable {
  let item: LanguageStatusItem | undefined;
  let status: StatusParams | undefined;
  let started = false;
  const update = (): void => {
    // For menus: entries about calls are of use only where there are calls.
    void commands.executeCommand('setContext', hasCallsContext, (status?.files ?? 0) > 0);
    const view = started ? viewStatus(client.state, status) : undefined;
    if (view === undefined) {
      item?.dispose();
      item = undefined;
      return;
    }
    item ??= languages.createLanguageStatusItem('slimscope', { language: 'python' });
    render(item, view);
  };
  return Disposable.from(
    client.onDidChangeState(({ newState }) => {
      started = true; // before the first start the client calls itself stopped
      if (newState !== State.Running) status = undefined;
      update();
    }),
    client.onNotification(statusNotification, (params: StatusParams) => {
      status = params;
      update();
    }),
    { dispose: () => item?.dispose() },
  );
}

function render(item: LanguageStatusItem, view: StatusView): void {
  item.name = 'Slimscope';
  item.text = view.text;
  item.detail = view.detail;
  item.busy = view.isBusy;
  item.severity = view.isBroken ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  item.command = view.opens ? { ...view.command, arguments: openArguments(view.opens) } : view.command;
}

/** For `vscode.open`: the file, and where to put the cursor. */
function openArguments({ uri, line }: { readonly uri: string; readonly line: number }): unknown[] {
  return [Uri.parse(uri), { selection: new Range(line, 0, line, 0) }];
}
