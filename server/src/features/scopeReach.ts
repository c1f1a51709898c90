/**
 * Which calls an `arg_scope` reaches, and which of them set something else: read back from the origins of the calls'
 * arguments, in the file and wherever its code or that of its importers leads.
 */
import { checkCancelled } from '../base/cancel';
import { sameLocation } from '../base/span';
import type { CallError, EffectiveArgument, Op, OpCall, ScopeOrigin, ScopeSite } from '../slim/model';
import type { CancelToken } from '../base/cancel';
import type { SourceFile } from '../semantics/program';
import type { Snapshot } from '../project/snapshot';

export interface ScopeReach {
  /** Arguments that hold the scope's value. */
  readonly taken: readonly Reached[];
  /** Arguments that would, if the call or an inner scope did not say otherwise. */
  readonly overridden: readonly Reached[];
  /** Calls that fail because of it. */
  readonly failing: readonly { readonly call: OpCall; readonly op: Op; readonly error: CallError }[];
}

/** One argument of one call, in all the ways in which it is reached. */
export interface Reached {
  readonly call: OpCall;
  /** The op that takes the argument: the call's own, or the normalizer that it calls. */
  readonly op: Op;
  readonly name: string;
  /** Never empty. */
  readonly found: readonly EffectiveArgument[];
}

/** What finding the calls needs. */
export interface ReachContext {
  readonly snapshot: Snapshot;
  readonly source: SourceFile;
  readonly cancel: CancelToken;
}

/** Finds the calls. */
export function scopeReach({ snapshot, source, cancel }: ReachContext, site: ScopeSite): ScopeReach {
  const taken = new Map<string, Growing>();
  const overridden = new Map<string, Growing>();
  const failing = new Map<string, ScopeReach['failing'][number]>();
  for (const analysis of snapshot.analysesBelow(source.file, cancel)) {
    checkCancelled(cancel);
    for (const call of analysis.calls) {
      for (const { op, argument } of argumentsOf(call)) {
        if (argument.origin.kind === 'argScope' && isFrom(argument.origin, site)) add(taken, call, op, argument);
        else if (argument.overridden.some(({ origin }) => isFrom(origin, site))) add(overridden, call, op, argument);
      }
      for (const { op, error } of errorsOf(call)) {
        if (error.other && isInside(error.other, site))
          failing.set(keyOf(call, op, error.message), { call, op, error });
      }
    }
  }
  for (const key of taken.keys()) overridden.delete(key);
  return { taken: [...taken.values()], overridden: [...overridden.values()], failing: [...failing.values()] };
}

type Growing = Reached & { readonly found: EffectiveArgument[] };

function add(into: Map<string, Growing>, call: OpCall, op: Op, argument: EffectiveArgument): void {
  const key = keyOf(call, op, argument.name);
  const known = into.get(key);
  if (known) known.found.push(argument);
  else into.set(key, { call, op, name: argument.name, found: [argument] });
}

function keyOf({ call }: OpCall, op: Op, name: string): string {
  return `${call.file} ${call.span.start} ${call.span.end} ${op.functionName} ${name}`;
}

function isFrom({ scope, reentered }: ScopeOrigin, site: ScopeSite): boolean {
  return sameLocation(scope, site.call) || (reentered !== undefined && sameLocation(reentered, site.call));
}

function isInside({ file, span }: CallError['at'], { call }: ScopeSite): boolean {
  return file === call.file && call.span.start <= span.start && span.end <= call.span.end;
}

function argumentsOf(call: OpCall): readonly { readonly op: Op; readonly argument: EffectiveArgument }[] {
  return call.contexts.flatMap((context) => [
    ...context.arguments.map((argument) => ({ op: call.op, argument })),
    ...context.implicitCalls.flatMap(({ op, arguments: args }) => args.map((argument) => ({ op, argument }))),
  ]);
}

function errorsOf(call: OpCall): readonly { readonly op: Op; readonly error: CallError }[] {
  return call.contexts.flatMap((context) => [
    ...(context.error ? [{ op: call.op, error: context.error }] : []),
    ...context.implicitCalls.flatMap(({ op, error }) => (error ? [{ op, error }] : [])),
  ]);
}
