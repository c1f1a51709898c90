/**
 * The hover of an op call: what fails, the call that really runs, the table, what follows, the variants, and what is
 * not certain. On one argument, the story of that argument comes first. Layout and order only.
 */
import { code, joined, paragraph, strong, type Block, type Inline } from '../../base/markdown';
import type { EffectiveArgument, OpCall } from '../../slim/model';
import type * as ast from '../../syntax/ast';
import { viewCall, type EffectiveCallView, type Failure, type ImplicitView } from '../effectiveCallView';
import { effectiveCallText } from '../effectiveCallText';
import { argumentTable, defaultsLine } from './argumentTable';
import { argumentStory } from './argumentStory';
import { callFacts, orderOf } from './callFacts';
import { doubtLines } from './doubts';
import { placeLink, type HoverContext } from './hoverContext';
import { twinLines } from './twins';
import { variantBlocks, whenText } from './variants';

/** @param focus parameters that the hovered argument fills */
export function callHover(
  context: HoverContext,
  call: OpCall,
  node: ast.Call,
  focus: readonly string[],
): readonly Block[] {
  const view = viewCall(call);
  const table = argumentTable(context, view, { op: call.op, focus, facts: callFacts(view) });
  const order = orderOf(view);
  return [
    ...view.failures.map((failure) => failureBlock(context, view, failure)),
    ...argumentStory(context, view, focus),
    { kind: 'code', language: 'python', text: effectiveCallText(view, calleeText(context, call, node)) },
    ...repeatLine(view),
    ...(table ? [table] : []),
    ...variantBlocks(context, view),
    ...present(defaultsLine(view.defaults.filter(({ name }) => !focus.includes(name)))),
    ...(order ? [paragraph('Order: ', ...order)] : []),
    ...view.implicit.flatMap((implicit) => implicitBlocks(context, implicit)),
    ...doubtLines(context, view),
    ...twinLines(view),
  ];
}

function present(block: Block | undefined): readonly Block[] {
  return block ? [block] : [];
}

/** The callee as written; for `slim.repeat` and `slim.stack` the layer that they call. */
function calleeText(context: HoverContext, call: OpCall, node: ast.Call): string {
  if (call.via !== 'repeat' && call.via !== 'stack') return call.calleeText.replace(/\s+/g, '');
  const index = call.via === 'repeat' ? 2 : 1;
  const layer = node.args.find(({ name }) => name?.name === 'layer') ?? node.args[index];
  if (!layer || layer.value.kind === 'Lambda') return call.op.name;
  return context.source.text.slice(layer.value.span.start, layer.value.span.end).replace(/\s+/g, '');
}

function repeatLine(view: EffectiveCallView): readonly Block[] {
  const { via, contexts } = view.call;
  if (via !== 'repeat' && via !== 'stack') return [];
  const times = contexts.length > 1 ? `, ${contexts.length} times, each on the output of the one before` : '';
  return [paragraph('Called by ', code(`slim.${via}`), times)];
}

// ------------------------------------------------------------------------------------------------ failures

function failureBlock(context: HoverContext, view: EffectiveCallView, failure: Failure): Block {
  const { error, always } = failure;
  const when = always ? [] : [' ', ...whenText(context, failure.contexts, view.call.contexts)];
  const message = code(`${error.type}: ${error.message}`);
  return paragraph(strong('Fails'), ...when, ': ', message, ...failureCause(context, failure));
}

/** Where the other value comes from, and what to do. */
function failureCause(context: HoverContext, { error, op }: Failure): readonly Inline[] {
  const { argument = '', other } = error;
  switch (error.cause) {
    case 'collision':
      return other
        ? ['. ', code(argument), ' is set by the arg_scope on ', placeLink(context, other), ' and given by position here; only a keyword would win over a scope.'] // prettier-ignore
        : [];
    case 'unknownKeyword':
      return other
        ? ['. ', code(argument), ' is set by the arg_scope on ', placeLink(context, other), '; ', code(op.name), ' does not take it.'] // prettier-ignore
        : [];
    case 'duplicateKeyword':
      return other ? ['. The other value is on ', placeLink(context, other), '.'] : [];
    case 'missingArgument':
    case 'tooManyPositional':
    case 'other':
      return [];
  }
}

// ------------------------------------------------------------------------------------------ implicit calls

/** What `batch_norm` is called with (A9): the entries of `normalizer_params` win over the scope of the normalizer. */
function implicitBlocks(context: HoverContext, implicit: ImplicitView): readonly Block[] {
  const { op } = implicit.call;
  const params = (argument: EffectiveArgument): readonly Inline[] => {
    const { origin } = argument;
    if (origin.kind !== 'call') return [];
    return [code('normalizer_params'), ', ', placeLink(context, argument.expression ?? origin.at)];
  };
  const isOwn = ({ name }: EffectiveArgument): boolean => name !== op.signature.parameters[0]?.name;
  const groups = { ...implicit, own: implicit.own.filter(isOwn) };
  const facts = gammaFact(implicit);
  const table = argumentTable(context, groups, { op, title: code(op.name), focus: [], facts, itself: params });
  const matter = implicit.defaults.filter(({ name }) => mattering.has(name));
  const line = matter.length > 0 ? defaultsOf(op.name, matter) : undefined;
  return [...present(table), ...present(line)];
}

/** Defaults of normalizers that change the result; the rest is plumbing. */
const mattering: ReadonlySet<string> = new Set(['decay', 'center', 'scale', 'epsilon', 'is_training', 'groups']);

function defaultsOf(name: string, args: readonly EffectiveArgument[]): Block {
  const parts = args.map((argument) => [code(`${argument.name}=${argument.text}`)]);
  return paragraph('Default of ', code(name), ': ', ...joined(parts));
}

/** People miss gamma in their checkpoints: `scale` is off unless somebody turns it on (D6). */
function gammaFact(implicit: ImplicitView) {
  const scale = implicit.call.arguments.find(({ name }) => name === 'scale');
  const isOff = implicit.call.op.name === 'batch_norm' && scale?.value.kind === 'bool' && !scale.value.value;
  return isOff ? [{ name: 'gamma', value: 'none', because: [code('scale'), ' is ', code('False')] }] : [];
}
