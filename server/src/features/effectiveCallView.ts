/**
 * One op call, sorted for people: what comes from scopes, what the call says itself, what are defaults; and, when the
 * call can run in several ways, what is common to all of them and how the variants differ.
 * Decides nothing about values and words nothing.
 */
import type { CallContext, CallError, EffectiveArgument, ImplicitCall, Op, OpCall, Uncertainty } from '../slim/model';
import { defaultValue } from '../slim/library/pythonText';
import { shownValue, unknownReason, type UnknownReason } from './effectiveCallValue';

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
  /** Empty when nothing differs. */
  readonly variants: readonly Variant[];
  readonly implicit: readonly ImplicitView[];
  /** Errors, each with the contexts that it happens in. */
  readonly failures: readonly Failure[];
  /** Contexts that do not fail; all of them when every one fails. */
  readonly contexts: readonly CallContext[];
  readonly uncertainties: readonly Uncertainty[];
}

/** What the library calls on behalf of the call, as far as all contexts agree. */
export interface ImplicitView extends ArgumentGroups {
  readonly call: ImplicitCall;
}

/** An argument that differs; `found` has one entry per context that has it. */
export interface Varying {
  readonly name: string;
  readonly found: readonly EffectiveArgument[];
}

/** Contexts with the same values of the varying arguments. */
export interface Variant {
  readonly contexts: readonly CallContext[];
  readonly arguments: readonly EffectiveArgument[];
  readonly implicit: readonly { readonly op: Op; readonly argument: EffectiveArgument }[];
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
  const contexts = running.length > 0 ? running : call.contexts;
  const own = agree(contexts.map((context) => context.arguments), call.op); // prettier-ignore
  const implicit = viewImplicit(contexts);
  return {
    call,
    common: own.common,
    ...group(own.common),
    varying: own.varying,
    variants: variantsOf(contexts, own.varying.map(({ name }) => name), implicit.varying, call.op), // prettier-ignore
    implicit: implicit.views,
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
    if (one && (isTensor || found.every((other) => other && keyOf(other) === keyOf(one)))) common.push(one);
    else varying.push({ name, found: found.filter((argument) => argument !== undefined) });
  }
  return { common, varying };
}

/** Two arguments with the same key look the same to people. Places are compared by their start. */
function keyOf(argument: EffectiveArgument): string {
  const { text, computed, assuming } = shownValue(argument);
  const { origin } = argument;
  const at = origin.kind === 'argScope' ? origin.scope : origin.kind === 'call' ? origin.at : undefined;
  return JSON.stringify([argument.name, text, computed, assuming, origin.kind, at?.file, at?.span.start]);
}

function viewImplicit(contexts: readonly CallContext[]): {
  readonly views: readonly ImplicitView[];
  readonly varying: ReadonlyMap<string, readonly string[]>;
} {
  const views: ImplicitView[] = [];
  const varying = new Map<string, readonly string[]>();
  for (const call of contexts[0]?.implicitCalls ?? []) {
    const found = contexts.map((context) => sameImplicit(context, call));
    if (!found.every((one) => one !== undefined)) continue;
    const agreed = agree(found.map((one) => one.arguments), call.op); // prettier-ignore
    views.push({ call, ...group(agreed.common) });
    if (agreed.varying.length > 0) varying.set(implicitKey(call), agreed.varying.map(({ name }) => name)); // prettier-ignore
  }
  return { views, varying };
}

function sameImplicit(context: CallContext, call: ImplicitCall): ImplicitCall | undefined {
  return context.implicitCalls.find((one) => implicitKey(one) === implicitKey(call));
}

function implicitKey(call: ImplicitCall): string {
  return `${call.via} ${call.op.functionName}`;
}

function variantsOf(
  contexts: readonly CallContext[],
  varying: readonly string[],
  implicitVarying: ReadonlyMap<string, readonly string[]>,
  op: Op,
): readonly Variant[] {
  if (varying.length === 0 && implicitVarying.size === 0) return [];
  const variants = new Map<string, { contexts: CallContext[] } & Omit<Variant, 'contexts'>>();
  for (const context of contexts) {
    const args = context.arguments.filter(({ name }) => varying.includes(name));
    const implicit = context.implicitCalls.flatMap((call) =>
      call.arguments
        .filter(({ name }) => implicitVarying.get(implicitKey(call))?.includes(name))
        .map((argument) => ({ op: call.op, argument })),
    );
    const key = JSON.stringify([args.map(keyOf), implicit.map(({ argument }) => keyOf(argument))]);
    const known = variants.get(key);
    if (known) known.contexts.push(context);
    else {
      const shown = args.filter((argument) => !isTensorInput(op, argument));
      variants.set(key, { contexts: [context], arguments: shown, implicit });
    }
  }
  return [...variants.values()];
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
