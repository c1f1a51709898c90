/** What the suite does in the editor: open, look, wait for an event, apply. Every wait has a deadline. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const deadline = 20_000;

/** Path of a file of the opened workspace. */
export function workspaceUri(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a workspace is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

/** Starts the extension and waits until its server answers. */
export async function startSlimscope(): Promise<vscode.Extension<{ readonly ready: Promise<void> }>> {
  const extension = vscode.extensions.getExtension<{ readonly ready: Promise<void> }>('slimscope.slimscope');
  assert.ok(extension, 'the extension is installed');
  const api = await extension.activate();
  await api.ready;
  return extension;
}

/** Opens a file of the workspace in an editor. */
export async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(workspaceUri(path)));
}

/**
 * Place of `needle` in the document, after `after` when that is given.
 * The networks are found by their text, so that the tests say what they look at.
 */
export function find(document: vscode.TextDocument, needle: string, after = ''): vscode.Position {
  const text = document.getText();
  const start = text.indexOf(after);
  const offset = start < 0 ? -1 : text.indexOf(needle, start + after.length);
  assert.ok(offset >= 0, `${document.uri.path} holds "${needle}" after "${after}"`);
  return document.positionAt(offset);
}

/** The Markdown of the hovers at a place, ours among them. */
export async function hover(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const found = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return found
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n\n');
}

/** The cells of a row of the argument table in a hover. */
export function row(markdown: string, argument: string): readonly string[] {
  const rows = markdown.split('\n').filter((line) => line.trimStart().startsWith('|'));
  const cells = rows.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const found = cells.find(([name]) => name?.replaceAll(/[`*]/g, '') === argument);
  assert.ok(found, `the hover has a row for ${argument}:\n${markdown}`);
  return found;
}

/** Resolves when the problems that Slimscope reports for a document satisfy `accept`. */
export async function diagnosticsOf(
  document: vscode.TextDocument,
  accept: (problems: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  const current = (): readonly vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'slimscope');
  return until(vscode.languages.onDidChangeDiagnostics, current, accept, () => describe(current()));
}

function describe(problems: readonly vscode.Diagnostic[]): string {
  return problems.map(({ range, message }) => `${range.start.line + 1}: ${message}`).join('\n') || 'no problems';
}

/** Resolves when the cursor of the active editor is at a place: the editor tells of it some time after a command. */
export async function cursorAt(target: vscode.Position): Promise<void> {
  const current = (): vscode.Position | undefined => vscode.window.activeTextEditor?.selection.start;
  const isThere = (place: vscode.Position | undefined): boolean => place?.isEqual(target) === true;
  await until(vscode.window.onDidChangeTextEditorSelection, current, isThere, () => JSON.stringify(current()));
}

/** Asks now and after every event, until the answer is accepted. */
async function until<T>(
  event: vscode.Event<unknown>,
  ask: () => T,
  accept: (value: T) => boolean,
  explain: () => string,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      subscription.dispose();
      finish();
    };
    const look = (): void => {
      const value = ask();
      if (accept(value)) settle(() => resolve(value));
    };
    const timer = setTimeout(() => settle(() => reject(new Error(`not in time; last seen:\n${explain()}`))), deadline);
    const subscription = event(look);
    look();
  });
}

/** The code actions offered at a place. */
export async function codeActions(
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    undefined,
    50, // resolve them, so that edits computed late are there too
  );
}

/** Applies the edit of an action and saves the document. */
export async function applyAndSave(document: vscode.TextDocument, action: vscode.CodeAction): Promise<void> {
  assert.ok(action.edit, `"${action.title}" brings an edit`);
  assert.ok(await vscode.workspace.applyEdit(action.edit), `"${action.title}" can be applied`);
  assert.ok(await document.save(), 'the document can be saved');
}
