/**
 * Initializers with their true scale (D5). Each layer gets an object of its own: an unseeded Keras initializer that is
 * used twice gives the same numbers twice, while TF 1 draws anew for each variable.
 */
import type { StaticValue } from '../../semantics/staticValue';
import type { EffectiveArgument } from '../model';
import { reasonOf } from './activations';
import { bindResult, visibleText } from '../rewrite/expressionText';
import type { ResultArgument } from '../rewrite/expressionText';
import { isVersionDependent, libraryName } from '../rewrite/libraryName';
import type { LibraryName } from '../rewrite/libraryName';
import { addCaveat, refuse } from '../rewrite/notes';
import { isAtom, spellFloat } from '../rewrite/pythonText';
import type { KerasSite } from './kerasSite';
import { quoted } from '../rewrite/site';

/** Undefined: refused. Named ones are told apart from others so that a layer can leave out its own default. */
export type Initializer =
  | { readonly kind: 'glorotUniform' | 'zeros' | 'ones'; readonly text: string }
  | { readonly kind: 'other'; readonly text: string };

/**
 * 1.3 * c^2 with c = 0.87962566103423978. contrib draws a truncated normal with variance 1.3 * factor / n, Keras one
 * whose parameter is divided by c so that the variance after truncation is scale / n.
 */
const truncationFactor = '1.0058636946149002';

interface Draft {
  readonly site: KerasSite;
  readonly argument: EffectiveArgument;
  readonly library: LibraryName;
  readonly args: ReadonlyMap<string, ResultArgument>;
}

interface Kind {
  readonly parameters: readonly string[];
  convert(draft: Draft): Initializer | undefined;
}

/** Converts an initializer argument that is not None. */
export function convertInitializer(site: KerasSite, argument: EffectiveArgument): Initializer | undefined {
  return convertInitializerValue(site, argument, argument.value);
}

/** The same for a value inside an argument, such as an entry of `param_initializers`. */
export function convertInitializerValue(
  site: KerasSite,
  argument: EffectiveArgument,
  value: StaticValue,
): Initializer | undefined {
  if (value.kind === 'str' && !site.call.op.scopable) return convertName(site, argument, value.value);
  // An initializer class is instantiated by TensorFlow; a function that makes initializers is not called.
  const library = libraryName(value.kind === 'externalResult' ? value.callee : value);
  if (!library || library.family === 'layer') return refuseUnknown(site, argument, value);
  if (library.family === 'keras') return keepKeras(site, argument, value);
  const kind = library.family === 'slim' ? slimKinds[library.name] : coreKinds[library.name];
  if (!kind || (value.kind === 'external' && library.family === 'slim')) return refuseUnknown(site, argument, value);
  const args = value.kind === 'externalResult' ? bindResult(site, value, kind.parameters) : new Map();
  if (!args) return refuseUnknown(site, argument, value);
  const converted = kind.convert({ site, argument, library, args });
  const seed = args.get('seed');
  if (!converted || !seed || seed.value.kind === 'none') return converted;
  addCaveat(site.notes, `the seed of \`${argument.name}\` is left out: Keras draws other numbers from the same seed`);
  return converted;
}

// ------------------------------------------------------------------------------------------- slim's own

const xavier: Kind = {
  parameters: ['uniform', 'seed', 'dtype'],
  convert(draft) {
    const uniform = readBool(draft, 'uniform', true);
    if (uniform === undefined) return undefined;
    return uniform ? glorotUniform(draft) : varianceScaling(draft, truncationFactor, 'fan_avg', 'truncated_normal');
  },
};

const slimVarianceScaling: Kind = {
  parameters: ['factor', 'mode', 'uniform', 'seed', 'dtype'],
  convert(draft) {
    const mode = readMode(draft);
    const uniform = readBool(draft, 'uniform', false);
    const factor = readNumber(draft, 'factor', 2);
    if (!mode || uniform === undefined || !factor) return undefined;
    if (!uniform) return varianceScaling(draft, times(factor.text, truncationFactor), mode, 'truncated_normal');
    if (mode === 'fan_avg' && factor.value === 1) return glorotUniform(draft);
    if (mode === 'fan_in' && factor.value === 2) return named(draft, 'HeUniform', []);
    if (mode === 'fan_in' && factor.value === 1) return named(draft, 'LecunUniform', []);
    return varianceScaling(draft, factor.text, mode, 'uniform');
  },
};

const slimKinds: Readonly<Record<string, Kind | undefined>> = {
  xavier_initializer: xavier,
  xavier_initializer_conv2d: xavier,
  variance_scaling_initializer: slimVarianceScaling,
};

// ------------------------------------------------------------------------------------- TensorFlow's own

const glorotUniformKind: Kind = { parameters: ['seed', 'dtype'], convert: glorotUniform };
const zeros: Kind = { parameters: ['dtype'], convert: (draft) => constant(draft, 'zeros') };
const ones: Kind = { parameters: ['dtype'], convert: (draft) => constant(draft, 'ones') };

const truncatedNormal: Kind = {
  parameters: ['mean', 'stddev', 'seed', 'dtype'],
  convert: (draft) => normal(draft, 'TruncatedNormal'),
};

const randomNormal: Kind = {
  parameters: ['mean', 'stddev', 'seed', 'dtype'],
  convert: (draft) => (checkVersion(draft, 'stddev', '1.0', '0.05') ? normal(draft, 'RandomNormal') : undefined),
};

const randomUniform: Kind = {
  parameters: ['minval', 'maxval', 'seed', 'dtype'],
  convert(draft) {
    if (!checkVersion(draft, 'maxval', '1.0', '0.05') || !checkVersion(draft, 'minval', '0.0', '-0.05'))
      return undefined;
    const low = readNumber(draft, 'minval', 0);
    const high = draft.args.get('maxval')?.value.kind === 'none' ? oneAsText : readNumber(draft, 'maxval', 1);
    return low && high && named(draft, 'RandomUniform', [`minval=${low.text}`, `maxval=${high.text}`]);
  },
};

const oneAsText = { text: '1.0', value: 1 };

const constantKind: Kind = {
  parameters: ['value', 'dtype', 'verify_shape'],
  convert(draft) {
    const value = draft.args.get('value')?.value;
    // A list would be laid out over the variable's shape.
    if (value && value.kind !== 'int' && value.kind !== 'float') return refusePart(draft, 'value', value);
    const number = readNumber(draft, 'value', 0);
    if (!number) return undefined;
    return number.value === 0 ? constant(draft, 'zeros') : named(draft, 'Constant', [number.text]);
  },
};

const coreVarianceScaling: Kind = {
  parameters: ['scale', 'mode', 'distribution', 'seed', 'dtype'],
  convert(draft) {
    const mode = readString(draft, 'mode', 'fan_in', ['fan_in', 'fan_out', 'fan_avg']);
    const distribution = readString(draft, 'distribution', 'truncated_normal', [
      'truncated_normal',
      'normal',
      'untruncated_normal',
      'uniform',
    ]);
    const scale = readNumber(draft, 'scale', 1);
    // `normal` is the old name of `truncated_normal`.
    return mode && distribution && scale
      ? varianceScaling(draft, scale.text, mode, distribution === 'normal' ? 'truncated_normal' : distribution)
      : undefined;
  },
};

const orthogonal: Kind = {
  parameters: ['gain', 'seed', 'dtype'],
  convert(draft) {
    const gain = readNumber(draft, 'gain', 1);
    return gain && named(draft, 'Orthogonal', gain.value === 1 ? [] : [`gain=${gain.text}`]);
  },
};

/** The factor is a width, Keras's scale a variance: it is squared. */
const uniformUnitScaling: Kind = {
  parameters: ['factor', 'seed', 'dtype'],
  convert(draft) {
    const factor = readNumber(draft, 'factor', 1);
    if (!factor) return undefined;
    const scale = factor.value === 1 ? '1.0' : isAtom(factor.text) ? `${factor.text}**2` : `(${factor.text})**2`;
    return varianceScaling(draft, scale, 'fan_in', 'uniform');
  },
};

const coreKinds: Readonly<Record<string, Kind | undefined>> = {
  glorot_uniform_initializer: glorotUniformKind,
  glorot_uniform: glorotUniformKind,
  glorot_normal_initializer: seeded('GlorotNormal'),
  glorot_normal: seeded('GlorotNormal'),
  he_normal: seeded('HeNormal'),
  he_uniform: seeded('HeUniform'),
  lecun_normal: seeded('LecunNormal'),
  lecun_uniform: seeded('LecunUniform'),
  zeros_initializer: zeros,
  zeros,
  ones_initializer: ones,
  ones,
  truncated_normal_initializer: truncatedNormal,
  truncated_normal: truncatedNormal,
  random_normal_initializer: randomNormal,
  random_normal: randomNormal,
  random_uniform_initializer: randomUniform,
  random_uniform: randomUniform,
  constant_initializer: constantKind,
  constant: constantKind,
  variance_scaling_initializer: coreVarianceScaling,
  variance_scaling: coreVarianceScaling,
  orthogonal_initializer: orthogonal,
  orthogonal,
  uniform_unit_scaling_initializer: uniformUnitScaling,
};

/** TensorFlow's initializers that differ from the Keras class of the same name in nothing. */
function seeded(name: string): Kind {
  return { parameters: ['seed', 'dtype'], convert: (draft) => named(draft, name, []) };
}

// ------------------------------------------------------------------------------------------------ pieces

function named(draft: Draft, name: string, args: readonly string[]): Initializer {
  return { kind: 'other', text: `${draft.site.names.keras}.initializers.${name}(${args.join(', ')})` };
}

function constant(draft: Draft, name: 'zeros' | 'ones'): Initializer {
  return { kind: name, text: quoted(draft.site, name) };
}

function glorotUniform(draft: Draft): Initializer {
  return { kind: 'glorotUniform', text: quoted(draft.site, 'glorot_uniform') };
}

function varianceScaling(draft: Draft, scale: string, mode: string, distribution: string): Initializer {
  const { site } = draft;
  return named(draft, 'VarianceScaling', [
    `scale=${scale}`,
    `mode=${quoted(site, mode)}`,
    `distribution=${quoted(site, distribution)}`,
  ]);
}

/** The default stddev of TF 1 is 1.0, that of Keras 0.05: it is always written. */
function normal(draft: Draft, name: string): Initializer | undefined {
  const mean = readNumber(draft, 'mean', 0);
  const stddev = readNumber(draft, 'stddev', 1);
  if (!mean || !stddev) return undefined;
  const args = mean.value === 0 ? [] : [`mean=${mean.text}`];
  return named(draft, name, [...args, `stddev=${stddev.text}`]);
}

function times(factor: string, constantFactor: string): string {
  return isAtom(factor) ? `${factor} * ${constantFactor}` : `(${factor}) * ${constantFactor}`;
}

/**
 * `tf.random_normal_initializer()` has stddev 1.0 in TF 1 and 0.05 in TF 2. A file that runs on either cannot be
 * converted without knowing which; one that imports contrib runs on TF 1.
 */
function checkVersion(draft: Draft, parameter: string, inTf1: string, inTf2: string): boolean {
  const { site, argument, library } = draft;
  const isTf1 = site.call.op.libraries.every((one) => one === 'contrib');
  if (draft.args.has(parameter) || isTf1 || !isVersionDependent(library)) return true;
  refuse(
    site.notes,
    `\`${argument.text}\` has ${parameter} ${inTf1} in TF 1 and ${inTf2} in TF 2: write \`${parameter}\` first`,
    argument.expression,
  );
  return false;
}

function readBool(draft: Draft, name: string, otherwise: boolean): boolean | undefined {
  const value = draft.args.get(name)?.value;
  if (!value) return otherwise;
  return value.kind === 'bool' ? value.value : refusePart(draft, name, value);
}

function readString(draft: Draft, name: string, otherwise: string, allowed: readonly string[]): string | undefined {
  const value = draft.args.get(name)?.value;
  if (!value) return otherwise;
  if (value.kind === 'str' && allowed.includes(value.value.toLowerCase())) return value.value.toLowerCase();
  return refusePart(draft, name, value);
}

/** contrib takes upper case only (TypeError otherwise), Keras lower case only. */
function readMode(draft: Draft): string | undefined {
  const value = draft.args.get('mode')?.value;
  if (!value) return 'fan_in';
  const isRight = value.kind === 'str' && ['FAN_IN', 'FAN_OUT', 'FAN_AVG'].includes(value.value);
  if (isRight) return value.value.toLowerCase();
  if (value.kind === 'unknown') return refusePart(draft, 'mode', value);
  return refuse(
    draft.site.notes,
    `\`${draft.argument.text}\` fails at run time: mode must be FAN_IN, FAN_OUT or FAN_AVG`,
    draft.argument.expression,
  );
}

function readNumber(
  draft: Draft,
  name: string,
  otherwise: number,
): { readonly text: string; readonly value: number | undefined } | undefined {
  const argument = draft.args.get(name);
  if (!argument) return { text: spellFloat(otherwise) ?? '', value: otherwise };
  const { value, text } = argument;
  const number = value.kind === 'int' || value.kind === 'float' ? value.value : undefined;
  if (number === undefined && value.kind !== 'unknown') return refusePart(draft, name, value);
  return text ? { text, value: number } : refusePart(draft, name, value);
}

function refusePart(draft: Draft, name: string, value: StaticValue): undefined {
  const { site, argument } = draft;
  return refuse(
    site.notes,
    `\`${name}\` of \`${argument.text}\` is not known or not convertible here${reasonOf(value)}`,
    argument.expression,
  );
}

function convertName(site: KerasSite, argument: EffectiveArgument, name: string): Initializer | undefined {
  const text = quoted(site, name);
  if (name === 'glorot_uniform') return { kind: 'glorotUniform', text };
  if (name === 'zeros' || name === 'ones') return { kind: name, text };
  const same = ['glorot_normal', 'he_normal', 'he_uniform', 'lecun_normal', 'lecun_uniform', 'orthogonal'];
  if (same.includes(name)) return { kind: 'other', text };
  return refuse(
    site.notes,
    `the initializer named \`${name}\` has other defaults in other versions: write it as an object first`,
    argument.expression,
  );
}

/** A Keras initializer is kept as the call that makes it, so that each layer has its own. */
function keepKeras(site: KerasSite, argument: EffectiveArgument, value: StaticValue): Initializer | undefined {
  const paths = value.kind === 'externalResult' ? value.callee.paths : [];
  const text = argument.expression && visibleText(site, argument.expression);
  const isCall = text !== undefined && text.endsWith(')');
  if (isCall && paths.length > 0 && !paths.some((path) => path.includes('compat.v1'))) return { kind: 'other', text };
  return refuse(
    site.notes,
    `\`${argument.text}\` is a Keras initializer that other layers may share, or is not visible here`,
    argument.expression,
  );
}

function refuseUnknown(site: KerasSite, argument: EffectiveArgument, value: StaticValue): undefined {
  const what = value.kind === 'function' ? ': a function of its own' : reasonOf(value);
  return refuse(
    site.notes,
    `\`${argument.text}\`, the \`${argument.name}\`, has no known equal in Keras${what}`,
    argument.expression,
  );
}
