/**
 * What slim's layers with weights have in common (D1): the layer itself with a bias unless a normalizer follows, then
 * the normalizer, then the activation. slim's defaults that Keras does not share are written; equal ones are left out.
 * Sizes, strides and formats are the converters' own business.
 */
import type { StaticValue } from '../../semantics/staticValue';
import type { ImplicitCall } from '../model';
import { convertActivation, reasonOf } from './activations';
import type { Activation } from './activations';
import type { BatchNorm } from './batchNorm';
import { convertBatchNorm } from './batchNorm';
import type { AddedBias } from './biasAdd';
import { convertBiasAdd } from './biasAdd';
import { checkCollection } from './collections';
import {
  biasInitializerText,
  checkReuse,
  kernelInitializerText,
  regularizerText,
  trainableText,
  type KernelPrefix,
} from './convolution';
import { findLayerName, nameFor } from './layerName';
import { nameText } from './templateText';
import type { ConvertedCall, LayerPlan } from './layers';
import { argumentList } from './layers';
import { libraryName } from '../rewrite/libraryName';
import { refuse } from '../rewrite/notes';
import { truthOf } from '../rewrite/reasons';
import type { KerasSite } from './kerasSite';
import { convertNorm, isNormOp } from './norms';
import { findArgument, findNormalizer } from '../rewrite/site';
import { checkScopeInitializer } from './surroundings';

/** What is particular about a layer. */
export interface CoreLayer {
  readonly className: string;
  readonly inputs: string | undefined;
  /** Its arguments before the activation: sizes, strides, padding. Called when the checks before are done. */
  readonly args: () => readonly (string | undefined)[];
  readonly channelsFirst: boolean;
  /** Rank of what it gives, where it is known. */
  readonly rank: number | undefined;
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
  const normalizer = convertNormalizer(site, layer, name);
  const activation = readActivation(site);
  if (normalizer?.kind === 'bias') return withAddedBias(site, layer, { name, bias: normalizer.bias, activation });
  const hasNormalizer = normalizer?.kind !== 'none';
  const weighted = makeLayer(site, layer, { name, hasNormalizer, activation: hasNormalizer ? undefined : activation });
  if (layer.inputs === undefined || !activation || normalizer === undefined) return undefined;
  if (normalizer.kind === 'none') return { inputs: layer.inputs, layers: [weighted] };
  const after = [normalizer.norm.activation, activation].flatMap(activationLayers);
  return { inputs: layer.inputs, layers: [weighted, normalizer.norm.layer, ...after] };
}

/** The first activation is the layer's own, since nothing runs between it and the bias. */
function withAddedBias(
  site: KerasSite,
  layer: CoreLayer,
  parts: { readonly name: string | undefined; readonly bias: AddedBias; readonly activation: Activation | undefined },
): ConvertedCall | undefined {
  const { name, bias, activation } = parts;
  const [own, ...after] = [bias.activation, ...(activation ? [activation] : [])].filter(({ kind }) => kind === 'text');
  const weighted = makeLayer(site, layer, { name, hasNormalizer: false, activation: own, bias });
  if (layer.inputs === undefined || !activation) return undefined;
  return { inputs: layer.inputs, layers: [weighted, ...after.flatMap(activationLayers)] };
}

interface Parts {
  readonly name: string | undefined;
  readonly hasNormalizer: boolean;
  readonly activation: Activation | undefined;
  /** The bias that a normalizer adds, in place of the layer's own. */
  readonly bias?: AddedBias;
}

function makeLayer(site: KerasSite, layer: CoreLayer, parts: Parts): LayerPlan {
  const args = layer.args();
  const initializers = layer.kernels.map((kernel) => initializerOf(site, kernel));
  const regularizers = layer.kernels.map(({ prefix }) =>
    regularizerText(site, 'weights_regularizer', `${prefix}_regularizer`),
  );
  const bias: BiasTexts = parts.bias ?? biasTexts(site, parts.hasNormalizer);
  const activation = parts.activation?.kind === 'text' ? parts.activation.text : undefined;
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
      parts.name && `name=${nameText(site, parts.name)}`,
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

type Normalizer =
  | { readonly kind: 'none' }
  | { readonly kind: 'bias'; readonly bias: AddedBias }
  | { readonly kind: 'norm'; readonly norm: BatchNorm };

/** slim's default scopes of its normalizers. */
const ownScopes: Readonly<Record<string, string | undefined>> = {
  batch_norm: 'BatchNorm',
  bias_add: 'BiasAdd',
  group_norm: 'GroupNorm',
  instance_norm: 'InstanceNorm',
  layer_norm: 'LayerNorm',
};

/** Undefined when it is refused. */
function convertNormalizer(site: KerasSite, layer: CoreLayer, layerName: string | undefined): Normalizer | undefined {
  const argument = findArgument(site.context, 'normalizer_fn');
  if (!argument || argument.value.kind === 'none') return { kind: 'none' };
  const library = libraryName(argument.value);
  const call = findNormalizer(site.context);
  const scope = library?.family === 'layer' ? ownScopes[library.name] : undefined;
  if (library && scope !== undefined && call) {
    if (!areParamsKnown(site)) return undefined;
    const { channelsFirst, rank } = layer;
    if (library.name === 'bias_add') {
      const bias = convertBiasAdd(site, call, { channelsFirst });
      return bias && { kind: 'bias', bias };
    }
    const name = normalizerName(site, call, layerName, scope);
    const norm = isNormOp(library.name)
      ? convertNorm(site, library.name, call, { rank, name })
      : convertBatchNorm(site, call, { channelsFirst, name });
    return norm && { kind: 'norm', norm };
  }
  const what = isCallable(argument.value) ? 'may make variables of its own' : `is not known${reasonOf(argument.value)}`;
  return refuse(site.notes, `\`normalizer_fn=${argument.text}\` ${what}`, argument.expression);
}

/** Named like the layer, with slim's own default. */
function normalizerName(
  site: KerasSite,
  call: ImplicitCall,
  layerName: string | undefined,
  scope: string,
): string | undefined {
  if (layerName === undefined) return undefined;
  const value = findArgument(call, 'scope')?.value;
  const own = value?.kind === 'str' ? value.value : scope;
  return nameFor(site, `${site.notes.scopes.get(layerName) ?? layerName}/${own}`);
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
