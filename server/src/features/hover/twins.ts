/**
 * One calm line each about the other two 2-D convolutions: what they would do by default (B4, D1, D2, D5), in the order
 * activation, padding, bias, initializer. What the call or a scope sets is left out. Not a conversion: see slim/keras.
 */
import { code, joined, paragraph, type Block, type Inline } from '../../base/markdown';
import { doubtOf, type EffectiveCallView } from '../effectiveCallView';
import { isGiven } from './callFacts';

type Words = readonly Inline[];

/** One default, here and in the two twins. */
interface Difference {
  readonly here: Words;
  readonly twin: Words;
  readonly keras: Words;
}

const relu: Words = [code('relu')];
const noActivation: Words = ['no activation'];
const same: Words = [code("'SAME'")];
const valid: Words = [code("'valid'")];
const bias: Words = ['bias'];
const glorot: Words = ['Glorot uniform'];
const variableScope: Words = ['initializer of the variable scope, else Glorot uniform'];

/** The lines; empty for ops without twins, and where nothing is left to its default. */
export function twinLines(view: EffectiveCallView): readonly Block[] {
  const { name, libraries } = view.call.op;
  if (name !== 'conv2d') return [];
  if (libraries.includes('tf.layers')) return render('slim.conv2d', tfLayersDifferences(view));
  const isSlim = libraries.some((library) => library === 'contrib' || library === 'tf_slim');
  return isSlim ? render('tf.layers.conv2d', slimDifferences(view)) : [];
}

function slimDifferences(view: EffectiveCallView): readonly Difference[] {
  const normalizer = view.common.find(({ name }) => name === 'normalizer_fn');
  const isNormalized = normalizer ? isGiven(normalizer.value) : undefined;
  const hasBias = isDefault(view, 'biases_initializer') ? isNormalized : undefined;
  return [
    ...(isDefault(view, 'activation_fn') ? [{ here: relu, twin: noActivation, keras: noActivation }] : []),
    ...(isDefault(view, 'padding') ? [{ here: same, twin: valid, keras: valid }] : []),
    ...(isNormalized === true ? [{ here: ['no bias'], twin: bias, keras: bias }] : []),
    ...(hasBias === false ? [{ here: bias, twin: bias, keras: bias }] : []),
    ...(isDefault(view, 'weights_initializer') ? [{ here: glorot, twin: variableScope, keras: glorot }] : []),
  ];
}

function tfLayersDifferences(view: EffectiveCallView): readonly Difference[] {
  const slimBias: Words = ['bias unless ', code('normalizer_fn')];
  return [
    ...(isDefault(view, 'activation') ? [{ here: noActivation, twin: relu, keras: noActivation }] : []),
    ...(isDefault(view, 'padding') ? [{ here: valid, twin: same, keras: valid }] : []),
    ...(isDefault(view, 'use_bias') ? [{ here: bias, twin: slimBias, keras: bias }] : []),
    ...(isDefault(view, 'kernel_initializer') ? [{ here: variableScope, twin: glorot, keras: glorot }] : []),
  ];
}

function render(twin: string, differences: readonly Difference[]): readonly Block[] {
  if (differences.length === 0) return [];
  const line = (words: (one: Difference) => Words): Words => joined(differences.map(words));
  return [
    paragraph('The convolution is the same, the defaults are not. Here: ', ...line(({ here }) => here)),
    {
      kind: 'list',
      items: [
        [code(twin), ': ', ...line((one) => one.twin)],
        [code('tf.keras.layers.Conv2D'), ': ', ...line(({ keras }) => keras)],
      ],
    },
  ];
}

/** A default that an unknown scope may have replaced is nobody's default. */
function isDefault(view: EffectiveCallView, name: string): boolean {
  const { op } = view.call;
  return view.common.some((one) => one.name === name && one.origin.kind === 'default' && !doubtOf(op, one));
}
