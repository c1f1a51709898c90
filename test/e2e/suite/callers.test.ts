import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { cursorAt, find, hover, open, startSlimscope, workspaceUri } from './editor';

/** Where a provider of the editor leads: `train.py: the text there`. Only the places that Slimscope can have said. */
async function ask(command: string, document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
    command,
    document.uri,
    position,
  );
  return Promise.all(
    found.map(async (place) => {
      const [uri, range] = 'uri' in place ? [place.uri, place.range] : [place.targetUri, place.targetRange];
      const target = await vscode.workspace.openTextDocument(uri);
      return `${uri.path.split('/').at(-1) ?? ''}: ${target.getText(range)}`;
    }),
  );
}

suite('Calls that are reached through callers', () => {
  suiteSetup(startSlimscope);

  test('the hover names the callers and what differs between them', async () => {
    const { document } = await open('residual_network.py');
    const markdown = await hover(document, find(document, 'conv2d(net, depth, [3, 3], stride'));
    assert.match(markdown, /\*\*6 variants\*\* over 6 call paths/);
    for (const file of ['train.py', 'evaluate.py', 'residual_network.py']) {
      assert.ok(markdown.includes(`${workspaceUri(file).toString()}#L`), `a link to ${file} in:\n${markdown}`);
    }
    assert.match(markdown, /`num_outputs=256`, `stride=2`/);
    assert.match(markdown, /`weights_regularizer=l2_regularizer\(0.001\)`/);
  });

  test('the hover says that all call paths agree', async () => {
    const { document } = await open('residual_network.py');
    const markdown = await hover(document, find(document, 'max_pool2d('));
    assert.match(markdown, /The same on all \*\*6 call paths\*\*/);
  });

  test('Go to Type Definition leads from a call to the scopes that it inherits from', async () => {
    const { document } = await open('residual_network.py');
    const position = find(document, 'conv2d(images, 32');
    const places = await ask('vscode.executeTypeDefinitionProvider', document, position);
    assert.ok(places.includes('scopes.py: padding="SAME"'), places.join('\n'));
    assert.ok(places.includes('scopes.py: weights_regularizer=slim.l2_regularizer(weight_decay)'), places.join('\n'));
  });

  test('Go to Definition leads from a keyword to the one that it hides', async () => {
    const { document } = await open('inception_block.py');
    const places = await ask('vscode.executeDefinitionProvider', document, find(document, 'stride=2', 'def stem'));
    assert.deepEqual(places, ['inception_block.py: stride=1']);
  });

  test('Find References leads from a keyword of a scope to the calls in all files', async () => {
    const { document } = await open('scopes.py');
    const position = find(document, 'weights_regularizer=');
    const places = await ask('vscode.executeReferenceProvider', document, position);
    for (const file of ['inception_block.py', 'residual_network.py']) {
      assert.ok(places.includes(`${file}: slim.conv2d`), places.join('\n'));
    }
    assert.ok(!places.some((place) => place.includes('max_pool2d')), places.join('\n'));
  });

  test('the command goes to the one origin of what a call inherits', async () => {
    const editor = await open('inception_block.py');
    const call = find(editor.document, 'max_pool2d(net, [3, 3], stride=2, scope="pool1")');
    editor.selection = new vscode.Selection(call, call);
    await vscode.commands.executeCommand('slimscope.goToArgumentOrigins');
    const target = find(editor.document, 'padding="VALID"', 'def stem');
    await cursorAt(target);
  });

  test('an edit of a scope shows in the hover of a call in another file', async () => {
    const { document: scopes } = await open('scopes.py');
    const edit = new vscode.WorkspaceEdit();
    const start = find(scopes, '"SAME"');
    edit.replace(scopes.uri, new vscode.Range(start, start.translate(0, '"SAME"'.length)), '"VALID"');
    assert.ok(await vscode.workspace.applyEdit(edit));
    try {
      const { document } = await open('residual_network.py');
      const markdown = await hover(document, find(document, 'conv2d(images, 32'));
      assert.match(markdown, /`padding` \| `"VALID"`/);
    } finally {
      await open('scopes.py');
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
  });
});
