/**
 * What the layers in a function receive from outside of it, way by way: the arguments that callers' arg_scopes set (or
 * could have set), with the calls that led there. Reads the analysis only.
 */
import type { Span } from '../../../base/span';
import type { Snapshot } from '../../../project/snapshot';
import type { SourceFile } from '../../../semantics/program';
import { isFullyKnown } from '../../../semantics/staticValue';
import { isSameText, isSameValue } from '../../../slim/rewrite/commonContext';
import { findNormalizer } from '../../../slim/rewrite/site';
import { pathTo, scopeAlong } from '../../../slim/rewrite/syntaxAt';
import type { CallContext, CallerFrame, EffectiveArgument, FileAnalysis, Op, OpCall } from '../../../slim/model';
import type * as ast from '../../../syntax/ast';

/** What one argument is on one way to a call. */
export interface Observation {
  readonly op: Op;
  readonly argument: EffectiveArgument;
  /** The calls that lead to the function; empty when the function is the entry point. */
  readonly frames: readonly CallerFrame[];
}

/** One argument of the layers of one function that its callers should hand down. */
export interface Need {
  readonly source: SourceFile;
  readonly fn: ast.FunctionDef;
  readonly keyword: string;
  readonly observations: readonly Observation[];
}

/** The arguments of the calls of a file that differ between callers, or that callers compute. */
export function observeNeeds(snapshot: Snapshot, source: SourceFile, analysis: FileAnalysis): readonly Need[] {
  const needs = new Map<string, { -readonly [K in keyof Need]: Need[K] }>();
  for (const call of analysis.calls) {
    if (call.op.libraries.includes('user') || call.op.libraries.includes('tf.layers')) continue;
    const fn = functionAround(source, call);
    if (!fn) continue;
    for (const { keyword, observations } of argumentsOf(source, call, fn)) {
      if (!isNeeded(snapshot, observations)) continue;
      const key = `${fn.span.start} ${keyword}`;
      const known = needs.get(key);
      if (known) known.observations = [...known.observations, ...observations];
      else needs.set(key, { source, fn, keyword, observations });
    }
  }
  return [...needs.values()];
}

/** The arguments of a call that come from outside of its function, on every way. */
function argumentsOf(
  source: SourceFile,
  call: OpCall,
  fn: ast.FunctionDef,
): readonly { readonly keyword: string; readonly observations: readonly Observation[] }[] {
  const [first] = call.contexts;
  if (!first) return [];
  const own = first.arguments.map(({ name }) => name);
  const implicit = findNormalizer(first)?.arguments.map(({ name }) => name) ?? [];
  const lists = [
    ...own.map((name) => ({ name, of: (context: CallContext) => ({ op: call.op, from: context.arguments }) })),
    ...implicit.map((name) => ({
      name,
      of: (context: CallContext) => {
        const normalizer = findNormalizer(context);
        return normalizer && { op: normalizer.op, from: normalizer.arguments };
      },
    })),
  ];
  return lists.flatMap(({ name, of }) => {
    const observations: Observation[] = [];
    for (const context of call.contexts) {
      const found = of(context);
      const argument = found?.from.find((one) => one.name === name);
      if (!found || !argument || !isFromOutside(argument, source.file, fn.span)) return [];
      for (const frames of [context.callers, ...(context.alsoFrom ?? [])])
        observations.push({ op: found.op, argument, frames });
    }
    return [{ keyword: name, observations }];
  });
}

/** True for what an arg_scope sets that is open around the function, and for defaults that one could have set. */
export function isFromOutside({ origin }: EffectiveArgument, file: string, fn: Span): boolean {
  if (origin.kind === 'default') return true;
  if (origin.kind !== 'argScope') return false;
  const { file: at, span } = origin.reentered ?? origin.scope;
  return at !== file || span.start < fn.start || fn.end < span.end;
}

function isNeeded(snapshot: Snapshot, observations: readonly Observation[]): boolean {
  const [first, ...others] = observations;
  if (!first || observations.every(({ argument }) => argument.origin.kind === 'default')) return false;
  if (others.some(({ argument }) => !isSame(first.argument, argument))) return true;
  return observations.some(({ argument }) => argument.origin.kind === 'argScope' && isParameter(snapshot, argument));
}

function isSame(a: EffectiveArgument, b: EffectiveArgument): boolean {
  return isSameValue(a, b) || (isSameText(a, b) && !isFullyKnown(a.value) && !isFullyKnown(b.value));
}

/** True for the plain name of a parameter: whoever wrote it wants to choose. */
function isParameter(snapshot: Snapshot, { expression, origin }: EffectiveArgument): boolean {
  // That of a function which makes a scope is decided where it is called.
  if (origin.kind === 'argScope' && origin.reentered) return false;
  const source = expression && snapshot.getFile(expression.file);
  if (!source) return false;
  const path = pathTo(source.tree.module, expression.span);
  const node = path.at(-1);
  if (node?.kind !== 'Name') return false;
  const bindings = scopeAlong(source, path).bindings.get(node.name) ?? [];
  return bindings.some(({ kind }) => kind === 'parameter');
}

/** The `def` whose body holds a call; undefined at module level and in lambdas. */
export function functionAround(source: SourceFile, { call }: OpCall): ast.FunctionDef | undefined {
  const around = pathTo(source.tree.module, call.span).findLast(
    (node) => node.kind === 'FunctionDef' || node.kind === 'Lambda',
  );
  return around?.kind === 'FunctionDef' ? around : undefined;
}
