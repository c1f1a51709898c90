/**
 * slim's batch_norm as `BatchNormalization` (D6). decay is momentum; momentum, epsilon and scale are always written,
 * since slim's defaults are not Keras's; `training=` is always given, since slim trains unless told otherwise.
 */
import { nameText } from './templateText';
import type { StaticValue } from '../../semantics/staticValue';
import type { EffectiveArgument } from '../model';
import { convertActivation, reasonOf } from './activations';
import type { Activation } from './activations';
import { checkCollection } from './collections';
import { checkReuse, isFalse, isNone, isTrue } from './convolution';
import { argumentText } from '../rewrite/expressionText';
import { convertInitializerValue } from './initializers';
import type { LayerPlan } from './layers';
import { argumentList } from './layers';
import { addCaveat, refuse } from '../rewrite/notes';
import { convertRegularizer } from './regularizers';
import type { KerasSite } from './kerasSite';
import { findArgument } from '../rewrite/site';
import { trainingText } from './training';

/** A call of batch_norm, written or made by the library for another layer. */
interface Arguments {
  readonly arguments: readonly EffectiveArgument[];
}

export interface BatchNorm {
  readonly layer: LayerPlan;
  /** batch_norm's own activation, which runs before that of the layer around it. */
  readonly activation: Activation;
}

/** What TensorFlow 1 raises a smaller epsilon to in its fused kernel; later versions and Keras have no such floor. */
export const fusedEpsilon = 1.001e-5;

export interface BatchNormOptions {
  /** Format of the convolution whose output is normalized. */
  readonly channelsFirst: boolean;
  /** Its name, if it gets one. */
  readonly name: string | undefined;
}

/** Converts a batch_norm; undefined when it is refused. */
export function convertBatchNorm(site: KerasSite, call: Arguments, options: BatchNormOptions): BatchNorm | undefined {
  checkUnsupported(site, call, unsupported);
  checkFormat(site, call, options);
  checkReuse(site, findArgument(call, 'reuse'));
  checkCollection(site, findArgument(call, 'variables_collections'));
  checkCollection(site, findArgument(call, 'outputs_collections'));
  checkUpdates(site, call);
  const training = trainingOf(site, call);
  const activation = findArgument(call, 'activation_fn');
  const converted = activation ? convertActivation(site, activation) : { kind: 'none' as const };
  const layer: LayerPlan = {
    className: 'BatchNormalization',
    args: argumentList(
      options.channelsFirst ? 'axis=1' : undefined,
      keywordText(site, call, 'decay', 'momentum'),
      epsilonText(site, call),
      keywordText(site, call, 'center', 'center', isTrue),
      keywordText(site, call, 'scale', 'scale'),
      ...paramInitializerTexts(site, call, ['beta', 'gamma', 'moving_mean', 'moving_variance']),
      ...regularizerTexts(site, call),
      trainableText(site, call),
      options.name && `name=${nameText(site, options.name)}`,
    ),
    callArgs: training ? [`training=${training}`] : [],
  };
  return training && converted ? { layer, activation: converted } : undefined;
}

/** `keyword=text` of an argument, its default spelled out unless `isDefault` says that Keras has it too. */
export function keywordText(
  site: KerasSite,
  call: Arguments,
  name: string,
  keyword: string,
  isDefault?: (value: StaticValue) => boolean,
): string | undefined {
  const argument = findArgument(call, name);
  if (!argument || isDefault?.(argument.value)) return undefined;
  const text = argumentText(site, argument);
  return text && `${keyword}=${text}`;
}

/** contrib runs on TensorFlow 1 only, so that its floor is known to hold; tf_slim runs on versions with and without. */
function epsilonText(site: KerasSite, call: Arguments): string | undefined {
  const value = findArgument(call, 'epsilon')?.value;
  const isSmall = (value?.kind === 'float' || value?.kind === 'int') && value.value < fusedEpsilon;
  if (!isSmall || !isFused(call)) return keywordText(site, call, 'epsilon', 'epsilon');
  if (site.call.op.libraries.every((library) => library === 'contrib')) {
    addCaveat(site.notes, 'epsilon is written as 1.001e-5, to which TensorFlow 1 raises smaller values');
    return 'epsilon=1.001e-5';
  }
  addCaveat(site.notes, 'TensorFlow 1 raises an epsilon below 1.001e-5 to that value, later versions do not');
  return keywordText(site, call, 'epsilon', 'epsilon');
}

/** After a 2-D convolution the fused kernel runs unless it is switched off. */
function isFused(call: Arguments): boolean {
  const value = findArgument(call, 'fused')?.value;
  return !value || value.kind === 'none' || isTrue(value);
}

const unsupported = ['batch_weights', 'adjustment', 'renorm', 'renorm_clipping', 'zero_debias_moving_mean'];

/** Arguments that only the old layer has: anything but "off" is refused. */
export function checkUnsupported(site: KerasSite, call: Arguments, names: readonly string[]): void {
  for (const name of names) {
    const argument = findArgument(call, name);
    if (!argument) continue;
    const { value } = argument;
    if (value.kind === 'none' || (value.kind === 'bool' && !value.value)) continue;
    refuse(
      site.notes,
      `\`${name}=${argument.text}\` of \`${site.call.op.libraries.includes('tf.layers') ? site.call.op.name : 'batch_norm'}\` has no equal in Keras 3`,
      argument.expression,
    );
  }
}

function checkFormat(site: KerasSite, call: Arguments, options: BatchNormOptions): void {
  const argument = findArgument(call, 'data_format');
  if (!argument) return;
  const { value } = argument;
  const format = value.kind === 'str' ? value.value : undefined;
  if (format !== 'NHWC' && format !== 'NCHW') {
    refuse(site.notes, `\`data_format\` of \`batch_norm\` is not known${reasonOf(value)}`, argument.expression);
  } else if ((format === 'NCHW') !== options.channelsFirst) {
    refuse(
      site.notes,
      `\`data_format\` of \`batch_norm\` is \`${format}\`, not that of the convolution: it normalizes another axis than the channels`,
      argument.expression,
    );
  }
}

/** Keras updates its moving averages itself, as slim does with `updates_collections=None`. */
function checkUpdates(site: KerasSite, call: Arguments): void {
  const argument = findArgument(call, 'updates_collections');
  if (!argument || argument.value.kind === 'none') return;
  if (isUpdateOps(argument)) {
    if (isFalse(findArgument(call, 'is_training')?.value)) return;
    addCaveat(
      site.notes,
      'the moving averages are updated by the layer itself, whether or not the program runs UPDATE_OPS',
    );
    return;
  }
  refuse(
    site.notes,
    `\`updates_collections=${argument.text}\` of \`batch_norm\` collects the updates somewhere of its own`,
    argument.expression,
  );
}

function isUpdateOps({ value, origin }: EffectiveArgument): boolean {
  if (origin.kind === 'default' || (value.kind === 'str' && value.value === 'update_ops')) return true;
  return value.kind === 'external' && value.paths.every((path) => path.endsWith('GraphKeys.UPDATE_OPS'));
}

/** Text for `training=`, with what a training layer stores otherwise. */
function trainingOf(site: KerasSite, call: Arguments): string | undefined {
  const text = trainingText(site, call);
  if (text && !isFalse(findArgument(call, 'is_training')?.value) && isFused(call)) {
    addCaveat(site.notes, "Keras 3 stores moving_variance without Bessel's correction N/(N-1); outputs are the same");
  }
  return text;
}

/** A frozen layer: slim goes on normalizing with the batch, Keras switches to inference. */
function trainableText(site: KerasSite, call: Arguments): string | undefined {
  const argument = findArgument(call, 'trainable');
  if (!argument || isTrue(argument.value)) return undefined;
  if (!isFalse(findArgument(call, 'is_training')?.value)) {
    return refuse(
      site.notes,
      `\`trainable=${argument.text}\` of \`batch_norm\`: slim still normalizes with the batch, a frozen Keras layer does not`,
      argument.expression,
    );
  }
  const text = argumentText(site, argument);
  return text && `trainable=${text}`;
}

/** What Keras gives the parameters of a normalization, as slim does. */
const sameAsKeras = { beta: 'zeros', gamma: 'ones', moving_mean: 'zeros', moving_variance: 'ones' } as const;

/** `param_initializers` of the parameters that the norm has; slim ignores other keys. */
export function paramInitializerTexts(
  site: KerasSite,
  call: Arguments,
  parameters: readonly (keyof typeof sameAsKeras)[],
): string[] {
  const argument = findArgument(call, 'param_initializers');
  const entries = argument && readEntries(site, argument);
  if (!argument || !entries) return [];
  return argumentList(
    ...parameters.map((key) => {
      const value = entries.get(key);
      if (!value) return undefined;
      const converted = convertInitializerValue(site, argument, value);
      return converted && converted.kind !== sameAsKeras[key] ? `${key}_initializer=${converted.text}` : undefined;
    }),
  );
}

/** The unfused path outside the core layer ignores `param_regularizers`; so does gamma's when there is no gamma. */
function regularizerTexts(site: KerasSite, call: Arguments): string[] {
  const argument = findArgument(call, 'param_regularizers');
  const entries = argument && readEntries(site, argument);
  if (!argument || !entries || entries.size === 0) return [];
  const updates = findArgument(call, 'updates_collections');
  if (!isFused(call) && updates?.value.kind === 'none') {
    addCaveat(site.notes, '`param_regularizers` goes: this unfused batch_norm ignores it');
    return [];
  }
  return argumentList(
    ...(['beta', 'gamma'] as const).map((key) => {
      const value = entries.get(key);
      if (!value) return undefined;
      const converted = convertRegularizer(site, { ...argument, value });
      return converted?.kind === 'text' ? `${key}_regularizer=${converted.text}` : undefined;
    }),
  );
}

function readEntries(site: KerasSite, argument: EffectiveArgument): ReadonlyMap<string, StaticValue> | undefined {
  const { value } = argument;
  if (isNone(value)) return new Map();
  if (value.kind !== 'dict') {
    return refuse(
      site.notes,
      `\`${argument.name}\` of the normalizer is not known${reasonOf(value)}`,
      argument.expression,
    );
  }
  const entries = new Map<string, StaticValue>();
  for (const [key, item] of value.entries) if (key.kind === 'str') entries.set(key.value, item);
  return entries;
}
