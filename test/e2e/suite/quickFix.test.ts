import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { applyAndSave, codeActions, find, open, startSlimscope } from './editor';

suite('Quick fix', () => {
  suiteSetup(startSlimscope);

  test('a slim call of our own becomes a Keras layer, is saved, and Python compiles it', async () => {
    const layers = [/use_bias=False/, /l2\(0\.5 \* 0\.0005\)/, /momentum=0\.997/, /training=False/, /"relu"/];
    await convert('inception_block.py', 'conv2d(wide, 64', layers);
  });

  test('a call of a real network becomes a Keras layer, is saved, and Python compiles it', async () => {
    const layer = [/depth\(32\), \[3, 3\], strides=2, padding='valid', activation='relu'/, /import tensorflow as tf/];
    await convert(
      'tf_slim/nets/inception_v3.py',
      'conv2d(inputs, depth(32), [3, 3], stride=2, scope=end_point)',
      layer,
    );
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

  test('what cannot be equal is refused, and the entry says why', async () => {
    const { document } = await open('inception_block.py');
    const at = find(document, 'conv2d(net, 128');
    const entries = (await codeActions(document, new vscode.Range(at, at))).filter(({ title }) => /keras/i.test(title));
    assert.equal(entries.length, 1);
    assert.match(entries[0]?.title ?? '', /not possible: .*reuse/);
    assert.equal(entries[0]?.edit, undefined);
  });
});

async function convert(file: string, call: string, expected: readonly RegExp[]): Promise<void> {
  const { document } = await open(file);
  const at = find(document, call);
  const offered = await codeActions(document, new vscode.Range(at, at));
  const action = offered.find(({ title, edit }) => /keras/i.test(title) && edit !== undefined);
  const others = offered.map(({ title }) => title).join('\n');
  assert.ok(action, `the conversion of ${call} is offered, not only:\n${others}`);
  await applyAndSave(document, action);
  const saved = await readFile(document.uri.fsPath, 'utf8');
  for (const text of [/tf\.keras\.layers\.Conv2D\(/, ...expected]) assert.match(saved, text);
  assert.ok(!saved.includes(call), 'the slim call is gone');
  await compile(document);
}

/** Python's own word that a file still parses. */
async function compile(document: vscode.TextDocument): Promise<void> {
  const python = process.platform === 'win32' ? 'python' : 'python3';
  await promisify(execFile)(python, ['-m', 'py_compile', document.uri.fsPath]);
}
