import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../server/src/base/textEdit';
import { convertToKeras, kerasLayerOf } from '../../../server/src/slim/keras/convertToKeras';
import type { RewriteRequest } from '../../../server/src/slim/rewrite/request';
import { memoryWorkspace } from '../../support/memoryWorkspace';
import { mdtest } from '../../support/mdtest';
import type { Rewriting, Rewritten } from './rewriteFixtures';
import { renderRewrite } from './rewriteFixtures';

const conversion: Rewriting = { rewrite: convert, applies: ({ call }) => kerasLayerOf(call) !== undefined };

function convert(request: RewriteRequest): Rewritten {
  const result = convertToKeras(request);
  return result.kind === 'refused'
    ? { edits: [], reasons: result.reasons, caveats: [] }
    : { edits: result.edits, reasons: [], caveats: result.caveats };
}

mdtest({
  folder: new URL('./', import.meta.url),
  setup: (fixture) => memoryWorkspace(fixture.files, fixture.settings),
  goldens: { keras: (workspace, { fixture }) => renderRewrite(workspace, fixture, conversion) },
});

const network = `import tensorflow.compat.v1 as tf
from tensorflow.contrib import slim


def net(x):
  with slim.arg_scope([slim.conv2d], weights_regularizer=slim.l2_regularizer(0.01)):
    x = slim.conv2d(x, 8, 3, scope='a')
    x = slim.conv2d(x, 8, 3, normalizer_fn=slim.batch_norm, scope='b')
    y = tf.concat([slim.conv2d(x, 8, 1), slim.conv2d(x, 8, 3, 2)], 3)
    return slim.conv2d(y, 8, 1, activation_fn=None, scope='c')
`;

describe('one call after the other', () => {
  test('every call is converted, the import is added once, and nothing is left to convert', () => {
    let text = network;
    for (let step = 0; step < 10; step++) {
      const { request } = nextRequest(text);
      if (!request) break;
      const conversion = convertToKeras(request);
      if (conversion.kind === 'refused') throw new Error(conversion.reasons.map(({ reason }) => reason).join('\n'));
      text = applyEdits(text, conversion.edits);
    }
    expect(text).toBe(`import tensorflow.compat.v1 as tf
from tensorflow.contrib import slim
from tensorflow import keras


def net(x):
  with slim.arg_scope([slim.conv2d], weights_regularizer=slim.l2_regularizer(0.01)):
    x = keras.layers.Conv2D(
        8, 3, padding='same', activation='relu',
        kernel_regularizer=keras.regularizers.l2(0.5 * 0.01), name='a')(x)
    x = keras.layers.Conv2D(
        8, 3, padding='same', use_bias=False,
        kernel_regularizer=keras.regularizers.l2(0.5 * 0.01), name='b')(x)
    x = keras.layers.BatchNormalization(
        momentum=0.999, epsilon=0.001, scale=False,
        name='b_BatchNorm')(x, training=True)
    x = keras.layers.Activation('relu')(x)
    y = tf.concat([
        keras.layers.Conv2D(
            8, 1, padding='same', activation='relu',
            kernel_regularizer=keras.regularizers.l2(0.5 * 0.01))(x),
        keras.layers.Conv2D(
            8, 3, strides=2, padding='same', activation='relu',
            kernel_regularizer=keras.regularizers.l2(0.5 * 0.01))(x)], 3)
    return keras.layers.Conv2D(
        8, 1, padding='same',
        kernel_regularizer=keras.regularizers.l2(0.5 * 0.01), name='c')(y)
`);
  });
});

function nextRequest(text: string): { readonly request: RewriteRequest | undefined } {
  const workspace = memoryWorkspace([{ path: 'main.py', text }]);
  const file = workspace.uri('main.py');
  const source = workspace.snapshot.getFile(file);
  const analysis = workspace.snapshot.analysis(file);
  const call = analysis?.calls.find((one) => kerasLayerOf(one) !== undefined);
  return { request: source && analysis && call && { program: workspace.snapshot, source, analysis, call } };
}
