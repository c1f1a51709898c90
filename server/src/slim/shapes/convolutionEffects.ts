/**
 * Convolutions of all kinds: output shapes, kernels and biases. A bias is made where there is no normalizer and
 * `biases_initializer` is not None.
 */
import type { Channels, LayerArguments } from './layerArguments';
import type { LayerCall, LayerEffect, LayerVariable } from './layerModel';
import { shapeOf, unknownShape, type Dimension, type Shape } from './shape';
import { transposedOutput, windowOutput, type Padding } from './windows';

/** The input of a layer that slides over it, taken apart. */
export interface Image {
  readonly batch: Dimension;
  readonly spatial: readonly Dimension[];
  readonly depth: Dimension;
  readonly channels: Channels;
}

/** Takes an input apart; a shape with the reason where that cannot be done. */
export function imageOf({ args, input }: LayerCall, axes: number | undefined): Image | Shape {
  if (!input.dims) return unknownShape(input.reason ?? 'the shape of the input is not known');
  const rank = input.dims.length;
  if (rank < 3 || (axes !== undefined && rank !== axes + 2))
    return unknownShape(`the input has ${rank} dimensions, not ${axes === undefined ? 'at least 3' : axes + 2}`);
  const channels = args.channels();
  if (!channels) return unknownShape(args.doubt.reason ?? '`data_format` is not known');
  const [batch = null, ...others] = input.dims;
  const depth = (channels === 'last' ? others.at(-1) : others[0]) ?? null;
  return { batch, depth, channels, spatial: channels === 'last' ? others.slice(0, -1) : others.slice(1) };
}

/** Puts an output together again. */
export function imageShape(
  image: Image,
  spatial: readonly Dimension[],
  depth: Dimension,
  ...from: readonly Shape[]
): Shape {
  const dims = image.channels === 'last' ? [image.batch, ...spatial, depth] : [image.batch, depth, ...spatial];
  return shapeOf(dims, ...from);
}

/** The sizes after a window slid over all axes; a reason when it does not fit. */
export function slide(
  image: Image,
  axes: {
    readonly kernel: readonly Dimension[];
    readonly stride: readonly Dimension[];
    readonly rate: readonly Dimension[];
  },
  padding: Padding | undefined,
): readonly Dimension[] | string {
  const sizes: Dimension[] = [];
  for (const [i, size] of image.spatial.entries()) {
    const kernel = axes.kernel[i] ?? null;
    const window = { size, kernel, stride: axes.stride[i] ?? null, rate: axes.rate[i] ?? null };
    const output = padding ? windowOutput(window, padding) : null;
    if (output === undefined) return `a window of ${kernel} is larger than its input of ${size}`;
    sizes.push(output);
  }
  return sizes;
}

function kernelAxes(args: LayerArguments, count: number): Parameters<typeof slide>[1] {
  return {
    kernel: args.ints('kernel_size', count),
    stride: args.ints('stride', count),
    rate: args.has('rate') ? args.ints('rate', count) : Array.from({ length: count }, () => 1),
  };
}

/** `convolution` and its relatives. */
export function convolution(call: LayerCall, count: number | undefined): LayerEffect {
  const { args, input } = call;
  const image = imageOf(call, count);
  if (!('spatial' in image)) return undetermined(image);
  const axes = kernelAxes(args, image.spatial.length);
  const depth = args.int('num_outputs');
  const spatial = slide(image, axes, args.padding());
  const weights = shapeOf([...axes.kernel, image.depth, depth], args.doubt, input);
  const output =
    typeof spatial === 'string' ? unknownShape(spatial) : imageShape(image, spatial, depth, args.doubt, input);
  return { output, ...withBias(args, [variable(args, 'weights', weights)], depth) };
}

/** Transposed convolutions: the kernel has its outputs before its inputs. */
export function transposedConvolution(call: LayerCall, count: number): LayerEffect {
  const { args, input } = call;
  const image = imageOf(call, count);
  if (!('spatial' in image)) return undetermined(image);
  const { kernel, stride } = kernelAxes(args, count);
  const depth = args.int('num_outputs');
  const padding = args.padding();
  const spatial = image.spatial.map((size, i) => {
    const window = { size, kernel: kernel[i] ?? null, stride: stride[i] ?? null, rate: 1 };
    return padding ? transposedOutput(window, padding) : null;
  });
  const weights = shapeOf([...kernel, depth, image.depth], args.doubt, input);
  const output = imageShape(image, spatial, depth, args.doubt, input);
  return { output, ...withBias(args, [variable(args, 'weights', weights)], depth) };
}

/** `separable_conv2d`; with `num_outputs=None` the depthwise half of it alone. */
export function separableConvolution(call: LayerCall): LayerEffect {
  const { args, input } = call;
  const image = imageOf(call, 2);
  if (!('spatial' in image)) return undetermined(image);
  const axes = kernelAxes(args, 2);
  const multiplier = args.int('depth_multiplier');
  const middle = image.depth === null || multiplier === null ? null : image.depth * multiplier;
  const isDepthwise = args.isNone('num_outputs');
  const depth = isDepthwise ? middle : args.int('num_outputs');
  const spatial = slide(image, axes, args.padding());
  const output =
    typeof spatial === 'string' ? unknownShape(spatial) : imageShape(image, spatial, depth, args.doubt, input);
  const depthwise = shapeOf([...axes.kernel, image.depth, multiplier], args.doubt, input);
  const pointwise = shapeOf([1, 1, middle, depth], args.doubt, input);
  const weights = [
    variable(args, 'depthwise_weights', depthwise),
    ...(isDepthwise ? [] : [variable(args, 'pointwise_weights', pointwise)]),
  ];
  return { output, ...withBias(args, weights, depth) };
}

/** `conv2d_in_plane`: one kernel for all channels. */
export function inPlaneConvolution(call: LayerCall): LayerEffect {
  const { args, input } = call;
  const image = imageOf(call, 2);
  if (!('spatial' in image)) return undetermined(image);
  const axes = kernelAxes(args, 2);
  const spatial = slide(image, axes, args.padding());
  const output =
    typeof spatial === 'string' ? unknownShape(spatial) : imageShape(image, spatial, image.depth, args.doubt, input);
  const weights = shapeOf([...axes.kernel, 1, 1], args.doubt);
  return { output, ...withBias(args, [variable(args, 'weights', weights)], image.depth) };
}

/** Weights that are made whatever the input is, with a shape that is not known. */
function undetermined(input: Shape): LayerEffect {
  const reason = input.reason ?? 'the shape of the input is not known';
  return { output: input, variables: [], doubt: reason };
}

/** A variable that is trained unless `trainable` is False. */
export function variable(args: LayerArguments, name: string, shape: Shape): LayerVariable {
  return { name, shape, isTrainable: !args.has('trainable') || args.flag('trainable') !== false };
}

/** Adds the bias, if there is one. */
export function withBias(
  args: LayerArguments,
  weights: readonly LayerVariable[],
  depth: Dimension,
): Pick<LayerEffect, 'variables' | 'doubt'> {
  const [normalizer, initializer] = [args.value('normalizer_fn'), args.value('biases_initializer')];
  const isNormalized = normalizer?.kind !== 'none' && normalizer?.kind !== 'unknown' && normalizer?.kind !== 'choice';
  if (isNormalized || initializer?.kind === 'none') return { variables: weights };
  const open = [normalizer, initializer].find((value) => value?.kind === 'unknown' || value?.kind === 'choice');
  if (open) {
    const reason = open.kind === 'unknown' ? open.reason : 'it has several possible values';
    return { variables: weights, doubt: `whether there is a bias is not known: ${reason}` };
  }
  return { variables: [...weights, variable(args, 'biases', shapeOf([depth], args.doubt))] };
}
