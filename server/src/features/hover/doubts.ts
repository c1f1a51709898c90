/**
 * What is not certain about a call, each thing once, below the table: unknown values with their reasons, assumptions,
 * scopes that are not known, and what a caller could still change.
 */
import { code, joined, listed, paragraph, type Block, type Inline } from '../../base/markdown';
import type { EffectiveArgument } from '../../slim/model';
import { isTensorInput, type EffectiveCallView } from '../effectiveCallView';
import { shownValue, type UnknownReason } from '../effectiveCallValue';
import { placeLink, reasonInlines, type HoverContext } from './hoverContext';

/** The lines, most important first. */
export function doubtLines(context: HoverContext, view: EffectiveCallView): readonly Block[] {
  const own = view.common.filter((argument) => !isTensorInput(view.call.op, argument));
  const implicit = view.implicit.flatMap(({ call, inherited, own: given }) =>
    [...inherited, ...given].filter(({ name }) => name !== call.op.signature.parameters[0]?.name),
  );
  const shown = [...own.filter(({ origin }) => origin.kind !== 'default'), ...implicit];
  return [...assumptionLines(shown), ...unknownLines(context, shown), ...uncertaintyLines(context, view), ...callerLine(context, view)]; // prettier-ignore
}

/** The footnote of the `*` in the table. */
function assumptionLines(args: readonly EffectiveArgument[]): readonly Block[] {
  const assumptions = new Set(args.flatMap((argument) => shownValue(argument).assuming ?? []));
  return [...assumptions].map((assumption) => paragraph('* if ', ...reasonInlines(assumption)));
}

/** Arguments that are unknown for one reason share a sentence. */
function unknownLines(context: HoverContext, args: readonly EffectiveArgument[]): readonly Block[] {
  const reasons = new Map<string, { readonly names: string[]; readonly why: readonly Inline[] }>();
  for (const argument of args) {
    const { unknown, assuming } = shownValue(argument);
    if (!unknown || assuming !== undefined) continue;
    const known = reasons.get(unknown.reason);
    if (known) known.names.push(argument.name);
    else reasons.set(unknown.reason, { names: [argument.name], why: reasonWithPlace(context, unknown) });
  }
  if (reasons.size === 0) return [];
  const parts = [...reasons.values()].map(({ names, why }): readonly Inline[] => [
    ...listed([...new Set(names)].map((name) => [code(name)])),
    ' (',
    ...why,
    ')',
  ]);
  return [paragraph('Not known: ', ...joined(parts))];
}

/** A reason, with a link to the place that it speaks of unless it names the line itself. */
export function reasonWithPlace(context: HoverContext, { reason, at }: UnknownReason): readonly Inline[] {
  const words = reasonInlines(reason);
  return at && context.snapshot.getFile(at.file) ? [...words, ', ', placeLink(context, at)] : words;
}

function uncertaintyLines(context: HoverContext, view: EffectiveCallView): readonly Block[] {
  return view.uncertainties.map((uncertainty) => paragraph('Not certain: ', ...reasonWithPlace(context, uncertainty)));
}

/** Said once: a default holds only if no caller has opened a scope (A11). */
function callerLine(context: HoverContext, view: EffectiveCallView): readonly Block[] {
  const open = view.common.some(({ certainty }) => certainty === 'unlessCallerSets');
  const openImplicit = view.implicit.some(({ defaults }) =>
    defaults.some((one) => one.certainty === 'unlessCallerSets'),
  );
  if (!open && !openImplicit) return [];
  const [first] = view.contexts;
  const entry = first?.callers[0] ? first.callers[0].function : view.call.enclosingFunction;
  const who = entry === undefined ? ['a caller'] : ['a caller of ', code(entry)];
  return [paragraph('Defaults hold unless ', ...who, ' sets others by an arg_scope.')];
}
