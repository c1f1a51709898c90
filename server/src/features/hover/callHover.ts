/**
 * The hover of an op call: what fails, the call that really runs, who calls it and what differs between the callers, the
 * table, what follows, and what is not certain. What a low window cuts off is what matters least. On one argument, the
 * story of that argument comes first. Layout and order only.
 */
import { code, paragraph, strong, type Block, type Inline } from '../../base/markdown';
import { contains, type Location } from '../../base/span';
import type { EffectiveArgument, Op, OpCall } from '../../slim/model';
import type * as ast from '../../syntax/ast';
import { callPaths } from '../callWays';
import { viewCall, type EffectiveCallView, type Failure, type ImplicitView } from '../effectiveCallView';
import { effectiveCallText } from '../effectiveCallText';
import { oneLine, shortened } from '../effectiveCallValue';
import { argumentTable, defaultsLines, ownOrigin } from './argumentTable';
import { argumentStory } from './argumentStory';
import { callFacts, orderOf } from './callFacts';
import { callerSummary, pathList } from './callPathText';
import { assumedLines, callerLine, doubtLines, limitLines } from './doubts';
import { CELL_WIDTH, placeLink, type HoverContext } from './hoverContext';
import { twinLines } from './twins';
import { variantBlocks, whenText } from './variants';

export interface CallHoverOptions {
  readonly node: ast.Call;
  /** Parameters that the hovered argument fills. */
  readonly focus: readonly string[];
  /** True when the callee may be another op as well. */
  readonly isOneOfSeveral: boolean;
}

/** One op that a call calls. */
export function callHover(context: HoverContext, call: OpCall, options: CallHoverOptions): readonly Block[] {
  const view = viewCall(call);
  const { focus } = options;
  const { op } = call;
  const isDoomed = view.failures.some(({ always }) => always);
  const callee = options.isOneOfSeveral ? opText(op) : calleeText(context, call, options.node);
  const itself = (argument: EffectiveArgument): readonly Inline[] => ownOrigin(context, call, argument);
  const facts = callFacts(view);
  const table = argumentTable(context, view, { op, focus, facts, inTurn: view.inTurn, itself });
  return [
    ...view.failures.map((failure) => failureBlock(context, view, failure)),
    ...argumentStory(context, view, focus),
    {
      kind: 'code',
      language: 'python',
      text: effectiveCallText(view, callee, unknownUnpacked(context, call, options.node)),
    },
    ...repeatLine(view),
    ...callerSummary(context, view),
    ...assumedLines(context, view),
    ...callerLine(view),
    ...limitLines(context, call),
    ...variantBlocks(context, view),
    ...(table ? [table] : []),
    ...defaultsLines(context, op, view.defaults.filter(({ name }) => !focus.includes(name))), // prettier-ignore
    ...(isDoomed ? [] : consequences(context, view)),
    ...doubtLines(context, view),
    ...pathList(context, view),
    ...(isDoomed || options.isOneOfSeveral ? [] : twinLines(view)),
  ];
}

function consequences(context: HoverContext, view: EffectiveCallView): readonly Block[] {
  const order = orderOf(view);
  return [
    ...(order ? [paragraph('Order: ', ...order)] : []),
    ...view.implicit.flatMap((implicit) => implicitBlocks(context, view.call, implicit)),
  ];
}

// ------------------------------------------------------------------------------------------------- callee

/** The callee as written; what it stands for when it is a partial, and the layer where `slim.repeat` calls one. */
function calleeText(context: HoverContext, call: OpCall, node: ast.Call): string {
  if (call.via === 'repeat' || call.via === 'stack') {
    const index = call.via === 'repeat' ? 2 : 1;
    const layer = node.args.find(({ name }) => name?.name === 'layer') ?? node.args[index];
    const isNamed = layer?.value.kind === 'Attribute' || layer?.value.kind === 'Name';
    return isNamed ? textAt(context, { file: call.call.file, span: layer.value.span }) : opText(call.op);
  }
  const isPartial = call.contexts.some((one) =>
    one.arguments.some(({ origin }) => origin.kind === 'call' && origin.form === 'partial'),
  );
  return isPartial ? opText(call.op) : oneLine(call.calleeText);
}

/** `*args` and `**kwargs` that no argument could be read from. */
function unknownUnpacked(context: HoverContext, call: OpCall, node: ast.Call): readonly string[] {
  const known = call.contexts.flatMap((one) =>
    one.arguments.flatMap(({ origin, value }) =>
      origin.kind === 'call' && value.kind !== 'unknown' ? [origin.at.span] : [],
    ),
  );
  return node.args
    .filter(({ form, span }) => (form === 'star' || form === 'doubleStar') && !known.some((at) => contains(span, at)))
    .map(({ span }) => textAt(context, { file: call.call.file, span }));
}

/** The op by its public name. */
function opText(op: Op): string {
  if (op.libraries.includes('user')) return op.name;
  return op.libraries.includes('tf.layers') ? `tf.layers.${op.name}` : `slim.${op.name}`;
}

function textAt(context: HoverContext, { file, span }: Location): string {
  return oneLine(context.snapshot.getFile(file)?.text.slice(span.start, span.end) ?? '');
}

function repeatLine(view: EffectiveCallView): readonly Block[] {
  const { via } = view.call;
  if (via !== 'repeat' && via !== 'stack') return [];
  // Callers that call it several times would be counted too.
  const isOnePath = callPaths(view.contexts).every((path) => path.length === 0);
  const count = isOnePath && view.contexts.length > 1 ? ` ${view.contexts.length} times` : '';
  return [paragraph('Called by ', code(`slim.${via}`), count, ', each on the output of the one before')];
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
  if (!other) return [];
  const fromScope: readonly Inline[] = [
    '. ',
    code(shortened(textAt(context, other), CELL_WIDTH)),
    ' comes from the arg_scope on ',
    placeLink(context, other),
  ];
  switch (error.cause) {
    case 'collision':
      return [...fromScope, ', and ', code(argument), ' is given by position too: only a keyword wins over a scope.'];
    case 'unknownKeyword':
      return [...fromScope, '; ', code(op.name), ' does not take it.'];
    case 'duplicateKeyword':
      return ['. The other value is on ', placeLink(context, other), '.'];
    case 'missingArgument':
    case 'tooManyPositional':
    case 'other':
      return [];
  }
}

// ------------------------------------------------------------------------------------------ implicit calls

/** What `batch_norm` is called with (A9): the entries of `normalizer_params` win over the scope of the normalizer. */
function implicitBlocks(context: HoverContext, call: OpCall, implicit: ImplicitView): readonly Block[] {
  const { op } = implicit.call;
  const itself = (argument: EffectiveArgument): readonly Inline[] => {
    const { origin, expression } = argument;
    const at = expression ?? (origin.kind === 'call' ? origin.at : call.call);
    return [code('normalizer_params'), ', ', placeLink(context, at)];
  };
  const isOwn = ({ name }: EffectiveArgument): boolean => name !== op.signature.parameters[0]?.name;
  const groups = { ...implicit, own: implicit.own.filter(isOwn) };
  const table = argumentTable(context, groups, {
    op,
    title: code(op.name),
    focus: [],
    facts: gammaFact(implicit),
    inTurn: implicit.inTurn,
    itself,
  });
  const matter = implicit.defaults.filter(({ name }) => mattering.has(name));
  const when = implicit.isAlways ? [] : [paragraph('On the ways with ', code(op.name), ':')];
  const blocks = [...(table ? [table] : []), ...defaultsLines(context, op, matter, [' of ', code(op.name)])];
  return blocks.length > 0 ? [...when, ...blocks] : [];
}

/** Defaults of normalizers that change the result; the rest is plumbing. */
const mattering: ReadonlySet<string> = new Set(['decay', 'center', 'scale', 'epsilon', 'is_training', 'groups']);

/** People miss gamma in their checkpoints: `scale` is off unless somebody turns it on (D6). */
function gammaFact(implicit: ImplicitView) {
  const scale = implicit.call.arguments.find(({ name }) => name === 'scale');
  const isOff = implicit.call.op.name === 'batch_norm' && scale?.value.kind === 'bool' && !scale.value.value;
  return isOff ? [{ name: 'gamma', value: 'none', because: [code('scale'), ' is ', code('False')] }] : [];
}
