/**
 * A call of `slim.batch_norm` that somebody wrote, as `BatchNormalization` (D6); the one that the library makes for
 * another layer is converted with that layer.
 */
import { convertBatchNorm } from './batchNorm';
import { inputsText, readChannelsFirst } from './convolution';
import { activationLayers } from './coreLayer';
import { findLayerName } from './layerName';
import type { ConvertedCall } from './layers';
import type { KerasSite } from './kerasSite';
import { findArgument } from '../rewrite/site';

/** Converts a call of batch_norm; the site's notes say why not, or what stays different. */
export function convertOwnBatchNorm(site: KerasSite): ConvertedCall | undefined {
  const inputs = inputsText(site);
  const channelsFirst = readChannelsFirst(site, { formats: ['NHWC', 'NCHW'], none: 'fails' });
  const name = findLayerName(site, findArgument(site.context, 'scope'));
  const converted = convertBatchNorm(site, site.context, { channelsFirst, name });
  if (inputs === undefined || !converted) return undefined;
  return { inputs, layers: [converted.layer, ...activationLayers(converted.activation)] };
}
