/**
 * `tf.layers.conv2d` as `Conv2D` (D8). The classes behind both are the same, so arguments carry over by name;
 * initializers and regularizers are converted, and `reuse` needs a shared layer.
 */
import { convertActivation, reasonOf } from './activations';
import {
  biasInitializerText,
  checkReuse,
  checkStrideAndRate,
  inputsText,
  isNone,
  isOne,
  isTrue,
  kernelInitializerText,
  paddingText,
  passOn,
  regularizerText,
  requiredText,
  trainableText,
} from './convolution';
import { findLayerName } from './layerName';
import type { ConvertedCall } from './layers';
import { argumentList } from './layers';
import { refuse } from '../rewrite/notes';
import type { KerasSite } from './kerasSite';
import { findArgument, quoted } from '../rewrite/site';
import { checkScopeInitializer } from './surroundings';

/** Converts a call of tf.layers.conv2d; the site's notes say why not, or what stays different. */
export function convertTfLayersConv2d(site: KerasSite): ConvertedCall | undefined {
  const inputs = inputsText(site);
  const sizes = [requiredText(site, 'filters'), requiredText(site, 'kernel_size')];
  checkStrideAndRate(site, 'strides', 'dilation_rate');
  checkReuse(site, findArgument(site.context, 'reuse'));
  const regularizers = [
    regularizerText(site, 'kernel_regularizer', 'kernel_regularizer'),
    regularizerText(site, 'bias_regularizer', 'bias_regularizer'),
  ];
  const name = findLayerName(site, findArgument(site.context, 'name'));
  const args = argumentList(
    ...sizes,
    passOn(site, 'strides', 'strides', isOne),
    paddingOf(site),
    dataFormatText(site),
    passOn(site, 'dilation_rate', 'dilation_rate', isOne),
    activationText(site),
    passOn(site, 'use_bias', 'use_bias', isTrue),
    kernelInitializerOf(site),
    biasInitializerOf(site),
    ...regularizers,
    regularizerText(site, 'activity_regularizer', 'activity_regularizer'),
    passOn(site, 'kernel_constraint', 'kernel_constraint', isNone),
    passOn(site, 'bias_constraint', 'bias_constraint', isNone),
    trainableText(site, regularizers),
    name && `name=${quoted(site, name)}`,
  );
  return inputs === undefined ? undefined : { inputs, layers: [{ className: 'Conv2D', args, callArgs: [] }] };
}

/** `valid` is the default on both sides. */
function paddingOf(site: KerasSite): string | undefined {
  const argument = findArgument(site.context, 'padding');
  return !argument || argument.origin.kind === 'default' ? undefined : paddingText(site, argument);
}

/** The default here is channels last, while Keras's follows its configuration. */
function dataFormatText(site: KerasSite): string | undefined {
  const argument = findArgument(site.context, 'data_format');
  if (!argument) return undefined;
  const { value } = argument;
  if (value.kind === 'str' && value.value.toLowerCase() === 'channels_last') return undefined;
  if (value.kind !== 'str') return passOn(site, 'data_format', 'data_format', isNone);
  return `data_format=${quoted(site, value.value.toLowerCase())}`;
}

function activationText(site: KerasSite): string | undefined {
  const argument = findArgument(site.context, 'activation');
  const activation = argument && convertActivation(site, argument);
  return activation?.kind === 'text' ? `activation=${activation.text}` : undefined;
}

/** None takes the initializer of a variable scope, else Glorot uniform. */
function kernelInitializerOf(site: KerasSite): string | undefined {
  const argument = findArgument(site.context, 'kernel_initializer');
  if (!argument) return undefined;
  if (!isNone(argument.value)) return kernelInitializerText(site, argument);
  checkScopeInitializer(site);
  return undefined;
}

/** Without an initializer of its own the bias would take the kernel's default. */
function biasInitializerOf(site: KerasSite): string | undefined {
  const argument = findArgument(site.context, 'bias_initializer');
  if (!argument || argument.origin.kind === 'default') return undefined;
  if (!isNone(argument.value)) return biasInitializerText(site, argument);
  return refuse(
    site.notes,
    `\`bias_initializer=None\` is not the default of Keras${reasonOf(argument.value)}`,
    argument.expression,
  );
}
