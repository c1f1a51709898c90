/**
 * The call that really runs, as Python text for people: the callee with every argument that differs from the op's
 * default, in the order of the signature. Explicit arguments stay as written, inherited ones become keywords.
 * For reading only: names in inherited values may mean nothing at the call.
 */
import type { EffectiveArgument, Op } from '../slim/model';
import { equalsDefault, isTensorInput, type EffectiveCallView, type Varying } from './effectiveCallView';
import { shortened, shownValue } from './effectiveCallValue';

/** Columns of code that fit into a hover of 500 pixels. */
const WIDTH = 56;
const LONGEST_VALUE = 44;
/** A known value up to this length is better than the name that stands for it. */
const SHORT_VALUE = 36;

/**
 * The text, broken into lines of at most 56 columns where it can be.
 * @param unpacked `*args` and `**kwargs` of the call that nothing is known of, as written
 */
export function effectiveCallText(view: EffectiveCallView, callee: string, unpacked: readonly string[] = []): string {
  const { op } = view.call;
  const parts: string[] = [];
  const unknownPositional = unpacked.filter((text) => !text.startsWith('**'));
  for (const name of namesInOrder(view)) {
    const argument = view.common.find((one) => one.name === name);
    const varying = view.varying.find((one) => one.name === name);
    const text = argument ? argumentText(op, argument) : varying ? varyingText(op, varying) : undefined;
    if (text === undefined) continue;
    if (text.startsWith(`${name}=`)) parts.push(...unknownPositional.splice(0));
    parts.push(text);
  }
  return filled(callee, [...parts, ...unknownPositional, ...unpacked.filter((text) => text.startsWith('**'))]);
}

/** What differs is `...`, unless it is written in one way, or set to one value from several places. */
function varyingText(op: Op, { name, found }: Varying): string | undefined {
  const texts = new Set(found.map((argument) => argumentText(op, argument) ?? ''));
  const [text = '', ...others] = texts;
  // Defaults that hold for other reasons are still no argument of the call.
  if (others.length === 0) return text === '' ? undefined : text;
  return found.every(({ origin }) => origin.kind === 'call' && origin.form === 'positional') ? '...' : `${name}=...`;
}

function namesInOrder(view: EffectiveCallView): readonly string[] {
  const names = view.call.op.signature.parameters.map(({ name }) => name);
  const others = [...view.common, ...view.varying].map(({ name }) => name).filter((name) => !names.includes(name));
  return [...names, ...others];
}

function argumentText(op: Op, argument: EffectiveArgument): string | undefined {
  const { name, origin } = argument;
  if (origin.kind === 'default' || origin.kind === 'missing') return undefined;
  if (origin.kind === 'call') {
    const text = shortened(shownValue(argument).text, LONGEST_VALUE);
    // Something in a `*args` that is not known: the star says it.
    if (text === '?' && origin.form === 'unpacked') return undefined;
    if (isVarPositional(op, name)) return text === '()' ? undefined : `*${text}`;
    const isBare = origin.form === 'positional' || (origin.form === 'unpacked' && isTensorInput(op, argument));
    return isBare ? text : `${name}=${text}`;
  }
  return equalsDefault(op, argument) ? undefined : `${name}=${inheritedText(argument)}`;
}

/** The value where it is known and short: the text was written for another place. */
function inheritedText(argument: EffectiveArgument): string {
  const { text, computed, assuming, plain } = shownValue(argument);
  const value = computed?.length === 1 && assuming === undefined ? computed.join() : undefined;
  if (value !== undefined && value.length <= Math.max(text.length, SHORT_VALUE)) return shortened(value, LONGEST_VALUE);
  return shortened(text.length > LONGEST_VALUE && plain !== undefined ? plain : text, LONGEST_VALUE);
}

function isVarPositional(op: Op, name: string): boolean {
  return op.signature.parameters.some((parameter) => parameter.name === name && parameter.kind === 'varPositional');
}

/** Fills lines; one line when the whole call fits. */
function filled(callee: string, parts: readonly string[]): string {
  const whole = `${callee}(${parts.join(', ')})`;
  if (whole.length <= WIDTH) return whole;
  const lines: string[] = [];
  let line = `${callee}(`;
  parts.forEach((part, i) => {
    const text = part + (i === parts.length - 1 ? ')' : ',');
    const blank = line.endsWith('(') && i === 0 ? '' : ' ';
    if (line.length + blank.length + text.length <= WIDTH) line += blank + text;
    else {
      lines.push(line);
      line = `    ${text}`;
    }
  });
  return [...lines, line].join('\n');
}
