/**
 * The ways in which one call can run, where they differ: a list with the conditions and callers that tell them apart.
 */
import { code, joined, listed, paragraph, strong, type Block, type Inline } from '../../base/markdown';
import type { CallContext, EffectiveArgument } from '../../slim/model';
import type { EffectiveCallView, Variant } from '../effectiveCallView';
import { shortened } from '../effectiveCallValue';
import { commonOrigin } from './argumentTable';
import { placeLink, settingCode, type HoverContext } from './hoverContext';

/** More variants than this are counted, not shown. */
const MOST_VARIANTS = 6;

/** What differs and when; empty when nothing tells the variants apart but their number: then the table says it all. */
export function variantBlocks(context: HoverContext, view: EffectiveCallView): readonly Block[] {
  const { variants } = view;
  const isNumbered = variants.every(({ contexts }) => whenText(context, contexts, view.contexts).length === 0);
  const isOnePlace = view.varying.every(({ found }) => commonOrigin(found) !== undefined);
  const isInTable = isNumbered && isOnePlace && variants.every(({ implicit }) => implicit.length === 0);
  if (variants.length === 0 || isInTable) return [];
  const shown = variants.slice(0, MOST_VARIANTS);
  const items = shown.map((variant, i) => variantItem(context, view, variant, i));
  const more = variants.length - shown.length;
  if (more > 0) items.push([`and ${more} more`]);
  return [paragraph(strong(`${variants.length} variants`), ':'), { kind: 'list', items }];
}

function variantItem(
  context: HoverContext,
  view: EffectiveCallView,
  variant: Variant,
  index: number,
): readonly Inline[] {
  const when = whenText(context, variant.contexts, view.contexts);
  const label = when.length > 0 ? when : [`variant ${index + 1}`];
  const own = variant.arguments.map((argument): readonly Inline[] => {
    const isHere = argument.origin.kind === 'call';
    return isHere ? [settingCode(argument)] : [settingCode(argument), ' (', ...shortOrigin(context, argument), ')'];
  });
  const implicit = variant.implicit.map(({ op, argument }): readonly Inline[] => [
    code(op.name),
    ' ',
    settingCode(argument),
    ' (',
    ...shortOrigin(context, argument),
    ')',
  ]);
  const parts = [...own, ...implicit];
  return [...label, ': ', ...(parts.length > 0 ? joined(parts) : ['nothing more'])];
}

/** In a list of variants a line number is enough. */
function shortOrigin(context: HoverContext, { origin, expression }: EffectiveArgument): readonly Inline[] {
  if (origin.kind === 'default') return ['default'];
  if (origin.kind === 'missing') return ['not given'];
  return [placeLink(context, origin.kind === 'call' ? (expression ?? origin.at) : (origin.keyword ?? origin.scope))];
}

/**
 * When contexts happen, in words: "if `is_training`", "called from train.py line 3". Conditions that all contexts share
 * say nothing and are left out. Empty when nothing tells the contexts apart.
 */
export function whenText(
  context: HoverContext,
  contexts: readonly CallContext[],
  all: readonly CallContext[],
): readonly Inline[] {
  const labels = new Map<string, readonly Inline[]>();
  for (const one of contexts) {
    const label = contextLabel(context, one, all);
    if (label.length === 0) return [];
    labels.set(JSON.stringify(label), label);
  }
  const parts = [...labels.values()];
  return parts.length > 3
    ? [...joined(parts.slice(0, 2)), ` or in ${parts.length - 2} more cases`]
    : joined(parts, ' or ');
}

function contextLabel(context: HoverContext, one: CallContext, all: readonly CallContext[]): readonly Inline[] {
  const telling = one.conditions.filter(
    ({ at, holds }) => !all.every((other) => other.conditions.some((condition) => condition.holds === holds && condition.at.file === at.file && condition.at.span.start === at.span.start)), // prettier-ignore
  );
  const conditions = telling.map(({ text, holds }): readonly Inline[] => {
    const condition = code(shortened(text.replace(/\s+/g, ' '), 40));
    return holds ? [condition] : ['not ', condition];
  });
  const [entry] = one.callers;
  const parts: (readonly Inline[])[] = [];
  if (conditions.length > 0) parts.push(['if ', ...listed(conditions)]);
  if (entry) parts.push(['called from ', placeLink(context, entry.call)]);
  return joined(parts);
}
