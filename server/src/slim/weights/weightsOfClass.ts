/**
 * Which weights a layer class has, and how TF-Slim and `tf.layers` call the variables with the same values (D7). The
 * layouts are the same on both sides. Knows the classes that conversions write; nothing is said about others.
 */
import type { MappedWeight } from './weightsMap';

/** A weight of a class, with the argument of the constructor that switches it on or off. */
interface ClassWeight {
  readonly weight: string;
  readonly variables: readonly string[];
  readonly switch?: string;
}

const kernel: ClassWeight = { weight: 'kernel', variables: ['weights', 'kernel'] };
const depthwise: ClassWeight = { weight: 'depthwise_kernel', variables: ['depthwise_weights', 'depthwise_kernel'] };
const pointwise: ClassWeight = { weight: 'pointwise_kernel', variables: ['pointwise_weights', 'pointwise_kernel'] };
/** `normalizer_fn=slim.bias_add` puts the bias into a scope of its own (D8). */
const bias: ClassWeight = { weight: 'bias', variables: ['biases', 'bias', 'BiasAdd/biases'], switch: 'use_bias' };
const gamma: ClassWeight = { weight: 'gamma', variables: ['gamma'], switch: 'scale' };
const beta: ClassWeight = { weight: 'beta', variables: ['beta'], switch: 'center' };

const core = [kernel, bias];
const norm = [gamma, beta];

const classes: Readonly<Record<string, readonly ClassWeight[] | undefined>> = {
  Conv1D: core,
  Conv2D: core,
  Conv3D: core,
  Conv1DTranspose: core,
  Conv2DTranspose: core,
  Conv3DTranspose: core,
  Dense: core,
  SeparableConv1D: [depthwise, pointwise, bias],
  SeparableConv2D: [depthwise, pointwise, bias],
  DepthwiseConv2D: [depthwise, bias],
  BatchNormalization: [
    ...norm,
    { weight: 'moving_mean', variables: ['moving_mean'] },
    { weight: 'moving_variance', variables: ['moving_variance'] },
  ],
  LayerNormalization: norm,
  GroupNormalization: norm,
};

/** What the code says about an argument that switches a weight. */
export type Switch = boolean | 'default' | 'unknown';

/** The weights of a layer of this class; undefined for a class that is not known to have any. */
export function weightsOfClass(
  className: string,
  switchOf: (argument: string) => Switch,
): readonly MappedWeight[] | undefined {
  const weights = Object.hasOwn(classes, className) ? classes[className] : undefined;
  return weights?.flatMap((one) => {
    const is = one.switch === undefined ? true : switchOf(one.switch);
    if (is === false) return [];
    const mapped: MappedWeight = { weight: one.weight, variables: one.variables, transform: 'identity' };
    return [is === 'unknown' ? { ...mapped, optional: true } : mapped];
  });
}
