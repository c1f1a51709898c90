/**
 * Which calls an `arg_scope` reaches, and which of them set something else: read back from the origins of the calls'
 * arguments, in the file and wherever its code or that of its importers leads.
 */
import { checkCancelled } from '../../base/cancel';
import { sameLocation } from '../../base/span';
import type { CallError, EffectiveArgument, Op, OpCall, ScopeOrigin, ScopeSite } from '../../slim/model';
import type * as ast from '../../syntax/ast';
import { findPath, walk } from '../../syntax/visit';
import type { HoverContext } from './hoverContext';

export interface ScopeReach {
  /** Arguments that hold the scope's value. */
  readonly taken: readonly Reached[];
  /** Arguments that would, if the call or an inner scope did not say otherwise. */
  readonly overridden: readonly Reached[];
  /** Calls that fail because of it. */
  readonly failing: readonly { readonly call: OpCall; readonly op: Op; readonly error: CallError }[];
}

/** One argument of one call. */
export interface Reached {
  readonly call: OpCall;
  /** The op that takes the argument: the call's own, or the normalizer that it calls. */
  readonly op: Op;
  readonly argument: EffectiveArgument;
}

/** Finds the calls. */
export function scopeReach({ snapshot, source, cancel }: HoverContext, site: ScopeSite): ScopeReach {
  const taken = new Map<string, Reached>();
  const overridden = new Map<string, Reached>();
  const failing = new Map<string, ScopeReach['failing'][number]>();
  for (const analysis of snapshot.analysesBelow(source.file, cancel)) {
    checkCancelled(cancel);
    for (const call of analysis.calls) {
      for (const { op, argument } of argumentsOf(call)) {
        const key = keyOf(call, op, argument.name);
        if (argument.origin.kind === 'argScope' && isFrom(argument.origin, site))
          taken.set(key, { call, op, argument });
        else if (argument.overridden.some(({ origin }) => isFrom(origin, site)))
          overridden.set(key, { call, op, argument });
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

/** The statement that enters the scope. */
export function withStatementOf(module: ast.Module, site: ScopeSite): ast.With | undefined {
  return findPath(module, site.call.span.start).findLast(
    (node) => node.kind === 'With' && node.items.some(({ context }) => context.span.start === site.call.span.start),
  ) as ast.With | undefined;
}

/** Names of functions of the workspace that the block calls: they run under the scope as well. */
export function functionsCalledInside(context: HoverContext, site: ScopeSite): readonly string[] {
  const { module } = context.source.tree;
  const statement = withStatementOf(module, site);
  if (!statement) return [];
  const known = workspaceFunctions(context);
  const names = new Set<string>();
  for (const one of statement.body) {
    walk(one, (node) => {
      if (node.kind === 'FunctionDef' || node.kind === 'Lambda') return 'skip';
      if (node.kind === 'Call' && node.callee.kind === 'Name' && known.has(node.callee.name))
        names.add(node.callee.name);
      return undefined;
    });
  }
  return [...names];
}

function workspaceFunctions(context: HoverContext): ReadonlySet<string> {
  const { snapshot, source } = context;
  const names = new Set<string>();
  for (const statement of source.tree.module.body) {
    if (statement.kind === 'FunctionDef') names.add(statement.name.name);
    if (statement.kind !== 'ImportFrom') continue;
    const name = statement.module.parts.map((part) => part.name).join('.');
    if (!snapshot.resolveImport(source, name, statement.level)) continue;
    for (const alias of statement.names) names.add((alias.asName ?? alias.name).name);
  }
  return names;
}
