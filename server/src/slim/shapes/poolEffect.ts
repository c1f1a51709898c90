/** Pools in two, three or any number of dimensions: they make no variables. */
import { imageOf, imageShape, slide } from './convolutionEffects';
import type { LayerCall, LayerEffect } from './layerModel';
import { unknownShape } from './shape';

/** `max_pool2d`, `avg_pool3d`, `pool` and their like. */
export function pool(call: LayerCall, count: number | undefined): LayerEffect {
  const { args, input } = call;
  const image = imageOf(call, count);
  if (!('spatial' in image)) return { output: image, variables: [] };
  const axes = image.spatial.length;
  const rate = args.has('dilation_rate') ? args.ints('dilation_rate', axes) : Array.from({ length: axes }, () => 1);
  const window = { kernel: args.ints('kernel_size', axes), stride: args.ints('stride', axes), rate };
  const spatial = slide(image, window, args.padding());
  if (typeof spatial === 'string') return { output: unknownShape(spatial), variables: [] };
  return { output: imageShape(image, spatial, image.depth, args.doubt, input), variables: [] };
}
