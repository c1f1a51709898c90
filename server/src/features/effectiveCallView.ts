/**
 * One op call, sorted for people: what comes from scopes, what the call says itself, what are defaults; and, when the
 * call can run in several ways, what is common to all of them and how the variants differ.
 * Decides nothing about values and words nothing.
 */
import type { CallContext, CallError, EffectiveArgument, ImplicitCall, Op, OpCall, Uncertainty } from '../slim/model';
import { sameLocation } from '../base/span';
import { defaultValue } from '../slim/library/pythonText';
import { groupWays, inPathOrder, type Way, type WayGroup } from './callWays';
import { saysTheSame, shownValue, unknownReason, type UnknownReason } from './effectiveCallValue';

/** The arguments of one op, those that all contexts agree on. */
export interface ArgumentGroups {
  /** From an arg_scope, in the order of the signature. */
  readonly inherited: readonly EffectiveArgument[];
  /** From the call itself. */
  readonly own: readonly EffectiveArgument[];
  readonly defaults: readonly EffectiveArgument[];
  /** Required and given by nobody. */
  readonly missing: readonly EffectiveArgument[];
}

export interface EffectiveCallView extends ArgumentGroups {
  readonly call: OpCall;
  /** All arguments that all contexts agree on, in the order of the signature. */
  readonly common: readonly EffectiveArgument[];
  /** Arguments that differ between contexts, in the order of the signature. */
  readonly varying: readonly Varying[];
  /** Those of `varying` that take the same values on every way to the call, one after the other. */
  readonly inTurn: readonly Varying[];
  /** One for each group of ways on which the call receives something else; empty when all ways give the same. */
  readonly variants: readonly Variant[];
  readonly implicit: readonly ImplicitView[];
  /** Errors, each with the contexts that it happens in. */
  readonly failures: readonly Failure[];
  /** Contexts that do not fail; all of them when every one fails. */
  readonly contexts: readonly CallContext[];
  readonly uncertainties: readonly Uncertainty[];
}

/** What the library calls on behalf of the call, as far as all contexts with it agree. */
export interface ImplicitView extends ArgumentGroups {
  readonly call: ImplicitCall;
  /** As {@link EffectiveCallView.inTurn}. */
  readonly inTurn: readonly Varying[];
  /** False when only some contexts call it. */
  readonly isAlways: boolean;
}

/** An argument that differs; `found` has one entry per context that has it, or per distinct look. */
export interface Varying {
  readonly name: string;
  readonly found: readonly EffectiveArgument[];
}

/** Ways on which the call receives the same, with what is told apart from the other ways. */
export interface Variant extends WayGroup {
  readonly ways: readonly Way[];
  readonly arguments: readonly Varying[];
  readonly implicit: readonly (Varying & { readonly op: Op })[];
}

export interface Failure {
  readonly error: CallError;
  /** The op that raises: the call's own, or the normalizer that it calls. */
  readonly op: Op;
  readonly contexts: readonly CallContext[];
  /** True when every way in which the call can run ends so. */
  readonly always: boolean;
}

/** Sorts a call. */
export function viewCall(call: OpCall): EffectiveCallView {
  const running = call.contexts.filter((context) => !context.error);
  const contexts = inPathOrder(running.length > 0 ? running : call.contexts);
  const own = agree(contexts.map((context) => context.arguments), call.op); // prettier-ignore
  const implicit = viewImplicit(contexts);
  const groups = groupWays(contexts, (context) => lookOf(context, own.varying, implicit));
  const variesInTurn = ({ name }: Varying): boolean =>
    isSameInAll(groups, (context) => context.arguments.find((argument) => argument.name === name));
  const inTurn = own.varying.filter(variesInTurn);
  const implicitInTurn = implicit.map(({ call: made, agreed }) => {
    const having = groups.filter((one) => one.contexts.some((context) => sameImplicit(context, made)));
    return agreed.varying.filter(({ name }) => isSameInAll(having, (context) => implicitArgument(context, made, name)));
  });
  const differing = own.varying.filter((one) => !inTurn.includes(one));
  const implicitDiffering = implicit.map(({ call: made, agreed }, i) => ({
    made,
    names: agreed.varying.filter((one) => !implicitInTurn[i]?.includes(one)).map(({ name }) => name),
  }));
  const isTold = differing.length > 0 || implicitDiffering.some(({ names }) => names.length > 0);
  return {
    call,
    common: own.common,
    ...group(own.common),
    varying: own.varying,
    inTurn,
    variants: isTold ? groups.map((one) => variantOf(one, call.op, differing, implicitDiffering)) : [],
    implicit: implicit.map(({ call: made, agreed, isAlways }, i) => ({
      call: made,
      isAlways,
      ...group(agreed.common),
      inTurn: implicitInTurn[i] ?? [],
    })),
    failures: failuresOf(call),
    contexts,
    uncertainties: distinctUncertainties(contexts),
  };
}

/** True for the tensor that flows through the op: nobody expects its value to be known. */
export function isTensorInput(op: Op, argument: EffectiveArgument): boolean {
  if (argument.origin.kind !== 'call') return false;
  const isFirst = argument.name === op.signature.parameters[0]?.name;
  if (argument.value.kind !== 'unknown') return isFirst && !op.libraries.includes('user');
  return argument.value.isTensor === true || isFirst;
}

/** True when a scope, or a call, sets what the op would do anyway. */
export function equalsDefault(op: Op, argument: EffectiveArgument): boolean {
  const byDefault = op.signature.parameters.find(({ name }) => name === argument.name)?.default;
  if (byDefault === undefined) return false;
  const { text, computed, unknown } = shownValue(argument);
  return !unknown && saysTheSame(computed?.length === 1 ? computed.join() : text, byDefault);
}

/**
 * Why a default may not hold: a scope that is not known may set it. Undefined when only a caller could, and for defaults
 * whose value is private to the library.
 */
export function doubtOf(op: Op, argument: EffectiveArgument): UnknownReason | undefined {
  const { name, origin, text, value } = argument;
  if (origin.kind !== 'default' || value.kind !== 'unknown') return undefined;
  const byDefault = op.defaults?.get(name) ?? defaultValue(text);
  return byDefault.kind === 'unknown' ? undefined : unknownReason(value);
}

function group(args: readonly EffectiveArgument[]): ArgumentGroups {
  return {
    inherited: args.filter(({ origin }) => origin.kind === 'argScope'),
    own: args.filter(({ origin }) => origin.kind === 'call'),
    defaults: args.filter(({ origin }) => origin.kind === 'default'),
    missing: args.filter(({ origin }) => origin.kind === 'missing'),
  };
}

// ------------------------------------------------------------------------------------------------ contexts

interface Agreement {
  readonly common: readonly EffectiveArgument[];
  readonly varying: readonly Varying[];
}

function agree(lists: readonly (readonly EffectiveArgument[])[], op: Op): Agreement {
  const [first = [], ...others] = lists;
  if (others.length === 0) return { common: first, varying: [] };
  const names = [...new Set(lists.flatMap((list) => list.map(({ name }) => name)))];
  const common: EffectiveArgument[] = [];
  const varying: Varying[] = [];
  for (const name of names) {
    const found = lists.map((list) => list.find((argument) => argument.name === name));
    const [one] = found;
    const isTensor = found.every((argument) => argument && isTensorInput(op, argument));
    const isSame = found.every((other) => other && one && lookOfArgument(other) === lookOfArgument(one));
    if (one && (isTensor || isSame)) common.push(withCommonOrigin(leastCertain(one, found), found));
    else varying.push({ name, found: found.filter((argument) => argument !== undefined) });
  }
  return { common, varying };
}

/** Of equal defaults, one that a caller may replace speaks for all. */
function leastCertain(one: EffectiveArgument, found: readonly (EffectiveArgument | undefined)[]): EffectiveArgument {
  return found.find((argument) => argument?.certainty === 'unlessCallerSets') ?? one;
}

/** A saved scope that each caller enters somewhere else was saved in one place, which is what they have in common. */
function withCommonOrigin(
  one: EffectiveArgument,
  found: readonly (EffectiveArgument | undefined)[],
): EffectiveArgument {
  if (one.origin.kind !== 'argScope' || !one.origin.reentered) return one;
  const { reentered, ...origin } = one.origin;
  const isSame = found.every(
    (other) =>
      other?.origin.kind === 'argScope' && other.origin.reentered && sameLocation(other.origin.reentered, reentered),
  );
  return isSame ? one : { ...one, origin };
}

/** Two arguments with the same look are the same to people. Places are compared by their start. */
export function lookOfArgument(argument: EffectiveArgument): string {
  const { text, computed, assuming, unknown } = shownValue(argument);
  const { origin, value } = argument;
  // What is not known for another reason is something else; of tensors nobody expects it.
  const reason = value.kind === 'unknown' && value.isTensor === true ? undefined : unknown?.reason;
  const at = origin.kind === 'argScope' ? origin.scope : origin.kind === 'call' ? origin.at : undefined;
  return JSON.stringify([argument.name, text, computed, assuming, reason, origin.kind, at?.file, at?.span.start]);
}

interface AgreedImplicit {
  readonly call: ImplicitCall;
  readonly agreed: Agreement;
  readonly isAlways: boolean;
}

function viewImplicit(contexts: readonly CallContext[]): readonly AgreedImplicit[] {
  const calls: ImplicitCall[] = [];
  for (const call of contexts.flatMap(({ implicitCalls }) => implicitCalls)) {
    if (!calls.some((known) => isSameImplicit(known, call))) calls.push(call);
  }
  return calls.map((call) => {
    const found = contexts.flatMap((context) => sameImplicit(context, call) ?? []);
    const agreed = agree(found.map((one) => one.arguments), call.op); // prettier-ignore
    return { call, agreed, isAlways: found.length === contexts.length };
  });
}

function isSameImplicit(a: ImplicitCall, b: ImplicitCall): boolean {
  return a.via === b.via && a.op.functionName === b.op.functionName;
}

function sameImplicit(context: CallContext, call: ImplicitCall): ImplicitCall | undefined {
  return context.implicitCalls.find((one) => isSameImplicit(one, call));
}

function implicitArgument(context: CallContext, call: ImplicitCall, name: string): EffectiveArgument | undefined {
  return sameImplicit(context, call)?.arguments.find((argument) => argument.name === name);
}

/** What people see of the arguments that vary. */
function lookOf(context: CallContext, varying: readonly Varying[], implicit: readonly AgreedImplicit[]): string {
  const own = varying.map(({ name }) => lookOfOne(context.arguments.find((argument) => argument.name === name)));
  const made = implicit.flatMap(({ call, agreed }) =>
    agreed.varying.map(({ name }) => lookOfOne(implicitArgument(context, call, name))),
  );
  return JSON.stringify([own, made]);
}

function lookOfOne(argument: EffectiveArgument | undefined): string {
  return argument ? lookOfArgument(argument) : '';
}

/** True when an argument goes through the same values in every group. */
function isSameInAll(
  groups: readonly WayGroup[],
  find: (context: CallContext) => EffectiveArgument | undefined,
): boolean {
  const [first, ...others] = groups.map(({ contexts }) =>
    [...new Set(contexts.map((context) => lookOfOne(find(context))))].join('\n'),
  );
  return others.every((other) => other === first);
}

function variantOf(
  { ways, contexts }: WayGroup,
  op: Op,
  differing: readonly Varying[],
  implicit: readonly { readonly made: ImplicitCall; readonly names: readonly string[] }[],
): Variant {
  const values = (name: string, find: (context: CallContext) => EffectiveArgument | undefined): Varying => {
    const found = contexts.flatMap((context) => find(context) ?? []);
    return {
      name,
      found: [...new Map(found.map((argument) => [lookOfArgument(argument), argument] as const)).values()],
    };
  };
  return {
    ways,
    contexts,
    arguments: differing
      .map(({ name }) => values(name, (context) => context.arguments.find((argument) => argument.name === name)))
      .filter(({ found }) => !found.every((argument) => isTensorInput(op, argument))),
    implicit: implicit
      .flatMap(({ made, names }) =>
        names.map((name) => ({ op: made.op, ...values(name, (context) => implicitArgument(context, made, name)) })),
      )
      .filter(({ found }) => found.length > 0),
  };
}

// ------------------------------------------------------------------------------------ errors and uncertainty

function failuresOf(call: OpCall): readonly Failure[] {
  const failures: { error: CallError; op: Op; contexts: CallContext[] }[] = [];
  for (const context of call.contexts) {
    const own = context.error ? [{ error: context.error, op: call.op }] : [];
    const implicit = context.implicitCalls.flatMap(({ error, op }) => (error ? [{ error, op }] : []));
    for (const { error, op } of [...own, ...implicit]) {
      const known = failures.find((one) => one.error.message === error.message);
      if (known) known.contexts.push(context);
      else failures.push({ error, op, contexts: [context] });
    }
  }
  return failures.map((one) => ({ ...one, always: one.contexts.length === call.contexts.length }));
}

function distinctUncertainties(contexts: readonly CallContext[]): readonly Uncertainty[] {
  const distinct = new Map<string, Uncertainty>();
  for (const one of contexts.flatMap((context) => context.uncertainties)) distinct.set(one.reason, one);
  return [...distinct.values()];
}
