/**
 * The commands of the view of what is left to migrate: they act on the entry that they were chosen on. Those that change
 * something do it through the server's edits, as one undoable step.
 */
import { commands, l10n, Position, Range, Selection, Uri, window, workspace } from 'vscode';
import type { WorkspaceEdit } from 'vscode-languageclient';
import { suppressRequest } from '../../server/src/lsp/protocol';
import type { CommandEnvironment } from './commands';
import type { LeftNode } from './leftTree';
import { checkFolder } from './workspaceCheck';

/** Puts the places of a rule together. */
export function groupLeftByRule({ leftView }: CommandEnvironment): void {
  leftView.groupBy('rule');
}

/** Puts the places of a file together. */
export function groupLeftByFile({ leftView }: CommandEnvironment): void {
  leftView.groupBy('file');
}

/** Checks a folder of the tree or of the Explorer. */
export async function checkThisFolder(environment: CommandEnvironment, ...args: readonly unknown[]): Promise<void> {
  const [chosen] = args;
  const uri = chosen instanceof Uri ? chosen : nodeUri(chosen);
  if (uri) await checkFolder(environment, uri);
}

/** Opens a file of the tree and migrates it, with the preview as always. */
export async function migrateThisFile(_environment: CommandEnvironment, ...args: readonly unknown[]): Promise<void> {
  const uri = nodeUri(args[0]);
  if (!uri) return;
  const editor = await window.showTextDocument(uri);
  // A selection of an earlier visit would be all that is migrated.
  editor.selection = new Selection(editor.selection.start, editor.selection.start);
  await commands.executeCommand('slimscope.migrateToKeras');
}

/** Hides a finding of the tree by a comment on its line. */
export async function suppressThisPlace({ client }: CommandEnvironment, ...args: readonly unknown[]): Promise<void> {
  const node = args[0] as LeftNode | undefined;
  if (node?.kind !== 'place' || node.place.rule === undefined) return;
  const { rule, line, character, uri = node.file } = node.place;
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const range = new Range(new Position(line, character), new Position(line, character));
  await commands.executeCommand('vscode.open', document.uri, { selection: range });
  const edit = await client.sendRequest<WorkspaceEdit | null>(suppressRequest, {
    textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
    range: client.code2ProtocolConverter.asRange(range),
    rule,
  });
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  if (converted && (await workspace.applyEdit(converted))) return;
  void window.showInformationMessage(l10n.t('Slimscope: there is no room for a comment at this place.'));
}

/** The rule of an entry of the tree, when that is what a command was chosen on. */
export function ruleOf(value: unknown): string | undefined {
  const node = value as LeftNode | undefined;
  if (node?.kind === 'group') return node.rule;
  return node?.kind === 'place' ? node.place.rule : undefined;
}

function nodeUri(value: unknown): Uri | undefined {
  const node = value as LeftNode | undefined;
  return node?.kind === 'file' || node?.kind === 'folder' ? Uri.parse(node.uri) : undefined;
}
