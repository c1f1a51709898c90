import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeActions, diagnosticsOf, find, hover, row, startSlimscope, workspaceUri } from './editor';

/** Opens the notebook of the workspace; the answer is the text of a code cell. */
async function openCell(index: number): Promise<vscode.TextDocument> {
  const notebook = await vscode.workspace.openNotebookDocument(workspaceUri('notebook.ipynb'));
  await vscode.window.showNotebookDocument(notebook);
  return notebook.cellAt(index).document;
}

suite('Notebooks', () => {
  suiteSetup(startSlimscope);
  suiteTeardown(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  test('a call knows the scopes of earlier cells', async () => {
    const document = await openCell(3);
    const markdown = await hover(document, find(document, 'conv2d(images'));
    const [, value = '', origin = ''] = row(markdown, 'stride');
    assert.match(value, /7/);
    assert.ok(origin.includes('vscode-notebook-cell:'), origin);
  });

  test('problems stand in their cell', async () => {
    const document = await openCell(3);
    const [problem] = await diagnosticsOf(document, (problems) => problems.length > 0);
    assert.equal(problem?.range.start.line, 3);
    const scope = await openCell(2);
    assert.deepEqual(await diagnosticsOf(scope, () => true), []);
  });

  test('a fix changes its cell', async () => {
    const document = await openCell(3);
    const [problem] = await diagnosticsOf(document, (problems) => problems.length > 0);
    assert.ok(problem);
    const actions = await codeActions(document, problem.range);
    const fix = actions.find(({ kind, title }) => kind?.value === 'quickfix' && title.includes('as a keyword'));
    assert.ok(fix?.edit, actions.map(({ title }) => title).join('\n'));
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.ok(document.getText().includes('net = slim.conv2d(net, 64, [3, 3], stride=1)'), document.getText());
    await diagnosticsOf(document, (problems) => problems.length === 0);
  });

  test('cells that move are read in their new order', async () => {
    const document = await openCell(3);
    const { notebook } = notebookOf(document);
    const last = notebook.cellAt(3);
    const copy = new vscode.NotebookCellData(last.kind, last.document.getText(), 'python');
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, [
      vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(3, 4)),
      vscode.NotebookEdit.insertCells(1, [copy]),
    ]);
    assert.ok(await vscode.workspace.applyEdit(edit));
    const moved = notebook.cellAt(1).document;
    const markdown = await hover(moved, find(moved, 'conv2d(images'));
    assert.match(markdown, /`scope` has no value here/);
  });
});

function notebookOf(document: vscode.TextDocument): { readonly notebook: vscode.NotebookDocument } {
  const notebook = vscode.workspace.notebookDocuments.find((one) =>
    one.getCells().some((cell) => cell.document.uri.toString() === document.uri.toString()),
  );
  assert.ok(notebook, 'the notebook is open');
  return { notebook };
}
