/**
 * What slim's layers with weights have in common (D1): the layer itself with a bias unless a normalizer follows, then
 * the normalizer, then the activation. slim's defaults that Keras does not share are written; equal ones are left out.
 * Sizes, strides and formats are the converters' own business.
 */
import type { StaticValue } from '../../semantics/staticValue';
import type { ImplicitCall } from '../model';
import { convertActivation, reasonOf } from './activations';
import type { Activation } from './activations';
import { convertBatchNorm } from './batchNorm';
import { checkCollection } from './collections';
import {
  biasInitializerText,
  checkReuse,
  kernelInitializerText,
  regularizerText,
  trainableText,
  type KernelPrefix,
} from './convolution';
import { findLayerName } from './layerName';
import type { ConvertedCall, LayerPlan } from './layers';
import { argumentList } from './layers';
import { libraryName } from '../rewrite/libraryName';
import { refuse } from '../rewrite/notes';
import { truthOf } from '../rewrite/reasons';
import type { KerasSite } from './kerasSite';
import { findArgument, findNormalizer, quoted } from '../rewrite/site';
import { checkScopeInitializer } from './surroundings';

/** What is particular about a layer. */
export interface CoreLayer {
  readonly className: string;
  readonly inputs: string | undefined;
  /** Its arguments before the activation: sizes, strides, padding. Called when the checks before are done. */
  readonly args: () => readonly (string | undefined)[];
  readonly channelsFirst: boolean;
  /** Its kernels, each with the parameter of slim that gives the initial values. */
  readonly kernels: readonly Kernel[];
}

/** One kernel of a layer; a separable convolution has two. */
export interface Kernel {
  readonly prefix: KernelPrefix;
  readonly initializer: 'weights_initializer' | 'pointwise_initializer';
}

/** The only kernel of most layers. */
export const ownKernel: readonly Kernel[] = [{ prefix: 'kernel', initializer: 'weights_initializer' }];

/** Converts a layer with weights; the site's notes say why not, or what stays different. */
export function convertCoreLayer(site: KerasSite, layer: CoreLayer): ConvertedCall | undefined {
  checkReuse(site, findArgument(site.context, 'reuse'));
  checkCollection(site, findArgument(site.context, 'variables_collections'));
  checkCollection(site, findArgument(site.context, 'outputs_collections'));
  const name = findLayerName(site, findArgument(site.context, 'scope'));
  const normalizer = convertNormalizer(site, { channelsFirst: layer.channelsFirst, layerName: name });
  const activation = readActivation(site);
  const weighted = makeLayer(site, layer, { name, hasNormalizer: normalizer !== 'none', activation });
  if (layer.inputs === undefined || !activation || normalizer === undefined) return undefined;
  if (normalizer === 'none') return { inputs: layer.inputs, layers: [weighted] };
  const after = [normalizer.activation, activation].flatMap(activationLayers);
  return { inputs: layer.inputs, layers: [weighted, normalizer.layer, ...after] };
}

interface Parts {
  readonly name: string | undefined;
  readonly hasNormalizer: boolean;
  readonly activation: Activation | undefined;
}

function makeLayer(site: KerasSite, layer: CoreLayer, parts: Parts): LayerPlan {
  const args = layer.args();
  const initializers = layer.kernels.map((kernel) => initializerOf(site, kernel));
  const regularizers = layer.kernels.map(({ prefix }) =>
    regularizerText(site, 'weights_regularizer', `${prefix}_regularizer`),
  );
  const bias = biasTexts(site, parts.hasNormalizer);
  const activation = parts.hasNormalizer || parts.activation?.kind !== 'text' ? undefined : parts.activation.text;
  return {
    className: layer.className,
    args: argumentList(
      ...args,
      activation && `activation=${activation}`,
      bias.useBias,
      ...initializers,
      bias.initializer,
      ...regularizers,
      bias.regularizer,
      trainableText(site, [...regularizers, bias.regularizer]),
      parts.name && `name=${quoted(site, parts.name)}`,
    ),
    callArgs: [],
  };
}

/** Layers for an activation that stands by itself. */
export function activationLayers(activation: Activation): LayerPlan[] {
  if (activation.kind === 'none') return [];
  return [{ className: 'Activation', args: [activation.text], callArgs: [] }];
}

function readActivation(site: KerasSite): Activation | undefined {
  const argument = findArgument(site.context, 'activation_fn');
  return argument && convertActivation(site, argument);
}

/** Without an initializer of its own the kernel takes that of a variable scope, else Glorot uniform. */
function initializerOf(site: KerasSite, { prefix, initializer }: Kernel): string | undefined {
  const own = findArgument(site.context, initializer);
  // A pointwise kernel without an initializer of its own is drawn like the depthwise one (D8).
  const isOwn = own !== undefined && own.value.kind !== 'none';
  const argument = isOwn ? own : findArgument(site.context, 'weights_initializer');
  if (!argument) return undefined;
  if (argument.value.kind !== 'none') return kernelInitializerText(site, argument, prefix);
  checkScopeInitializer(site);
  return undefined;
}

interface BiasTexts {
  readonly useBias?: string;
  readonly initializer?: string | undefined;
  readonly regularizer?: string | undefined;
}

/** `use_bias = not normalizer_fn and biases_initializer`, by truth (D1); the rest is ignored without a bias. */
function biasTexts(site: KerasSite, hasNormalizer: boolean): BiasTexts {
  const argument = findArgument(site.context, 'biases_initializer');
  if (hasNormalizer) return { useBias: 'use_bias=False' };
  if (!argument) return {};
  const truth = truthOf(argument.value);
  if (truth === undefined) {
    refuse(site.notes, `it is not known whether there is a bias${reasonOf(argument.value)}`, argument.expression);
    return {};
  }
  if (!truth) return { useBias: 'use_bias=False' };
  return {
    initializer: biasInitializerText(site, argument),
    regularizer: regularizerText(site, 'biases_regularizer', 'bias_regularizer'),
  };
}

/** The normalizer's layers; `none` when there is no normalizer, undefined when it is refused. */
function convertNormalizer(
  site: KerasSite,
  options: { readonly channelsFirst: boolean; readonly layerName: string | undefined },
): ReturnType<typeof convertBatchNorm> | 'none' {
  const argument = findArgument(site.context, 'normalizer_fn');
  if (!argument || argument.value.kind === 'none') return 'none';
  const library = libraryName(argument.value);
  const call = findNormalizer(site.context);
  if (library?.family === 'layer' && library.name === 'batch_norm' && call) {
    if (!areParamsKnown(site)) return undefined;
    const { channelsFirst, layerName } = options;
    return convertBatchNorm(site, call, { channelsFirst, name: normalizerName(call, layerName) });
  }
  const what = isCallable(argument.value) ? 'may make variables of its own' : `is not known${reasonOf(argument.value)}`;
  return refuse(site.notes, `\`normalizer_fn=${argument.text}\` ${what}`, argument.expression);
}

/** Named like the layer, with slim's own default `BatchNorm`. */
function normalizerName(call: ImplicitCall, layerName: string | undefined): string | undefined {
  if (layerName === undefined) return undefined;
  const value = findArgument(call, 'scope')?.value;
  const own = value?.kind === 'str' ? value.value : 'BatchNorm';
  return `${layerName}_${own}`.replaceAll('/', '_');
}

function isCallable(value: StaticValue): boolean {
  return ['external', 'function', 'partial', 'class', 'externalResult'].includes(value.kind);
}

/** `normalizer_params` must be a dictionary whose keys are known. */
function areParamsKnown(site: KerasSite): boolean {
  const argument = findArgument(site.context, 'normalizer_params');
  if (!argument) return true;
  const { value } = argument;
  const isKnown =
    value.kind === 'none' || (value.kind === 'dict' && value.entries.every(([key]) => key.kind === 'str'));
  if (!isKnown) refuse(site.notes, `\`normalizer_params\` is not known${reasonOf(value)}`, argument.expression);
  return isKnown;
}
