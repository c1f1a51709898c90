/**
 * Nets of an installed library in the public format: places in their files are written `<tf_slim/nets/vgg.py>`, with the
 * lines and columns of the installed files.
 */
import { describe, expect, it } from 'vitest';
import { explainFile } from '../../server/src/cli/explain/explainFile';
import { memoryWorkspace } from '../support/memoryWorkspace';

function explain(text: string) {
  const workspace = memoryWorkspace([{ path: 'main.py', text }]);
  return explainFile(workspace.snapshot, workspace.uri('main.py'));
}

describe('an installed net', () => {
  it('is the origin of what its factory sets', () => {
    const { calls } = explain(`import tf_slim as slim
from tf_slim.nets import resnet_utils
with slim.arg_scope(resnet_utils.resnet_arg_scope(0.25)):
  slim.conv2d(x, 64, 3)
  slim.batch_norm(x)
`);
    expect(calls.map(({ op, via }) => [op, via])).toEqual([
      ['conv2d', undefined],
      ['batch_norm', 'normalizer_fn'],
      ['batch_norm', undefined],
    ]);
    expect(calls[0]?.contexts[0]?.arguments['weights_regularizer']).toEqual({
      text: 'regularizers.l2_regularizer(weight_decay)',
      value: { known: { object: 'l2_regularizer', args: { scale: 0.25 } } },
      origin: {
        kind: 'arg_scope',
        ...{ path: '<tf_slim/nets/resnet_utils.py>', line: 259, column: 8, endLine: 265, endColumn: 43 },
        ...{ keywordLine: 261, keywordColumn: 7, reentered: { path: 'main.py', line: 3 } },
      },
    });
    expect(calls[2]?.contexts[0]?.arguments['decay']).toEqual({
      text: 'batch_norm_decay',
      value: { known: 0.997 },
      origin: {
        kind: 'arg_scope',
        ...{ path: '<tf_slim/nets/resnet_utils.py>', line: 266, column: 10, endLine: 266, endColumn: 61 },
        reentered: { path: 'main.py', line: 3 },
      },
    });
  });

  it('is where its ops are defined', () => {
    const { calls } = explain(`import tensorflow.contrib.slim as slim
from tensorflow.contrib.slim.nets import resnet_v2
resnet_v2.bottleneck(x, 256, 64, stride=1)
`);
    expect(calls).toMatchObject([
      { op: 'bottleneck', userOp: { path: '<tensorflow/contrib/slim/python/slim/nets/resnet_v2.py>', line: 68 } },
    ]);
  });

  it('may be what a value stands for', () => {
    const { calls } = explain(`import tf_slim as slim
from tf_slim.nets import resnet_v1, vgg
slim.conv2d(x, vgg.vgg_16.default_image_size, activation_fn=vgg.vgg_16, normalizer_fn=resnet_v1.bottleneck)
`);
    const known = Object.entries(calls[0]?.contexts[0]?.arguments ?? {}).map(([name, { value }]) => [name, value]);
    expect(Object.fromEntries(known)).toMatchObject({
      num_outputs: { known: 224 },
      activation_fn: { known: { function: 'vgg_16' } },
      normalizer_fn: { known: { function: 'bottleneck' } },
    });
  });
});
