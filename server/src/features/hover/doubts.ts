/**
 * What is not certain about a call, each thing once: what a caller could still change, unknown values with their
 * reasons, assumptions, and scopes that are not known.
 */
import { code, joined, listed, paragraph, type Block, type Inline } from '../../base/markdown';
import { contains } from '../../base/span';
import type { EffectiveArgument, Op, OpCall } from '../../slim/model';
import { callPaths } from '../callWays';
import { doubtOf, isTensorInput, type EffectiveCallView } from '../effectiveCallView';
import { shortened, shownValue, type UnknownReason } from '../effectiveCallValue';
import { counted, lineOf, placeLink, reasonInlines, type HoverContext } from './hoverContext';

/** The lines, most important first. */
export function doubtLines(context: HoverContext, view: EffectiveCallView): readonly Block[] {
  const { op } = view.call;
  // What differs between the ways has its reasons there.
  const inTurn = view.inTurn.flatMap(({ found }) => found);
  const own = [...view.common, ...inTurn].filter((argument) => isShown(op, argument));
  const implicit = view.implicit.flatMap(({ call, inherited, own: given }) =>
    [...inherited, ...given].filter(({ name }) => name !== call.op.signature.parameters[0]?.name),
  );
  const shown = [...own, ...implicit];
  return [...assumptionLines(shown), ...unknownLines(context, shown), ...uncertaintyLines(context, view)];
}

/** Defaults have lines of their own, and nobody misses the value of a tensor. */
function isShown(op: Op, argument: EffectiveArgument): boolean {
  const isGiven = argument.origin.kind === 'call' || argument.origin.kind === 'argScope';
  return isGiven && !isTensorInput(op, argument);
}

/** The footnote of the `*` in the table. */
function assumptionLines(args: readonly EffectiveArgument[]): readonly Block[] {
  const assumptions = new Set(args.flatMap((argument) => shownValue(argument).assuming ?? []));
  return [...assumptions].map((assumption) => paragraph('* if ', ...reasonInlines(assumption)));
}

/** Arguments that are unknown for the same reasons share a sentence. */
function unknownLines(context: HoverContext, args: readonly EffectiveArgument[]): readonly Block[] {
  const reasons = new Map<string, Map<string, readonly Inline[]>>();
  for (const argument of args) {
    const { unknown, assuming } = shownValue(argument);
    if (!unknown || assuming !== undefined) continue;
    const known = reasons.get(argument.name) ?? new Map<string, readonly Inline[]>();
    reasons.set(argument.name, known.set(unknown.reason, reasonWithPlace(context, unknown)));
  }
  if (reasons.size === 0) return [];
  const groups = new Map<string, { readonly names: string[]; readonly why: readonly (readonly Inline[])[] }>();
  for (const [name, why] of reasons) {
    const key = [...why.keys()].join('\n');
    const known = groups.get(key);
    if (known) known.names.push(name);
    else groups.set(key, { names: [name], why: [...why.values()] });
  }
  const parts = [...groups.values()].map(({ names, why }): readonly Inline[] => {
    const more = why.length - MOST_REASONS;
    const shown = joined(more > 0 ? why.slice(0, MOST_REASONS) : why, '; ');
    const rest = more > 0 ? [` and ${counted(more, 'more reason')}`] : [];
    return [...listed(names.map((name) => [code(name)])), ' (', ...shown, ...rest, ')'];
  });
  return [paragraph('Not known: ', ...joined(parts))];
}

/** Reasons told of one argument, which may have another on each way to the call. */
const MOST_REASONS = 2;

/** A reason with a link to the place that it speaks of: on the line that it names, else behind it. */
export function reasonWithPlace(context: HoverContext, { reason, at }: UnknownReason): readonly Inline[] {
  if (!at || !context.snapshot.getFile(at.file)) return reasonInlines(reason);
  const named = lineOf(context, at);
  const start = at.file === context.source.file ? reason.search(new RegExp(`${named}(?!\\d)`)) : -1;
  if (start < 0) return [...reasonInlines(reason), ', ', placeLink(context, at)];
  const rest = reason.slice(start + named.length);
  return [...spaced(reason.slice(0, start)), placeLink(context, at, named), ...spaced(rest)];
}

/** A piece of a reason keeps the blanks at its ends. */
function spaced(piece: string): readonly Inline[] {
  const before = /^\s/.test(piece) ? [' '] : [];
  const after = /\s$/.test(piece) ? [' '] : [];
  return [...before, ...reasonInlines(piece), ...after];
}

function uncertaintyLines(context: HoverContext, view: EffectiveCallView): readonly Block[] {
  const defaults = [...view.defaults, ...view.varying.flatMap(({ found }) => found)];
  const told = new Set(defaults.flatMap((argument) => doubtOf(view.call.op, argument)?.reason ?? []));
  return view.uncertainties
    .filter(({ reason }) => !told.has(reason))
    .map((uncertainty) => paragraph('Not certain: ', ...reasonWithPlace(context, uncertainty)));
}

/**
 * Said once, near the top: a default holds only if no caller that is not seen has opened a scope (A11). Entry points
 * that nobody can call from a scope, such as a module body, are not named.
 */
export function callerLine(view: EffectiveCallView): readonly Block[] {
  const { op } = view.call;
  const varying = view.varying.flatMap(({ found }) => found);
  const own = [...view.defaults, ...varying].some((one) => one.certainty === 'unlessCallerSets' && !doubtOf(op, one));
  const implicit = view.implicit.some(({ call, defaults }) =>
    defaults.some((one) => one.certainty === 'unlessCallerSets' && !doubtOf(call.op, one)),
  );
  const open = view.contexts.filter((context) => context.open);
  if ((!own && !implicit) || open.length === 0 || view.call.isUnreached) return [];
  const entries = new Set(callPaths(open).map(([entry]) => (entry ? entry.function : view.call.enclosingFunction)));
  const names = [...entries].flatMap((name) => (name === undefined ? [] : [[code(name)]]));
  const shown = names.slice(0, MOST_ENTRIES);
  const more = names.length - shown.length;
  const last = more > 0 ? [counted(more, 'other function')] : shown.splice(-1)[0];
  const who = shown.length === 0 ? (last ?? []) : [...joined(shown), ' or ', ...(last ?? [])];
  const of = who.length > 0 ? [' of ', ...who] : [];
  return [paragraph('Defaults hold unless a caller', ...of, ' that is not seen sets others by an arg_scope.')];
}

/** The scopes that the user says entry points are called in, each once, with the place that says so. */
export function assumedLines(context: HoverContext, view: EffectiveCallView): readonly Block[] {
  const scopes = new Map(
    view.contexts.flatMap(({ assumes }) => (assumes ? [[assumes.text, assumes.at] as const] : [])),
  );
  return [...scopes].map(([text, at]) =>
    paragraph('Assumed: callers enter ', code(shortened(text, MOST_ASSUMED)), ', ', placeLink(context, at)),
  );
}

/** Characters of an assumed scope. */
const MOST_ASSUMED = 60;

/** Entry points named in a sentence. */
const MOST_ENTRIES = 3;

/**
 * Bounds that were reached where they may hide something of the call: without a place, in files of callers, and in the
 * function or class around it. A call that is not reached may be hidden by any of them.
 */
export function limitLines(context: HoverContext, { call, isUnreached }: OpCall): readonly Block[] {
  const around = context.source.tree.module.body.find(({ span }) => contains(span, call.span))?.span ?? call.span;
  const concerning = context.problems.filter(
    ({ at }) =>
      isUnreached || !at || at.file !== call.file || contains(around, at.span) || contains(at.span, call.span),
  );
  const shown = concerning.slice(0, MOST_LIMITS).map((problem) => reasonWithPlace(context, problem));
  const more = concerning.length - shown.length;
  if (shown.length === 0) return [];
  return [paragraph('May not be all: ', ...joined(shown, '; '), ...(more > 0 ? [` and ${more} more limits`] : []))];
}

/** Limits told in a hover. */
const MOST_LIMITS = 2;
