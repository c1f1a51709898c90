/**
 * The hover of a keyword inside an `arg_scope`: the calls that take it, those that set something else, and the ops of
 * the list that do not know it.
 */
import { code, joined, listed, paragraph, strong, type Block, type Inline } from '../../base/markdown';
import { isFullyKnown } from '../../semantics/staticValue';
import type { Op, ScopeKeyword, ScopeSite } from '../../slim/model';
import { shortened, shownValue, valueBlock, valueText } from '../effectiveCallValue';
import { reasonWithPlace } from './doubts';
import { counted, lineOf, overriddenLink, placeLink, placeText, valueInlines, type HoverContext } from './hoverContext';
import { failingLines, reachLine } from './reachText';
import { neverEntered, opNames } from './scopeHover';
import { scopeReach, type Reached } from '../scopeReach';

/** Overriding calls shown; the rest is counted. */
const MOST_OVERRIDES = 6;
/** Columns of a value that stands in a sentence of its own. */
const LINE = 60;
/** Different values of one argument. */
const MOST_VALUES = 4;

/** One keyword; undefined when the scope fails before it looks at keywords. */
export function scopeKeywordHover(context: HoverContext, site: ScopeSite, name: string): readonly Block[] | undefined {
  const keyword = site.keywords.find((one) => one.name === name);
  if (!keyword) return undefined;
  if (!site.entered) return [neverEntered()];
  const all = scopeReach(context, site);
  const taken = all.taken.filter((one) => one.name === name);
  const overridden = all.overridden.filter((one) => one.name === name);
  const failing = all.failing.filter(({ error }) => error.argument === name);
  return [
    headLine(site, keyword),
    ...valueBlocks(context, keyword),
    reachLine(context, { taken }, { verb: 'Taken by', none: 'No call is seen that takes it.' }),
    ...arrivingValue(keyword, taken),
    ...overrideBlocks(context, overridden),
    ...hiddenLine(context, site, name),
    ...notTaken(site, name),
    ...failingLines(context, { failing }),
  ];
}

function headLine(site: ScopeSite, keyword: ScopeKeyword): Block {
  const takers = opNames(opsOf(site).filter((op) => takes(op, keyword.name)));
  const isLong = (fullText(keyword)?.length ?? 0) > LINE;
  const value = isLong ? [] : [' is ', ...valueInlines(shownValue(keyword), LINE), ','];
  const forOps =
    takers.length > 0 ? [' for ', ...listed(takers.map((one) => [code(one)]))] : [' for no op of the list'];
  return paragraph(strong(code(keyword.name)), ...value, ...forOps);
}

/** The whole value where the head line cuts it, and why it is not known. */
function valueBlocks(context: HoverContext, keyword: ScopeKeyword): readonly Block[] {
  const shown = shownValue(keyword);
  const blocks: Block[] = [];
  const full = fullText(keyword);
  if (full !== undefined && full.length > LINE) blocks.push({ kind: 'code', language: 'python', text: full });
  if (shown.unknown) blocks.push(paragraph('Not known: ', ...reasonWithPlace(context, shown.unknown)));
  return blocks;
}

function fullText(keyword: ScopeKeyword): string | undefined {
  const { text, computed } = shownValue(keyword);
  return computed === undefined ? text : valueBlock(keyword.value, LINE);
}

/** What a value that depends on a parameter of the factory is at the calls, over all ways to them. */
function arrivingValue(keyword: ScopeKeyword, taken: readonly Reached[]): readonly Block[] {
  if (!shownValue(keyword).unknown) return [];
  const values = new Set<string>();
  for (const { value } of taken.flatMap(({ found }) => found)) {
    const text = isFullyKnown(value) ? valueText(value) : undefined;
    if (text === undefined) return [];
    values.add(text);
  }
  const shown = [...values].slice(0, MOST_VALUES).map((text) => [code(shortened(text, LINE))]);
  const more = values.size - shown.length;
  if (shown.length === 0) return [];
  return [paragraph('There it is ', ...joined(shown, ' or '), ...(more > 0 ? [` or one of ${more} more`] : []), '.')];
}

function opsOf(site: ScopeSite): readonly Op[] {
  return site.ops.flatMap(({ op }) => op ?? []);
}

function takes({ signature }: Op, name: string): boolean {
  return signature.parameters.some((parameter) => parameter.name === name || parameter.kind === 'varKeyword');
}

function overrideBlocks(context: HoverContext, overridden: readonly Reached[]): readonly Block[] {
  if (overridden.length === 0) return [];
  const items = overridden.slice(0, MOST_OVERRIDES).map((one) => overrideItem(context, one));
  const more = overridden.length - items.length;
  if (more > 0) items.push([`and ${more} more`]);
  const verb = overridden.length === 1 ? 'sets its own' : 'set their own';
  return [paragraph(`${counted(overridden.length, 'call')} ${verb}:`), { kind: 'list', items }];
}

/** A call that sets different values on different ways names each. */
function overrideItem(context: HoverContext, { call, op, found }: Reached): readonly Inline[] {
  const isHere = call.call.file === context.source.file;
  const where = isHere ? lineOf(context, call.call) : placeText(context, call.call);
  const by = new Map<string, readonly Inline[]>();
  for (const { origin } of found) {
    if (origin.kind !== 'argScope') continue;
    const link = placeLink(context, origin.keyword ?? origin.scope);
    by.set(JSON.stringify(link), [link]);
  }
  const values = new Map(found.map((one) => valueInlines(shownValue(one))).map((text) => [JSON.stringify(text), text]));
  const shown = [...values.values()].slice(0, MOST_VALUES);
  return [
    code(op.name),
    ' on ',
    placeLink(context, call.call, where),
    ': ',
    ...joined(shown, ' or '),
    ...(values.size > shown.length ? [` or ${values.size - shown.length} more`] : []),
    ...(by.size > 0 ? [', by the arg_scope on ', ...joined([...by.values()])] : []),
  ];
}

function hiddenLine(context: HoverContext, site: ScopeSite, name: string): readonly Block[] {
  const hidden = site.overrides.filter(({ keyword }) => keyword === name);
  const [first] = hidden;
  if (!first) return [];
  const names = opNames(hidden.map(({ op }) => op));
  const value = valueInlines(shownValue(first.outer));
  const where = overriddenLink(context, first.outer);
  return [paragraph('Hides ', ...value, ' from ', where, ', for ', ...listed(names.map((one) => [code(one)])))];
}

/** Entering is fine; the first call of such an op is not (A6). */
function notTaken(site: ScopeSite, name: string): readonly Block[] {
  return opsOf(site)
    .filter((op) => !takes(op, name))
    .map((op) => {
      const message = `TypeError: ${op.functionName}() got an unexpected keyword argument '${name}'`;
      return paragraph(code(op.name), ' does not take it. Calling it here raises ', code(message));
    });
}
