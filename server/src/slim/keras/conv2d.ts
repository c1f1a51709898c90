/**
 * `slim.conv2d` as `Conv2D` (D1, D2): convolution, bias unless there is a normalizer, normalizer, activation.
 * slim's defaults that Keras does not share (relu, SAME) are written; those that are exactly equal are left out.
 */
import type { StaticValue } from '../../semantics/staticValue';
import { convertActivation, reasonOf } from './activations';
import type { Activation } from './activations';
import { convertBatchNorm } from './batchNorm';
import { checkCollection } from './collections';
import {
  biasInitializerText,
  checkReuse,
  checkStrideAndRate,
  inputsText,
  isOne,
  kernelInitializerText,
  paddingText,
  passOn,
  regularizerText,
  requiredText,
  trainableText,
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

/** Converts a call of slim's conv2d; the site's notes say why not, or what stays different. */
export function convertConv2d(site: KerasSite): ConvertedCall | undefined {
  const inputs = inputsText(site);
  const sizes = [requiredText(site, 'num_outputs'), requiredText(site, 'kernel_size')];
  checkSizes(site);
  checkStrideAndRate(site, 'stride', 'rate');
  checkReuse(site, findArgument(site.context, 'reuse'));
  checkCollection(site, findArgument(site.context, 'variables_collections'));
  checkCollection(site, findArgument(site.context, 'outputs_collections'));
  const channelsFirst = readChannelsFirst(site);
  const name = findLayerName(site, findArgument(site.context, 'scope'));
  const normalizer = convertNormalizer(site, { channelsFirst, layerName: name });
  const activation = readActivation(site);
  const convolution = makeConvolution(site, {
    sizes,
    channelsFirst,
    name,
    hasNormalizer: normalizer !== 'none',
    activation,
  });
  if (!inputs || !activation || normalizer === undefined) return undefined;
  if (normalizer === 'none') return { inputs, layers: [convolution] };
  const after = [normalizer.activation, activation].flatMap((one) => activationLayers(one));
  return { inputs, layers: [convolution, normalizer.layer, ...after] };
}

interface Parts {
  readonly sizes: readonly (string | undefined)[];
  readonly channelsFirst: boolean;
  readonly name: string | undefined;
  readonly hasNormalizer: boolean;
  readonly activation: Activation | undefined;
}

function makeConvolution(site: KerasSite, parts: Parts): LayerPlan {
  const padding = findArgument(site.context, 'padding');
  const kernelInitializer = kernelInitializerOf(site);
  const kernelRegularizer = regularizerText(site, 'weights_regularizer', 'kernel_regularizer');
  const bias = biasTexts(site, parts.hasNormalizer);
  const activation = parts.hasNormalizer || parts.activation?.kind !== 'text' ? undefined : parts.activation.text;
  return {
    className: 'Conv2D',
    args: argumentList(
      ...parts.sizes,
      passOn(site, 'stride', 'strides', isOne),
      padding && paddingText(site, padding),
      parts.channelsFirst ? `data_format=${quoted(site, 'channels_first')}` : undefined,
      passOn(site, 'rate', 'dilation_rate', isOne),
      activation && `activation=${activation}`,
      bias.useBias,
      kernelInitializer,
      bias.initializer,
      kernelRegularizer,
      bias.regularizer,
      trainableText(site, [kernelRegularizer, bias.regularizer]),
      parts.name && `name=${quoted(site, parts.name)}`,
    ),
    callArgs: [],
  };
}

/** `num_outputs` must be a positive int; a layer with another value fails on both sides, but differently. */
function checkSizes(site: KerasSite): void {
  const argument = findArgument(site.context, 'num_outputs');
  if (!argument) return;
  const { value } = argument;
  const isBad =
    value.kind === 'int' ? value.value <= 0 : ['none', 'str', 'float', 'list', 'tuple', 'dict'].includes(value.kind);
  if (isBad) refuse(site.notes, `\`num_outputs=${argument.text}\` is not a positive int`, argument.expression);
}

/** Only a format that starts with "NC" means channels first; slim's None never means "as Keras is configured". */
function readChannelsFirst(site: KerasSite): boolean {
  const argument = findArgument(site.context, 'data_format');
  if (!argument || argument.value.kind === 'none') return false;
  const { value } = argument;
  if (value.kind !== 'str') {
    refuse(site.notes, `\`data_format\` is not known${reasonOf(value)}`, argument.expression);
    return false;
  }
  if (!['NWC', 'NCW', 'NHWC', 'NCHW', 'NDHWC', 'NCDHW'].includes(value.value)) {
    refuse(
      site.notes,
      `\`data_format=${argument.text}\` fails at run time (ValueError: Invalid data_format)`,
      argument.expression,
    );
  }
  return value.value.startsWith('NC');
}

function readActivation(site: KerasSite): Activation | undefined {
  const argument = findArgument(site.context, 'activation_fn');
  return argument && convertActivation(site, argument);
}

function activationLayers(activation: Activation): LayerPlan[] {
  if (activation.kind === 'none') return [];
  return [{ className: 'Activation', args: [activation.text], callArgs: [] }];
}

/** Without an initializer of its own the kernel takes that of a variable scope, else Glorot uniform. */
function kernelInitializerOf(site: KerasSite): string | undefined {
  const argument = findArgument(site.context, 'weights_initializer');
  if (!argument) return undefined;
  if (argument.value.kind !== 'none') return kernelInitializerText(site, argument);
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
    return areParamsKnown(site) ? convertBatchNorm(site, call, options) : undefined;
  }
  const what = isCallable(argument.value) ? 'may make variables of its own' : `is not known${reasonOf(argument.value)}`;
  return refuse(site.notes, `\`normalizer_fn=${argument.text}\` ${what}`, argument.expression);
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
