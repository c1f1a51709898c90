/**
 * Layers without weights of which there is little to say: `slim.flatten` and `slim.softmax` (D8).
 */
import { inputsText } from './convolution';
import { checkCollection } from './collections';
import { findLayerName } from './layerName';
import { nameText } from './templateText';
import type { ConvertedCall } from './layers';
import { argumentList } from './layers';
import type { KerasSite } from './kerasSite';
import { findArgument } from '../rewrite/site';

/** `Flatten()`. slim never transposes; Keras does not either unless its configuration says channels first. */
export function convertFlatten(site: KerasSite): ConvertedCall | undefined {
  checkCollection(site, findArgument(site.context, 'outputs_collections'));
  return oneLayer(site, 'Flatten', inputsText(site));
}

/** `Softmax()`: both work along the last axis. */
export function convertSoftmax(site: KerasSite): ConvertedCall | undefined {
  return oneLayer(site, 'Softmax', inputsText(site, 'logits'));
}

function oneLayer(site: KerasSite, className: string, inputs: string | undefined): ConvertedCall | undefined {
  const name = findLayerName(site, findArgument(site.context, 'scope'));
  const args = argumentList(name && `name=${nameText(site, name)}`);
  return inputs === undefined ? undefined : { inputs, layers: [{ className, args, callArgs: [] }] };
}
