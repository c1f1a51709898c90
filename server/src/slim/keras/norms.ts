/**
 * slim's `layer_norm`, `instance_norm` and `group_norm` (D8). All three are `GroupNormalization` with one group, a group
 * per channel, or the groups given; only a layer_norm of rank 2 is `LayerNormalization`, whose parameters have the
 * shape of all normalized axes. Nothing is converted for inputs whose rank is not known.
 */
import { nameText } from './templateText';
import type { StaticValue } from '../../semantics/staticValue';
import type { EffectiveArgument } from '../model';
import { convertActivation, reasonOf } from './activations';
import type { BatchNorm } from './batchNorm';
import { keywordText, paramInitializerTexts } from './batchNorm';
import { checkCollection } from './collections';
import { checkReuse, isTrue } from './convolution';
import type { LayerPlan } from './layers';
import { argumentList } from './layers';
import { addCaveat, refuse } from '../rewrite/notes';
import { findArgument } from '../rewrite/site';
import type { KerasSite } from './kerasSite';

/** A call of a norm, written or made by the library for another layer. */
interface Arguments {
  readonly arguments: readonly EffectiveArgument[];
}

export type NormOp = 'layer_norm' | 'instance_norm' | 'group_norm';

export interface NormOptions {
  /** Rank of what is normalized, where it is known. */
  readonly rank: number | undefined;
  readonly name: string | undefined;
}

/** True for the name of a norm that {@link convertNorm} takes. */
export function isNormOp(name: string): name is NormOp {
  return name === 'layer_norm' || name === 'instance_norm' || name === 'group_norm';
}

/** Converts a norm; undefined when it is refused. */
export function convertNorm(site: KerasSite, op: NormOp, call: Arguments, options: NormOptions): BatchNorm | undefined {
  checkReuse(site, findArgument(call, 'reuse'));
  checkCollection(site, findArgument(call, 'variables_collections'));
  checkCollection(site, findArgument(call, 'outputs_collections'));
  const activation = findArgument(call, 'activation_fn');
  const converted = activation ? convertActivation(site, activation) : { kind: 'none' as const };
  const { rank, name } = options;
  if (rank === undefined) {
    return refuse(site.notes, `\`${op}\` depends on the rank of its inputs, which is not known here`);
  }
  const kind = kinds[op](site, call, rank);
  if (!kind) return undefined;
  if (kind.className === 'GroupNormalization') {
    addCaveat(site.notes, '`GroupNormalization` is there from TensorFlow 2.11 on');
  }
  const layer: LayerPlan = {
    className: kind.className,
    args: argumentList(
      ...kind.args,
      keywordText(site, call, 'center', 'center', isTrue),
      keywordText(site, call, 'scale', 'scale', isTrue),
      ...paramInitializerTexts(site, call, ['beta', 'gamma']),
      keywordText(site, call, 'trainable', 'trainable', isTrue),
      name && `name=${nameText(site, name)}`,
    ),
    callArgs: [],
  };
  return converted && { layer, activation: converted };
}

/** The class, and the arguments that say over which axes it normalizes. */
interface Kind {
  readonly className: 'GroupNormalization' | 'LayerNormalization';
  readonly args: readonly (string | undefined)[];
}

const kinds: Readonly<Record<NormOp, (site: KerasSite, call: Arguments, rank: number) => Kind | undefined>> = {
  layer_norm: layerNorm,
  instance_norm: instanceNorm,
  group_norm: groupNorm,
};

/** Moments over all axes but the first, parameters along the last one; epsilon cannot be set. */
function layerNorm(site: KerasSite, call: Arguments, rank: number): Kind | undefined {
  const beginNorm = axisOf(findArgument(call, 'begin_norm_axis'), rank);
  const beginParams = axisOf(findArgument(call, 'begin_params_axis'), rank);
  if (beginNorm !== 1 || beginParams !== rank - 1) {
    return refuse(site.notes, '`layer_norm` with other axes than its own defaults has no equal in Keras');
  }
  const epsilon = 'epsilon=1e-12';
  if (rank === 2) return { className: 'LayerNormalization', args: [epsilon] };
  return { className: 'GroupNormalization', args: ['groups=1', epsilon] };
}

/** Moments over all axes but the first and that of the channels. */
function instanceNorm(site: KerasSite, call: Arguments, rank: number): Kind | undefined {
  const format = findArgument(call, 'data_format');
  const value = format?.value;
  if (value?.kind !== 'str' || (value.value !== 'NHWC' && value.value !== 'NCHW')) {
    const why = value ? reasonOf(value) : '';
    return refuse(site.notes, `\`data_format\` of \`instance_norm\` is not known${why}`, format?.expression);
  }
  if (rank < 3) {
    return refuse(site.notes, `\`instance_norm\` of inputs with ${rank} axes normalizes over no axis at all`);
  }
  const axis = value.value === 'NCHW' ? 'axis=1' : undefined;
  return { className: 'GroupNormalization', args: ['groups=-1', axis, keywordText(site, call, 'epsilon', 'epsilon')] };
}

/** Moments over the channels of a group and the reduction axes, which must be all that Keras takes. */
function groupNorm(site: KerasSite, call: Arguments, rank: number): Kind | undefined {
  const closeToZero = findArgument(call, 'mean_close_to_zero');
  if (closeToZero && !(closeToZero.value.kind === 'bool' && !closeToZero.value.value)) {
    const what = `\`mean_close_to_zero=${closeToZero.text}\` of \`group_norm\` has no equal in Keras`;
    return refuse(site.notes, what, closeToZero.expression);
  }
  const groups = findArgument(call, 'groups');
  if (groups?.value.kind === 'none' || (groups?.value.kind === 'int' && groups.value.value <= 0)) {
    return refuse(site.notes, `\`groups=${groups.text}\` of \`group_norm\` fails at run time`, groups.expression);
  }
  const axis = axisOf(findArgument(call, 'channels_axis'), rank);
  const reduced = axesOf(findArgument(call, 'reduction_axes'), rank);
  const all = Array.from({ length: rank }, (_, index) => index).filter((index) => index !== 0 && index !== axis);
  const reducesAll = reduced?.length === all.length && all.every((one) => reduced.includes(one));
  if ((axis !== rank - 1 && axis !== 1) || rank < 3 || !reducesAll) {
    return refuse(
      site.notes,
      `the axes of \`group_norm\` are not known to be the channels and all others of ${rank} axes but the first`,
      findArgument(call, 'reduction_axes')?.expression,
    );
  }
  return {
    className: 'GroupNormalization',
    args: [
      keywordText(site, call, 'groups', 'groups', (value) => value.kind === 'int' && value.value === 32),
      axis === rank - 1 ? undefined : 'axis=1',
      keywordText(site, call, 'epsilon', 'epsilon'),
    ],
  };
}

function axisOf(argument: EffectiveArgument | undefined, rank: number): number | undefined {
  return argument && positiveAxis(argument.value, rank);
}

function axesOf(argument: EffectiveArgument | undefined, rank: number): readonly (number | undefined)[] | undefined {
  const value = argument?.value;
  if (value?.kind !== 'tuple' && value?.kind !== 'list') return undefined;
  return value.items.map((item) => positiveAxis(item, rank));
}

function positiveAxis(value: StaticValue, rank: number): number | undefined {
  if (value.kind !== 'int') return undefined;
  return value.value < 0 ? value.value + rank : value.value;
}
