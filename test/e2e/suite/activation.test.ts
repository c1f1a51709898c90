import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { open, startSlimscope } from './editor';

suite('Activation', () => {
  test('the extension runs from its development folder and its server answers', async () => {
    await open('inception_block.py');
    const extension = await startSlimscope();
    assert.ok(extension.isActive);
  });

  test('every command of the manifest is registered', async () => {
    const extension = await startSlimscope();
    const manifest = extension.packageJSON as { contributes: { commands: readonly { command: string }[] } };
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      manifest.contributes.commands.map(({ command }) => command).filter((command) => !registered.includes(command)),
      [],
    );
  });
});
