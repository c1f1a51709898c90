/**
 * What slim's layers raise for certain values, with the library's own words (D5, traps 21 and 32 to 34). Values that are
 * not known, and ops that are not listed, are never refused.
 */
import { libraryName } from '../../slim/rewrite/libraryName';
import type { Op } from '../../slim/model';
import type { StaticValue } from '../../semantics/staticValue';

/** Why a value is refused. */
export interface Refusal {
  /** Python's error. */
  readonly text: string;
  /** What to write. */
  readonly hint: string;
  /** What raises by itself, before the op is called. */
  readonly raiser?: string;
  /** The string to write instead, where that is certain. */
  readonly replacement?: string;
}

const FLAT = ['NCHW', 'NHWC'];
const DEEP = ['NCDHW', 'NDHWC'];

/** The formats that ops check for; the convolutions also take None. */
const FORMATS: ReadonlyMap<string, readonly string[]> = new Map([
  ...['avg_pool2d', 'max_pool2d', 'batch_norm', 'bias_add', 'conv2d_transpose', 'separable_conv2d'].map(
    (name) => [name, FLAT] as const,
  ),
  ...['avg_pool3d', 'max_pool3d', 'conv3d_transpose'].map((name) => [name, DEEP] as const),
]);
const CONVOLUTIONS = new Set(['conv1d', 'conv2d', 'conv3d', 'convolution']);
const CONVOLUTION_FORMATS = ['NWC', 'NCW', ...FLAT, ...DEEP];

/** Layers that call their `activation_fn` and `normalizer_fn`. */
const CALLING = /^(?:conv[123]d|convolution|conv[23]d_transpose|separable_conv2d|fully_connected|batch_norm)$/;

/** Why a call of the op with this argument raises; undefined when that is not certain. */
export function refusal(op: Op, name: string, value: StaticValue): Refusal | undefined {
  if (name === 'data_format') return refusedFormat(op, value);
  if ((name === 'activation_fn' || name === 'normalizer_fn') && CALLING.test(op.name)) return notCallable(value);
  if (name === 'weights_regularizer' || name === 'biases_regularizer') return integerScale(value);
  return undefined;
}

function refusedFormat(op: Op, value: StaticValue): Refusal | undefined {
  const isConvolution = CONVOLUTIONS.has(op.name);
  const formats = isConvolution ? CONVOLUTION_FORMATS : FORMATS.get(op.name);
  if (!formats || (value.kind !== 'str' && value.kind !== 'none') || (isConvolution && value.kind === 'none'))
    return undefined;
  const given = value.kind === 'str' ? value.value : 'None';
  if (formats.includes(given)) return undefined;
  const replacement = kerasFormat(op, given);
  const listed = formats === DEEP ? 'NCDHW or NDHWC' : 'NCHW or NHWC';
  return {
    text: isConvolution
      ? `ValueError: Invalid data_format: '${given}'`
      : `ValueError: data_format has to be either ${listed}.`,
    hint: `Write \`'${replacement ?? (formats === DEEP ? 'NDHWC' : 'NHWC')}'\``,
    ...(replacement === undefined ? {} : { replacement }),
  };
}

/** What Keras's spelling means to an op. */
function kerasFormat({ name }: Op, given: string): string | undefined {
  if (name === 'convolution' || (given !== 'channels_first' && given !== 'channels_last')) return undefined;
  const size = name.includes('1d') ? 'W' : name.includes('3d') ? 'DHW' : 'HW';
  return given === 'channels_first' ? `NC${size}` : `N${size}C`;
}

function notCallable(value: StaticValue): Refusal | undefined {
  if (!['str', 'int', 'float', 'bool', 'list', 'tuple', 'dict'].includes(value.kind)) return undefined;
  return {
    text: `TypeError: '${value.kind}' object is not callable`,
    hint: 'Slim calls what it is given: pass the function itself, such as `tf.nn.relu`',
  };
}

function integerScale(value: StaticValue): Refusal | undefined {
  if (value.kind !== 'externalResult') return undefined;
  const library = libraryName(value.callee);
  const [scale, ...others] = value.args;
  const isRegularizer = library?.family === 'slim' && /^l[12]_regularizer$/.test(library.name);
  if (!isRegularizer || !scale || others.length > 0 || scale.value.kind !== 'int') return undefined;
  const given = scale.value.value;
  return {
    text: `ValueError: scale cannot be an integer: ${given}`,
    hint: `Write \`${given}.0\``,
    raiser: `${library.name}(${given})`,
  };
}
