/**
 * `slim.fully_connected` and its partials (`slim.relu`, `slim.linear`, ...) as `Dense` (D8): both contract the last
 * axis of their inputs and keep the others.
 */
import { checkSize, inputsText, requiredText } from './convolution';
import { convertCoreLayer, ownKernel } from './coreLayer';
import type { ConvertedCall } from './layers';
import type { KerasSite } from './kerasSite';
import { inputsRank } from './tensorRank';

/** Converts a call of fully_connected; the site's notes say why not, or what stays different. */
export function convertFullyConnected(site: KerasSite): ConvertedCall | undefined {
  const inputs = inputsText(site);
  const units = requiredText(site, 'num_outputs');
  checkSize(site, 'num_outputs');
  return convertCoreLayer(site, {
    className: 'Dense',
    inputs,
    args: () => [units],
    channelsFirst: false,
    rank: inputsRank(site),
    kernels: ownKernel,
  });
}
