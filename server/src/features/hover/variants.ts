/**
 * The ways in which one call can run, where they differ: a list with the conditions, or one row where nothing but the
 * number of the repetition tells them apart.
 */
import { code, joined, listed, paragraph, strong, type Block, type Inline } from '../../base/markdown';
import type { CallContext } from '../../slim/model';
import type { EffectiveCallView, Variant } from '../effectiveCallView';
import { shortened } from '../effectiveCallValue';
import { originText, placeLink, settingCode, type HoverContext } from './hoverContext';

/** More variants than this are counted, not shown. */
const MOST_VARIANTS = 6;

/** What differs; empty when the call always runs the same way. */
export function variantBlocks(context: HoverContext, view: EffectiveCallView): readonly Block[] {
  const { variants } = view;
  if (variants.length === 0) return [];
  const shown = variants.slice(0, MOST_VARIANTS);
  const items = shown.map((variant, i) => variantItem(context, view, variant, i));
  const more = variants.length - shown.length;
  if (more > 0) items.push([`and ${more} more`]);
  return [paragraph(strong(`${variants.length} variants`)), { kind: 'list', items }];
}

function variantItem(
  context: HoverContext,
  view: EffectiveCallView,
  variant: Variant,
  index: number,
): readonly Inline[] {
  const when = whenText(context, variant.contexts, view.contexts);
  const label = when.length > 0 ? when : [ordinal(view, variant, index)];
  const own = variant.arguments.map((argument): readonly Inline[] => {
    const isHere = argument.origin.kind === 'call';
    return isHere
      ? [settingCode(argument)]
      : [settingCode(argument), ' (', ...originText(context, argument.origin), ')'];
  });
  const implicit = variant.implicit.map(({ op, argument }): readonly Inline[] => [
    code(op.name),
    ' ',
    settingCode(argument),
    ' (',
    ...originText(context, argument.origin, 'normalizer_params'),
    ')',
  ]);
  const parts = [...own, ...implicit];
  return [...label, ': ', ...(parts.length > 0 ? joined(parts) : ['nothing more'])];
}

function ordinal(view: EffectiveCallView, variant: Variant, index: number): string {
  const { via } = view.call;
  const number = view.call.contexts.findIndex((one) => variant.contexts.includes(one)) + 1;
  return via === 'repeat' || via === 'stack' ? `call ${number}` : `variant ${index + 1}`;
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
