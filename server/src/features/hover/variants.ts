/**
 * The ways to one call, where it receives something else on some of them: a list with the callers and conditions that
 * tell them apart, each with the arguments that differ.
 */
import { code, joined, listed, paragraph, strong, type Block, type Inline } from '../../base/markdown';
import type { CallContext, Condition, EffectiveArgument } from '../../slim/model';
import { callPaths, groupWays, type Way } from '../callWays';
import type { EffectiveCallView, Variant, Varying } from '../effectiveCallView';
import { shortened, shownValue } from '../effectiveCallValue';
import { factorVariants } from '../callFactors';
import { countedPaths, frameText, pathsText } from './callPathText';
import { CELL_WIDTH, placeLink, reasonInlines, type HoverContext } from './hoverContext';

/** More variants than this are counted, not shown. */
const MOST_VARIANTS = 6;
/** Up to this number each variant is told whole. */
const FEW_VARIANTS = 3;
/** Names of arguments in a row. */
const MOST_NAMES = 5;
/** Values that an argument takes in turn on one way. */
const MOST_VALUES = 5;

/** What differs and when; empty when all ways give the same. */
export function variantBlocks(context: HoverContext, view: EffectiveCallView): readonly Block[] {
  const variants = inOrder(view);
  if (variants.length === 0) return [];
  const factors = variants.length > FEW_VARIANTS ? factorVariants(variants) : undefined;
  const items = factors
    ? factors.map((factor) => [...frameText(context, factor.frame), ': ', ...settingsText(context, factor)])
    : variants.map((variant, i) => variantItem(context, view, variant, i));
  const left = items.length - MOST_VARIANTS;
  const shown = left > 1 ? [...items.slice(0, MOST_VARIANTS), [`and ${left} more`]] : items;
  const paths = callPaths(view.contexts).filter((path) => path.length > 0).length;
  const over = paths > 1 ? [' over ', countedPaths(view.contexts)] : [];
  const by = factors ? [', by the calls that make the difference'] : [];
  return [paragraph(strong(`${variants.length} variants`), ...over, ...by, ':'), { kind: 'list', items: shown }];
}

/** Whole programs first: ways that start where nobody can add a scope, then those that start in other files. */
function inOrder(view: EffectiveCallView): readonly Variant[] {
  const isHere = ({ path: [entry] }: Way): boolean => !entry || entry.call.file === view.call.call.file;
  const rank = ({ ways, contexts }: Variant): number =>
    (contexts.every(({ open }) => open) ? 2 : 0) + (ways.every(isHere) ? 1 : 0);
  return [...view.variants].sort((a, b) => rank(a) - rank(b));
}

function variantItem(
  context: HoverContext,
  view: EffectiveCallView,
  variant: Variant,
  index: number,
): readonly Inline[] {
  const when = waysText(context, variant.ways, view.contexts, false);
  const label = when.length > 0 ? when : [`variant ${index + 1}`];
  return [...label, ': ', ...settingsText(context, variant)];
}

/** What is set, then which of the differing arguments have their default. */
function settingsText(context: HoverContext, one: Pick<Variant, 'arguments' | 'implicit'>): readonly Inline[] {
  // What the normalizer receives says it better than the dictionary that it comes from.
  const own = one.arguments.filter(({ name }) => name !== 'normalizer_params' || one.implicit.length === 0);
  const settings = [
    ...own.map((varying) => ({ varying, whose: [] as readonly Inline[] })),
    ...one.implicit.map((varying) => ({ varying, whose: [code(varying.op.name), ' '] })),
  ];
  const isDefault = ({ varying }: (typeof settings)[number]): boolean =>
    varying.found.every(({ origin }) => origin.kind === 'default');
  const defaults = settings.filter(isDefault);
  // One or two defaults are worth their values.
  const isShort = defaults.length <= 2;
  const parts: (readonly Inline[])[] = settings
    .filter((setting) => isShort || !isDefault(setting))
    .map(({ varying, whose }) => [...whose, ...settingText(context, varying)]);
  if (!isShort) parts.push(...defaultsText(defaults));
  return parts.length > 0 ? joined(parts) : ['nothing more'];
}

/** Defaults by name; those that a scope which is not known may replace are told apart. */
function defaultsText(
  defaults: readonly { readonly varying: Varying; readonly whose: readonly Inline[] }[],
): readonly (readonly Inline[])[] {
  const groups = new Map<string, (readonly Inline[])[]>();
  for (const { varying, whose } of defaults) {
    const doubt = varying.found.flatMap((argument) => shownValue(argument).unknown?.reason ?? [])[0] ?? '';
    groups.set(doubt, [...(groups.get(doubt) ?? []), [...whose, code(varying.name)]]);
  }
  return [...groups].map(([doubt, names]) => {
    const more = names.length - MOST_NAMES;
    const shown = more > 1 ? [...joined(names.slice(0, MOST_NAMES)), ` and ${more} others`] : listed(names);
    const certain = doubt === '' ? [] : [', which are not certain (', ...reasonInlines(doubt), ')'];
    return ['defaults of ', ...shown, ...certain];
  });
}

/** `stride=2 (line 4)`; `num_outputs=64, 128 in turn`. */
function settingText(context: HoverContext, { name, found }: Varying): readonly Inline[] {
  const values = [...new Set(found.map(shortValue))];
  const shown = values.slice(0, MOST_VALUES).map((value, i) => [code(i === 0 ? `${name}=${value}` : value)]);
  const more = values.length - shown.length;
  const turn = values.length > 1 ? [...(more > 0 ? [` and ${more} more`] : []), ' in turn'] : [];
  const reasons = new Set(found.flatMap((argument) => shownValue(argument).unknown?.reason ?? []));
  const [reason] = reasons;
  const unknown = reason === undefined ? [] : [' (not known: ', ...reasonInlines(reason), ...(reasons.size > 1 ? [' and others)'] : [')'])]; // prettier-ignore
  return [...joined(shown), ...turn, ...originsText(context, found), ...unknown];
}

function shortValue(argument: EffectiveArgument): string {
  const { text, computed, assuming } = shownValue(argument);
  return shortened(computed?.length === 1 && assuming === undefined ? computed.join() : text, CELL_WIDTH);
}

/** In a list of variants a line number is enough. */
function originsText(context: HoverContext, found: readonly EffectiveArgument[]): readonly Inline[] {
  if (found.every(({ origin }) => origin.kind === 'call' && origin.form !== 'unpacked')) return [];
  const places = new Map<string, readonly Inline[]>();
  for (const argument of found) {
    const place = shortOrigin(context, argument);
    places.set(JSON.stringify(place), place);
  }
  const shown = [...places.values()].slice(0, 3);
  return [' (', ...joined(shown), ...(places.size > shown.length ? [' and others'] : []), ')'];
}

function shortOrigin(context: HoverContext, { origin, expression }: EffectiveArgument): readonly Inline[] {
  if (origin.kind === 'default') return ['default'];
  if (origin.kind === 'missing') return ['not given'];
  return [placeLink(context, origin.kind === 'call' ? (expression ?? origin.at) : (origin.keyword ?? origin.scope))];
}

// -------------------------------------------------------------------------------------------------- when

/**
 * When contexts happen, in words: "if `is_training`", "when called from train.py:3". Empty when nothing tells them apart
 * from the others.
 */
export function whenText(
  context: HoverContext,
  contexts: readonly CallContext[],
  all: readonly CallContext[],
): readonly Inline[] {
  const look = (one: CallContext): string => (contexts.includes(one) ? 'in' : 'out');
  const inside = groupWays(all, look).filter((group) => group.contexts.some((one) => contexts.includes(one)));
  // Ways that lead to others as well tell nothing.
  const isMixed = inside.some((group) => !group.contexts.every((one) => contexts.includes(one)));
  return isMixed ? [] : waysText(context, inside.flatMap(({ ways }) => ways), all, true); // prettier-ignore
}

/** @param isSentence false where a colon follows */
function waysText(
  context: HoverContext,
  ways: readonly Way[],
  all: readonly CallContext[],
  isSentence: boolean,
): readonly Inline[] {
  const isOnePath = callPaths(all).length === 1;
  const byCondition = new Map<string, { readonly conditions: readonly Condition[]; readonly ways: Way[] }>();
  for (const way of ways) {
    const key = JSON.stringify(way.conditions.map(({ at, text, holds }) => [at.span.start, text, holds]));
    const known = byCondition.get(key);
    if (known) known.ways.push(way);
    else byCondition.set(key, { conditions: way.conditions, ways: [way] });
  }
  const parts = [...byCondition.values()].map(({ conditions, ways: those }) => {
    const paths = isOnePath ? [] : pathsText(context, those.map(({ path }) => path)); // prettier-ignore
    const condition = conditions.length > 0 ? ['if ', ...listed(conditions.map(conditionText))] : [];
    const word = isSentence && paths.length > 0 ? [whenWord(those)] : [];
    return joined([condition, [...word, ...paths]].filter((part) => part.length > 0));
  });
  if (parts.some((part) => part.length === 0)) return [];
  return parts.length > 3
    ? [...joined(parts.slice(0, 2)), ` or in ${parts.length - 2} more cases`]
    : joined(parts, ' or ');
}

function whenWord(ways: readonly Way[]): string {
  const calling = ways.filter(({ path }) => path.length > 0).length;
  return calling === 0 ? 'when called ' : calling === 1 ? 'when called from ' : 'on ';
}

function conditionText({ text, holds }: Condition): readonly Inline[] {
  const condition = code(shortened(text.replace(/\s+/g, ' '), 40));
  return holds ? [condition] : ['not ', condition];
}
