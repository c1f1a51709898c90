/**
 * The uses of TensorFlow 1 names in a file that fail under the target, each with what became of the name: the common
 * ground of the `tf1-...` rules. Left out: `tf.contrib`, TensorFlow's private modules, uses that are guarded by a
 * replacement or may be something else, and everything that `tf.compat.v1` has where the file takes it from there.
 */
import type { Step } from '../../semantics/names/meaning';
import { usesOf } from '../../semantics/qualifiedNames';
import type { QualifiedUse, UseTarget } from '../../semantics/qualifiedNames';
import type { TensorflowEnvironment, TensorflowName } from '../../slim/tensorflowFate';
import { lookUpTensorflowName } from '../../slim/tensorflowFate';
import type { Target } from '../../project/target';
import type { RuleContext } from '../rule';
import { isRedefined } from './redefinedNames';

/** The promises that the rules make; each is a rule name. */
export type TensorflowFamily = 'tf1-renamed' | 'tf1-compat' | 'tf1-removed' | 'tf1-layers';

/** The module that the name is taken from. */
export type TensorflowOwner = 'tensorflow' | 'tensorflow.compat.v1';

/** A dotted path of TensorFlow's version 1 interface. */
export interface TensorflowPath {
  readonly owner: TensorflowOwner;
  /** Without the owner: `train.AdamOptimizer`. */
  readonly below: string;
}

export interface TensorflowUse extends TensorflowPath {
  readonly use: QualifiedUse;
  readonly found: TensorflowName;
  readonly family: TensorflowFamily;
  /** The Keras layer that was meant, for `tf.keras.layers.conv2d`, which no TensorFlow ever had. */
  readonly kerasLayer?: string;
  /** Where the file fails first on the way to this use; undefined when that is this very use. */
  readonly origin: Step | undefined;
}

const memo = new WeakMap<RuleContext, readonly TensorflowUse[]>();

/** The failing uses of a file, sorted; none when the project stays on TensorFlow 1. */
export function tensorflowUses(context: RuleContext): readonly TensorflowUse[] {
  let uses = memo.get(context);
  if (!uses) {
    const environment = environmentOf(context.target.target);
    uses = environment
      ? usesOf(context.program, context.source).flatMap((use) => toTensorflowUse(context, use, environment))
      : [];
    memo.set(context, uses);
  }
  return uses;
}

/** The column of the table for a target; undefined for TensorFlow 1. */
export function environmentOf(target: Target): TensorflowEnvironment | undefined {
  return target === '1.15' ? undefined : target;
}

/** What a path of Python means as a name of version 1; undefined for contrib, private modules and other libraries. */
export function tensorflowPath(path: string): TensorflowPath | undefined {
  const [, compat, below] = /^tensorflow\.(compat\.v1\.)?(.+)$/.exec(path) ?? [];
  if (below === undefined || /^(?:contrib|python|core|_api|compat)(?:\.|$)/.test(below)) return undefined;
  return { owner: compat === undefined ? 'tensorflow' : 'tensorflow.compat.v1', below };
}

function toTensorflowUse(
  context: RuleContext,
  use: QualifiedUse,
  environment: TensorflowEnvironment,
): readonly TensorflowUse[] {
  if (use.guarded || !use.certain) return [];
  // What is caught or asked for may have its replacement in any form, where the file knows of `tf.compat`.
  if (use.conditional && context.source.text.includes('compat')) return [];
  const all = use.targets.map((target) => readTarget(use, target, environment));
  const [first] = all;
  return first && all.every((one) => one !== undefined) && !isRedefined(context, use) ? [first] : [];
}

function readTarget(
  use: QualifiedUse,
  target: UseTarget,
  environment: TensorflowEnvironment,
): TensorflowUse | undefined {
  const path = tensorflowPath(target.path);
  if (!path) return undefined;
  const meant = kerasLayerOf(path.below);
  const found = lookUpTensorflowName(path.below, environment);
  const family = meant ? 'tf1-layers' : found && familyOf(path.owner, found);
  if (!found || !family) return undefined;
  // Any name may come from `import *`; one that is only a part of TensorFlow's name is none.
  if (target.viaStar && found.name.split('.')[0] !== path.below.split('.')[0]) return undefined;
  const origin = target.steps.find((step) => fails(step.path, environment));
  // `FLAGS = tf.app.flags.FLAGS` is told once; what is read from the object is no name of TensorFlow.
  if (origin && path.below.split('.').length > found.name.split('.').length + 1) return undefined;
  return { ...path, use, found, family, origin, ...(meant === undefined ? {} : { kerasLayer: meant }) };
}

/** True when reaching for this path fails. */
function fails(path: string, environment: TensorflowEnvironment): boolean {
  const one = tensorflowPath(path);
  const found = one && lookUpTensorflowName(one.below, environment);
  return one !== undefined && found !== undefined && familyOf(one.owner, found) !== undefined;
}

function familyOf(owner: TensorflowOwner, found: TensorflowName): TensorflowFamily | undefined {
  const { fate } = found;
  const isCompat = owner === 'tensorflow.compat.v1';
  if (fate === 'same' || (isCompat && (fate === 'renamed' || fate === 'compat'))) return undefined;
  if (isLayers(found)) return 'tf1-layers';
  // What Keras 3 gave up after TensorFlow 2 had it all along is no matter of TensorFlow 1.
  if (found.fates[0] === 'same' && kerasModules.test(found.name)) return undefined;
  if (fate === 'gone') return 'tf1-removed';
  return fate === 'renamed' ? 'tf1-renamed' : 'tf1-compat';
}

const kerasModules = /^(?:keras|losses|metrics|initializers|optimizers)\./;

/** `tf.layers` and `tf.nn.rnn_cell`: what is made of Keras 2. */
function isLayers({ name, fates }: TensorflowName): boolean {
  return fates.includes('needsKeras2') || /^(?:layers|nn\.rnn_cell)(?:\.|$)/.test(name);
}

/** Functions of `tf.layers` and the classes of `tf.keras.layers` that do the same (B4). */
const kerasLayers: ReadonlyMap<string, string> = new Map([
  ['average_pooling1d', 'AveragePooling1D'],
  ['average_pooling2d', 'AveragePooling2D'],
  ['average_pooling3d', 'AveragePooling3D'],
  ['batch_normalization', 'BatchNormalization'],
  ['conv1d', 'Conv1D'],
  ['conv2d', 'Conv2D'],
  ['conv2d_transpose', 'Conv2DTranspose'],
  ['conv3d', 'Conv3D'],
  ['conv3d_transpose', 'Conv3DTranspose'],
  ['dense', 'Dense'],
  ['dropout', 'Dropout'],
  ['flatten', 'Flatten'],
  ['max_pooling1d', 'MaxPooling1D'],
  ['max_pooling2d', 'MaxPooling2D'],
  ['max_pooling3d', 'MaxPooling3D'],
  ['separable_conv1d', 'SeparableConv1D'],
  ['separable_conv2d', 'SeparableConv2D'],
]);

/** The Keras class for a function or class of `tf.layers`. */
export function kerasClassOf(layersName: string): string | undefined {
  const name = layersName.replace(/^layers\./, '');
  return kerasLayers.get(name) ?? ([...kerasLayers.values()].includes(name) ? name : undefined);
}

function kerasLayerOf(below: string): string | undefined {
  const name = /^keras\.layers\.(\w+)$/.exec(below)?.[1];
  return name === undefined ? undefined : kerasLayers.get(name);
}
