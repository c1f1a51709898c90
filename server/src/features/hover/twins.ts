/**
 * One calm line each about the other two 2-D convolutions: what they would do by default where this call does something
 * else by default (B4, D1, D2, D5). What the call sets itself is no difference. Not a conversion: see slim/keras.
 */
import { code, joined, paragraph, type Block, type Inline } from '../../base/markdown';
import type { EffectiveCallView } from '../effectiveCallView';
import { isGiven } from './callFacts';

/** The lines; empty for ops without twins. */
export function twinLines(view: EffectiveCallView): readonly Block[] {
  const { op } = view.call;
  if (op.name !== 'conv2d') return [];
  if (op.libraries.includes('tf.layers')) return tfLayersTwins(view);
  if (op.libraries.some((library) => library === 'contrib' || library === 'tf_slim')) return slimTwins(view);
  return [];
}

function slimTwins(view: EffectiveCallView): readonly Block[] {
  const common: (readonly Inline[])[] = [];
  if (isDefault(view, 'activation_fn')) common.push(['no activation (here ', code('relu'), ')']);
  if (isDefault(view, 'padding')) common.push([code("padding='valid'"), ' (here ', code('SAME'), ')']);
  const normalizer = view.common.find(({ name }) => name === 'normalizer_fn');
  if (normalizer && isGiven(normalizer.value) === true) {
    common.push(['a bias and no normalizer (here ', code('normalizer_fn'), ' instead of a bias)']);
  } else if (isDefault(view, 'normalizer_fn') && isDefault(view, 'biases_initializer')) {
    common.push(['a bias, as here']);
  }
  const isXavier = isDefault(view, 'weights_initializer');
  const variableScope: readonly Inline[] = ['the initializer of the variable scope, else Glorot uniform (here always)'];
  const reach = view.inherited.length > 0 ? ', and no arg_scope reaches them' : '';
  return twins(reach, [
    { name: 'tf.layers.conv2d', says: isXavier ? [...common, variableScope] : common },
    { name: 'tf.keras.layers.Conv2D', says: isXavier ? [...common, ['Glorot uniform, as here']] : common },
  ]);
}

function tfLayersTwins(view: EffectiveCallView): readonly Block[] {
  const slim: (readonly Inline[])[] = [];
  if (isDefault(view, 'activation')) slim.push([code('relu'), ' (here no activation)']);
  if (isDefault(view, 'padding')) slim.push([code("padding='SAME'"), ' (here ', code('valid'), ')']);
  if (isDefault(view, 'use_bias')) slim.push(['a bias unless ', code('normalizer_fn'), ' is set']);
  const isInherited = isDefault(view, 'kernel_initializer');
  if (isInherited) slim.push(['Glorot uniform (here the initializer of the variable scope comes first)']);
  const keras: (readonly Inline[])[] = [['the same padding, activation and bias']];
  if (isInherited) keras.push(['always Glorot uniform']);
  return twins('', [
    { name: 'slim.conv2d', says: slim },
    { name: 'tf.keras.layers.Conv2D', says: keras },
  ]);
}

function twins(
  reach: string,
  lines: readonly { readonly name: string; readonly says: readonly (readonly Inline[])[] }[],
): readonly Block[] {
  const items = lines
    .filter(({ says }) => says.length > 0)
    .map(({ name, says }): readonly Inline[] => [code(name), ': ', ...joined(says)]);
  if (items.length === 0) return [];
  return [paragraph(`The convolution is the same, the defaults are not${reach}:`), { kind: 'list', items }];
}

function isDefault(view: EffectiveCallView, name: string): boolean {
  return view.common.some((argument) => argument.name === name && argument.origin.kind === 'default');
}
