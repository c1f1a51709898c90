/**
 * The tables of a call: argument, value, and where the value comes from; what equals the default in one line below.
 * Order: what is hovered, then inherited values, then the call's own, then what follows from them. An argument that takes
 * several values in turn has one row with all of them; what differs between callers is told elsewhere (variants.ts).
 */
import { code, joined, paragraph, strong, type Block, type Cell, type Inline } from '../../base/markdown';
import { contains } from '../../base/span';
import type { EffectiveArgument, Op, OpCall } from '../../slim/model';
import { doubtOf, isTensorInput, type ArgumentGroups, type Varying } from '../effectiveCallView';
import { shortened, shownValue } from '../effectiveCallValue';
import type { Fact } from './callFacts';
import { reasonWithPlace } from './doubts';
import { hiddenText, originText, placeLink, valueInlines, type HoverContext } from './hoverContext';

export interface TableOptions {
  readonly op: Op;
  /** Head of the first column. */
  readonly title?: Inline;
  /** Arguments that come first and bold. */
  readonly focus: readonly string[];
  readonly facts: readonly Fact[];
  /** Arguments with a row for all the values that they take in turn. */
  readonly inTurn: readonly Varying[];
  /** Where a value of the call itself comes from, in words. */
  readonly itself: (argument: EffectiveArgument) => readonly Inline[];
}

/** Values, and places, of a varying argument in its row. */
const MOST_VALUES = 6;
const MOST_PLACES = 3;

/** The table; undefined when there is nothing in it. */
export function argumentTable(context: HoverContext, groups: ArgumentGroups, options: TableOptions): Block | undefined {
  const { op, focus, facts, inTurn } = options;
  const fromScope = inTurn.filter(({ found }) => found.some(({ origin }) => origin.kind === 'argScope'));
  const fromCall = inTurn.filter((one) => !fromScope.includes(one));
  const visible = (argument: EffectiveArgument): boolean =>
    focus.includes(argument.name) || !isTensorInput(op, argument);
  const entries = [
    ...groups.missing.map((argument) => entry(context, argument, options)),
    ...groups.inherited.map((argument) => entry(context, argument, options)),
    ...fromScope.map((one) => varyingEntry(context, one, options)),
    ...groups.own.filter(visible).map((argument) => entry(context, argument, options)),
    ...fromCall.map((one) => varyingEntry(context, one, options)),
    ...groups.defaults.filter(({ name }) => focus.includes(name)).map((one) => entry(context, one, options)),
  ];
  const first = entries.filter(({ isFocused }) => isFocused);
  const rows = [
    ...[...first, ...entries.filter(({ isFocused }) => !isFocused)].map(({ cells }) => cells),
    ...facts.map(({ name, value, because }): readonly Cell[] => [[name], [value], ['because ', ...because]]),
  ];
  if (rows.length === 0) return undefined;
  return { kind: 'table', head: [[options.title ?? 'argument'], ['value'], ['from']], rows };
}

interface Entry {
  readonly isFocused: boolean;
  readonly cells: readonly Cell[];
}

function entry(context: HoverContext, argument: EffectiveArgument, options: TableOptions): Entry {
  const { name, origin } = argument;
  const isFocused = options.focus.includes(name);
  const from = origin.kind === 'call' ? options.itself(argument) : originText(context, origin);
  const hidden = hiddenText(context, argument.overridden);
  const cells = [
    nameCell(name, isFocused),
    origin.kind === 'missing' ? ['not given'] : valueInlines(shownValue(argument)),
    hidden.length > 0 ? [...from, ', ', ...hidden] : from,
  ];
  return { isFocused, cells };
}

function varyingEntry(context: HoverContext, { name, found }: Varying, options: TableOptions): Entry {
  const isFocused = options.focus.includes(name);
  const values = new Map<string, readonly Inline[]>();
  for (const argument of found) {
    const { text, computed } = shownValue(argument);
    for (const value of computed ?? [text]) values.set(value, [code(shortened(value, 20))]);
  }
  const shown = [...values.values()].slice(0, MOST_VALUES);
  const more = values.size > shown.length ? [` and ${values.size - shown.length} more`] : [];
  const cells = [nameCell(name, isFocused), [...joined(shown), ...more], [...originsOf(context, found), ', in turn']];
  return { isFocused, cells };
}

/** The places where the values are written, each once. */
function originsOf(context: HoverContext, found: readonly EffectiveArgument[]): readonly Inline[] {
  const [first] = found;
  if (first && found.every(({ origin }) => origin.kind === 'call')) return originText(context, first.origin);
  const places = new Map<string, readonly Inline[]>();
  for (const { origin } of found) {
    const text = originText(context, origin);
    places.set(JSON.stringify(text), text);
  }
  const shown = [...places.values()].slice(0, MOST_PLACES);
  return [...joined(shown), ...(places.size > shown.length ? [` and ${places.size - shown.length} more`] : [])];
}

function nameCell(name: string, isFocused: boolean): Cell {
  return [isFocused ? strong(code(name)) : code(name)];
}

/** `this call`; the entry of a dictionary that is unpacked into it is somewhere else. */
export function ownOrigin(context: HoverContext, call: OpCall, argument: EffectiveArgument): readonly Inline[] {
  const { origin, expression } = argument;
  if (origin.kind !== 'call') return originText(context, origin);
  const isElsewhere =
    origin.form === 'unpacked' &&
    expression !== undefined &&
    (expression.file !== call.call.file || !contains(call.call.span, expression.span));
  return isElsewhere ? ['this call, ', placeLink(context, expression)] : originText(context, origin);
}

// ------------------------------------------------------------------------------------------------ defaults

/**
 * Arguments that hold their default, in one line; those that an unknown scope may set, in a line with the reason.
 * @param whose names the op where it is not the one that is hovered
 */
export function defaultsLines(
  context: HoverContext,
  op: Op,
  defaults: readonly EffectiveArgument[],
  whose: readonly Inline[] = [],
): readonly Block[] {
  const certain = defaults.filter((argument) => !doubtOf(op, argument));
  const doubtful = new Map<string, { readonly args: EffectiveArgument[]; readonly why: readonly Inline[] }>();
  for (const argument of defaults) {
    const doubt = doubtOf(op, argument);
    if (!doubt) continue;
    const known = doubtful.get(doubt.reason);
    if (known) known.args.push(argument);
    else doubtful.set(doubt.reason, { args: [argument], why: reasonWithPlace(context, doubt) });
  }
  return [
    ...[...doubtful.values()].map(({ args, why }) =>
      paragraph('Not certain', ...whose, ': ', ...why, '. Default otherwise: ', ...settings(args)),
    ),
    ...(certain.length > 0 ? [paragraph('Default', ...whose, ': ', ...settings(certain))] : []),
  ];
}

/** Those that do something, then how many are `None`. */
function settings(args: readonly EffectiveArgument[]): readonly Inline[] {
  const shown = args.filter(({ text }) => text !== 'None');
  const none = args.filter(({ text }) => text === 'None');
  const parts: (readonly Inline[])[] = shown.map(({ name, text }) => [code(`${name}=${shortened(text, 40)}`)]);
  if (none.length > 2) parts.push([code('None'), ` for ${none.length}${shown.length > 0 ? ' others' : ' arguments'}`]);
  else parts.push(...none.map(({ name }) => [code(`${name}=None`)]));
  return joined(parts);
}
