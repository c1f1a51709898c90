/**
 * Makes the public result of raw records: one `OpCall` per call site and op with its distinct contexts, and one
 * `ScopeSite` per `arg_scope(...)` expression. Decides nothing about arguments.
 */
import { sameLocation, type Location } from '../../base/span';
import type { SourceFile } from '../../semantics/program';
import { isFullyKnown } from '../../semantics/staticValue';
import { findPath } from '../../syntax/visit';
import type {
  AnalysisProblem,
  CallContext,
  CallerFrame,
  EffectiveArgument,
  FileAnalysis,
  OpCall,
  ScopeSite,
} from '../model';
import { entryPointsOf } from './callGraph';
import { createContextKeys } from './contextKeys';
import type { FileRun } from './fileRun';
import { joinExtents } from './scopeExtent';
import type { RawCall, RawScope } from './recorder';

/** More contexts than anybody reads; that some are left out is a problem of the result. */
const MAX_CONTEXTS = 256;

/** More call paths with the same result than anybody reads. */
export const MAX_WAYS = 256;

/**
 * The result for one file.
 * @param runs the file's run by itself (mode `own`), and runs in mode `callers` of the file and of files that call into
 * it. Where callers lead to a call, what they say is taken; the file's own run says the rest.
 */
export function mergeRuns(source: SourceFile, runs: readonly FileRun[]): FileAnalysis {
  const isHere = (record: RawCall): boolean => record.call.file === source.file;
  const throughCallers = runs.filter((run) => run.mode === 'callers');
  const isEntry = entryPointsOf(throughCallers);
  const isEntered = (record: RawCall): boolean => isHere(record) && isEntry(record.root);
  const open = group(throughCallers.flatMap((run) => run.calls.filter(isEntered)));
  const assumed = group(throughCallers.flatMap((run) => run.assumed.filter(isEntered)));
  const own = group(runs.flatMap((run) => (run.mode === 'own' ? run.calls.filter(isHere) : [])));
  const escaped = new Set(throughCallers.flatMap((run) => [...run.escaped]));
  const calls: OpCall[] = [];
  const problems: AnalysisProblem[] = [...distinct(runs.flatMap((run) => run.problems))];
  for (const key of new Set([...open.keys(), ...assumed.keys(), ...own.keys()])) {
    const alone = own.get(key) ?? [];
    const called = open.get(key) ?? [];
    const byDefault = assumed.get(key) ?? [];
    const isCalledByAnyone = alone.filter(({ root }) => root !== undefined && escaped.has(root));
    const records = called.length > 0 ? [...called, ...unlessEntered(isCalledByAnyone, called)] : alone;
    const first = records[0] ?? byDefault[0];
    if (!first) continue;
    const contexts = records.length > 0 ? contextsOf(records, byDefault) : onlyByDefault(byDefault);
    if (contexts.length > MAX_CONTEXTS) {
      problems.push({
        reason: `${MAX_CONTEXTS} of the ${contexts.length} ways in which this call runs are given`,
        at: first.call,
      });
    }
    const mostWays = Math.max(0, ...contexts.map((context) => 1 + (context.alsoFrom?.length ?? 0)));
    if (mostWays > MAX_WAYS) {
      problems.push({ reason: `${MAX_WAYS} of the ${mostWays} call paths to this call are given`, at: first.call });
    }
    const isUnreached =
      records === alone && alone.length > 0 && alone.every((record) => isCalled(record, throughCallers));
    calls.push({
      ...mergeCall(source, first, contexts.slice(0, MAX_CONTEXTS).map(withFewerWays)),
      ...(isUnreached && { isUnreached }),
    });
  }
  return {
    file: source.file,
    calls: calls.sort((a, b) => a.call.span.start - b.call.span.start || b.call.span.end - a.call.span.end),
    scopes: mergeScopes(
      source,
      runs.flatMap((run) => run.scopes),
    ),
    problems,
    ...assumptionsOf(source, runs),
  };
}

/** What all runs of the file assume: in mode `own` functions are run that the other does not run as entry points. */
function assumptionsOf(source: SourceFile, runs: readonly FileRun[]): Pick<FileAnalysis, 'assumptions'> {
  const found = runs.flatMap(({ file, assumptions }) => (file === source.file && assumptions ? [assumptions] : []));
  if (found.length === 0) return {};
  return {
    assumptions: {
      applied: distinct(found.flatMap(({ applied }) => applied)),
      problems: distinct(found.flatMap(({ problems }) => problems)),
    },
  };
}

function withFewerWays(context: CallContext): CallContext {
  const { alsoFrom, ...rest } = context;
  return alsoFrom && alsoFrom.length >= MAX_WAYS ? { ...rest, alsoFrom: alsoFrom.slice(0, MAX_WAYS - 1) } : context;
}

/** True when calls of the function that holds a record are seen, whether they get to the record or not. */
function isCalled({ root }: RawCall, throughCallers: readonly FileRun[]): boolean {
  return root !== undefined && throughCallers.some((run) => run.calledFrom.has(root));
}

/** Records of a function alone, where no run had that function as its entry point. */
function unlessEntered(alone: readonly RawCall[], called: readonly RawCall[]): readonly RawCall[] {
  return alone.filter(({ root }) => !called.some((record) => record.root === root));
}

function mergeCall(source: SourceFile, first: RawCall, contexts: readonly CallContext[]): OpCall {
  return {
    op: first.op,
    call: first.call,
    callee: first.callee,
    calleeText: source.text.slice(first.callee.span.start, first.callee.span.end),
    ...(first.via ? { via: first.via } : {}),
    ...(first.enclosingFunction === undefined ? {} : { enclosingFunction: first.enclosingFunction }),
    contexts,
  };
}

/** Contexts of a call that was seen only with default parameters: its callee is a parameter (`prediction_fn(logits)`). */
function onlyByDefault(records: readonly RawCall[]): readonly CallContext[] {
  return distinctContexts(
    records.map(({ context, rootName }) => {
      const condition = `the parameters of \`${rootName ?? ''}\` have their defaults`;
      const reason = `this is called only if ${condition}`;
      return { ...context, uncertainties: [...context.uncertainties, { reason, condition }] };
    }),
  );
}

/** Everything that happened on one way to a call. */
interface Way {
  readonly first: RawCall;
  readonly open: CallContext[];
  readonly assumed: CallContext[];
}

/** The distinct contexts of a call site, over all ways that lead to it. */
function contextsOf(open: readonly RawCall[], assumed: readonly RawCall[]): readonly CallContext[] {
  const ways = new Map<string, Way>();
  for (const record of open) {
    const key = wayOf(record);
    const way = ways.get(key);
    if (way) way.open.push(record.context);
    else ways.set(key, { first: record, open: [record.context], assumed: [] });
  }
  for (const record of assumed) ways.get(wayOf(record))?.assumed.push(record.context);
  return distinctContexts([...ways.values()].flatMap(withAssumed));
}

function wayOf({ root, context }: RawCall): string {
  return [root ?? '', ...context.callers.map(({ call }) => `${call.file}#${call.span.start}`)].join(' ');
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
  const groups = new Map<number, SameContexts>();
  const keys = createContextKeys();
  for (const context of contexts) {
    const key = keys.keyOf(context);
    const known = groups.get(key);
    if (known) addTo(known, context);
    else groups.set(key, { ...context, first: context, ways: waysOf(context) });
  }
  return [...groups.values()].map(({ first, conditions, branches, ways }) => {
    const [callers = [], ...alsoFrom] = ways.values();
    const { alsoFrom: _, ...rest } = first;
    return { ...rest, callers, conditions, branches, ...(alsoFrom.length > 0 ? { alsoFrom } : {}) };
  });
}

/** Contexts in which a call receives the same. */
interface SameContexts {
  readonly first: CallContext;
  conditions: CallContext['conditions'];
  branches: CallContext['branches'];
  /** The distinct ways to the call, the first one first. */
  readonly ways: Map<string, readonly CallerFrame[]>;
}

function addTo(group: SameContexts, context: CallContext): void {
  group.conditions = common(group.conditions, context.conditions);
  group.branches = common(group.branches, context.branches);
  for (const [key, way] of waysOf(context)) if (!group.ways.has(key)) group.ways.set(key, way);
}

function waysOf({ callers, alsoFrom = [] }: CallContext): Map<string, readonly CallerFrame[]> {
  const keyOf = (way: readonly CallerFrame[]): string =>
    way.map(({ call }) => `${call.file}#${call.span.start}-${call.span.end}`).join(' ');
  return new Map([callers, ...alsoFrom].map((way) => [keyOf(way), way]));
}

/** Of contexts that differ in nothing but their conditions, only the conditions that they share remain. */
function common(a: CallContext['conditions'], b: CallContext['conditions']): CallContext['conditions'] {
  if (a.length === 0 || b.length === 0) return [];
  return a.filter((x) => b.some((y) => x.holds === y.holds && x.text === y.text && sameLocation(x.at, y.at)));
}

/** Fills `assumed` from the run with default parameters, where this way to the call has one context in both runs. */
function withAssumed({ first, open, assumed }: Way): readonly CallContext[] {
  const contexts = distinctContexts(open);
  const [context, another] = contexts;
  const [only, more] = distinctContexts(assumed);
  if (!context || another || !only || more || first.rootName === undefined) return contexts;
  const assuming = `the parameters of \`${first.rootName}\` have their defaults`;
  const implicitCalls = context.implicitCalls.map((implicit) => {
    const same = only.implicitCalls.find((one) => one.via === implicit.via && one.op.name === implicit.op.name);
    return same ? { ...implicit, arguments: assumedArguments(implicit.arguments, same.arguments, assuming) } : implicit;
  });
  return [{ ...context, arguments: assumedArguments(context.arguments, only.arguments, assuming), implicitCalls }];
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
  const { foreign: _, ...base } = a.form === 'unknown' && b.form !== 'unknown' ? b : a;
  return {
    ...base,
    entered: a.entered || b.entered,
    overrides: distinct([...a.overrides, ...b.overrides]),
    dropped: distinct([...a.dropped, ...b.dropped]),
    restored: a.restored.length >= b.restored.length ? a.restored : b.restored,
    ...mergeExtents(a, b),
    ...(((a.error ?? b.error) ? { error: a.error ?? b.error } : {}) as Pick<ScopeSite, 'error'>),
  };
}

/** What holds over both times that a scope was entered. */
function mergeExtents(a: ScopeSite, b: ScopeSite): Pick<ScopeSite, 'extent' | 'redundant' | 'foreign'> {
  const extent = a.extent && b.extent ? joinExtents(a.extent, b.extent) : (a.extent ?? b.extent);
  const redundant = a.redundant?.filter((name) => b.redundant?.includes(name)) ?? [];
  const foreign = a.foreign && b.foreign;
  return { ...(extent && { extent }), redundant, ...(foreign && { foreign }) };
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
