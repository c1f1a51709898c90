/**
 * The analysis of one file in the public format (format.ts). Decides nothing about arguments: it names, orders and
 * merges what the evaluator found. A value is put under `known` only with everything that it rests on.
 */
import type { Snapshot } from '../../project/snapshot';
import type { CallContext, CallerFrame, EffectiveArgument, ImplicitCall, Op, OpCall, Origin } from '../../slim/model';
import { toNormalForm } from '../../slim/library/normalForm';
import type { StaticValue } from '../../semantics/staticValue';
import type { WantedLine } from '../inputs';
import { toPlace, toPlaceRange, type Place } from '../places';
import type {
  ExplainedArgument,
  ExplainedCall,
  ExplainedCaller,
  ExplainedContext,
  ExplainedFile,
  ExplainedOrigin,
  ExplainedProblem,
  ExplainedValue,
} from './format';

/** Explains a file, or the calls that touch one of the given lines. */
export function explainFile(snapshot: Snapshot, file: string, lines?: readonly WantedLine[]): ExplainedFile {
  const analysis = snapshot.analysis(file);
  const calls = analysis?.calls.flatMap((call) => explainCall(snapshot, call)) ?? [];
  const problems = (analysis?.problems ?? []).map(({ reason, at }): ExplainedProblem => {
    if (!at) return { reason };
    const place = toPlace(snapshot, at);
    const { path: _, ...found } = place;
    return at.file === file ? { reason, ...found } : { reason };
  });
  return {
    path: snapshot.getPath(file),
    calls: lines ? calls.filter((call) => lines.some((line) => touches(call, line))) : calls,
    problems,
  };
}

function touches(call: ExplainedCall, { cell, line }: WantedLine): boolean {
  return call.line <= line && line <= call.endLine && (cell === undefined || cell === call.cell);
}

/** The call itself, then what the library calls on its behalf, each as a row of its own. */
function explainCall(snapshot: Snapshot, call: OpCall): readonly ExplainedCall[] {
  const own = row(snapshot, call, {
    op: call.op,
    via: call.via,
    contexts: call.contexts.map((context) => explainContext(snapshot, call, { context, made: context })),
  });
  return [own, ...explainImplicitCalls(snapshot, call)];
}

function explainImplicitCalls(snapshot: Snapshot, call: OpCall): readonly ExplainedCall[] {
  const rows = new Map<string, { op: Op; via: string; contexts: ExplainedContext[] }>();
  for (const context of call.contexts) {
    for (const implicit of context.implicitCalls) {
      const via = call.via === undefined ? implicit.via : `${call.via}/${implicit.via}`;
      const definition = implicit.op.definition;
      const key = `${via} ${implicit.op.name} ${definition ? `${definition.file} ${definition.span.start}` : ''}`;
      const one = rows.get(key) ?? { op: implicit.op, via, contexts: [] };
      rows.set(key, one);
      one.contexts.push(explainContext(snapshot, call, { context, made: implicit }));
    }
  }
  return [...rows.values()].map((one) => row(snapshot, call, one));
}

function row(
  snapshot: Snapshot,
  call: OpCall,
  one: { readonly op: Op; readonly via: string | undefined; readonly contexts: readonly ExplainedContext[] },
): ExplainedCall {
  const { path: _, ...range } = toPlaceRange(snapshot, call.call);
  const definition = one.op.definition && toPlace(snapshot, one.op.definition);
  return {
    op: one.op.name,
    ...(one.via !== undefined && { via: one.via }),
    ...(definition && { userOp: withoutColumn(definition) }),
    ...range,
    ...(call.isUnreached && { unreached: true }),
    contexts: mergeContexts(one.contexts),
  };
}

// ------------------------------------------------------------------------------------------------ contexts

function explainContext(
  snapshot: Snapshot,
  call: OpCall,
  one: { readonly context: CallContext; readonly made: Pick<ImplicitCall, 'arguments' | 'error'> },
): ExplainedContext {
  const { context, made } = one;
  const assumptions = { conditions: conditionTexts(context), noOuterScope: noOuterScope(snapshot, call, context) };
  const named = made.arguments
    .filter((argument) => argument.origin.kind !== 'missing')
    .map((argument) => [argument.name, explainArgument(snapshot, argument, assumptions)] as const);
  const callersOf = (frames: readonly CallerFrame[]) =>
    frames.map((frame): ExplainedCaller => {
      const place = withoutColumn(toPlace(snapshot, frame.call));
      return { ...place, ...(frame.function !== undefined && { function: frame.function }) };
    });
  return {
    callers: callersOf(context.callers),
    ...(context.alsoFrom && { alsoFrom: context.alsoFrom.map(callersOf) }),
    open: context.open,
    arguments: Object.fromEntries(named),
    ...(made.error && { error: { type: made.error.type, message: made.error.message } }),
  };
}

interface Assumptions {
  readonly conditions: readonly string[];
  readonly noOuterScope: string;
}

function conditionTexts(context: CallContext): readonly string[] {
  const tests = context.conditions.map(({ text, holds }) => (holds ? text : `not (${text})`));
  return [...tests, ...context.uncertainties.flatMap(({ condition }) => condition ?? [])];
}

/** How the assumption about an entry point begins. */
export const noOuterScopePrefix = 'no arg_scope outside';

/** Whoever calls the entry point may have opened scopes of its own. */
function noOuterScope(snapshot: Snapshot, call: OpCall, context: CallContext): string {
  const entry = context.callers[0];
  const file = entry?.call.file ?? call.call.file;
  const name = entry ? entry.function : call.enclosingFunction;
  return `${noOuterScopePrefix} ${snapshot.getPath(file)}${name === undefined ? '' : `:${name}`}`;
}

/** Contexts that differ in nothing but their callers are one. */
function mergeContexts(contexts: readonly ExplainedContext[]): readonly ExplainedContext[] {
  const merged = new Map<string, { rest: Omit<ExplainedContext, 'callers' | 'alsoFrom'>; ways: Map<string, Way> }>();
  for (const { callers, alsoFrom = [], ...rest } of contexts) {
    const key = JSON.stringify(rest);
    const one = merged.get(key) ?? { rest, ways: new Map<string, Way>() };
    merged.set(key, one);
    for (const way of [callers, ...alsoFrom]) one.ways.set(JSON.stringify(way), way);
  }
  return [...merged.values()].map(({ rest, ways }) => {
    const [callers = [], ...alsoFrom] = ways.values();
    return { callers, ...(alsoFrom.length > 0 && { alsoFrom }), ...rest };
  });
}

/** The calls that lead from an entry point to a call. */
type Way = readonly ExplainedCaller[];

// ----------------------------------------------------------------------------------------------- arguments

function explainArgument(snapshot: Snapshot, argument: EffectiveArgument, assumptions: Assumptions): ExplainedArgument {
  const assuming = [
    ...assumptions.conditions,
    ...(argument.certainty === 'unlessCallerSets' ? [assumptions.noOuterScope] : []),
  ];
  return {
    text: argument.origin.kind === 'default' ? '' : argument.text,
    value: explainValue(argument, assuming),
    origin: explainOrigin(snapshot, argument.origin),
  };
}

function explainValue({ value, assumed }: EffectiveArgument, assuming: readonly string[]): ExplainedValue {
  const known = toNormalForm(value);
  if (known !== undefined) return assuming.length > 0 ? { known, assuming } : { known };
  const otherwise = assumed && toNormalForm(assumed.value);
  if (!assumed || otherwise === undefined) return { unknown: whyUnknown(value) };
  return { known: otherwise, assuming: [assumed.assuming, ...assuming] };
}

/** The reason of the first unknown part of a value. */
export function whyUnknown(value: StaticValue): string {
  switch (value.kind) {
    case 'unknown':
      return value.reason;
    case 'choice':
      return `one of ${value.options.length} values, depending on the branch taken`;
    case 'tuple':
    case 'list':
    case 'set':
      return whyAnyUnknown(value.items) ?? 'not a plain value';
    case 'dict':
      return whyAnyUnknown(value.entries.flat()) ?? 'not a plain value';
    case 'externalResult':
      return whyAnyUnknown(value.args.map((one) => one.value)) ?? `result of \`${value.callee.paths.join('` or `')}\``;
    case 'partial':
      return whyAnyUnknown([value.target, ...value.args.map((one) => one.value)]) ?? 'a partial';
    case 'instance':
      return `an object of class \`${value.class.name}\``;
    case 'scope':
      return value.description;
    case 'external':
      return `\`${value.paths.join('` or `')}\``;
    default:
      return `a ${value.kind}`;
  }
}

function whyAnyUnknown(values: readonly StaticValue[]): string | undefined {
  const part = values.find((value) => toNormalForm(value) === undefined);
  return part && whyUnknown(part);
}

function explainOrigin(snapshot: Snapshot, origin: Origin): ExplainedOrigin {
  if (origin.kind === 'call') return { kind: 'call' };
  if (origin.kind !== 'argScope') return { kind: 'default' };
  const keyword = origin.keyword && toPlace(snapshot, origin.keyword);
  const reentered = origin.reentered && toPlace(snapshot, origin.reentered);
  return {
    kind: 'arg_scope',
    ...toPlaceRange(snapshot, origin.scope),
    ...(keyword && { keywordLine: keyword.line, keywordColumn: keyword.column }),
    ...(reentered && { reentered: withoutColumn(reentered) }),
  };
}

function withoutColumn({ column: _, ...place }: Place): Omit<Place, 'column'> {
  return place;
}
