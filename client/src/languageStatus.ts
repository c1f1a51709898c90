/**
 * The entry of Slimscope in the language status menu `{}` of the status bar: what the server is doing, and a way to
 * its log. Present only while the active Python file speaks of slim or contrib, so that others never see it.
 */
import {
  Disposable,
  languages,
  LanguageStatusSeverity,
  window,
  type LanguageStatusItem,
  type TextEditor,
} from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';

/** Cheap and generous: it decides only whether the item is worth a place, nothing is analysed by it. */
const mentionsSlim = /slim|contrib|tf\.layers/;

/** Says a state of the client in a word. */
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

/** Shows the item where it is of use, until the returned value is disposed. */
export function showLanguageStatus(client: BaseLanguageClient): Disposable {
  let item: LanguageStatusItem | undefined;
  const update = (editor: TextEditor | undefined): void => {
    const wanted = editor?.document.languageId === 'python' && mentionsSlim.test(editor.document.getText());
    if (!wanted) {
      item?.dispose();
      item = undefined;
      return;
    }
    item ??= languages.createLanguageStatusItem('slimscope', { language: 'python' });
    describe(item, client.state);
  };
  update(window.activeTextEditor);
  return Disposable.from(
    window.onDidChangeActiveTextEditor(update),
    client.onDidChangeState(() => update(window.activeTextEditor)),
    { dispose: () => item?.dispose() },
  );
}

function describe(item: LanguageStatusItem, state: State): void {
  const broken = state === State.Stopped || state === State.StartFailed;
  item.name = 'Slimscope';
  item.text = 'Slimscope';
  item.detail = `server ${describeState(state)}`;
  item.busy = state === State.Starting;
  item.severity = broken ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  item.command = broken
    ? { title: 'Restart Server', command: 'slimscope.restartServer' }
    : { title: 'Show Server Log', command: 'slimscope.showServerLog' };
}
