import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { find, open, startSlimscope } from './editor';

/** All lines of a document. */
function whole(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(0, 0, document.lineCount, 0);
}

function labelOf({ label }: vscode.InlayHint): string {
  return typeof label === 'string' ? label : label.map(({ value }) => value).join('');
}

suite('Language features', () => {
  suiteSetup(startSlimscope);

  test('inlay hints show what calls inherit, with their origins, in a real network too', async () => {
    const ask = async (path: string) => {
      const { document } = await open(path);
      return vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        whole(document),
      );
    };
    const hints = await ask('inception_block.py');
    assert.ok(hints.map(labelOf).includes('batch_norm · l2(0.0005)'), hints.map(labelOf).join('\n'));
    const [part] = hints.flatMap(({ label }) => (typeof label === 'string' ? [] : label.filter((one) => one.location)));
    assert.ok(part?.location, 'a part leads somewhere');
    const real = await ask('tf_slim/nets/inception_v3.py');
    assert.ok(real.map(labelOf).includes('stride=1 · SAME'), 'pools of Inception v3');
  });

  test('a code lens says how many calls lead to a network, and leads to them', async () => {
    const { document } = await open('residual_network.py');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      9, // resolve them
    );
    const lens = lenses.find(({ command }) => command?.title.startsWith('4 slim calls'));
    assert.equal(lens?.command?.title, '4 slim calls · called from 3 places in 6 ways');
    assert.equal(lens.command.command, 'slimscope.showPlaces');
    await vscode.commands.executeCommand(lens.command.command, ...((lens.command.arguments ?? []) as unknown[]));
    await vscode.commands.executeCommand('closeReferenceSearch');
  });

  test('the outline has the layers, with their variable scopes', async () => {
    const { document } = await open('tf_slim/nets/inception_v3.py');
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    const net = symbols.find(({ name, children }) => name === 'inception_v3_base' && children.length > 0);
    const [top] = net?.children ?? [];
    assert.equal(top?.name, 'InceptionV3');
    const mixed = top.children.find(({ name }) => name === 'Mixed_5b');
    assert.deepEqual(
      mixed?.children.map(({ name }) => name),
      ['Branch_0', 'Branch_1', 'Branch_2', 'Branch_3'],
    );
  });

  test('a keyword of a scope highlights the calls that take it', async () => {
    const { document } = await open('inception_block.py');
    const found = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      'vscode.executeDocumentHighlights',
      document.uri,
      find(document, 'stride=2', 'def reduction'),
    );
    assert.deepEqual(
      found.map(({ range }) => document.getText(range)),
      ['stride=2', 'slim.conv2d', 'slim.max_pool2d'],
    );
  });

  test('completion knows the keywords that all ops of a scope take', async () => {
    const { document } = await open('inception_block.py');
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      find(document, 'padding="VALID"', 'def reduction'),
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('data_format'), labels.join(' '));
    assert.ok(!labels.includes('normalizer_fn='), 'pools have no normalizer');
  });

  test('signature help shows what a scope sets', async () => {
    const { document } = await open('inception_block.py');
    const help = await vscode.commands.executeCommand<vscode.SignatureHelp | undefined>(
      'vscode.executeSignatureHelpProvider',
      document.uri,
      find(document, '[3, 3]', 'pooled = slim.max_pool2d('),
    );
    assert.match(help?.signatures[0]?.label ?? '', /slim\.max_pool2d\(.*stride=2, padding="VALID"/);
  });
});
