import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { diagnosticsOf, find, open, startSlimscope } from './editor';

/** Every import form of tf.contrib in the sample, and some text of the line. */
const forms = [
  'import tensorflow.contrib.slim as slim',
  'import tensorflow.contrib\n',
  'from tensorflow import contrib',
  'from tensorflow.contrib import layers, rnn as rnn_ops',
  'from tensorflow.contrib.framework import arg_scope',
  'from tensorflow.contrib.layers.python.layers import initializers',
];

suite('Diagnostics', () => {
  suiteSetup(startSlimscope);

  test('every import form of tf.contrib is an error, and every use through an alias', async () => {
    const { document } = await open('old_contrib.py');
    const problems = await diagnosticsOf(document, (found) => found.length >= forms.length);
    const linesWithError = new Set(errorsOf(problems).map(({ range }) => range.start.line));
    for (const form of forms) assert.ok(linesWithError.has(find(document, form).line), `error at ${form}`);
    for (const use of ['tf.contrib.layers.xavier', 'tf.contrib.layers.fully']) {
      assert.ok(linesWithError.has(find(document, use, 'def network').line), `error at ${use}`);
    }
    // An alias fails where it is imported; its uses are pointed out.
    for (const use of ['arg_scope(', 'slim.conv2d(', 'layers.batch_norm(', 'contrib.layers.flatten']) {
      const at = find(document, use, 'def network');
      assert.ok(
        problems.some(({ range }) => range.contains(at)),
        `a finding at ${use}`,
      );
    }
  });

  test('a message has the error of TensorFlow 2 and a replacement', async () => {
    const { document } = await open('old_contrib.py');
    const problems = await diagnosticsOf(document, (found) => found.length >= forms.length);
    const { line } = find(document, 'import tensorflow.contrib.slim as slim');
    const messages = problems.filter(({ range }) => range.start.line === line).map(({ message }) => message);
    assert.match(messages.join('\n'), /ModuleNotFoundError: No module named 'tensorflow\.contrib'/);
    assert.match(messages.join('\n'), /tf_slim/);
  });

  test('slim bound to tf_slim is alive', async () => {
    const { document } = await open('inception_block.py');
    const old = await open('old_contrib.py');
    await diagnosticsOf(old.document, (found) => found.length >= forms.length); // asked for later, so ours is answered
    const problems = await diagnosticsOf(document, () => true);
    const loud = problems.filter(({ severity }) => severity < vscode.DiagnosticSeverity.Information);
    assert.deepEqual(
      loud.map(({ message }) => message),
      [],
    );
  });

  test('an error comes while typing and goes with its cause', async () => {
    const { document } = await open('scopes.py');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(2, 0), 'from tensorflow.contrib import slim as old\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    const [problem] = errorsOf(await diagnosticsOf(document, (found) => errorsOf(found).length > 0));
    assert.equal(problem?.range.start.line, 2);
    await vscode.commands.executeCommand('undo');
    await diagnosticsOf(document, (found) => errorsOf(found).length === 0);
  });
});

function errorsOf(problems: readonly vscode.Diagnostic[]): readonly vscode.Diagnostic[] {
  return problems.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
}
