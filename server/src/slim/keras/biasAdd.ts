/**
 * `normalizer_fn=slim.bias_add`: a bias behind a layer without one, which is the bias of the Keras layer (D8). A bias
 * that is frozen or formatted unlike the layer is refused.
 */
import type { ImplicitCall } from '../model';
import { convertActivation, reasonOf } from './activations';
import type { Activation } from './activations';
import { checkCollection } from './collections';
import { biasInitializerText, checkReuse, isTrue } from './convolution';
import { convertRegularizer } from './regularizers';
import { refuse } from '../rewrite/notes';
import { findArgument } from '../rewrite/site';
import type { KerasSite } from './kerasSite';

export interface AddedBias {
  readonly initializer: string | undefined;
  readonly regularizer: string | undefined;
  /** bias_add's own activation, which runs before that of the layer around it. */
  readonly activation: Activation;
}

/** Converts the call that the library makes; undefined when it is refused. */
export function convertBiasAdd(
  site: KerasSite,
  call: ImplicitCall,
  layer: { readonly channelsFirst: boolean },
): AddedBias | undefined {
  checkReuse(site, findArgument(call, 'reuse'));
  checkCollection(site, findArgument(call, 'variables_collections'));
  checkCollection(site, findArgument(call, 'outputs_collections'));
  checkTrainable(site, call);
  checkFormat(site, call, layer.channelsFirst);
  const initializer = findArgument(call, 'initializer');
  if (initializer?.value.kind === 'none') {
    refuse(site.notes, '`initializer=None` of `bias_add` is not the default of Keras', initializer.expression);
  }
  const isGiven = initializer && initializer.value.kind !== 'none';
  const regularizer = findArgument(call, 'regularizer');
  const penalty = regularizer && convertRegularizer(site, regularizer);
  const own = findArgument(call, 'activation_fn');
  const activation = own ? convertActivation(site, own) : { kind: 'none' as const };
  return (
    activation && {
      initializer: isGiven ? biasInitializerText(site, initializer) : undefined,
      regularizer: penalty?.kind === 'text' ? `bias_regularizer=${penalty.text}` : undefined,
      activation,
    }
  );
}

/** One Keras layer has one `trainable`. */
function checkTrainable(site: KerasSite, call: ImplicitCall): void {
  const arguments_ = [findArgument(call, 'trainable'), findArgument(site.context, 'trainable')];
  const frozen = arguments_.find((argument) => argument && !isTrue(argument.value));
  if (!frozen) return;
  const what = `\`trainable=${frozen.text}\`: the bias of \`bias_add\` and the layer have each their own`;
  refuse(site.notes, what, frozen.expression);
}

function checkFormat(site: KerasSite, call: ImplicitCall, channelsFirst: boolean): void {
  const argument = findArgument(call, 'data_format');
  if (!argument) return;
  const { value } = argument;
  if (value.kind === 'str' && value.value === (channelsFirst ? 'NCHW' : 'NHWC')) return;
  const what = value.kind === 'str' ? `is \`${value.value}\`, not that of the layer` : `is not known${reasonOf(value)}`;
  refuse(site.notes, `\`data_format\` of \`bias_add\` ${what}`, argument.expression);
}
