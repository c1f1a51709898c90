/**
 * The ways that lead to a call, sorted for people: distinct call paths, and groups of ways on which the call receives
 * the same. A way that runs the call several times (a loop in a caller) has several contexts, in running order.
 * Knows neither arguments nor words; what looks the same is decided by who asks.
 */
import type { Location } from '../base/span';
import { MAX_WAYS } from '../slim/evaluator/merge';
import type { CallContext, CallerFrame, Condition } from '../slim/model';

/** The calls from an entry point down to the function that holds the call; empty when that is the entry point. */
export type CallPath = readonly CallerFrame[];

/** One way to a call. */
export interface Way {
  readonly path: CallPath;
  /** Branches taken on it that not all ways have in common. */
  readonly conditions: readonly Condition[];
}

/** Ways on which the call receives the same. */
export interface WayGroup {
  readonly ways: readonly Way[];
  readonly contexts: readonly CallContext[];
}

/** All paths of a context. */
export function pathsOf({ callers, alsoFrom = [] }: CallContext): readonly CallPath[] {
  return [callers, ...alsoFrom];
}

/** Contexts in order of the places of their first paths; those of one path stay in running order. */
export function inPathOrder(contexts: readonly CallContext[]): readonly CallContext[] {
  const first = new Map(
    contexts.map((context) => [context, [...pathsOf(context)].sort(comparePaths)[0] ?? []] as const),
  );
  return [...contexts].sort((a, b) => comparePaths(first.get(a) ?? [], first.get(b) ?? []));
}

/** The distinct paths of some contexts, in order of their places. */
export function callPaths(contexts: readonly CallContext[]): readonly CallPath[] {
  const paths = new Map(contexts.flatMap(pathsOf).map((path) => [pathKey(path), path] as const));
  return [...paths.values()].sort(comparePaths);
}

/** True when more paths lead to the call than are kept: counts are then lower bounds. */
export function hasMorePaths(contexts: readonly CallContext[]): boolean {
  return contexts.some((context) => pathsOf(context).length >= MAX_WAYS);
}

/**
 * Groups the ways of some contexts; ways and groups are in order of their places.
 * @param lookOf contexts with the same look are the same to people
 */
export function groupWays(
  contexts: readonly CallContext[],
  lookOf: (context: CallContext) => string,
): readonly WayGroup[] {
  const ways = new Map<string, { readonly way: Way; readonly contexts: CallContext[] }>();
  for (const context of contexts) {
    const conditions = tellingConditions(context, contexts);
    const condition = conditions.map(conditionKey).join(' ');
    for (const path of pathsOf(context)) {
      const key = `${pathKey(path)} if ${condition}`;
      const known = ways.get(key);
      if (known) known.contexts.push(context);
      else ways.set(key, { way: { path, conditions }, contexts: [context] });
    }
  }
  const looks = new Map(contexts.map((context) => [context, lookOf(context)] as const));
  const groups = new Map<string, { readonly ways: Way[]; readonly contexts: readonly CallContext[] }>();
  const inOrder = [...ways.values()].sort((a, b) => comparePaths(a.way.path, b.way.path));
  for (const one of inOrder) {
    const key = [...new Set(one.contexts.map((context) => looks.get(context)))].join('\n');
    const known = groups.get(key);
    if (known) known.ways.push(one.way);
    else groups.set(key, { ways: [one.way], contexts: one.contexts });
  }
  return [...groups.values()];
}

/** Entries of one table are chosen at one place: the text tells them apart. */
function conditionKey({ at, text, holds }: Condition): string {
  return `${placeKey(at)} ${text} ${holds}`;
}

/** Conditions that all contexts share say nothing. */
function tellingConditions(one: CallContext, all: readonly CallContext[]): readonly Condition[] {
  return one.conditions.filter((condition) => {
    const isShared = (other: CallContext): boolean =>
      other.conditions.some((theirs) => conditionKey(theirs) === conditionKey(condition));
    return !all.every(isShared);
  });
}

/** By file and position of the calls, entry points first. */
function comparePaths(a: CallPath, b: CallPath): number {
  for (const [i, { call }] of a.entries()) {
    const other = b[i]?.call;
    if (!other) return 1;
    if (call.file !== other.file) return call.file < other.file ? -1 : 1;
    if (call.span.start !== other.span.start) return call.span.start - other.span.start;
  }
  return a.length - b.length;
}

function pathKey(path: CallPath): string {
  return path.map(({ call }) => placeKey(call)).join(' > ');
}

function placeKey({ file, span }: Location): string {
  return `${file}#${span.start}`;
}
