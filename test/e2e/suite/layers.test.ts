import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { find, open, startSlimscope } from './editor';

const deadline = 20_000;

function panels(): readonly vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('slimscope.layers'),
  );
}

/** Waits until there is one panel with this title: tabs are told of later than commands end. */
async function isShown(title: string): Promise<void> {
  const titles = (): string => panels().map(({ label }) => label).join(); // prettier-ignore
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, deadline);
    const look = (): void => {
      if (titles() !== title) return;
      clearTimeout(timer);
      listening.dispose();
      resolve();
    };
    const listening = vscode.window.tabGroups.onDidChangeTabs(look);
    look();
  });
  assert.equal(titles(), title);
}

suite('Layers', () => {
  suiteSetup(startSlimscope);
  suiteTeardown(() => vscode.window.tabGroups.close(panels()));

  test('the command opens one panel for the network at the cursor, and uses it again', async () => {
    const editor = await open('image_network.py');
    const position = find(editor.document, 'conv2d(net, depth, [1, 1]');
    editor.selection = new vscode.Selection(position, position);
    await vscode.commands.executeCommand('slimscope.showLayers');
    await isShown('Layers of tower');
    await vscode.commands.executeCommand('slimscope.showLayers', editor.document.uri, 'image_network');
    await isShown('Layers of image_network');
  });
});
