/**
 * What the convolutions of slim and tf.layers have in common: sizes, padding, initializers and regularizers as Keras
 * arguments. Each function gives the text of one argument, or undefined when Keras's own default says the same.
 */
import type { StaticValue } from '../../semantics/staticValue';
import type { EffectiveArgument } from '../model';
import { argumentText } from '../rewrite/expressionText';
import { reasonOf } from './activations';
import { convertInitializer } from './initializers';
import { addCaveat, refuse } from '../rewrite/notes';
import { convertRegularizer } from './regularizers';
import type { KerasSite } from './kerasSite';
import { findArgument, quoted } from '../rewrite/site';

/** An argument that must be there, as text; adds a reason when it is missing or has no text. */
export function requiredText(site: KerasSite, name: string): string | undefined {
  const argument = findArgument(site.context, name);
  if (!argument || argument.origin.kind === 'missing') {
    return refuse(site.notes, `\`${name}\` is missing`);
  }
  return argumentText(site, argument);
}

/** `keyword=text` for an argument that is passed on as it is; undefined for a default that both sides share. */
export function passOn(
  site: KerasSite,
  name: string,
  keyword: string,
  isDefault: (value: StaticValue) => boolean,
): string | undefined {
  const argument = findArgument(site.context, name);
  if (!argument || isDefault(argument.value)) return undefined;
  const text = argumentText(site, argument);
  return text && `${keyword}=${text}`;
}

/** True for 1 and for lists of 1. */
export function isOne(value: StaticValue): boolean {
  if (value.kind === 'int') return value.value === 1;
  return (value.kind === 'tuple' || value.kind === 'list') && value.items.length > 0 && value.items.every(isOne);
}

export function isNone(value: StaticValue): boolean {
  return value.kind === 'none';
}

export function isTrue(value: StaticValue): boolean {
  return value.kind === 'bool' && value.value;
}

export function isFalse(value: StaticValue | undefined): boolean {
  return value?.kind === 'bool' && !value.value;
}

/** `padding='same'`: names are written in Keras's lower case, anything else is passed on, since Keras lowers it too. */
export function paddingText(site: KerasSite, argument: EffectiveArgument): string | undefined {
  const { value } = argument;
  if (value.kind !== 'str') {
    const text = argumentText(site, argument);
    return text && `padding=${text}`;
  }
  const lower = value.value.toLowerCase();
  if (lower === 'same' || lower === 'valid') return `padding=${quoted(site, lower)}`;
  return refuse(site.notes, `\`padding\` is \`${value.value}\`, which fails at run time`, argument.expression);
}

const together =
  'which fails at run time (ValueError: strides > 1 not supported in conjunction with dilation_rate > 1)';

/** Strides and dilation above 1 together fail in Keras, and mostly in TensorFlow; `consequence` says what happens. */
export function checkStrideAndRate(site: KerasSite, stride: string, rate: string, consequence = together): void {
  const [a, b] = [findArgument(site.context, stride), findArgument(site.context, rate)];
  if (!a || !b || largest(a.value) <= 1 || largest(b.value) <= 1) return;
  refuse(site.notes, `\`${stride}\` and \`${rate}\` are both greater than 1, ${consequence}`, a.expression);
}

/** What Keras puts before `_initializer` and `_regularizer`. */
export type KernelPrefix = 'kernel' | 'depthwise' | 'pointwise';

/** `kernel_initializer=...`; Glorot uniform is the default on both sides. */
export function kernelInitializerText(
  site: KerasSite,
  argument: EffectiveArgument,
  prefix: KernelPrefix = 'kernel',
): string | undefined {
  const converted = convertInitializer(site, argument);
  return converted && converted.kind !== 'glorotUniform' ? `${prefix}_initializer=${converted.text}` : undefined;
}

/** `bias_initializer=...`; zeros are the default on both sides. */
export function biasInitializerText(site: KerasSite, argument: EffectiveArgument): string | undefined {
  const converted = convertInitializer(site, argument);
  return converted && converted.kind !== 'zeros' ? `bias_initializer=${converted.text}` : undefined;
}

export function regularizerText(site: KerasSite, name: string, keyword: string): string | undefined {
  const argument = findArgument(site.context, name);
  const converted = argument && convertRegularizer(site, argument);
  return converted?.kind === 'text' ? `${keyword}=${converted.text}` : undefined;
}

/** `trainable=...`. Keras 3 sums the penalties of trainable weights only; TF 1 and Keras 2 those of frozen ones too. */
export function trainableText(site: KerasSite, regularizers: readonly (string | undefined)[]): string | undefined {
  const text = passOn(site, 'trainable', 'trainable', isTrue);
  const isRegularized = regularizers.some((one) => one !== undefined);
  if (text && isRegularized) {
    addCaveat(site.notes, 'while the layer is frozen, Keras 3 leaves its penalty out of the loss');
  }
  return text;
}

/** `reuse` shares variables: only None and False have an equal (D2). */
export function checkReuse(site: KerasSite, argument: EffectiveArgument | undefined): void {
  if (!argument) return;
  const { value } = argument;
  if (value.kind === 'none' || (value.kind === 'bool' && !value.value)) return;
  refuse(
    site.notes,
    `\`reuse=${argument.text}\` shares variables, which in Keras needs one layer object`,
    argument.expression,
  );
}

/** The inputs as text; a scope that sets them is refused. */
export function inputsText(site: KerasSite, name = 'inputs'): string | undefined {
  const argument = findArgument(site.context, name);
  if (argument?.origin.kind === 'argScope') {
    return refuse(site.notes, 'an arg_scope gives the inputs', argument.origin.keyword ?? argument.origin.scope);
  }
  return requiredText(site, name);
}

/** A number of outputs must be a positive int; a layer with another value fails on both sides, but differently. */
export function checkSize(site: KerasSite, name: string): void {
  const argument = findArgument(site.context, name);
  if (!argument) return;
  const { value } = argument;
  const isBad =
    value.kind === 'int' ? value.value <= 0 : ['none', 'str', 'float', 'list', 'tuple', 'dict'].includes(value.kind);
  if (isBad) refuse(site.notes, `\`${name}=${argument.text}\` is not a positive int`, argument.expression);
}

/**
 * True for channels first: a format that starts with "NC". slim's None never means "as Keras is configured": it is
 * channels last for a convolution, and an error elsewhere.
 */
export function readChannelsFirst(
  site: KerasSite,
  { formats, none }: { readonly formats: readonly string[]; readonly none: 'last' | 'fails' },
): boolean {
  const argument = findArgument(site.context, 'data_format');
  if (!argument || (argument.value.kind === 'none' && none === 'last')) return false;
  const { value } = argument;
  if (value.kind !== 'str' && value.kind !== 'none') {
    refuse(site.notes, `\`data_format\` is not known${reasonOf(value)}`, argument.expression);
    return false;
  }
  const format = value.kind === 'str' ? value.value : undefined;
  if (format === undefined || !formats.includes(format)) {
    refuse(
      site.notes,
      `\`data_format=${argument.text}\` fails at run time (ValueError: ${formatError(formats)})`,
      argument.expression,
    );
  }
  return format?.startsWith('NC') ?? false;
}

function formatError(formats: readonly string[]): string {
  return formats.length > 2
    ? 'Invalid data_format'
    : `data_format has to be either ${[...formats].reverse().join(' or ')}.`;
}

function largest(value: StaticValue): number {
  if (value.kind === 'int') return value.value;
  if (value.kind !== 'tuple' && value.kind !== 'list') return 1;
  return value.items.reduce((most, item) => Math.max(most, largest(item)), 1);
}
