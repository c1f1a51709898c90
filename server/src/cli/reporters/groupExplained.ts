/**
 * The contexts of one explained call, sorted for people: what they have in common, and groups of call paths with what
 * differs. A path on which the call runs several times under the same assumptions has several values in turn.
 */
import { noOuterScopePrefix } from '../explain/explainFile';
import type { ExplainedArgument, ExplainedCaller, ExplainedContext } from '../explain/format';

/** The calls from an entry point to the call; empty when its own function is the entry. */
export type ExplainedPath = readonly ExplainedCaller[];

/** An argument with its distinct values, in running order. */
export type ExplainedRow = readonly [name: string, found: readonly ExplainedArgument[]];

export interface ExplainedGroup {
  readonly paths: readonly ExplainedPath[];
  readonly arguments: readonly ExplainedRow[];
  /** What its known values rest on, beside what those of all groups rest on. */
  readonly assuming: readonly string[];
  readonly errors: readonly { readonly type: string; readonly message: string }[];
}

export interface GroupedContexts {
  readonly common: readonly ExplainedRow[];
  readonly assuming: readonly string[];
  /** Never empty. */
  readonly groups: readonly ExplainedGroup[];
}

/** Sorts the contexts of a call. */
export function groupExplained(contexts: readonly ExplainedContext[]): GroupedContexts {
  const names = [...new Set(contexts.flatMap((context) => Object.keys(context.arguments)))];
  const isCommon = (name: string): boolean => new Set(contexts.map((one) => lookOf(one.arguments[name]))).size === 1;
  const groups = groupWays(contexts);
  const assumptions = groups.map((group) => new Set(group.contexts.flatMap(assumptionsOf)));
  const isShared = (one: string): boolean => isAboutEntry(one) || assumptions.every((all) => all.has(one));
  return {
    common: names.filter(isCommon).map((name) => rowOf(name, contexts)),
    assuming: [...new Set(assumptions.flatMap((all) => [...all].filter(isShared)))],
    groups: groups.map((group, i) => ({
      paths: group.paths,
      arguments: names.filter((name) => !isCommon(name)).map((name) => rowOf(name, group.contexts)),
      assuming: [...(assumptions[i] ?? [])].filter((one) => !isShared(one)),
      errors: distinct(group.contexts.flatMap(({ error }) => error ?? [])),
    })),
  };
}

interface Ways {
  readonly paths: readonly ExplainedPath[];
  readonly contexts: readonly ExplainedContext[];
}

/** Paths on which the call receives the same, under the same conditions. */
function groupWays(contexts: readonly ExplainedContext[]): readonly Ways[] {
  const ways = new Map<string, { readonly path: ExplainedPath; readonly contexts: ExplainedContext[] }>();
  for (const context of contexts) {
    for (const path of [context.callers, ...(context.alsoFrom ?? [])]) {
      const key = JSON.stringify([path, conditionsOf(context), context.error]);
      const known = ways.get(key);
      if (known) known.contexts.push(context);
      else ways.set(key, { path, contexts: [context] });
    }
  }
  const groups = new Map<string, { readonly paths: ExplainedPath[]; readonly contexts: ExplainedContext[] }>();
  for (const { path, contexts: those } of ways.values()) {
    const looks = those.map((one) => [Object.entries(one.arguments).map(([name, argument]) => [name, lookOf(argument)]), one.error, conditionsOf(one)]); // prettier-ignore
    const key = JSON.stringify([...new Set(looks.map((look) => JSON.stringify(look)))]);
    const known = groups.get(key);
    if (known) {
      known.paths.push(path);
      known.contexts.push(...those);
    } else groups.set(key, { paths: [path], contexts: [...those] });
  }
  return [...groups.values()];
}

/** Branches taken: contexts that differ in them do not follow each other. */
function conditionsOf(context: ExplainedContext): readonly string[] {
  return [...new Set(assumptionsOf(context).filter((one) => !isAboutEntry(one)))].sort();
}

/** True for what each entry point rests on by itself; it tells no ways apart. */
function isAboutEntry(assumption: string): boolean {
  return assumption.startsWith(noOuterScopePrefix);
}

function assumptionsOf({ arguments: args }: ExplainedContext): readonly string[] {
  return Object.values(args).flatMap(({ value }) => ('known' in value ? (value.assuming ?? []) : []));
}

function rowOf(name: string, contexts: readonly ExplainedContext[]): ExplainedRow {
  const found = contexts.flatMap((context) => context.arguments[name] ?? []);
  return [name, distinct(found)];
}

/** What tells arguments apart for people: neither what they rest on, nor where a saved scope was entered again. */
function lookOf(argument: ExplainedArgument | undefined): string {
  if (!argument) return '';
  const { text, value, origin } = argument;
  const from = origin.kind === 'arg_scope' ? [origin.path, origin.cell ?? 0, origin.line, origin.column] : origin.kind;
  return JSON.stringify([text, 'known' in value ? value.known : '?', from]);
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item] as const)).values()];
}
