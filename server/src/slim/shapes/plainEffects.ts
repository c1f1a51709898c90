/** The layers that slide over nothing and normalize nothing: dense ones, and those that only change the shape. */
import { variable, withBias } from './convolutionEffects';
import type { LayerCall, LayerEffect } from './layerModel';
import { axisIndex, product, shapeOf, unknownShape, type Shape } from './shape';

/** The shape stays, and there are no variables: dropout, softmax. */
export function unchanged({ input }: LayerCall): LayerEffect {
  return { output: input, variables: [] };
}

/** `fully_connected`: the last dimension is replaced. */
export function fullyConnected(call: LayerCall): LayerEffect {
  const { args, input } = call;
  const units = args.int('num_outputs');
  if (!input.dims) return { output: input, variables: [], doubt: unknownInput(input) };
  const depth = input.dims.at(-1) ?? null;
  const weights = variable(args, 'weights', shapeOf([depth, units], args.doubt, input));
  const output = shapeOf([...input.dims.slice(0, -1), units], args.doubt, input);
  return { output, ...withBias(args, [weights], units) };
}

/** The old dense layer behind `legacy_relu` and `legacy_linear`. */
export function legacyFullyConnected(call: LayerCall): LayerEffect {
  const { args, input } = call;
  const units = args.int('num_output_units');
  if (!input.dims) return { output: input, variables: [], doubt: unknownInput(input) };
  const weights = shapeOf([input.dims.at(-1) ?? null, units], args.doubt, input);
  const bias = args.isNone('bias_init') ? [] : [variable(args, 'bias', shapeOf([units], args.doubt))];
  const output = shapeOf([...input.dims.slice(0, -1), units], args.doubt, input);
  return { output, variables: [variable(args, 'weights', weights), ...bias] };
}

/** `bias_add`. */
export function biasAdd({ args, input }: LayerCall): LayerEffect {
  const depth = (args.channels() === 'first' ? input.dims?.[1] : input.dims?.at(-1)) ?? null;
  return { output: input, variables: [variable(args, 'biases', shapeOf([depth], input, args.doubt))] };
}

/** All but the batch becomes one dimension. */
export function flatten({ input }: LayerCall): LayerEffect {
  if (!input.dims) return { output: input, variables: [] };
  const [batch = null, ...others] = input.dims;
  return { output: shapeOf([batch, product(others)], input), variables: [] };
}

/** `one_hot_encoding`: one more dimension at the end. */
export function oneHot({ args, input }: LayerCall): LayerEffect {
  const classes = args.int('num_classes');
  const output = input.dims ? shapeOf([...input.dims, classes], args.doubt, input) : input;
  return { output, variables: [] };
}

/** `maxout`: `num_units` of the features along an axis remain. */
export function maxout({ args, input }: LayerCall): LayerEffect {
  const axis = args.int('axis');
  const at = input.dims && axis !== null ? axisIndex(axis, input.dims.length) : undefined;
  if (!input.dims || at === undefined)
    return { output: unknownShape(args.doubt.reason ?? unknownInput(input)), variables: [] };
  const units = args.int('num_units');
  return { output: shapeOf(input.dims.map((dim, i) => (i === at ? units : dim)), args.doubt, input), variables: [] }; // prettier-ignore
}

/** `spatial_softmax`: two coordinates per channel, and a temperature that is a variable. */
export function spatialSoftmax({ args, input }: LayerCall): LayerEffect {
  const temperature = variable(args, 'temperature', { dims: [] });
  const channels = (args.channels() === 'first' ? input.dims?.[1] : input.dims?.[3]) ?? null;
  const batch = input.dims?.[0] ?? null;
  const output = input.dims ? shapeOf([batch, channels === null ? null : 2 * channels], args.doubt, input) : input;
  return { output, variables: [temperature] };
}

/** `gdn`: the shape stays, with an offset per channel and a matrix of channels. */
export function gdn({ args, input }: LayerCall): LayerEffect {
  const channels = (args.channels() === 'first' ? input.dims?.[1] : input.dims?.at(-1)) ?? null;
  const shapes = { reparam_beta: [channels], reparam_gamma: [channels, channels] };
  const variables = Object.entries(shapes).map(([name, dims]) =>
    variable(args, name, shapeOf(dims, args.doubt, input)),
  );
  return { output: input, variables };
}

function unknownInput(input: Shape): string {
  return input.reason ?? 'the shape of the input is not known';
}
