/**
 * Calls of `slim.layer_norm`, `slim.instance_norm` and `slim.group_norm` that somebody wrote (D8), where the rank of
 * the inputs is known; those that the library makes for another layer are converted with that layer.
 */
import { inputsText } from './convolution';
import { activationLayers } from './coreLayer';
import { findLayerName } from './layerName';
import type { ConvertedCall } from './layers';
import type { KerasSite } from './kerasSite';
import type { NormOp } from './norms';
import { convertNorm } from './norms';
import { inputsRank } from './tensorRank';
import { findArgument } from '../rewrite/site';

/** Converts calls of one norm. */
export function convertOwnNorm(op: NormOp) {
  return (site: KerasSite): ConvertedCall | undefined => {
    const inputs = inputsText(site);
    const name = findLayerName(site, findArgument(site.context, 'scope'));
    const converted = convertNorm(site, op, site.context, { rank: inputsRank(site), name });
    if (inputs === undefined || !converted) return undefined;
    return { inputs, layers: [converted.layer, ...activationLayers(converted.activation)] };
  };
}
