/**
 * The tables of a call: argument, value, and where the value comes from; what equals the default in one line below.
 * Order: what is hovered, then inherited values, then the call's own, then what follows from them.
 */
import { code, joined, paragraph, strong, type Block, type Cell, type Inline } from '../../base/markdown';
import type { EffectiveArgument, Op } from '../../slim/model';
import type { ArgumentGroups } from '../effectiveCallView';
import { isTensorInput } from '../effectiveCallView';
import { shortened, shownValue } from '../effectiveCallValue';
import type { Fact } from './callFacts';
import { hiddenText, originText, valueInlines, type HoverContext } from './hoverContext';

export interface TableOptions {
  readonly op: Op;
  /** Head of the first column. */
  readonly title?: Inline;
  /** Arguments that come first and bold. */
  readonly focus: readonly string[];
  readonly facts: readonly Fact[];
  /** What the origin "the call itself" is called. */
  readonly itself?: (argument: EffectiveArgument) => readonly Inline[];
}

/** The table; undefined when there is nothing in it. */
export function argumentTable(context: HoverContext, groups: ArgumentGroups, options: TableOptions): Block | undefined {
  const { op, focus, facts } = options;
  const all = [...groups.missing, ...groups.inherited, ...groups.own, ...groups.defaults];
  const focused = all.filter(({ name }) => focus.includes(name));
  const rest = [...groups.missing, ...groups.inherited, ...groups.own].filter(
    (argument) => !focus.includes(argument.name) && !isTensorInput(op, argument),
  );
  const rows = [
    ...focused.map((argument) => argumentRow(context, argument, options, true)),
    ...rest.map((argument) => argumentRow(context, argument, options, false)),
    ...facts.map(({ name, value, because }): readonly Cell[] => [[name], [value], ['because ', ...because]]),
  ];
  if (rows.length === 0) return undefined;
  return { kind: 'table', head: [[options.title ?? 'argument'], ['value'], ['from']], rows };
}

function argumentRow(
  context: HoverContext,
  argument: EffectiveArgument,
  options: TableOptions,
  isFocused: boolean,
): readonly Cell[] {
  const name = code(argument.name);
  const { origin } = argument;
  const from = origin.kind === 'call' && options.itself ? options.itself(argument) : originText(context, origin);
  const hidden = hiddenText(context, argument.overridden);
  return [
    [isFocused ? strong(name) : name],
    origin.kind === 'missing' ? ['not given'] : valueInlines(shownValue(argument)),
    hidden.length > 0 ? [...from, ', ', ...hidden] : from,
  ];
}

/** Arguments that hold their default, in one line: those that do something, then how many are `None`. */
export function defaultsLine(defaults: readonly EffectiveArgument[], word = 'Default'): Block | undefined {
  const shown = defaults.filter(({ text }) => text !== 'None');
  const none = defaults.length - shown.length;
  const parts: (readonly Inline[])[] = shown.map(({ name, text }) => [code(`${name}=${shortened(text, 40)}`)]);
  if (none === 1) parts.push([code(`${defaults.find(({ text }) => text === 'None')?.name ?? ''}=None`)]);
  else if (none > 1) parts.push([code('None'), ` for ${none}${shown.length > 0 ? ' others' : ' arguments'}`]);
  return parts.length === 0 ? undefined : paragraph(`${word}: `, ...joined(parts));
}
