import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { find, hover, open, row, startSlimscope } from './editor';

/** What a row of the hover's table has to say: the value, and this call, or the line in an arg_scope that sets it. */
interface Expected {
  readonly argument: string;
  readonly value: string;
  readonly from: 'call' | { readonly scope: string; readonly after: string };
}

interface Case {
  readonly file: string;
  /** Text of the network from which on the call is looked for. */
  readonly after: string;
  readonly expected: readonly Expected[];
}

/** Real code, written by the authors of TF-Slim. */
const cases: readonly Case[] = [
  {
    file: 'tf_slim/nets/inception_v3.py',
    after: "end_point = 'Conv2d_1a_3x3'",
    expected: [
      { argument: 'stride', value: '2', from: 'call' },
      { argument: 'padding', value: "'VALID'", from: { scope: "padding='VALID'", after: '# end_points will' } },
    ],
  },
  {
    file: 'tf_slim/nets/inception_v3.py',
    after: "end_point = 'Conv2d_2b_3x3'",
    expected: [
      { argument: 'padding', value: "'SAME'", from: 'call' },
      {
        argument: 'stride',
        value: '1',
        from: { scope: 'stride=1', after: '# end_points will' },
      },
    ],
  },
  {
    file: 'tf_slim/nets/alexnet.py',
    after: "scope='pool5'",
    expected: [
      { argument: 'padding', value: "'VALID'", from: 'call' },
      {
        argument: 'weights_initializer',
        value: 'trunc_normal(0.005)',
        from: { scope: 'weights_initializer=', after: '# Use conv2d instead' },
      },
      {
        argument: 'outputs_collections',
        value: 'end_points_collection',
        from: { scope: 'outputs_collections=', after: '# Collect outputs' },
      },
    ],
  },
  {
    file: 'tf_slim/nets/vgg.py',
    after: "scope='pool5')",
    expected: [
      { argument: 'padding', value: "'VALID'", from: 'call' },
      {
        argument: 'outputs_collections',
        value: 'end_points_collection',
        from: { scope: 'outputs_collections=', after: '# Collect outputs' },
      },
    ],
  },
  {
    file: 'tf_slim/nets/resnet_v1.py',
    after: 'shortcut = layers',
    expected: [{ argument: 'activation_fn', value: 'None', from: 'call' }],
  },
];

suite('Hover on real networks', () => {
  suiteSetup(startSlimscope);

  for (const { file, after, expected } of cases) {
    test(`conv2d in ${file} after ${after}`, async () => {
      const { document } = await open(file);
      const markdown = await hover(document, find(document, 'conv2d(', after));
      for (const { argument, value, from } of expected) {
        const [, shownValue = '', shownOrigin = ''] = row(markdown, argument);
        assert.ok(shownValue.includes(value), `${argument} is ${value}, not ${shownValue}`);
        assert.ok(
          saysOrigin(document, shownOrigin, from),
          `${argument} comes from ${JSON.stringify(from)}, not ${shownOrigin}`,
        );
      }
    });
  }

  test('each argument of a call answers too', async () => {
    const { document } = await open('tf_slim/nets/inception_v3.py');
    const callee = await hover(document, find(document, 'conv2d(', "end_point = 'Conv2d_2b_3x3'"));
    const argument = await hover(document, find(document, 'padding=', "end_point = 'Conv2d_2b_3x3'"));
    assert.deepEqual(row(argument, 'stride'), row(callee, 'stride'));
  });

  test('an arg_scope says what it sets', async () => {
    const { document } = await open('tf_slim/nets/inception_v3.py');
    const start = "variable_scope(scope, 'InceptionV3', [inputs])";
    const markdown = await hover(document, find(document, 'arg_scope(', start));
    assert.match(markdown, /stride/);
    assert.match(markdown, /padding/);
    assert.match(markdown, /conv2d/);
  });

  test('a keyword in an arg_scope says which calls take it', async () => {
    const { document } = await open('inception_block.py');
    const markdown = await hover(document, find(document, 'stride=2', 'def reduction'));
    const taking = find(document, 'conv2d(net, 96').line + 1;
    assert.ok(markdown.includes(`#L${taking},`), markdown);
  });

  test('tf.layers.conv2d shows its own defaults and those of its twins', async () => {
    const { document } = await open('inception_block.py');
    const markdown = await hover(document, find(document, 'conv2d(', 'return tf.layers'));
    for (const word of ["padding='valid'", 'slim.conv2d', 'relu', 'tf.keras.layers.Conv2D', 'Glorot']) {
      assert.ok(markdown.includes(word), `${word} in ${markdown}`);
    }
  });

  test('code without slim gets no hover', async () => {
    const { document } = await open('inception_block.py');
    assert.equal(await hover(document, find(document, 'tf.concat')), '');
  });

  test('a call answers while the line above is half typed', async () => {
    const { document } = await open('tf_slim/nets/inception_v3.py');
    const after = "end_point = 'Conv2d_2a_3x3'";
    const before = await hover(document, find(document, 'conv2d(', after));
    const line = find(document, 'net = layers.conv2d', after);
    await insert(document, line, 'net = layers.conv2d(net, depth(32), [3, \n      ');
    const during = await hover(document, find(document, 'conv2d(net, depth(32), [3, 3], scope=end_point)', after));
    assert.deepEqual(row(during, 'padding')[1], row(before, 'padding')[1]);
    assert.deepEqual(row(during, 'stride')[1], row(before, 'stride')[1]);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});

function saysOrigin(document: vscode.TextDocument, shown: string, from: Expected['from']): boolean {
  if (from === 'call') return /call/.test(shown);
  const line = find(document, from.scope, from.after).line + 1;
  return shown.includes('arg_scope') && shown.includes(`#L${line}`);
}

async function insert(document: vscode.TextDocument, at: vscode.Position, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, at, text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}
