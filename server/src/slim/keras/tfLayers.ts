/**
 * The functions of `tf.layers`, and the constructors of its classes, as Keras layers (D8): one row per layer. The
 * classes behind both are the same, so that most arguments carry over by name.
 */
import {
  checkReuse,
  checkSize,
  checkStrideAndRate,
  inputsText,
  isFalse,
  isNone,
  isOne,
  isTrue,
  passOn,
  regularizerText,
  requiredText,
  trainableText,
  type KernelPrefix,
} from './convolution';
import type { KerasSite } from './kerasSite';
import { findLayerName } from './layerName';
import { nameText } from './templateText';
import type { ConvertedCall } from './layers';
import { argumentList } from './layers';
import { checkStrides } from './separableConv2d';
import { layersBatchNorm, layersTraining } from './tfLayersBatchNorm';
import {
  layersActivation,
  layersActivityRegularizer,
  layersConstraint,
  layersDataFormat,
  layersInitializer,
  layersPadding,
} from './tfLayersArguments';
import { layersRate } from './tfLayersDropout';
import { refuse } from '../rewrite/notes';
import { findArgument } from '../rewrite/site';

/** What is particular about a layer with a kernel. */
interface KernelLayer {
  readonly sizes: readonly string[];
  readonly kernels: readonly KernelPrefix[];
  /** Absent for a dense layer. */
  readonly convolution?: 'plain' | 'separable' | 'transposed';
}

/** Gives the constructor's arguments, the name aside. */
type Arguments = (site: KerasSite, className: string) => readonly (string | undefined)[];

/** One layer: its function, and the class with the name of Keras's. */
export interface LayerRow {
  readonly className: string;
  readonly isWeightless?: true;
  /** Set where `training=` of the call decides what the layer does; it is off by default. */
  readonly trains?: true;
  readonly args: Arguments;
}

const sized = ['filters', 'kernel_size'];
const plain = kernelLayer({ sizes: sized, kernels: ['kernel'], convolution: 'plain' });
const separable = kernelLayer({ sizes: sized, kernels: ['depthwise', 'pointwise'], convolution: 'separable' });
const transposed = kernelLayer({ sizes: sized, kernels: ['kernel'], convolution: 'transposed' });

/** By the name of the function. */
export const tfLayersRows: Readonly<Record<string, LayerRow>> = {
  conv1d: { className: 'Conv1D', args: plain },
  conv2d: { className: 'Conv2D', args: plain },
  conv3d: { className: 'Conv3D', args: plain },
  separable_conv1d: { className: 'SeparableConv1D', args: separable },
  separable_conv2d: { className: 'SeparableConv2D', args: separable },
  conv2d_transpose: { className: 'Conv2DTranspose', args: transposed },
  conv3d_transpose: { className: 'Conv3DTranspose', args: transposed },
  dense: { className: 'Dense', args: kernelLayer({ sizes: ['units'], kernels: ['kernel'] }) },
  batch_normalization: { className: 'BatchNormalization', trains: true, args: layersBatchNorm },
  dropout: { className: 'Dropout', isWeightless: true, trains: true, args: layersRate },
  flatten: { className: 'Flatten', isWeightless: true, args: (site) => [layersDataFormat(site)] },
  max_pooling1d: pool('MaxPooling1D'),
  max_pooling2d: pool('MaxPooling2D'),
  max_pooling3d: pool('MaxPooling3D'),
  average_pooling1d: pool('AveragePooling1D'),
  average_pooling2d: pool('AveragePooling2D'),
  average_pooling3d: pool('AveragePooling3D'),
};

/** Converts a call of the function; the site's notes say why not, or what stays different. */
export function convertTfLayer(row: LayerRow) {
  return (site: KerasSite): ConvertedCall | undefined => {
    const inputs = inputsText(site);
    checkReuse(site, findArgument(site.context, 'reuse'));
    const args = constructorArguments(site, row);
    const training = row.trains && layersTraining(site, findArgument(site.context, 'training'));
    if (inputs === undefined || (row.trains && training === undefined)) return undefined;
    const callArgs = training === undefined ? [] : [`training=${training}`];
    return { inputs, layers: [{ className: row.className, args, callArgs }] };
  };
}

/** The arguments of the Keras class, for a call of the function or of the class. */
export function constructorArguments(site: KerasSite, row: LayerRow): string[] {
  const args = row.args(site, row.className);
  const name = findLayerName(site, findArgument(site.context, 'name'));
  return argumentList(...args, name && `name=${nameText(site, name)}`);
}

function kernelLayer({ sizes, kernels, convolution }: KernelLayer): Arguments {
  return (site, className) => {
    const sizeTexts = sizes.map((name) => requiredText(site, name));
    checkSize(site, sizes[0] ?? '');
    return [...sizeTexts, ...(convolution ? placement(site, convolution, className) : []), ...weights(site, kernels)];
  };
}

function placement(
  site: KerasSite,
  kind: NonNullable<KernelLayer['convolution']>,
  className: string,
): readonly (string | undefined)[] {
  if (kind === 'plain') checkStrideAndRate(site, 'strides', 'dilation_rate');
  if (kind === 'separable') {
    checkStrideAndRate(site, 'strides', 'dilation_rate', 'which Keras does not take together');
    checkStrides(site, 'strides');
  }
  return [
    passOn(site, 'strides', 'strides', isOne),
    layersPadding(site, { causal: className === 'Conv1D' }),
    layersDataFormat(site),
    passOn(site, 'dilation_rate', 'dilation_rate', isOne),
    passOn(site, 'depth_multiplier', 'depth_multiplier', isOne),
  ];
}

/** Activation, bias, and everything that belongs to a variable. */
function weights(site: KerasSite, kernels: readonly KernelPrefix[]): readonly (string | undefined)[] {
  const bias = findArgument(site.context, 'use_bias');
  const hasBias = !isFalse(bias?.value);
  const regularizers = [...kernels, ...(hasBias ? ['bias'] : [])].map((prefix) => {
    const name = `${prefix}_regularizer`;
    return regularizerText(site, name, name);
  });
  return [
    layersActivation(site),
    passOn(site, 'use_bias', 'use_bias', isTrue),
    ...kernels.map((prefix) => layersInitializer(site, `${prefix}_initializer`, 'glorotUniform')),
    hasBias ? layersInitializer(site, 'bias_initializer', 'zeros') : undefined,
    ...regularizers,
    layersActivityRegularizer(site),
    ...[...kernels, ...(hasBias ? ['bias'] : [])].map((prefix) => layersConstraint(site, `${prefix}_constraint`)),
    trainableText(site, regularizers),
  ];
}

function pool(className: string): LayerRow {
  const args: Arguments = (site) => {
    const size = requiredText(site, 'pool_size');
    const strides = findArgument(site.context, 'strides');
    if (strides && isNone(strides.value)) {
      refuse(
        site.notes,
        '`strides=None` fails at run time (ValueError: Argument `strides` must not be None.)',
        strides.expression,
      );
    }
    const text = requiredText(site, 'strides');
    return [size, text && `strides=${text}`, layersPadding(site, { causal: false }), layersDataFormat(site)];
  };
  return { className, isWeightless: true, args };
}
