/**
 * `is_training` of slim, `training` of tf.layers, as `training=` of a Keras call. slim trains unless told otherwise,
 * tf.layers does not, and Keras leaves it to `fit`, so that it is always written; Keras 3 needs a Python bool.
 */
import { argumentText } from '../rewrite/expressionText';
import { addCaveat, refuse } from '../rewrite/notes';
import { findArgument } from '../rewrite/site';
import type { EffectiveArgument } from '../model';
import type { KerasSite } from './kerasSite';

/** Keras 2 keeps what the layer was called with; Keras 3 hands down what the model is called with. */
export const overriddenByFit =
  '`fit` of a functional model in Keras 3 trains this layer all the same: it overrides `training=False`';

/** The text for `training=`; undefined when it is refused. */
export function trainingText(
  site: KerasSite,
  call: { readonly arguments: readonly EffectiveArgument[] },
  name = 'is_training',
): string | undefined {
  const argument = findArgument(call, name);
  if (!argument) return undefined;
  const { value } = argument;
  if (value.kind === 'none') {
    return refuse(site.notes, `\`${name}=None\` follows Keras's old learning phase`, argument.expression);
  }
  const isTensor = value.kind === 'externalResult' || (value.kind === 'unknown' && value.isTensor);
  if (isTensor) {
    return refuse(
      site.notes,
      `\`${name}\` is a tensor (\`${argument.text}\`), and Keras 3 needs a Python bool`,
      argument.expression,
    );
  }
  const text = argumentText(site, argument);
  if (text && value.kind === 'bool' && !value.value) addCaveat(site.notes, overriddenByFit);
  if (text && value.kind !== 'bool') addCaveat(site.notes, `\`${text}\` must be a Python bool, not a placeholder`);
  return text;
}
