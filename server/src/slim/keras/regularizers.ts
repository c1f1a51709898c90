/**
 * Regularizers (D4). slim's l2 is `scale * sum(w^2) / 2`, Keras's is `l2 * sum(w^2)`: the 0.5 is written out.
 * Every Keras call takes its factor by position, since the keyword differs between Keras 2 and 3.
 */
import type { StaticValue } from '../../semantics/staticValue';
import type { EffectiveArgument } from '../model';
import { reasonOf } from './activations';
import { bindResult, visibleText } from '../rewrite/expressionText';
import type { ResultArgument } from '../rewrite/expressionText';
import { libraryName } from '../rewrite/libraryName';
import { addCaveat, refuse } from '../rewrite/notes';
import { quoted } from '../rewrite/site';
import { isAtom } from '../rewrite/pythonText';
import type { KerasSite } from './kerasSite';

/** Undefined: refused. `none`: no penalty. */
export type Regularizer = { readonly kind: 'none' } | { readonly kind: 'text'; readonly text: string };

type ExternalResult = Extract<StaticValue, { kind: 'externalResult' }>;

const nothing: Regularizer = { kind: 'none' };

/** Converts a regularizer argument. */
export function convertRegularizer(site: KerasSite, argument: EffectiveArgument): Regularizer | undefined {
  const converted = convertValue(site, argument, argument.value);
  if (converted?.kind === 'text') {
    addCaveat(
      site.notes,
      'the penalty moves from the collection REGULARIZATION_LOSSES to `model.losses`: ' +
        '`get_total_loss` and `get_regularization_losses` no longer see it, `fit` adds it by itself',
    );
  }
  return converted;
}

function convertValue(site: KerasSite, argument: EffectiveArgument, value: StaticValue): Regularizer | undefined {
  if (value.kind === 'none') return nothing;
  if (value.kind === 'str' && !site.call.op.scopable && (value.value === 'l1' || value.value === 'l2')) {
    return { kind: 'text', text: quoted(site, value.value) };
  }
  const direct = libraryName(value);
  if (direct?.family === 'tensorflow' && direct.name === 'no_regularizer') return nothing;
  if (direct?.family === 'tensorflow' && direct.name === 'l2_loss') return l2(site, '0.5');
  const library = value.kind === 'externalResult' ? libraryName(value.callee) : undefined;
  if (value.kind !== 'externalResult' || !library) return refuseUnknown(site, argument, value);
  if (library.family === 'keras') return keepKeras(site, argument, value);
  switch (library.name) {
    case 'l2_regularizer':
      return convertL2(site, argument, value);
    case 'l1_regularizer':
      return convertL1(site, argument, value);
    case 'l1_l2_regularizer':
      return convertL1L2(site, argument, value);
    case 'sum_regularizer':
      return convertSum(site, argument, value);
    default:
      return refuseUnknown(site, argument, value);
  }
}

function convertL2(site: KerasSite, argument: EffectiveArgument, value: ExternalResult): Regularizer | undefined {
  const scale = readScale(site, argument, bindResult(site, value, ['scale', 'scope'])?.get('scale'));
  return scale && (scale.isZero ? nothing : l2(site, half(scale.text)));
}

function convertL1(site: KerasSite, argument: EffectiveArgument, value: ExternalResult): Regularizer | undefined {
  const scale = readScale(site, argument, bindResult(site, value, ['scale', 'scope'])?.get('scale'));
  if (!scale || scale.isZero) return scale && nothing;
  return { kind: 'text', text: `${site.names.keras}.regularizers.l1(${scale.text})` };
}

/** Its defaults are 1.0 and 1.0. */
function convertL1L2(site: KerasSite, argument: EffectiveArgument, value: ExternalResult): Regularizer | undefined {
  const bound = bindResult(site, value, ['scale_l1', 'scale_l2', 'scope']);
  const one: ResultArgument = { value: { kind: 'float', value: 1 }, text: '1.0' };
  const l1 = bound && readScale(site, argument, bound.get('scale_l1') ?? one);
  const l2Scale = bound && readScale(site, argument, bound.get('scale_l2') ?? one);
  if (!l1 || !l2Scale) return undefined;
  if (l1.isZero && l2Scale.isZero) return nothing;
  if (l1.isZero) return l2(site, half(l2Scale.text));
  const prefix = `${site.names.keras}.regularizers`;
  if (l2Scale.isZero) return { kind: 'text', text: `${prefix}.l1(${l1.text})` };
  return { kind: 'text', text: `${prefix}.L1L2(l1=${l1.text}, l2=${half(l2Scale.text)})` };
}

/** A sum of l1 and l2 parts is one `L1L2`; a sum of one part is that part. */
function convertSum(site: KerasSite, argument: EffectiveArgument, value: ExternalResult): Regularizer | undefined {
  const list = bindResult(site, value, ['regularizer_list', 'scope'])?.get('regularizer_list')?.value;
  if (list?.kind !== 'list' && list?.kind !== 'tuple') return refuseUnknown(site, argument, value);
  const parts: Regularizer[] = [];
  for (const item of list.items) {
    const part = convertValue(site, argument, item);
    if (!part) return undefined;
    if (part.kind === 'text') parts.push(part);
  }
  if (parts.length <= 1) return parts[0] ?? nothing;
  return refuse(site.notes, 'Keras has no sum of several regularizers', argument.expression);
}

/** Keras's own regularizer inside slim code has no 0.5; it is the same object in the new layer. */
function keepKeras(site: KerasSite, argument: EffectiveArgument, value: ExternalResult): Regularizer | undefined {
  const isOldKeras = value.callee.paths.some((path) => path.includes('compat.v1'));
  const text = argument.expression && visibleText(site, argument.expression);
  if (text && !isOldKeras) return { kind: 'text', text };
  const name = libraryName(value.callee)?.name;
  const bound = bindResult(site, value, ['l']);
  const factor = (bound?.get('l') ?? bound?.get(name ?? 'l'))?.text;
  const isSimple = (name === 'l1' || name === 'l2') && value.args.length === 1;
  if (isSimple && factor) return { kind: 'text', text: `${site.names.keras}.regularizers.${name}(${factor})` };
  return refuse(
    site.notes,
    `\`${argument.text}\` is not visible here, or belongs to \`compat.v1\``,
    argument.expression,
  );
}

interface Scale {
  readonly text: string;
  readonly isZero: boolean;
}

/** `l2_regularizer(1)` and `(0)` raise ValueError; 0.0 means no regularizer; a negative scale is an error. */
function readScale(site: KerasSite, argument: EffectiveArgument, scale: ResultArgument | undefined): Scale | undefined {
  const value = scale?.value;
  if (value?.kind === 'int') {
    return refuse(
      site.notes,
      `\`${argument.text}\` fails at run time (ValueError: scale cannot be an integer: ${value.value})`,
      argument.expression,
    );
  }
  if (value?.kind === 'float' && value.value < 0) {
    return refuse(site.notes, `\`${argument.text}\` fails at run time: a negative scale`, argument.expression);
  }
  if (value?.kind === 'float' && value.value === 0) return { text: '0.0', isZero: true };
  if (scale?.text) return { text: scale.text, isZero: false };
  return refuse(
    site.notes,
    `the scale of \`${argument.text}\` is not known here${value ? reasonOf(value) : ''}`,
    argument.expression,
  );
}

function half(text: string): string {
  return isAtom(text) ? `0.5 * ${text}` : `0.5 * (${text})`;
}

function l2(site: KerasSite, factor: string): Regularizer {
  return { kind: 'text', text: `${site.names.keras}.regularizers.l2(${factor})` };
}

function refuseUnknown(site: KerasSite, argument: EffectiveArgument, value: StaticValue): undefined {
  return refuse(
    site.notes,
    value.kind === 'function'
      ? `\`${argument.name}\` is a function of its own, whose penalty is not known`
      : `it is not known which penalty \`${argument.name}\` is${reasonOf(value)}`,
    argument.expression,
  );
}
