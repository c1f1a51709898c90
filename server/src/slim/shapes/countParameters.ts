/**
 * Counts the parameters of a network: each variable once, where it is made first. A layer that finds its variables in the
 * graph already shares them. A count that rests on something that is not known is not known either.
 */
import type { LayerRun, NetworkRun } from './networkTrace';
import { product } from './shape';
import type { LayerVariable } from './layerModel';

/** Numbers of parameters; null when they are not known, and `reason` says why. */
export interface ParameterCount {
  readonly trainable: number | null;
  readonly nonTrainable: number | null;
  readonly reason?: string;
}

/** The variables that one layer makes. */
export interface LayerParameters extends ParameterCount {
  /** By their full names. */
  readonly variables: readonly LayerVariable[];
  /** True when another layer has made all of its variables. */
  readonly isShared: boolean;
}

/** The parameters of each layer of a network, in order, and of all together. */
export function countParameters({ layers }: NetworkRun): {
  readonly layers: readonly LayerParameters[];
  readonly total: ParameterCount;
} {
  const made = new Set<string>();
  const counted = layers.map((layer) => countLayer(layer, made));
  const open = layers.findIndex((layer, i) => layer.isUncertain && (counted[i]?.variables.length ?? 0) > 0);
  const sum = total(counted);
  if (open < 0 || sum.reason !== undefined) return { layers: counted, total: sum };
  const name = layers[open]?.scope.text ?? '';
  const reason = `whether \`${name}\` is built, or how often, depends on something that is not known`;
  return { layers: counted, total: { trainable: null, nonTrainable: null, reason } };
}

function countLayer({ scope, shares, effect }: LayerRun, made: Set<string>): LayerParameters {
  const all = effect.variables.map((one): LayerVariable => ({ ...one, name: `${scope.text}/${one.name}` }));
  const variables = all.filter(({ name }) => !scope.isKnown || !made.has(name));
  const twice = all.find(({ name }) => scope.isKnown && made.has(name));
  const conflict = twice && shares !== true ? madeTwice(twice.name, shares) : undefined;
  for (const { name } of variables) made.add(name);
  const sizes = variables.map((one) => ({ ...one, size: one.shape.dims ? product(one.shape.dims) : null }));
  const open = sizes.find(({ size }) => size === null);
  const reason =
    conflict ?? effect.doubt ?? (open && (open.shape.reason ?? `the shape of \`${open.name}\` is not known`));
  const isShared = all.length > 0 && variables.length === 0 && conflict === undefined;
  if (reason !== undefined) return { trainable: null, nonTrainable: null, reason, variables, isShared };
  const count = (isTrainable: boolean): number =>
    sizes.reduce((sum, one) => sum + (one.isTrainable === isTrainable ? (one.size ?? 0) : 0), 0);
  return { trainable: count(true), nonTrainable: count(false), variables, isShared };
}

function madeTwice(name: string, shares: boolean | undefined): string {
  return shares === undefined
    ? `whether \`${name}\`, which is there already, is shared is not known`
    : `\`${name}\` is there already: without \`reuse\` TensorFlow raises ValueError`;
}

function total(layers: readonly LayerParameters[]): ParameterCount {
  const open = layers.find(({ reason }) => reason !== undefined);
  if (open?.reason !== undefined) return { trainable: null, nonTrainable: null, reason: open.reason };
  const sum = (key: 'trainable' | 'nonTrainable'): number => layers.reduce((n, layer) => n + (layer[key] ?? 0), 0);
  return { trainable: sum('trainable'), nonTrainable: sum('nonTrainable') };
}
