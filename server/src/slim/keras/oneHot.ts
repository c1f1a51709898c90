/**
 * `slim.one_hot_encoding` as `tf.one_hot` (D8), which it calls. It is a function and no layer: it has no weights, and
 * labels are seldom inputs of a model.
 */
import { checkCollection } from './collections';
import { inputsText, requiredText } from './convolution';
import type { ConvertedCall } from './layers';
import { argumentList } from './layers';
import type { KerasSite } from './kerasSite';
import { argumentText } from '../rewrite/expressionText';
import { addCaveat, refuse } from '../rewrite/notes';
import { findArgument } from '../rewrite/site';
import { visibleModules } from '../rewrite/visibleModules';

const tensorflowModules = ['tensorflow', 'tensorflow.compat.v1', 'tensorflow.compat.v2'];

/** Converts a call of one_hot_encoding; the site's notes say why not, or what stays different. */
export function convertOneHot(site: KerasSite): ConvertedCall | undefined {
  const labels = inputsText(site, 'labels');
  const classes = requiredText(site, 'num_classes');
  checkCollection(site, findArgument(site.context, 'outputs_collections'));
  const values = valueTexts(site);
  const modules = visibleModules(site.source, site.scope, site.call.call.span.start);
  const tensorflow = site.names.tensorflow ?? [...modules].find(([, path]) => tensorflowModules.includes(path))?.[0];
  if (tensorflow === undefined) {
    return refuse(site.notes, '`tf.one_hot` needs TensorFlow, which has no name in this file');
  }
  if (site.call.via !== undefined) return refuse(site.notes, '`one_hot_encoding` is not called by the file itself');
  if (labels === undefined || classes === undefined) return undefined;
  addCaveat(site.notes, '`tf.one_hot` does not take the symbolic inputs of a Keras 3 model');
  const args = [labels, classes, ...values];
  return { inputs: labels, layers: [{ className: 'one_hot', function: `${tensorflow}.one_hot`, args, callArgs: [] }] };
}

/** The defaults 1.0 and 0.0 are those of `tf.one_hot`; one alone would leave the other to another type. */
function valueTexts(site: KerasSite): string[] {
  const values = ['on_value', 'off_value'].flatMap((name) => findArgument(site.context, name) ?? []);
  if (values.every(({ origin }) => origin.kind === 'default')) return [];
  return argumentList(
    ...values.map((argument) => {
      const text = argumentText(site, argument);
      return text && `${argument.name}=${text}`;
    }),
  );
}
