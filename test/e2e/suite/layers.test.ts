import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { find, open, startSlimscope } from './editor';

function panels(): readonly vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('slimscope.layers'),
  );
}

suite('Layers', () => {
  suiteSetup(startSlimscope);
  suiteTeardown(() => vscode.window.tabGroups.close(panels()));

  test('the command opens one panel for the network at the cursor, and uses it again', async () => {
    const editor = await open('image_network.py');
    const position = find(editor.document, 'conv2d(net, depth, [1, 1]');
    editor.selection = new vscode.Selection(position, position);
    await vscode.commands.executeCommand('slimscope.showLayers');
    assert.deepEqual(
      panels().map(({ label }) => label),
      ['Layers of tower'],
    );
    await vscode.commands.executeCommand('slimscope.showLayers', editor.document.uri, 'image_network');
    assert.deepEqual(
      panels().map(({ label }) => label),
      ['Layers of image_network'],
    );
  });
});
