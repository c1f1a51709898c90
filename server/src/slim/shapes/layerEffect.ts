/**
 * What a layer of the library does to the graph: the shape that it gives, and the variables that it makes. One entry per
 * op, after what `tf_slim` 1.1.0 and `tf.contrib.layers` 1.15 build; an op that is not in the table has no known effect.
 */
import { isFullyKnown, type StaticValue } from '../../semantics/staticValue';
import { NORMALIZED } from '../evaluator/implicitCalls';
import type { EffectiveArgument, ImplicitCall, Op } from '../model';
import { convolution, inPlaneConvolution, separableConvolution, transposedConvolution } from './convolutionEffects';
import { LayerArguments } from './layerArguments';
import type { LayerCall, LayerEffect, LayerVariable } from './layerModel';
import { batchNorm, channelNorm, layerNorm } from './normEffects';
import { biasAdd, flatten, fullyConnected, gdn, legacyFullyConnected, maxout, oneHot, spatialSoftmax, unchanged } from './plainEffects'; // prettier-ignore
import { pool } from './poolEffect';
import { unknownShape, type Shape } from './shape';

const effects: Readonly<Record<string, ((call: LayerCall) => LayerEffect) | undefined>> = {
  conv1d: (call) => convolution(call, 1),
  conv2d: (call) => convolution(call, 2),
  conv3d: (call) => convolution(call, 3),
  convolution: (call) => convolution(call, undefined),
  conv2d_in_plane: inPlaneConvolution,
  conv2d_transpose: (call) => transposedConvolution(call, 2),
  conv3d_transpose: (call) => transposedConvolution(call, 3),
  separable_conv2d: separableConvolution,
  fully_connected: fullyConnected,
  legacy_fully_connected: legacyFullyConnected,
  avg_pool2d: (call) => pool(call, 2),
  avg_pool3d: (call) => pool(call, 3),
  max_pool2d: (call) => pool(call, 2),
  max_pool3d: (call) => pool(call, 3),
  pool: (call) => pool(call, undefined),
  batch_norm: batchNorm,
  layer_norm: layerNorm,
  instance_norm: channelNorm,
  group_norm: channelNorm,
  bias_add: biasAdd,
  dropout: unchanged,
  softmax: unchanged,
  unit_norm: unchanged,
  flatten,
  gdn,
  maxout,
  one_hot_encoding: oneHot,
  spatial_softmax: spatialSoftmax,
};

/** The effect of a library op on an input. */
export function layerEffect(
  op: Op,
  args: readonly EffectiveArgument[],
  implicitCalls: readonly ImplicitCall[],
  input: Shape,
): LayerEffect {
  const effect = Object.hasOwn(effects, op.name) ? effects[op.name] : undefined;
  const isSlim = op.libraries.every((library) => library === 'contrib' || library === 'tf_slim');
  if (!effect || !isSlim) {
    const reason = `the shape that \`${op.name}\` gives is not computed`;
    return { output: unknownShape(reason), variables: [], doubt: `the variables of \`${op.name}\` are not counted` };
  }
  const call: LayerCall = { args: new LayerArguments(args), input };
  return withCalled(effect(call), op, call, implicitCalls);
}

/** Adds what the normalizer and the activation of a layer do. */
function withCalled(
  made: LayerEffect,
  op: Op,
  { args }: LayerCall,
  implicitCalls: readonly ImplicitCall[],
): LayerEffect {
  let { output } = made;
  const variables: LayerVariable[] = [...made.variables];
  let { doubt } = made;
  for (const { op: called, arguments: inner } of implicitCalls) {
    const effect = layerEffect(called, inner, [], output);
    const scope = scopeOf(inner, variableScopeNames[called.name] ?? called.name);
    variables.push(...effect.variables.map((one) => ({ ...one, name: `${scope}/${one.name}` })));
    ({ output } = effect);
    doubt ??= effect.doubt;
  }
  for (const via of NORMALIZED.has(op.name) ? (['normalizer_fn', 'activation_fn'] as const) : []) {
    if (!implicitCalls.some((one) => one.via === via)) doubt ??= doubtOf(via, args.value(via));
  }
  return { output, variables, ...(doubt === undefined ? {} : { doubt }) };
}

/** Functions of the program are followed by themselves; those of TensorFlow make no variables. */
function doubtOf(via: string, value: StaticValue | undefined): string | undefined {
  if (!value || value.kind === 'none' || value.kind === 'function') return undefined;
  if (value.kind === 'external' && value.paths.every((path) => path.startsWith('tensorflow.'))) return undefined;
  if (value.kind === 'partial') return doubtOf(via, value.target);
  if (isFullyKnown(value)) return `\`${via}\` may make variables of its own`;
  return value.kind === 'unknown' ? `\`${via}\` is not known: ${value.reason}` : `\`${via}\` is not known`;
}

/** Names of the variable scopes that ops open when they are given none; other ops open none. */
export const variableScopeNames: Readonly<Record<string, string | undefined>> = {
  conv1d: 'Conv',
  conv2d: 'Conv',
  conv3d: 'Conv',
  convolution: 'Conv',
  conv2d_in_plane: 'ConvInPlane',
  conv2d_transpose: 'Conv2d_transpose',
  conv3d_transpose: 'Conv3d_transpose',
  separable_conv2d: 'SeparableConv2d',
  fully_connected: 'fully_connected',
  legacy_fully_connected: 'fully_connected',
  batch_norm: 'BatchNorm',
  layer_norm: 'LayerNorm',
  instance_norm: 'InstanceNorm',
  group_norm: 'GroupNorm',
  bias_add: 'BiasAdd',
  dropout: 'Dropout',
  softmax: 'softmax',
  unit_norm: 'UnitNorm',
  gdn: 'GDN',
  maxout: 'MaxOut',
  spatial_softmax: 'spatial_softmax',
};

function scopeOf(args: readonly EffectiveArgument[], fallback: string): string {
  const scope = args.find(({ name }) => name === 'scope')?.value;
  return scope?.kind === 'str' ? scope.value : fallback;
}
