/**
 * The words of an inlay hint: which inherited arguments are worth showing, and how short they can be said. Left out is
 * what the call says itself, what no scope sets, and, unless everything is wanted, what changes nothing.
 */
import type { Location } from '../../base/span';
import type { EffectiveArgument } from '../../slim/model';
import { equalsDefault, type EffectiveCallView, type Varying } from '../effectiveCallView';
import { shortened, shownValue, valueText } from '../effectiveCallValue';
import type { InlayHintPart } from '../model';

/** A value of an argument with one of these names speaks for itself: `VALID`, `batch_norm`, `l2(0.1)`. */
const NAMELESS: ReadonlySet<string> = new Set([
  'padding',
  'data_format',
  'activation_fn',
  'normalizer_fn',
  'weights_regularizer',
]);

/** These say where tensors and variables are kept, not what a layer does. */
const BOOKKEEPING: ReadonlySet<string> = new Set(['variables_collections', 'outputs_collections']);

const LONGEST_VALUE = 24;
/** Values of an argument that differs between the ways to the call; more than these are `≠`. */
const MOST_VALUES = 3;
const SEPARATOR_LENGTH = ' · '.length;

/** Parts in the order of the signature, cut at `maxLength` characters with separators; `…` stands for the rest. */
export function hintParts(
  view: EffectiveCallView,
  options: { readonly isEverything: boolean; readonly maxLength: number },
): readonly InlayHintPart[] {
  const inherited = inOrder(view).filter(({ found }) => found.some(({ origin }) => origin.kind === 'argScope'));
  const told = options.isEverything ? inherited : inherited.filter((one) => isTelling(view, one, inherited));
  return fitting(told.map(partOf), options.maxLength);
}

function inOrder(view: EffectiveCallView): readonly Varying[] {
  const all = [
    ...view.common.map((argument): Varying => ({ name: argument.name, found: [argument] })),
    ...view.varying,
  ];
  const names = view.call.op.signature.parameters.map(({ name }) => name);
  const rank = ({ name }: Varying): number => (names.includes(name) ? names.indexOf(name) : names.length);
  return all.sort((a, b) => rank(a) - rank(b));
}

/** A value that is the default anyway tells something where it hides that of another scope. */
function isTelling(view: EffectiveCallView, { name, found }: Varying, inherited: readonly Varying[]): boolean {
  const { op } = view.call;
  if (BOOKKEEPING.has(name)) return false;
  if (name === 'normalizer_params') {
    // The name of the normalizer stands for how it is set up; without a normalizer there is nothing to set up.
    const isOff = view.common.some((one) => one.name === 'normalizer_fn' && one.value.kind === 'none');
    if (isOff || inherited.some((one) => one.name === 'normalizer_fn')) return false;
  }
  return found.some((argument) => !equalsDefault(op, argument) || hidesAnother(argument));
}

function hidesAnother(argument: EffectiveArgument): boolean {
  const own = textOf(argument);
  return argument.overridden.some((hidden) => textOf(hidden) !== own);
}

function partOf({ name, found }: Varying): InlayHintPart {
  const origin = originOf(found);
  return { text: labelOf(name, found), ...(origin && { origin }) };
}

/** The first scope that sets it: one place is better to go to than none. */
function originOf(found: readonly EffectiveArgument[]): Location | undefined {
  for (const { origin } of found) {
    if (origin.kind === 'argScope') return origin.keyword ?? origin.scope;
  }
  return undefined;
}

function labelOf(name: string, found: readonly EffectiveArgument[]): string {
  const values = [...new Set(found.map(textOf))];
  const isNameless = NAMELESS.has(name) && values.every((value) => value !== 'None' && value !== '?');
  const texts = values.map((value) => (isNameless ? withoutQuotes(value) : value));
  if (texts.length === 1) {
    const text = inShort(texts.join());
    return isNameless ? text : `${name}=${text}`;
  }
  const all = texts.join('|');
  if (texts.length > MOST_VALUES || all.length > LONGEST_VALUE) return `${name}≠`;
  return isNameless ? all : `${name}=${all}`;
}

/** What the value is; `?` where nobody knows, `True?` where it rests on an assumption. */
function textOf(argument: Pick<EffectiveArgument, 'text' | 'value'>): string {
  const { text, computed, assuming, unknown, plain } = shownValue(argument);
  if (assuming !== undefined) return inPlainWords(`${computed?.join('|') ?? ''}?`);
  if (computed !== undefined) return inPlainWords(computed.join('|'));
  if (unknown && valueText(argument.value) === undefined) return '?';
  return inPlainWords(plain ?? text);
}

/** Without modules, and `l2_regularizer(0.1)` is `l2(0.1)`: the name of the argument says the rest, or the value does. */
function inPlainWords(text: string): string {
  if (isQuoted(text)) return text;
  return text.replace(/\b[A-Za-z_]\w*\.(?=[A-Za-z_])/g, '').replace(/_(?:regularizer|initializer)(?=\(|$)/g, '');
}

function withoutQuotes(text: string): string {
  return isQuoted(text) ? text.slice(1, -1) : text;
}

function isQuoted(text: string): boolean {
  return /^(['"])[^'"]*\1$/.test(text);
}

/** Of a call and of a container that are too long, what they are: `truncated_normal(…)`, `{…}`. */
function inShort(text: string): string {
  if (text.length <= LONGEST_VALUE) return text;
  const [, head, open] = /^(\w*)([([{])/.exec(text) ?? [];
  const close = open === '(' ? ')' : open === '[' ? ']' : '}';
  return shortened(head === undefined || open === undefined ? text : `${head}${open}…${close}`, LONGEST_VALUE);
}

function fitting(parts: readonly InlayHintPart[], maxLength: number): readonly InlayHintPart[] {
  const shown: InlayHintPart[] = [];
  let length = 0;
  for (const part of parts) {
    const isLast = shown.length === parts.length - 1;
    const needed = (shown.length > 0 ? SEPARATOR_LENGTH : 0) + part.text.length;
    const room = maxLength - length - (isLast ? 0 : SEPARATOR_LENGTH + 1);
    if (shown.length > 0 && needed > room) return [...shown, { text: '…' }];
    shown.push({ ...part, text: shortened(part.text, maxLength) });
    length += needed;
  }
  return shown;
}
