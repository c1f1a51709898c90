/**
 * slim's plain and transposed convolutions as `Conv1D`, `Conv2D`, `Conv3D` and `Conv2DTranspose` (D1, D2, D8).
 */
import {
  checkSize,
  checkStrideAndRate,
  inputsText,
  isOne,
  paddingText,
  passOn,
  readChannelsFirst,
  requiredText,
} from './convolution';
import { convertCoreLayer, ownKernel } from './coreLayer';
import type { ConvertedCall } from './layers';
import type { KerasSite } from './kerasSite';
import { findArgument, quoted } from '../rewrite/site';

/** Every spelling that a convolution takes; only the prefix "NC" matters. */
const convolutionFormats = ['NWC', 'NCW', 'NHWC', 'NCHW', 'NDHWC', 'NCDHW'];

/** Converts conv1d, conv2d or conv3d to the Keras class of that rank. */
export function convertConvolution(className: 'Conv1D' | 'Conv2D' | 'Conv3D') {
  const rank = { Conv1D: 3, Conv2D: 4, Conv3D: 5 }[className];
  return (site: KerasSite): ConvertedCall | undefined => {
    const inputs = inputsText(site);
    const sizes = [requiredText(site, 'num_outputs'), requiredText(site, 'kernel_size')];
    checkSize(site, 'num_outputs');
    checkStrideAndRate(site, 'stride', 'rate');
    const channelsFirst = readChannelsFirst(site, { formats: convolutionFormats, none: 'last' });
    const args = () => [...sizes, ...placement(site, channelsFirst), passOn(site, 'rate', 'dilation_rate', isOne)];
    return convertCoreLayer(site, { className, inputs, args, channelsFirst, rank, kernels: ownKernel });
  };
}

/** Converts conv2d_transpose: the kernel has the same shape on both sides, and so has the output (D8). */
export function convertConv2dTranspose(site: KerasSite): ConvertedCall | undefined {
  const inputs = inputsText(site);
  const sizes = [requiredText(site, 'num_outputs'), requiredText(site, 'kernel_size')];
  checkSize(site, 'num_outputs');
  const channelsFirst = readChannelsFirst(site, { formats: ['NHWC', 'NCHW'], none: 'fails' });
  const args = () => [...sizes, ...placement(site, channelsFirst)];
  return convertCoreLayer(site, {
    className: 'Conv2DTranspose',
    inputs,
    args,
    channelsFirst,
    rank: 4,
    kernels: ownKernel,
  });
}

function placement(site: KerasSite, channelsFirst: boolean): readonly (string | undefined)[] {
  const padding = findArgument(site.context, 'padding');
  return [
    passOn(site, 'stride', 'strides', isOne),
    padding && paddingText(site, padding),
    channelsFirst ? `data_format=${quoted(site, 'channels_first')}` : undefined,
  ];
}
