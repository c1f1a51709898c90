/** `slimscope migrate`: report, difference, writing, and what it does with what it cannot convert. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { slimscope, withShell } from './slimscope';

const net = `import tensorflow as tf
import tf_slim as slim

def net(images):
    with slim.arg_scope([slim.conv2d], stride=2):
        images = slim.conv2d(images, 64, [3, 3])
    return slim.conv2d(images, 32, 3, reuse=True)
`;
const migrated = `import tensorflow as tf
import tf_slim as slim

def net(images):
    images = tf.keras.layers.Conv2D(
        64, [3, 3], strides=2, padding='same', activation='relu'
    )(images)
    return slim.conv2d(images, 32, 3, reuse=True)
`;
const files = { 'net.py': net, 'other.py': 'x = 1\n' };

describe('slimscope migrate', () => {
  it('says what would become Keras and why the rest stays, and writes nothing', async () => {
    await withShell(files, async (shell) => {
      const { code, out } = await shell.run(['migrate', '.']);
      expect(out).toBe(`net.py: 1 of 2 calls to Keras, 1 scope or import that nothing needs any more
  net.py:7:12: \`slim.conv2d\` stays: \`reuse=True\` shares variables, which in Keras needs one layer object
  note (1 layer): assumes that no caller of \`net\` opens an \`arg_scope\` for \`conv2d\`
  note (1 layer): callers of \`net\` in other files are not searched for a \`tf.variable_scope\` that shares or regularizes variables

1 of 2 calls in 1 file to Keras; nothing is written without \`--write\`
`);
      expect(code).toBe(1);
      expect(readFileSync(shell.path('net.py'), 'utf8')).toBe(net);
    });
  });

  it('writes on request; a second time there is nothing left to do', async () => {
    await withShell(files, async (shell) => {
      const { code, out } = await shell.run(['migrate', '--write', '.']);
      expect(readFileSync(shell.path('net.py'), 'utf8')).toBe(migrated);
      expect(out).toMatch(/\n1 of 2 calls in 1 file to Keras\n$/);
      expect(code).toBe(1);
      expect(await shell.run(['migrate', '--diff', '.'])).toMatchObject({ code: 0, out: '' });
    });
  });

  it('shows the difference, and leaves 0 or 1 by whether there is one', async () => {
    const { code, out } = await slimscope(files, ['migrate', '--diff', 'net.py']);
    expect(out).toMatch(/^--- a\/net\.py\n\+\+\+ b\/net\.py\n@@/);
    expect(out).toContain('\n+    images = tf.keras.layers.Conv2D(\n');
    expect(code).toBe(1);
  });

  it('answers in JSON with all reasons', async () => {
    const { out } = await slimscope(files, ['migrate', '--format', 'json', '.']);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      files: [
        {
          path: 'net.py',
          converted: [{ path: 'net.py', line: 6, column: 18, callee: 'slim.conv2d', layer: 'Conv2D' }],
          refused: [{ line: 7, column: 12, callee: 'slim.conv2d' }],
          removed: 1,
        },
      ],
      problems: [],
    });
  });

  it('takes the scopes of callers in other files with it, and their scopes away afterwards', async () => {
    const both = {
      'net.py': 'import tensorflow as tf\nimport tf_slim as slim\n\ndef net(x):\n    return slim.conv2d(x, 8, 3)\n',
      'train.py':
        'import tf_slim as slim\nimport net\n\nwith slim.arg_scope([slim.conv2d], stride=2):\n    y = net.net(x)\n',
    };
    await withShell(both, async (shell) => {
      const { code } = await shell.run(['migrate', '--write', '.']);
      expect(readFileSync(shell.path('net.py'), 'utf8')).toContain('Conv2D(8, 3, strides=2');
      expect(readFileSync(shell.path('train.py'), 'utf8')).toBe('import net\n\ny = net.net(x)\n');
      expect(code).toBe(0);
    });
  });

  it('leaves a file alone that does not parse', async () => {
    const { code, out } = await slimscope({ 'a.py': `${net}\nx = (\n` }, ['migrate', '--diff', 'a.py']);
    expect({ code, out }).toEqual({ code: 0, out: '' });
  });

  it.each([
    ['nothing to migrate', ['migrate']],
    ['both at once', ['migrate', '--write', '--diff', 'net.py']],
    ['stdin', ['migrate', '-']],
    ['a format that does not exist', ['migrate', '--format', 'sarif', 'net.py']],
    ['an option of another command', ['migrate', '--fix', 'net.py']],
  ])('is a wrong command line with %s', async (_what, args) => {
    expect((await slimscope(files, args)).code).toBe(4);
  });
});
