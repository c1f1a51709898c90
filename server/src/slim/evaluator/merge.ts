/**
 * Makes the public result of raw records: one `OpCall` per call site and op with its distinct contexts, and one
 * `ScopeSite` per `arg_scope(...)` expression.
 */
import { sameLocation, type Location } from '../../base/span';
import type { SourceFile } from '../../semantics/program';
import { isFullyKnown } from '../../semantics/staticValue';
import { findPath } from '../../syntax/visit';
import type { CallContext, CallerFrame, EffectiveArgument, FileAnalysis, OpCall, ScopeSite } from '../model';
import type { FileRun } from './fileRun';
import type { RawCall, RawScope } from './recorder';

/** More contexts than anybody reads; the rest is left out, and the last one says so. */
const MAX_CONTEXTS = 32;

/**
 * The result for one file.
 * @param runs runs of the file itself and of files that call into it. Records whose entry point is a function that is
 * called somewhere are left out, because the calls through its callers say more; unless nothing else is left.
 */
export function mergeRuns(source: SourceFile, runs: readonly FileRun[]): FileAnalysis {
  const own = runs.find((run) => run.file === source.file);
  const called = new Set(runs.flatMap((run) => [...run.called]));
  const open = group(runs.flatMap((run) => run.calls).filter((record) => record.call.file === source.file));
  const assumed = group(runs.flatMap((run) => run.assumed).filter((record) => record.call.file === source.file));
  const calls: OpCall[] = [];
  for (const [key, records] of open) {
    const [first] = records;
    const kept = entered(records, called);
    if (first) calls.push(mergeCall(source, first, kept, entered(assumed.get(key) ?? [], called)));
  }
  return {
    file: source.file,
    calls: calls.sort((a, b) => a.call.span.start - b.call.span.start || b.call.span.end - a.call.span.end),
    scopes: mergeScopes(
      source,
      runs.flatMap((run) => run.scopes),
    ),
    problems: own?.problems ?? [],
  };
}

/** The records whose entry point nothing calls; all records of entry points when there is none. */
function entered(records: readonly RawCall[], called: ReadonlySet<string>): readonly RawCall[] {
  const fromOutside = records.filter((record) => record.root === undefined || !called.has(record.root));
  return fromOutside.length > 0 ? fromOutside : records.filter((record) => record.depth === 0);
}

function mergeCall(
  source: SourceFile,
  first: RawCall,
  records: readonly RawCall[],
  assumed: readonly RawCall[],
): OpCall {
  return {
    op: first.op,
    call: first.call,
    callee: first.callee,
    calleeText: source.text.slice(first.callee.span.start, first.callee.span.end),
    ...(first.via ? { via: first.via } : {}),
    ...(first.enclosingFunction === undefined ? {} : { enclosingFunction: first.enclosingFunction }),
    contexts: distinctContexts(fillAssumed(records, assumed)),
  };
}

function group(records: readonly RawCall[]): Map<string, RawCall[]> {
  const groups = new Map<string, RawCall[]>();
  for (const record of records) {
    const { span } = record.call;
    const key = `${span.start}-${span.end} ${record.op.libraries.join('|')} ${record.op.functionName} ${record.via ?? ''}`;
    const list = groups.get(key);
    if (list) list.push(record);
    else groups.set(key, [record]);
  }
  return groups;
}

/** Contexts that differ in what the call receives; the callers of equal ones are kept in `alsoFrom`. */
function distinctContexts(contexts: readonly CallContext[]): readonly CallContext[] {
  if (contexts.length <= 1) return contexts;
  const distinct = new Map<string, CallContext>();
  for (const context of contexts) {
    const key = contextKey(context);
    const known = distinct.get(key);
    distinct.set(key, known ? together(known, context) : context);
  }
  return [...distinct.values()].slice(0, MAX_CONTEXTS);
}

/** Two contexts with this key in common are one: same arguments from the same places, same error. */
function contextKey(context: CallContext): string {
  return JSON.stringify([context.arguments, context.error, context.implicitCalls, context.uncertainties, context.open]);
}

function together(known: CallContext, other: CallContext): CallContext {
  const conditions = known.conditions.length > 0 ? commonConditions(known, other) : known.conditions;
  const paths = [known.callers, ...(known.alsoFrom ?? [])];
  if (paths.some((path) => samePath(path, other.callers))) return { ...known, conditions };
  return { ...known, conditions, alsoFrom: [...(known.alsoFrom ?? []), other.callers] };
}

function samePath(a: readonly CallerFrame[], b: readonly CallerFrame[]): boolean {
  return a.length === b.length && a.every((frame, i) => sameLocation(frame.call, b[i]?.call ?? frame.call));
}

/** Of contexts that differ in nothing but their conditions, only the conditions that they share remain. */
function commonConditions(a: CallContext, b: CallContext): CallContext['conditions'] {
  return a.conditions.filter((x) => b.conditions.some((y) => x.holds === y.holds && sameLocation(x.at, y.at)));
}

/** Fills `assumed` from the run with default parameters that took the same way to the call, if it took it once. */
function fillAssumed(records: readonly RawCall[], assumed: readonly RawCall[]): readonly CallContext[] {
  return records.map((record) => {
    const { context } = record;
    const alike = records.filter(
      (other) => samePath(other.context.callers, context.callers) && other.root === record.root,
    );
    const found = distinctContexts(
      assumed
        .filter((one) => one.root === record.root && samePath(one.context.callers, context.callers))
        .map((one) => one.context),
    );
    const [only, more] = found;
    if (!only || more || record.root === undefined || distinctContexts(alike.map((one) => one.context)).length !== 1)
      return context;
    const assuming = `the parameters of \`${record.rootName ?? ''}\` have their defaults`;
    return {
      ...context,
      arguments: assumedArguments(context.arguments, only.arguments, assuming),
      implicitCalls: context.implicitCalls.map((implicit) => {
        const same = only.implicitCalls.find((one) => one.via === implicit.via && one.op.name === implicit.op.name);
        return same
          ? { ...implicit, arguments: assumedArguments(implicit.arguments, same.arguments, assuming) }
          : implicit;
      }),
    };
  });
}

function assumedArguments(
  open: readonly EffectiveArgument[],
  assumed: readonly EffectiveArgument[],
  assuming: string,
): readonly EffectiveArgument[] {
  return open.map((argument) => {
    const other = assumed.find((one) => one.name === argument.name);
    if (!other || isFullyKnown(argument.value) || !isFullyKnown(other.value)) return argument;
    return { ...argument, assumed: { value: other.value, assuming } };
  });
}

/** One site per `arg_scope(...)` expression of the file. */
function mergeScopes(source: SourceFile, records: readonly RawScope[]): readonly ScopeSite[] {
  const sites = new Map<number, { depth: number; site: ScopeSite }>();
  for (const { call, depth, site } of records) {
    if (call.file !== source.file) continue;
    const known = sites.get(call.span.start);
    if (!known) sites.set(call.span.start, { depth, site });
    else if (depth < known.depth) sites.set(call.span.start, { depth, site: withEntered(site, known.site) });
    else if (depth > known.depth) known.site = withEntered(known.site, site);
    else known.site = mergeSite(known.site, site);
  }
  return [...sites.values()]
    .map(({ site }) => (site.entered || !isBareStatement(source, site.call) ? { ...site, entered: true } : site))
    .sort((a, b) => a.call.span.start - b.call.span.start);
}

function withEntered(site: ScopeSite, other: ScopeSite): ScopeSite {
  return other.entered && !site.entered ? { ...other } : site;
}

function mergeSite(a: ScopeSite, b: ScopeSite): ScopeSite {
  const base = a.form === 'unknown' && b.form !== 'unknown' ? b : a;
  return {
    ...base,
    entered: a.entered || b.entered,
    overrides: distinct([...a.overrides, ...b.overrides]),
    dropped: distinct([...a.dropped, ...b.dropped]),
    restored: a.restored.length >= b.restored.length ? a.restored : b.restored,
    ...(((a.error ?? b.error) ? { error: a.error ?? b.error } : {}) as Pick<ScopeSite, 'error'>),
  };
}

function distinct<T>(items: readonly T[]): readonly T[] {
  const byText = new Map(items.map((item) => [JSON.stringify(item), item] as const));
  return [...byText.values()];
}

/** True for `arg_scope(...)` as a whole statement: nobody can enter it. A manager that is kept may be entered anywhere. */
function isBareStatement(source: SourceFile, call: Location): boolean {
  const path = findPath(source.tree.module, call.span.start);
  return path.some(
    (node) =>
      node.kind === 'ExpressionStatement' &&
      node.value.span.start === call.span.start &&
      node.value.span.end === call.span.end,
  );
}
