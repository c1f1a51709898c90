/** `slimscope layers`: one network of one file, in four formats, and what is said of a wrong command line. */
import { describe, expect, it } from 'vitest';
import { slimscope } from './slimscope';

const files = {
  'net.py': `import tf_slim as slim

def small(images):
    with slim.arg_scope([slim.conv2d], stride=2):
        return slim.conv2d(images, 4, 3, scope='conv')

def large(images):
    net = small(images)
    return slim.fully_connected(slim.flatten(net), 10, scope='logits')
`,
  'train.py': `import tensorflow.compat.v1 as tf
import net
net.large(tf.zeros([8, 10, 10, 3]))
`,
  'empty.py': 'x = 1\n',
};

describe('slimscope layers', () => {
  it('shows the last network of a file, as it is called first', async () => {
    const { code, out, error } = await slimscope(files, ['layers', 'net.py']);
    expect(error).toBe('');
    expect(out).toBe(`large, images 8x10x10x3. Called from train.py line 3

#  Layer    Op               Arguments                               Output   Parameters
-  -------  ---------------  --------------------------------------  -------  ----------
1  conv     conv2d           num_outputs=4, kernel_size=3, stride=2  8x5x5x4         112
2  flatten  flatten                                                  8x100             0
3  logits   fully_connected  num_outputs=10                          8x10          1,010
-  -------  ---------------  --------------------------------------  -------  ----------
Layers: 3
Parameters: 1,122
Trainable: 1,122
Not trainable: 0
`);
    expect(code).toBe(0);
  });

  it('takes a function, a line, a shape and a context', async () => {
    const named = await slimscope(files, ['layers', 'net.py:small', '--input-shape', '?x8x8x1']);
    expect(named.out).toMatch(/^small, images \?x8x8x1\. Called from net\.py line 8, in large/);
    expect(named.out).toContain('conv2d  num_outputs=4, kernel_size=3, stride=2  ?x4x4x4          40');
    const alone = await slimscope(files, ['layers', 'net.py:small', '--context', '1']);
    expect(alone.out).toMatch(/^small\. By itself, with default parameters\n/);
    const byLine = await slimscope(files, ['layers', 'net.py:5']);
    expect(byLine.out).toMatch(/^small, images 8x10x10x3/);
  });

  it('prints CSV, JSON and Markdown', async () => {
    const [csv, json, markdown] = await Promise.all(
      ['csv', 'json', 'markdown'].map((format) => slimscope(files, ['layers', 'net.py', '--format', format])),
    );
    expect(csv?.out.split('\r\n')[1]).toBe(
      '1,conv,conv2d,"num_outputs=4, kernel_size=3, stride=2",8x5x5x4,112,0,false,net.py,5,',
    );
    expect(JSON.parse(json?.out ?? '')).toMatchObject({ network: 'large', total: { trainable: 1122 } });
    expect(markdown?.out).toContain('| 3 | `logits` | `fully_connected` | `num_outputs=10` | 8x10 | 1,010 |');
  });

  it.each([
    [['layers'], '`layers` takes one file'],
    [['layers', 'net.py', 'empty.py'], '`layers` takes one file'],
    [['layers', 'net.py', '--input-shape', 'big'], '`big` is no shape'],
    [['layers', 'net.py', '--context', '-x'], /context/],
    [['layers', 'net.py', '--context', '7'], 'there are 2 contexts, counted from 0'],
    [['layers', 'net.py', '--format', 'human'], '`--format` of `layers` is table, csv, json, markdown'],
    [['layers', 'net.py:medium'], 'net.py has no network `medium`; the networks are `small`, `large`'],
    [['layers', 'empty.py'], 'empty.py builds no layers that can be seen'],
    [['layers', '.'], '`.` is not one Python file'],
    [['check', '--context', '1', '.'], '`check` takes no option `--context`'],
  ])('refuses %j', async (args, message) => {
    const { code, out, error } = await slimscope(files, args);
    expect(error).toMatch(
      message instanceof RegExp ? message : new RegExp(message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')),
    );
    expect(out).toBe('');
    expect(code).toBe(4);
  });
});
