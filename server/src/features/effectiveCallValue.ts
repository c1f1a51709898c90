/**
 * The values of effective arguments as short texts for people: what was written, and what it is where that differs.
 * Not Python to be run again (see slim/rewrite for that), and not the public format of reports.
 * What is not known stays unknown, with the reason of the evaluator.
 */
import type { Location } from '../base/span';
import type { ExternalValue, StaticArgument, StaticValue } from '../semantics/staticValue';
import type { LibraryObject } from '../slim/library/libraryObject';
import { resolveLibraryName } from '../slim/library/libraryNames';
import { toPythonText } from '../slim/library/pythonText';
import type { EffectiveArgument } from '../slim/model';

/** How a value is shown. */
export interface ShownValue {
  /** As written in the source, on one line; the value itself where nothing was written. */
  readonly text: string;
  /** The value, when it says more than the text; several when it depends on the branch taken. */
  readonly computed?: readonly string[];
  /** The value in library names, where the text is a longer spelling of it. */
  readonly plain?: string;
  /** Words for what `computed` takes for granted. */
  readonly assuming?: string;
  /** Why the value is not known, or not completely. */
  readonly unknown?: UnknownReason;
}

export interface UnknownReason {
  readonly reason: string;
  readonly at?: Location;
}

/** An argument, a value that another scope hides, or a keyword of a scope. */
export type Written = Pick<EffectiveArgument, 'text' | 'value'> &
  Partial<Pick<EffectiveArgument, 'assumed' | 'origin'>>;

/** What to show of it. */
export function shownValue(argument: Written): ShownValue {
  const { assumed, origin } = argument;
  const source = oneLine(argument.text);
  const value = valueText(argument.value);
  const unknown = unknownReason(argument.value);
  const assumedText = assumed && valueText(assumed.value);
  if (assumed && assumedText !== undefined && unknown && !saysTheSame(source, assumedText)) {
    return { text: source || '?', computed: [assumedText], assuming: assumed.assuming, unknown };
  }
  const reason = unknown ? { unknown } : {};
  if (value === undefined) return { text: source || '?', ...reason };
  if (source === '') return { text: value, ...reason };
  if (origin?.kind === 'default') return { text: source, ...reason };
  // A lambda has no other name than its text.
  if (value === '<lambda>') return { text: source };
  if (saysTheSame(source, value)) return { text: source, plain: value, ...reason };
  // Half-known parts of what is written out in full say less than the text.
  if (unknown && !isName(source)) return { text: source, ...reason };
  return { text: source, computed: optionTexts(argument.value), ...reason };
}

function optionTexts(value: StaticValue): readonly string[] {
  return value.kind === 'choice' ? [...new Set(value.options.map(part))] : [part(value)];
}

function isName(source: string): boolean {
  return /^[A-Za-z_][\w.]*$/.test(source);
}

/** The text of a value; undefined when nothing of it is known. Unknown parts are `?`. */
export function valueText(value: StaticValue): string | undefined {
  switch (value.kind) {
    case 'unknown':
      return undefined;
    case 'tuple':
      return `(${value.items.map(part).join(', ')}${value.items.length === 1 ? ',' : ''})`;
    case 'list':
      return `[${value.items.map(part).join(', ')}]`;
    case 'set':
      return value.items.length === 0 ? 'set()' : `{${value.items.map(part).join(', ')}}`;
    case 'dict':
      return `{${value.entries.map(([key, item]) => `${part(key)}: ${part(item)}`).join(', ')}}`;
    case 'external':
      return externalText(value);
    case 'externalResult':
      return `${externalText(value.callee)}(${argumentsText(value.args)})`;
    case 'partial':
      return `partial(${[part(value.target), argumentsText(value.args)].filter((text) => text !== '').join(', ')})`;
    case 'function':
    case 'class':
    case 'module':
      return value.name;
    case 'instance':
      return `${value.class.name}(...)`;
    case 'scope':
      return value.description;
    case 'choice':
      return [...new Set(value.options.map(part))].join(' or ');
    default:
      return toPythonText(value);
  }
}

function part(value: StaticValue): string {
  return valueText(value) ?? '?';
}

function argumentsText(args: readonly StaticArgument[]): string {
  return args.map(({ name, value }) => (name === undefined ? part(value) : `${name}=${part(value)}`)).join(', ');
}

/** `tf.nn.relu`; functions of slim by their bare name, as the signature tables write them. */
function externalText(value: ExternalValue): string {
  const [path = ''] = value.paths;
  return libraryText(resolveLibraryName(path), path);
}

function libraryText(object: LibraryObject, path: string): string {
  switch (object.kind) {
    case 'op':
      return object.library === 'tf.layers' ? `tf.layers.${object.op.name}` : object.op.name;
    case 'opPartial':
      return object.name;
    case 'notScopable':
      return object.canonical.replace(/^(tf_slim|tf\.contrib\.\w+)\./, '');
    case 'other':
      return object.canonical;
    default:
      return path;
  }
}

// ---------------------------------------------------------------------------------------------- comparison

/** True when the text already says what the value is: quotes, blanks, module prefixes and number forms do not count. */
export function saysTheSame(source: string, value: string): boolean {
  if (/^[-+\d.eE_]+$/.test(source) && Number(source.replaceAll('_', '')) === Number(value)) return true;
  return bare(source) === bare(value);
}

function bare(text: string): string {
  return text
    .replaceAll('"', "'")
    .replace(/\b[A-Za-z_]\w*\.(?=[A-Za-z_])/g, '')
    .replace(/(?<=[\w)\]])\.0*(?=[,)\]\s]|$)/g, '')
    .replace(/\s|,(?=[)\]}])/g, '');
}

/** The first unknown part of a value; undefined when the value is known. */
export function unknownReason(value: StaticValue): UnknownReason | undefined {
  switch (value.kind) {
    case 'unknown':
      return value.at ? { reason: value.reason, at: value.at } : { reason: value.reason };
    case 'tuple':
    case 'list':
    case 'set':
      return firstReason(value.items);
    case 'dict':
      return firstReason(value.entries.flat());
    case 'externalResult':
      return firstReason(value.args.map((argument) => argument.value));
    case 'partial':
      return firstReason([value.target, ...value.args.map((argument) => argument.value)]);
    case 'choice':
      return firstReason(value.options);
    default:
      return undefined;
  }
}

function firstReason(values: readonly StaticValue[]): UnknownReason | undefined {
  for (const value of values) {
    const reason = unknownReason(value);
    if (reason) return reason;
  }
  return undefined;
}

// ------------------------------------------------------------------------------------------------- lengths

/** A value as a block of code: a dictionary too long for a line gets a line for each entry. */
export function valueBlock(value: StaticValue, width: number): string | undefined {
  const text = valueText(value);
  if (value.kind !== 'dict' || text === undefined || text.length <= width) return text;
  const lines = value.entries.map(([key, item]) => `    ${part(key)}: ${part(item)},`);
  return ['{', ...lines, '}'].join('\n');
}

/** On one line, runs of blanks outside of strings being one: source texts may span lines. */
export function oneLine(text: string): string {
  return text
    .replace(/#[^\n'"]*(?=\n)/g, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/([([{]) | (?=[)\]}])/g, '$1')
    .trim();
}

/** Cuts out of the middle, where a value says least; never through a surrogate pair. */
export function shortened(text: string, limit: number): string {
  const characters = Array.from(text);
  if (characters.length <= limit) return text;
  const head = Math.ceil((limit - 1) * 0.6);
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (limit - 1 - head)).join('')}`;
}
