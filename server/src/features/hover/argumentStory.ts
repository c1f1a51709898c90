/**
 * The whole story of one argument, shown when it is hovered: its full value, every scope that it hides, in every way in
 * which the call can run, and the op's own default.
 */
import { code, paragraph, strong, type Block, type Inline } from '../../base/markdown';
import type { CallContext, EffectiveArgument } from '../../slim/model';
import type { EffectiveCallView } from '../effectiveCallView';
import { shownValue, valueBlock, type ShownValue } from '../effectiveCallValue';
import { reasonWithPlace } from './doubts';
import { CELL_WIDTH, originText, overriddenLink, valueInlines, type HoverContext } from './hoverContext';
import { whenText } from './variants';

/** Values longer than a line get a block of their own. */
const LINE = 60;

/** Values of one argument that are told, each with its ways; the rest is counted. */
const MOST_STORIES = 4;

/** The story of each focused argument; empty on the callee. */
export function argumentStory(
  context: HoverContext,
  view: EffectiveCallView,
  focus: readonly string[],
): readonly Block[] {
  return focus.flatMap((name) => storyOf(context, view, name));
}

function storyOf(context: HoverContext, view: EffectiveCallView, name: string): readonly Block[] {
  const told = new Map<string, { argument: EffectiveArgument; contexts: CallContext[] }>();
  for (const one of view.contexts) {
    const argument = one.arguments.find((candidate) => candidate.name === name);
    if (!argument) continue;
    const { text, computed } = shownValue(argument);
    const key = JSON.stringify([text, computed, argument.origin, argument.overridden]);
    const known = told.get(key);
    if (known) known.contexts.push(one);
    else told.set(key, { argument, contexts: [one] });
  }
  const stories = [...told.values()];
  const left = stories.length - MOST_STORIES;
  const shown = left > 1 ? stories.slice(0, MOST_STORIES) : stories;
  const blocks = shown.flatMap(({ argument, contexts }) => {
    const when = stories.length > 1 ? whenText(context, contexts, view.contexts) : [];
    return tell(context, argument, when, defaultOf(view, name));
  });
  return left > 1 ? [...blocks, paragraph(strong(code(name)), ` has ${left} more values`)] : blocks;
}

function tell(
  context: HoverContext,
  argument: EffectiveArgument,
  when: readonly Inline[],
  byDefault: string | undefined,
): readonly Block[] {
  const shown = shownValue(argument);
  const label = when.length > 0 ? [' ', ...when] : [];
  const head: readonly Inline[] = [strong(code(argument.name)), ...label];
  const chain = chainOf(context, argument, byDefault);
  const from = originText(context, argument.origin);
  const full = shown.computed === undefined ? shown.text : valueBlock(argument.value, LINE);
  if (full !== undefined && full.length > LINE && argument.value.kind !== 'choice') {
    const name = shown.computed !== undefined && shown.text.length <= LINE ? [' is ', code(shown.text), ','] : [];
    const block: Block = { kind: 'code', language: 'python', text: full };
    return [paragraph(...head, ...name, ' from ', ...from, ...chain), block, ...reasonLine(context, shown)];
  }
  const value = valueInlines(shown, LINE);
  return [paragraph(...head, ' is ', ...value, ', from ', ...from, ...chain), ...reasonLine(context, shown)];
}

/** What is hidden, from the inside out, and what the op would do without anybody. */
function chainOf(context: HoverContext, argument: EffectiveArgument, byDefault: string | undefined): readonly Inline[] {
  const hidden = argument.overridden.flatMap((one): readonly Inline[] => [
    ', hides ',
    ...valueInlines(shownValue(one), CELL_WIDTH),
    ' from ',
    overriddenLink(context, one),
  ]);
  const isDefault = argument.origin.kind === 'default';
  return byDefault === undefined || isDefault ? hidden : [...hidden, '; default ', code(byDefault)];
}

/** Tensors are not known statically, and nobody wonders. */
function reasonLine(context: HoverContext, shown: ShownValue): readonly Block[] {
  if (!shown.unknown || shown.assuming === undefined) return [];
  return [paragraph('Not known for certain: ', ...reasonWithPlace(context, shown.unknown))];
}

function defaultOf(view: EffectiveCallView, name: string): string | undefined {
  return view.call.op.signature.parameters.find((parameter) => parameter.name === name)?.default;
}
