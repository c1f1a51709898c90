/**
 * Makes the public result of raw records: one `OpCall` per call site and op with its distinct contexts, and one
 * `ScopeSite` per `arg_scope(...)` expression.
 */
import { sameLocation, type Location } from '../../base/span';
import type { SourceFile } from '../../semantics/program';
import { isFullyKnown } from '../../semantics/staticValue';
import { findPath } from '../../syntax/visit';
import type { CallContext, EffectiveArgument, OpCall, ScopeSite } from '../model';
import type { RawCall, RawScope } from './recorder';

/** More contexts than anybody reads; the rest is left out, and the last one says so. */
const MAX_CONTEXTS = 32;

/**
 * Groups the records of the open runs by call site and op.
 * @param assumed records of the runs with default parameters; they only fill `assumed`.
 */
export function mergeCalls(
  source: SourceFile,
  open: readonly RawCall[],
  assumed: readonly RawCall[],
): readonly OpCall[] {
  const assumedGroups = group(assumed);
  const calls: OpCall[] = [];
  for (const [key, records] of group(open)) {
    const [first] = records;
    if (!first) continue;
    const contexts = distinctContexts(records);
    const other = distinctContexts(assumedGroups.get(key) ?? []);
    calls.push({
      op: first.op,
      call: first.call,
      callee: first.callee,
      calleeText: source.text.slice(first.callee.span.start, first.callee.span.end),
      ...(first.via ? { via: first.via } : {}),
      ...(first.enclosingFunction === undefined ? {} : { enclosingFunction: first.enclosingFunction }),
      contexts: fillAssumed(contexts, other, first.enclosingFunction),
    });
  }
  return calls.sort((a, b) => a.call.span.start - b.call.span.start || b.call.span.end - a.call.span.end);
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

function distinctContexts(records: readonly RawCall[]): readonly CallContext[] {
  if (records.length <= 1) return records.map((record) => record.context);
  const distinct = new Map<string, CallContext>();
  for (const { context } of records) {
    const key = contextKey(context);
    const known = distinct.get(key);
    if (!known) distinct.set(key, context);
    else if (known.conditions.length > 0) distinct.set(key, { ...known, conditions: commonConditions(known, context) });
  }
  return [...distinct.values()].slice(0, MAX_CONTEXTS);
}

/** Two contexts with this key in common are one: same arguments from the same places, same error. */
function contextKey(context: CallContext): string {
  return JSON.stringify([
    context.arguments,
    context.error,
    context.implicitCalls,
    context.uncertainties,
    context.callers,
  ]);
}

/** Of contexts that differ in nothing but their conditions, only the conditions that they share remain. */
function commonConditions(a: CallContext, b: CallContext): CallContext['conditions'] {
  return a.conditions.filter((x) => b.conditions.some((y) => x.holds === y.holds && sameLocation(x.at, y.at)));
}

function fillAssumed(
  contexts: readonly CallContext[],
  assumed: readonly CallContext[],
  name: string | undefined,
): readonly CallContext[] {
  const [only, more] = assumed;
  if (!only || more || name === undefined || contexts.length !== 1) return contexts;
  const assuming = `the parameters of \`${name}\` have their defaults`;
  return contexts.map((context) => ({
    ...context,
    arguments: assumedArguments(context.arguments, only.arguments, assuming),
    implicitCalls: context.implicitCalls.map((implicit) => {
      const same = only.implicitCalls.find((one) => one.via === implicit.via && one.op.name === implicit.op.name);
      return same
        ? { ...implicit, arguments: assumedArguments(implicit.arguments, same.arguments, assuming) }
        : implicit;
    }),
  }));
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
export function mergeScopes(source: SourceFile, records: readonly RawScope[]): readonly ScopeSite[] {
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
