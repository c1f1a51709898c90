/**
 * Where to go from a place: from a call to the arg_scopes that set what it inherits, from a keyword to those that it hides,
 * from a scope to the calls that take from it. Pure functions of the snapshot. They answer only where no Python server
 * does (docs/decisions/0008-navigation.md): not on names of functions and values.
 */
import { checkCancelled, type CancelToken } from '../base/cancel';
import { touches, type Location, type Span } from '../base/span';
import type { Snapshot } from '../project/snapshot';
import type { SourceFile } from '../semantics/program';
import type { EffectiveArgument, OpCall, Origin, ScopeSite } from '../slim/model';
import type * as ast from '../syntax/ast';
import { findPath } from '../syntax/visit';
import { findOpCall } from './fixes/findOpCall';
import { findHoverTarget } from './hover/hoverTarget';
import type { NavigationOptions, NavigationResult } from './model';
import { scopeReach } from './scopeReach';

/** Keywords of arg_scopes that set what the call inherits whose name is at `offset`. */
export function callOrigins(
  snapshot: Snapshot,
  file: string,
  offset: number,
  { cancel }: NavigationOptions,
): NavigationResult | undefined {
  const source = snapshot.getFile(file);
  if (!source || !isOnCallee(source, offset)) return undefined;
  const target = findHoverTarget(source, offset, () => snapshot.analysis(file, cancel));
  if (target?.kind !== 'call') return undefined;
  return answer(target.span, originPlaces(target.calls));
}

/** The same for the call around `offset`, wherever in it that is. */
export function argumentOrigins(
  snapshot: Snapshot,
  file: string,
  offset: number,
  { cancel }: NavigationOptions,
): NavigationResult | undefined {
  const source = snapshot.getFile(file);
  const analysis = source && snapshot.analysis(file, cancel);
  const call = source && analysis && findOpCall(source, analysis, { start: offset, end: offset });
  if (!analysis || !call) return undefined;
  const { start, end } = call.call.span;
  const calls = analysis.calls.filter((one) => one.call.span.start === start && one.call.span.end === end);
  return answer(call.callee.span, originPlaces(calls));
}

/** Keywords of outer arg_scopes that the keyword at `offset`, of a call or of an arg_scope, hides. */
export function hiddenDefinitions(
  snapshot: Snapshot,
  file: string,
  offset: number,
  { cancel }: NavigationOptions,
): NavigationResult | undefined {
  const source = snapshot.getFile(file);
  const keyword = source && keywordAt(source, offset);
  if (!source || !keyword) return undefined;
  const target = findHoverTarget(source, offset, () => snapshot.analysis(file, cancel));
  if (target?.kind === 'scopeKeyword') {
    const hidden = target.site.overrides.filter((one) => one.keyword === target.keyword);
    return answer(keyword.span, hidden.flatMap(({ outer }) => placeOf(outer.origin))); // prettier-ignore
  }
  if (target?.kind !== 'call') return undefined;
  const hidden = target.calls
    .flatMap(argumentsOf)
    .filter(({ name }) => target.focus.includes(name))
    .flatMap(({ overridden }) => overridden);
  return answer(keyword.span, hidden.flatMap(({ origin }) => placeOf(origin))); // prettier-ignore
}

/** The calls that take the arg_scope's keyword at `offset`; on the word `with`, those that take anything of its scopes. */
export function scopeReferences(
  snapshot: Snapshot,
  file: string,
  offset: number,
  options: NavigationOptions & { readonly includeDeclaration: boolean },
): readonly Location[] | undefined {
  const source = snapshot.getFile(file);
  if (!source || !mayReference(source, offset)) return undefined;
  const { cancel } = options;
  const target = findHoverTarget(source, offset, () => snapshot.analysis(file, cancel));
  if (target?.kind !== 'scope' && target?.kind !== 'scopeKeyword') return undefined;
  const name = target.kind === 'scopeKeyword' ? target.keyword : undefined;
  const sites = target.kind === 'scopeKeyword' ? [target.site] : target.sites;
  const calls = sites.flatMap((site) => takers({ snapshot, source, cancel }, site, name));
  const declared = options.includeDeclaration ? sites.map((site) => declarationOf(site, name)) : [];
  return distinct([...declared, ...calls]);
}

/** False where the syntax alone says that there is no answer: then nothing has to be evaluated. */
export function mayNavigate(
  snapshot: Snapshot,
  file: string,
  offset: number,
  to: 'callOrigins' | 'hiddenDefinitions' | 'scopeReferences',
): boolean {
  const source = snapshot.getFile(file);
  if (!source) return false;
  if (to === 'callOrigins') return isOnCallee(source, offset);
  return to === 'hiddenDefinitions' ? keywordAt(source, offset) !== undefined : mayReference(source, offset);
}

// ------------------------------------------------------------------------------------------------- places

function answer(span: Span, targets: readonly Location[]): NavigationResult | undefined {
  return targets.length > 0 ? { span, targets: distinct(targets) } : undefined;
}

/** In the order of the signature; what the normalizer inherits comes last. */
function originPlaces(calls: readonly OpCall[]): readonly Location[] {
  return calls.flatMap(argumentsOf).flatMap(({ origin }) => placeOf(origin));
}

function argumentsOf({ contexts }: OpCall): readonly EffectiveArgument[] {
  return [
    ...contexts.flatMap((context) => context.arguments),
    ...contexts.flatMap(({ implicitCalls }) => implicitCalls.flatMap((call) => call.arguments)),
  ];
}

function placeOf(origin: Origin): readonly Location[] {
  return origin.kind === 'argScope' ? [origin.keyword ?? origin.scope] : [];
}

function takers(
  context: { readonly snapshot: Snapshot; readonly source: SourceFile; readonly cancel: CancelToken },
  site: ScopeSite,
  name: string | undefined,
): readonly Location[] {
  checkCancelled(context.cancel);
  const { taken } = scopeReach(context, site);
  return taken.filter((one) => name === undefined || one.name === name).map(({ call }) => call.callee);
}

function declarationOf(site: ScopeSite, name: string | undefined): Location {
  const keyword = site.keywords.find((one) => one.name === name);
  return keyword ? keyword.at : site.callee;
}

function distinct(places: readonly Location[]): readonly Location[] {
  return [
    ...new Map(places.map((place) => [`${place.file}#${place.span.start}-${place.span.end}`, place] as const)).values(),
  ];
}

// ------------------------------------------------------------------------------------------------- syntax

/** The name of a keyword argument at an offset. */
function keywordAt(source: SourceFile, offset: number): ast.Identifier | undefined {
  if (isInComment(source, offset)) return undefined;
  const call = findPath(source.tree.module, offset).findLast((node) => node.kind === 'Call');
  if (call?.kind !== 'Call') return undefined;
  return call.args.find(({ name }) => name !== undefined && touches(name.span, offset))?.name;
}

function isOnCallee(source: SourceFile, offset: number): boolean {
  if (isInComment(source, offset)) return false;
  return findPath(source.tree.module, offset).some((node) => node.kind === 'Call' && touches(node.callee.span, offset));
}

function mayReference(source: SourceFile, offset: number): boolean {
  if (keywordAt(source, offset)) return true;
  const statement = findPath(source.tree.module, offset).findLast((node) => node.kind === 'With');
  return statement?.kind === 'With' && offset <= statement.header.start + (statement.isAsync ? 10 : 4);
}

function isInComment(source: SourceFile, offset: number): boolean {
  return source.tree.comments.some(({ span }) => span.start < offset && offset <= span.end);
}
