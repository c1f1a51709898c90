import { describe, expect, test } from 'vitest';
import { neverCancelled } from '../../../server/src/base/cancel';
import { applyEdits } from '../../../server/src/base/textEdit';
import { codeActions } from '../../../server/src/features/codeActions';
import type { CodeActionResult } from '../../../server/src/features/model';
import { memoryWorkspace } from '../../support/memoryWorkspace';
import { readCursors } from '../../support/markers';

interface Asked {
  readonly actions: readonly CodeActionResult[];
  readonly text: string;
}

/** The actions at `$0`, or between two of them. */
function ask(marked: string, only?: readonly string[]): Asked {
  const { text, cursors } = readCursors(marked);
  const workspace = memoryWorkspace([{ path: 'main.py', text }]);
  const [start = 0, end = start] = cursors;
  const actions = codeActions(
    workspace.snapshot,
    workspace.uri('main.py'),
    { start, end },
    {
      cancel: neverCancelled,
      ...(only && { only }),
      onRuleFailure: (rule, error) => {
        throw new Error(rule, { cause: error });
      },
    },
  );
  return { actions, text };
}

/** What a person sees of an action. */
function show({ kind, title, disabledReason, isPreferred, safety }: CodeActionResult): string {
  const marks = `${isPreferred ? '*' : ''}${kind} [${safety}]`;
  return disabledReason === undefined ? `${marks} ${title}` : `${marks} ${title} (not possible: ${disabledReason})`;
}

const slim = 'import tensorflow as tf\nimport tf_slim as slim\n\n';

describe('actions at a slim call', () => {
  test('conversion and half-step, as refactorings', () => {
    const { actions } = ask(`${slim}with slim.arg_scope([slim.conv2d], stride=2):\n  net = slim.co$0nv2d(x, 8, 3)\n`);
    expect(actions.map(show)).toEqual([
      'refactor.rewrite.slimscope.keras [suggestion] Convert to `tf.keras.layers.Conv2D`',
      'refactor.inline.slimscope [safe] Make inherited arguments explicit',
    ]);
  });

  test('the assumption about callers stands in the title and among the caveats', () => {
    const { actions } = ask(`${slim}def vgg(x):\n  return slim.co$0nv2d(x, 8, 3)\n`);
    const assumption = 'assumes that no caller of `vgg` opens an `arg_scope` for `conv2d`';
    expect(actions.map(({ title }) => title)).toEqual([`Convert to \`tf.keras.layers.Conv2D\` (${assumption})`]);
    expect(actions[0]?.caveats).toContain(assumption);
  });

  test('a refused conversion is disabled and says why, with the line when it is elsewhere', () => {
    const source = `${slim}with tf.variable_scope('a', reuse=True):\n  net = slim.co$0nv2d(x, 8, 3)\n`;
    const { actions } = ask(source);
    expect(actions.map(show)).toEqual([
      'refactor.rewrite.slimscope.keras [suggestion] Convert to `tf.keras.layers.Conv2D` (not possible: `reuse=True` of ' +
        'the `tf.variable_scope` around the call shares variables between layers, which in Keras needs one layer object ' +
        '(line 4))',
    ]);
    expect(actions[0]?.edits).toEqual([]);
  });

  test('a refused half-step is disabled and says why', () => {
    const source = `${slim}def f(x, s):\n  with slim.arg_scope([slim.conv2d], stride=s):\n    s = 1\n    return slim.$0conv2d(x, 8, 3)\n`;
    const { actions } = ask(source, ['refactor.inline']);
    expect(actions).toHaveLength(1);
    expect(actions[0]?.disabledReason).toBe(
      '`stride` (`s`) has no meaning at this call: parameter `s` of `f` (line 5)',
    );
  });

  test('the innermost call around the cursor is meant', () => {
    const { actions, text } = ask(`${slim}net = slim.conv2d(slim.conv2d(x, 8, $03), 16, 3)\n`);
    const [action] = actions;
    expect(applyEdits(text, action?.edits ?? [])).toContain('slim.conv2d(\n    tf.keras.layers.Conv2D(8, 3');
  });

  test('at the start of the line the only call of the line is meant', () => {
    expect(ask(`${slim}$0net = slim.conv2d(x, 8, 3)\n`).actions).toHaveLength(1);
    expect(ask(`${slim}$0net = slim.conv2d(slim.conv2d(x, 8, 3), 8, 3)\n`).actions).toHaveLength(0);
  });

  test('a selection across calls is no call', () => {
    expect(ask(`${slim}$0a = slim.conv2d(x, 8, 3)\nb = slim.conv2d(a, 8, 3)$0\n`).actions).toHaveLength(0);
  });

  test('the title names what the call becomes', () => {
    const { actions } = ask(`${slim}net = slim.separable_$0conv2d(x, None, 3)\n`);
    expect(actions.map(({ title }) => title)).toContain('Convert to `tf.keras.layers.DepthwiseConv2D`');
  });

  test('ops without a converter get no conversion', () => {
    expect(ask(`${slim}net = slim.conv2d_$0in_plane(x, 2)\n`).actions).toEqual([]);
  });

  test('a function of TensorFlow is no layer of Keras', () => {
    const { actions } = ask(`${slim}labels = slim.$0one_hot_encoding(labels, 10)\n`);
    expect(actions.map(({ title }) => title)).toContain('Convert to `tf.one_hot`');
  });

  test('tf.layers.conv2d is converted too, and has nothing to make explicit', () => {
    const { actions } = ask(`import tensorflow as tf\nnet = tf.layers.co$0nv2d(x, 8, 3)\n`, ['refactor']);
    expect(actions.map(({ title }) => title)).toEqual(['Convert to `tf.keras.layers.Conv2D`']);
  });

  test('outside any call there is nothing', () => {
    expect(ask(`${slim}x = 1$0\n`).actions).toEqual([]);
  });

  test('a file that is not there has no actions', () => {
    const workspace = memoryWorkspace([]);
    const none = codeActions(
      workspace.snapshot,
      workspace.uri('gone.py'),
      { start: 0, end: 0 },
      { cancel: neverCancelled },
    );
    expect(none).toEqual([]);
  });
});

describe('fixes of findings', () => {
  const contrib = 'import tensorflow as tf\nslim = tf.contrib.slim\n';

  test('a conversion is a quick fix where a finding is on the callee, and takes it away', () => {
    const { actions, text } = ask('import tensorflow as tf\n\nnet = tf.contrib.slim.con$0v2d(x, 8, 3)\n');
    const quickFix = actions.find(({ id }) => id === 'convert:fix');
    expect(quickFix && show(quickFix)).toBe('quickfix [suggestion] Convert to `tf.keras.layers.Conv2D`');
    expect(quickFix?.resolves).toHaveLength(1);
    expect(applyEdits(text, quickFix?.edits ?? [])).toBe(
      "import tensorflow as tf\n\nnet = tf.keras.layers.Conv2D(8, 3, padding='same', activation='relu')(x)\n",
    );
  });

  test('fixes of findings come first, each once', () => {
    const { actions } = ask(`${contrib}net = slim.conv2d(x, 8, 3)\n`.replace('contrib.slim', 'contrib.sl$0im'));
    const fixes = actions.filter(({ id }) => id.startsWith('fix:'));
    expect(fixes.length).toBeGreaterThan(0);
    expect(new Set(fixes.map(({ id }) => id)).size).toBe(fixes.length);
    expect(fixes.every(({ kind, resolves }) => kind === 'quickfix' && resolves.length > 0)).toBe(true);
  });

  test('ids are stable, so that an action can be resolved later', () => {
    const source = `${contrib}net = slim.con$0v2d(x, 8, 3)\n`;
    expect(ask(source).actions.map(({ id }) => id)).toEqual(ask(source).actions.map(({ id }) => id));
  });

  test('`only` takes kinds and everything below them', () => {
    const source = `${slim}with slim.arg_scope([slim.conv2d], stride=2):\n  net = slim.co$0nv2d(x, 8, 3)\n`;
    expect(ask(source, ['refactor']).actions).toHaveLength(2);
    expect(ask(source, ['refactor.inline']).actions).toHaveLength(1);
    expect(ask(source, ['refactor.rewrite.slimscope.keras']).actions).toHaveLength(1);
    expect(ask(source, ['quickfix']).actions).toHaveLength(0);
    expect(ask(source, ['refac']).actions).toHaveLength(0);
  });
});
