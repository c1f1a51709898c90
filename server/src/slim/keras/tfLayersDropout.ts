/**
 * The arguments of `tf.layers.dropout`: its rate is Keras's, but a tensor cannot be given to Keras 3.
 */
import type { StaticValue } from '../../semantics/staticValue';
import { isNone, passOn } from './convolution';
import type { KerasSite } from './kerasSite';
import { argumentText } from '../rewrite/expressionText';
import { addCaveat, refuse } from '../rewrite/notes';
import { findArgument } from '../rewrite/site';

/** The constructor's arguments, for a call of the function or of the class. */
export function layersRate(site: KerasSite): readonly (string | undefined)[] {
  const seed = passOn(site, 'seed', 'seed', isNone);
  if (seed !== undefined) addCaveat(site.notes, 'the same seed drops other units in Keras');
  return [rateText(site), noiseShapeText(site), seed];
}

function rateText(site: KerasSite): string | undefined {
  const argument = findArgument(site.context, 'rate');
  if (!argument) return undefined;
  const { value } = argument;
  if (isTensor(value)) {
    return refuse(
      site.notes,
      `\`rate\` is a tensor (\`${argument.text}\`), and Keras 3 needs a number`,
      argument.expression,
    );
  }
  const isNumber = value.kind === 'int' || value.kind === 'float';
  if (isNumber && (value.value < 0 || value.value > 1)) {
    return refuse(
      site.notes,
      `\`rate=${argument.text}\` is not from 0 to 1, which fails at run time`,
      argument.expression,
    );
  }
  const text = argumentText(site, argument);
  if (text !== undefined && !isNumber) addCaveat(site.notes, `\`${text}\` must be a Python number, not a placeholder`);
  return text;
}

/** A list of ints and None; where it is computed from a tensor, Keras 3 cannot take it. */
function noiseShapeText(site: KerasSite): string | undefined {
  const argument = findArgument(site.context, 'noise_shape');
  if (!argument || isNone(argument.value)) return undefined;
  const { value } = argument;
  const isSequence = value.kind === 'list' || value.kind === 'tuple';
  const isBad = isSequence ? !value.items.every(({ kind }) => kind === 'int' || kind === 'none') : isTensor(value);
  if (isBad) {
    return refuse(
      site.notes,
      `\`noise_shape=${argument.text}\` is not known to hold ints only, and Keras 3 takes no tensor there`,
      argument.expression,
    );
  }
  const text = passOn(site, 'noise_shape', 'noise_shape', isNone);
  if (text !== undefined && !isSequence) addCaveat(site.notes, '`noise_shape` must be a list of ints, not a tensor');
  return text;
}

function isTensor(value: StaticValue): boolean {
  return value.kind === 'externalResult' || (value.kind === 'unknown' && value.isTensor === true);
}
