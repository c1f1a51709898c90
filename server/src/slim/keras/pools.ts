/**
 * slim's pools as `MaxPooling2D` and the like (D8). The stride is written, since slim's default is 2 and Keras's the
 * size of the pool; `stride=None` means the size of the pool on both sides.
 */
import { inputsText, isNone, paddingText, passOn, readChannelsFirst, requiredText } from './convolution';
import { checkCollection } from './collections';
import { findLayerName } from './layerName';
import { nameText } from './templateText';
import type { ConvertedCall } from './layers';
import { argumentList } from './layers';
import type { KerasSite } from './kerasSite';
import { findArgument, quoted } from '../rewrite/site';

type PoolClass = `${'Max' | 'Average'}Pooling${'2D' | '3D'}`;

/** Converts a pool to the given class. */
export function convertPool(className: PoolClass) {
  return (site: KerasSite): ConvertedCall | undefined => {
    const inputs = inputsText(site);
    const size = requiredText(site, 'kernel_size');
    checkCollection(site, findArgument(site.context, 'outputs_collections'));
    const formats = className.endsWith('3D') ? ['NDHWC', 'NCDHW'] : ['NHWC', 'NCHW'];
    const channelsFirst = readChannelsFirst(site, { formats, none: 'fails' });
    const name = findLayerName(site, findArgument(site.context, 'scope'));
    const args = argumentList(
      size,
      passOn(site, 'stride', 'strides', isNone),
      paddingOf(site),
      channelsFirst ? `data_format=${quoted(site, 'channels_first')}` : undefined,
      name && `name=${nameText(site, name)}`,
    );
    return inputs === undefined ? undefined : { inputs, layers: [{ className, args, callArgs: [] }] };
  };
}

/** VALID is the default on both sides. */
function paddingOf(site: KerasSite): string | undefined {
  const argument = findArgument(site.context, 'padding');
  if (!argument) return undefined;
  const isValid = argument.value.kind === 'str' && argument.value.value.toUpperCase() === 'VALID';
  return isValid ? undefined : paddingText(site, argument);
}
