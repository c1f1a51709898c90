/**
 * `tf.layers.batch_normalization` as `BatchNormalization` (D6, D8). The defaults are Keras's; `training=` is written,
 * since it is off unless the call says otherwise, while `fit` of Keras would switch it on.
 */
import type { StaticValue } from '../../semantics/staticValue';
import type { EffectiveArgument } from '../model';
import { reasonOf } from './activations';
import { argumentText } from '../rewrite/expressionText';
import { addCaveat, refuse } from '../rewrite/notes';
import { findArgument } from '../rewrite/site';
import { checkUnsupported, fusedEpsilon } from './batchNorm';
import { isFalse, isTrue, passOn, regularizerText } from './convolution';
import type { KerasSite } from './kerasSite';
import { layersConstraint, layersInitializer } from './tfLayersArguments';
import { inputsRank } from './tensorRank';
import { trainingText } from './training';

/** The constructor's arguments, for a call of the function or of the class. */
export function layersBatchNorm(site: KerasSite): readonly (string | undefined)[] {
  checkUnsupported(site, site.context, ['renorm', 'virtual_batch_size', 'adjustment']);
  checkStored(site);
  const parameters = [...(isOn(site, 'center') ? ['beta'] : []), ...(isOn(site, 'scale') ? ['gamma'] : [])];
  return [
    axisText(site),
    passOn(site, 'momentum', 'momentum', isNumber(0.99)),
    passOn(site, 'epsilon', 'epsilon', isNumber(0.001)),
    passOn(site, 'center', 'center', isTrue),
    passOn(site, 'scale', 'scale', isTrue),
    ...(parameters.includes('beta') ? [layersInitializer(site, 'beta_initializer', 'zeros')] : []),
    ...(parameters.includes('gamma') ? [layersInitializer(site, 'gamma_initializer', 'ones')] : []),
    layersInitializer(site, 'moving_mean_initializer', 'zeros'),
    layersInitializer(site, 'moving_variance_initializer', 'ones'),
    ...parameters.map((name) => regularizerText(site, `${name}_regularizer`, `${name}_regularizer`)),
    ...parameters.map((name) => layersConstraint(site, `${name}_constraint`)),
    trainableText(site),
  ];
}

/** `training=` of a call: off by default, and a Python bool for Keras 3. */
export function layersTraining(site: KerasSite, argument: EffectiveArgument | undefined): string | undefined {
  return argument && trainingText(site, site.context, 'training');
}

/** -1 is the default on both sides; Keras 3 takes one axis only. */
function axisText(site: KerasSite): string | undefined {
  const argument = findArgument(site.context, 'axis');
  if (!argument || argument.origin.kind === 'default') return undefined;
  const { value } = argument;
  if (value.kind === 'list' || value.kind === 'tuple') {
    const [only, ...others] = value.items;
    if (only?.kind === 'int' && others.length === 0) return only.value === -1 ? undefined : `axis=${only.value}`;
    return refuse(site.notes, `\`axis=${argument.text}\`: Keras 3 normalizes along one axis only`, argument.expression);
  }
  if (value.kind === 'int' && value.value === -1) return undefined;
  const text = argumentText(site, argument);
  const isInt = value.kind === 'int' || (value.kind === 'choice' && value.options.every(({ kind }) => kind === 'int'));
  if (text !== undefined && !isInt) addCaveat(site.notes, `\`${text}\`, the \`axis\`, must be one int, not a list`);
  return text && `axis=${text}`;
}

/** What a fused layer computes or stores otherwise, and that the program's UPDATE_OPS are not needed any more. */
function checkStored(site: KerasSite): void {
  const epsilon = findArgument(site.context, 'epsilon')?.value;
  const isSmall = (epsilon?.kind === 'float' || epsilon?.kind === 'int') && epsilon.value < fusedEpsilon;
  if (isSmall && isFused(site)) {
    addCaveat(site.notes, 'TensorFlow 1 raises an epsilon below 1.001e-5 to that value, later versions do not');
  }
  const training = findArgument(site.context, 'training');
  if (isFalse(training?.value)) return;
  addCaveat(
    site.notes,
    'the moving averages are updated by the layer itself, whether or not the program runs UPDATE_OPS',
  );
  if (isFused(site)) {
    addCaveat(site.notes, "Keras 3 stores moving_variance without Bessel's correction N/(N-1); outputs are the same");
  }
}

/** The fused kernel takes four dimensions only. */
function isFused(site: KerasSite): boolean {
  const fused = findArgument(site.context, 'fused');
  return !isFalse(fused?.value) && (inputsRank(site) ?? 4) === 4;
}

/** A frozen layer: TensorFlow 1 goes on normalizing with the batch, Keras switches to inference. */
function trainableText(site: KerasSite): string | undefined {
  const argument = findArgument(site.context, 'trainable');
  const training = findArgument(site.context, 'training');
  if (!argument || isTrue(argument.value)) return undefined;
  if (isFalse(training?.value)) return passOn(site, 'trainable', 'trainable', isTrue);
  return refuse(
    site.notes,
    `\`trainable=${argument.text}\`: \`tf.layers\` still normalizes with the batch, a frozen Keras layer does not` +
      reasonOf(argument.value),
    argument.expression,
  );
}

/** Unless it is certainly off. */
function isOn(site: KerasSite, name: string): boolean {
  return !isFalse(findArgument(site.context, name)?.value);
}

function isNumber(number: number) {
  return (value: StaticValue): boolean => (value.kind === 'float' || value.kind === 'int') && value.value === number;
}
