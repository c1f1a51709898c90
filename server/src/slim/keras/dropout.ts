/**
 * `slim.dropout` as `Dropout` (D8): what slim keeps, Keras drops. slim's default is to drop always, so that `training=`
 * is always written.
 */
import type { EffectiveArgument } from '../model';
import { inputsText, isNone, passOn } from './convolution';
import { checkCollection } from './collections';
import { findLayerName } from './layerName';
import { nameText } from './templateText';
import type { ConvertedCall } from './layers';
import { argumentList } from './layers';
import { argumentText } from '../rewrite/expressionText';
import { addCaveat, refuse } from '../rewrite/notes';
import type { KerasSite } from './kerasSite';
import { findArgument } from '../rewrite/site';
import { trainingText } from './training';

/** Converts a call of dropout; the site's notes say why not, or what stays different. */
export function convertDropout(site: KerasSite): ConvertedCall | undefined {
  const inputs = inputsText(site);
  checkCollection(site, findArgument(site.context, 'outputs_collections'));
  const name = findLayerName(site, findArgument(site.context, 'scope'));
  const keep = findArgument(site.context, 'keep_prob');
  const rate = keep && rateText(site, keep);
  const seed = passOn(site, 'seed', 'seed', isNone);
  if (seed !== undefined) addCaveat(site.notes, 'the same seed drops other units in Keras');
  const args = argumentList(
    rate,
    passOn(site, 'noise_shape', 'noise_shape', isNone),
    seed,
    name && `name=${nameText(site, name)}`,
  );
  const training = trainingText(site, site.context);
  if (inputs === undefined || rate === undefined || training === undefined) return undefined;
  return { inputs, layers: [{ className: 'Dropout', args, callArgs: [`training=${training}`] }] };
}

/** `1 - keep_prob`, computed where it is a number. A tensor cannot be given to Keras 3. */
function rateText(site: KerasSite, keep: EffectiveArgument): string | undefined {
  const { value } = keep;
  if (value.kind === 'externalResult' || (value.kind === 'unknown' && value.isTensor)) {
    return refuse(
      site.notes,
      `\`keep_prob\` is a tensor (\`${keep.text}\`), and Keras 3 needs a number`,
      keep.expression,
    );
  }
  const text = argumentText(site, keep);
  if (text === undefined) return undefined;
  const number = /^\d+(?:\.\d*)?$|^\.\d+$/.test(text) ? Number(text) : undefined;
  if (number !== undefined) {
    if (number > 0 && number <= 1) return complement(text);
    return refuse(site.notes, `\`keep_prob=${keep.text}\` is not in (0, 1], which fails at run time`, keep.expression);
  }
  if (value.kind !== 'int' && value.kind !== 'float') {
    addCaveat(site.notes, `\`${text}\` must be a Python number, not a placeholder`);
  }
  return `1 - ${/^[\w.]+$/.test(text) ? text : `(${text})`}`;
}

/**
 * The decimal complement of a literal: 0.2 for 0.8. slim's own `1 - 0.8` is 0.19999999999999996, the same 32-bit number;
 * where it is not, the difference is left to Python.
 */
function complement(text: string): string {
  const digits = /\.(\d+)$/.exec(text)?.[1]?.length ?? 0;
  const rate = Number((1 - Number(text)).toFixed(digits));
  if (Math.fround(rate) !== Math.fround(1 - Number(text))) return `1 - ${text}`;
  return Number.isInteger(rate) ? `${rate}.0` : String(rate);
}
