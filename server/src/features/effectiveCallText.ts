/**
 * The call that really runs, as Python text for people: the callee with every argument that differs from the op's
 * default, in the order of the signature. Explicit arguments stay as written, inherited ones become keywords.
 * For reading only: names in inherited values may mean nothing at the call.
 */
import type { EffectiveArgument, Op } from '../slim/model';
import { isTensorInput, type EffectiveCallView } from './effectiveCallView';
import { shortened, shownValue } from './effectiveCallValue';

/** Columns of code that fit into a hover of 500 pixels. */
const WIDTH = 56;
const LONGEST_VALUE = 44;

/** The text, broken into lines of at most 56 columns where it can be. */
export function effectiveCallText(view: EffectiveCallView, callee: string): string {
  const { op } = view.call;
  const args = new Map(view.common.map((argument) => [argument.name, argument]));
  const parts: string[] = [];
  for (const name of namesInOrder(view)) {
    const argument = args.get(name);
    if (!argument) parts.push(`${name}=...`);
    else if (argument.origin.kind === 'call' || argument.origin.kind === 'argScope') {
      const text = argumentText(op, argument);
      if (text !== undefined) parts.push(text);
    }
  }
  return filled(callee, parts);
}

function namesInOrder(view: EffectiveCallView): readonly string[] {
  const names = view.call.op.signature.parameters.map(({ name }) => name);
  const others = [...view.common.map(({ name }) => name), ...view.varying].filter((name) => !names.includes(name));
  return [...names, ...others].filter(
    (name) => view.varying.includes(name) || view.common.some((argument) => argument.name === name),
  );
}

function argumentText(op: Op, argument: EffectiveArgument): string | undefined {
  const { name, origin } = argument;
  if (origin.kind === 'call') {
    const text = shortened(shownValue(argument).text, LONGEST_VALUE);
    if (isVarPositional(op, name)) return text === '()' ? undefined : `*${text}`;
    return origin.form === 'positional' || (origin.form === 'unpacked' && isTensorInput(op, argument))
      ? text
      : `${name}=${text}`;
  }
  return equalsDefault(op, argument) ? undefined : `${name}=${inheritedText(argument)}`;
}

/** The value where it is known and short: the text was written for another place. */
function inheritedText(argument: EffectiveArgument): string {
  const { text, computed, assuming } = shownValue(argument);
  const isPlain = computed !== undefined && assuming === undefined && argument.value.kind !== 'choice';
  return shortened(isPlain && computed.length <= LONGEST_VALUE ? computed : text, LONGEST_VALUE);
}

function isVarPositional(op: Op, name: string): boolean {
  return op.signature.parameters.some((parameter) => parameter.name === name && parameter.kind === 'varPositional');
}

/** True when a scope sets what the op would do anyway. */
function equalsDefault(op: Op, argument: EffectiveArgument): boolean {
  const byDefault = op.signature.parameters.find(({ name }) => name === argument.name)?.default;
  if (byDefault === undefined) return false;
  const { text, computed, unknown } = shownValue(argument);
  return !unknown && lastNames(computed ?? text) === lastNames(byDefault);
}

function lastNames(text: string): string {
  return text.replaceAll('"', "'").replace(/\b[A-Za-z_]\w*\.(?=[A-Za-z_])/g, '');
}

/** Fills lines; one line when the whole call fits. */
function filled(callee: string, parts: readonly string[]): string {
  const whole = `${callee}(${parts.join(', ')})`;
  if (whole.length <= WIDTH) return whole;
  const lines = [`${callee}(`];
  let line = '';
  parts.forEach((part, i) => {
    const text = part + (i === parts.length - 1 ? ')' : ',');
    if (line !== '' && 4 + line.length + 1 + text.length > WIDTH) {
      lines.push(`    ${line}`);
      line = text;
    } else line = line === '' ? text : `${line} ${text}`;
  });
  return [...lines, `    ${line}`].join('\n');
}
