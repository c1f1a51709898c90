/**
 * Code lenses: above a function with op calls, how many there are and from where it is called; above an `arg_scope`, what
 * it reaches. The places come from the file alone, which is quick; titles need its callers and are made when seen.
 */
import type { CancelToken } from '../base/cancel';
import { contains, type Location, type Span } from '../base/span';
import type { Snapshot } from '../project/snapshot';
import type { SourceFile } from '../semantics/program';
import type { OpCall } from '../slim/model';
import type * as ast from '../syntax/ast';
import { walk } from '../syntax/visit';
import { callPaths, hasMorePaths } from './callWays';
import type { CodeLensDetails, CodeLensPlace } from './model';
import { scopeReach } from './scopeReach';

/** Functions with fewer op calls of their own are no networks. */
const FEWEST_CALLS = 2;

/** Where lenses stand in a file, by position. */
export function codeLenses(
  snapshot: Snapshot,
  file: string,
  options: { readonly networks: boolean; readonly scopes: boolean; readonly cancel: CancelToken },
): readonly CodeLensPlace[] {
  const source = snapshot.getFile(file);
  const analysis = source && snapshot.quickAnalysis(file, options.cancel);
  if (!source || !analysis) return [];
  const scopes = options.scopes ? analysis.scopes.filter(({ entered, form }) => entered && form !== 'invalid') : [];
  const networks =
    options.networks && analysis.calls.length > 0 ? networksOf(source, writtenCalls(analysis.calls)) : [];
  return [
    ...networks.map(({ name }): CodeLensPlace => ({ kind: 'network', span: name.span })),
    ...scopes.map(({ call }): CodeLensPlace => ({ kind: 'scope', span: call.span })),
  ].sort((a, b) => a.span.start - b.span.start);
}

/** Title and calls of a lens; undefined when there is nothing at its place any more. */
export function codeLensDetails(
  snapshot: Snapshot,
  file: string,
  place: CodeLensPlace,
  { cancel }: { readonly cancel: CancelToken },
): CodeLensDetails | undefined {
  const source = snapshot.getFile(file);
  const analysis = source && snapshot.analysis(file, cancel);
  if (!source || !analysis) return undefined;
  if (place.kind === 'network') {
    const calls = writtenCalls(analysis.calls);
    const network = networksOf(source, calls).find(({ name }) => isSame(name.span, place.span));
    return network && networkDetails(callsIn(network, calls));
  }
  const site = analysis.scopes.find(({ call }) => isSame(call.span, place.span));
  if (!site) return undefined;
  const { taken, overridden } = scopeReach({ snapshot, source, cancel }, site);
  return scopeDetails(
    taken.map(({ call }) => call),
    overridden.map(({ call }) => call),
  );
}

// ---------------------------------------------------------------------------------------------- networks

function networksOf(source: SourceFile, calls: readonly OpCall[]): readonly ast.FunctionDef[] {
  const found: ast.FunctionDef[] = [];
  walk(source.tree.module, (node) => {
    if (node.kind === 'FunctionDef' && callsIn(node, calls).length >= FEWEST_CALLS) found.push(node);
  });
  return found;
}

/** The calls of a function itself, each place once; not those of functions inside it. */
function callsIn(network: ast.FunctionDef, calls: readonly OpCall[]): readonly OpCall[] {
  const inner = innerFunctions(network);
  const isOwn = ({ call }: OpCall): boolean =>
    contains(network.span, call.span) && !inner.some((one) => contains(one.span, call.span));
  return distinctCalls(calls.filter(isOwn));
}

function innerFunctions(network: ast.FunctionDef): readonly ast.FunctionDef[] {
  const found: ast.FunctionDef[] = [];
  walk(network, (node) => {
    if (node.kind !== 'FunctionDef' || node === network) return undefined;
    found.push(node);
    return 'skip';
  });
  return found;
}

function networkDetails(calls: readonly OpCall[]): CodeLensDetails {
  const contexts = calls.flatMap((call) => call.contexts);
  const paths = callPaths(contexts).filter((path) => path.length > 0);
  const places = distinctPlaces(paths.flatMap((path) => path.at(-1)?.call ?? []));
  const layers = `${calls.length} slim calls`;
  if (places.length === 0) return { title: `${layers} · no caller seen`, places: [] };
  const more = hasMorePaths(contexts) ? 'more than ' : '';
  const ways = paths.length > places.length ? ` in ${more}${paths.length} ways` : '';
  return { title: `${layers} · called from ${counted(places.length, 'place')}${ways}`, places };
}

// ------------------------------------------------------------------------------------------------ scopes

function scopeDetails(taken: readonly OpCall[], overriding: readonly OpCall[]): CodeLensDetails {
  const calls = distinctCalls(taken);
  if (calls.length === 0) return { title: 'reaches no call', places: [] };
  const byOp = new Map<string, number>();
  for (const { op } of calls) byOp.set(op.name, (byOp.get(op.name) ?? 0) + 1);
  const ops = [...byOp].map(([name, count]) => (byOp.size > 1 ? `${count} ${name}` : name)).join(', ');
  const others = distinctCalls(overriding).length;
  const override = others > 0 ? ` · ${others} ${others === 1 ? 'sets' : 'set'} something else` : '';
  return {
    title: `reaches ${counted(calls.length, 'call')}: ${ops}${override}`,
    places: calls.map((one) => one.callee),
  };
}

// ------------------------------------------------------------------------------------------------ places

/** Calls that someone wrote, of ops of slim: a normalizer that the library calls is part of the call that asks for it. */
function writtenCalls(calls: readonly OpCall[]): readonly OpCall[] {
  return calls.filter(({ via, op }) => via !== 'normalizer_fn' && via !== 'activation_fn' && !isOfTfLayers(op));
}

function isOfTfLayers({ libraries }: OpCall['op']): boolean {
  return libraries.every((library) => library === 'tf.layers');
}

function distinctCalls(calls: readonly OpCall[]): readonly OpCall[] {
  return [...new Map(calls.map((one) => [keyOf(one.call), one] as const)).values()];
}

function distinctPlaces(places: readonly Location[]): readonly Location[] {
  return [...new Map(places.map((place) => [keyOf(place), place] as const)).values()];
}

function keyOf({ file, span }: Location): string {
  return `${file}#${span.start}-${span.end}`;
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
