import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { open, startSlimscope } from './editor';

suite('Frame', () => {
  test('debug information says versions, counts and changed settings, and no absolute path', async () => {
    await open('inception_block.py');
    await startSlimscope();
    const settings = vscode.workspace.getConfiguration('slimscope');
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    await settings.update('pythonPaths', [folder], vscode.ConfigurationTarget.Global);
    try {
      await vscode.commands.executeCommand('slimscope.copyDebugInformation');
      const text = await vscode.env.clipboard.readText();
      assert.match(text, /^Slimscope \d+\.\d+\.\d+, server \d+\.\d+\.\d+: running\nVS Code 1\.\d+/);
      assert.match(text, /"slimscope\.pythonPaths":\["<absolute path>"\]/);
      assert.ok(!text.includes(folder), text);
    } finally {
      await settings.update('pythonPaths', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
