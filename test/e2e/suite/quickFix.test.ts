import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { applyAndSave, codeActions, find, hover, open, startSlimscope } from './editor';

suite('Quick fix', () => {
  suiteSetup(startSlimscope);

  test('a slim call of our own becomes a Keras layer, is saved, and Python compiles it', async () => {
    await convert('inception_block.py', 'conv2d(wide, 64');
  });

  test('a call of a real network becomes a Keras layer, is saved, and Python compiles it', async () => {
    await convert('tf_slim/nets/inception_v3.py', 'conv2d(inputs, depth(32), [3, 3], stride=2, scope=end_point)');
  });

  test('the half step writes the inherited arguments and stays slim', async () => {
    const { document } = await open('inception_block.py');
    const at = find(document, 'conv2d(net, 48');
    const action = (await codeActions(document, new vscode.Range(at, at))).find(({ title }) => /explicit/i.test(title));
    assert.ok(action, 'the half step is offered');
    await applyAndSave(document, action);
    const line = document.getText().slice(document.offsetAt(find(document, 'conv2d(')));
    assert.match(line.slice(0, line.indexOf('pooled')), /normalizer_fn=slim\.batch_norm/);
    await compile(document);
  });

  test('what cannot be equal is not offered', async () => {
    const { document } = await open('inception_block.py');
    const at = find(document, 'conv2d(net, 128');
    const offered = await codeActions(document, new vscode.Range(at, at));
    assert.deepEqual(
      offered.map(({ title }) => title).filter((title) => /keras/i.test(title)),
      [],
    );
    assert.match(await hover(document, at), /reuse/, 'the hover says why');
  });
});

async function convert(file: string, call: string): Promise<void> {
  const { document } = await open(file);
  const at = find(document, call);
  const action = (await codeActions(document, new vscode.Range(at, at))).find(
    ({ title, disabled }) => /keras/i.test(title) && disabled === undefined,
  );
  assert.ok(action, `the conversion of ${call} is offered`);
  await applyAndSave(document, action);
  const saved = await readFile(document.uri.fsPath, 'utf8');
  assert.ok(saved.includes('tf.keras.layers.Conv2D('), 'the saved file has the layer');
  assert.ok(!saved.includes(call), 'the slim call is gone');
  await compile(document);
}

/** Python's own word that a file still parses. */
async function compile(document: vscode.TextDocument): Promise<void> {
  const python = process.platform === 'win32' ? 'python' : 'python3';
  await promisify(execFile)(python, ['-m', 'py_compile', document.uri.fsPath]);
}
