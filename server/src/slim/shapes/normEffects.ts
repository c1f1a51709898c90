/** Normalizations: the shape stays, and scale, offset and moving statistics are variables of the size of the channels. */
import { variable } from './convolutionEffects';
import type { LayerCall, LayerEffect, LayerVariable } from './layerModel';
import { axisIndex, shapeOf, type Dimension, type Shape } from './shape';

/** `batch_norm`: beta and gamma as `center` and `scale` say, and the moving mean and variance, which are not trained. */
export function batchNorm(call: LayerCall): LayerEffect {
  const { args, input } = call;
  const shape = channelShape(call, args.channels() === 'first' ? 1 : -1);
  const learned = centerAndScale(call, shape);
  const moving = ['moving_mean', 'moving_variance'].map((name): LayerVariable => ({ name, shape, isTrainable: false }));
  const more = ['renorm', 'zero_debias_moving_mean'].find((name) => args.has(name) && args.flag(name) !== false);
  const doubt = more === undefined ? learned.doubt : `\`${more}\` makes further variables`;
  const variables = [...learned.variables, ...moving];
  return { output: input, variables, ...(doubt === undefined ? {} : { doubt }) };
}

/** `layer_norm`: its parameters have the shape of the input from `begin_params_axis` on. */
export function layerNorm(call: LayerCall): LayerEffect {
  const { args, input } = call;
  const begin = args.int('begin_params_axis');
  const at = input.dims && begin !== null ? axisIndex(begin, input.dims.length) : undefined;
  const shape: Shape = input.dims && at !== undefined ? shapeOf(input.dims.slice(at), input) : { reason: args.doubt.reason ?? input.reason ?? 'the shape of the input is not known' }; // prettier-ignore
  return { output: input, ...centerAndScale(call, shape) };
}

/** `instance_norm` and `group_norm`. */
export function channelNorm(call: LayerCall): LayerEffect {
  const { args, input } = call;
  const axis = args.has('channels_axis') ? args.int('channels_axis') : args.channels() === 'first' ? 1 : -1;
  return { output: input, ...centerAndScale(call, channelShape(call, axis)) };
}

function channelShape({ args, input }: LayerCall, axis: Dimension): Shape {
  const at = input.dims && axis !== null ? axisIndex(axis, input.dims.length) : undefined;
  const channels = at === undefined ? null : (input.dims?.[at] ?? null);
  return shapeOf([channels], args.doubt, input);
}

function centerAndScale({ args }: LayerCall, shape: Shape): Pick<LayerEffect, 'variables' | 'doubt'> {
  const made = ([['center', 'beta'], ['scale', 'gamma']] as const).map(([flag, name]) => ({ name, isMade: args.flag(flag) })); // prettier-ignore
  const variables = made.flatMap(({ name, isMade }) => (isMade ? [variable(args, name, shape)] : []));
  const isOpen = made.some(({ isMade }) => isMade === undefined);
  return { variables, ...(isOpen && { doubt: args.doubt.reason ?? 'its parameters are not known' }) };
}
