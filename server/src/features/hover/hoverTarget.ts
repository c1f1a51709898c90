/**
 * What stands at an offset, as far as hovers are concerned: an op call, one of its arguments, an arg_scope, or a keyword
 * in one. Everything else is nothing, and is told before any file is evaluated where the syntax already says so.
 */
import { contains, touches, type Span } from '../../base/span';
import type { SourceFile } from '../../semantics/program';
import type { EffectiveArgument, FileAnalysis, OpCall, ScopeSite } from '../../slim/model';
import type * as ast from '../../syntax/ast';
import { findPath } from '../../syntax/visit';

export type HoverTarget =
  | {
      readonly kind: 'call';
      readonly span: Span;
      /** More than one when the callee may be several ops. */
      readonly calls: readonly OpCall[];
      /** The parameters that the hovered argument fills; empty on the callee. */
      readonly focus: readonly string[];
      readonly node: ast.Call;
    }
  | { readonly kind: 'scope'; readonly span: Span; readonly sites: readonly ScopeSite[] }
  | { readonly kind: 'scopeKeyword'; readonly span: Span; readonly site: ScopeSite; readonly keyword: string };

/** @param analysis is asked for only when the syntax at the offset can mean something. */
export function findHoverTarget(
  source: SourceFile,
  offset: number,
  analysis: () => FileAnalysis | undefined,
): HoverTarget | undefined {
  if (source.tree.comments.some(({ span }) => span.start < offset && offset <= span.end)) return undefined;
  const path = findPath(source.tree.module, offset);
  for (const node of [...path].reverse()) {
    const found =
      node.kind === 'Call' ? inCall(node, offset, analysis) : node.kind === 'With' ? inWith(node, offset, analysis) : undefined; // prettier-ignore
    if (found !== undefined) return found ?? undefined;
    if (node.kind === 'FunctionDef' || node.kind === 'ClassDef') return undefined;
  }
  return undefined;
}

/** `null` ends the search: the offset belongs to this call, and there is nothing to say about it. */
function inCall(
  node: ast.Call,
  offset: number,
  analysis: () => FileAnalysis | undefined,
): HoverTarget | null | undefined {
  const argument = node.args.find(({ span }) => touches(span, offset));
  const isCallee = touches(node.callee.span, offset) && !(node.callee.kind === 'Call');
  if (!argument && !isCallee) return hasAnswer(node, analysis()) ? null : undefined;
  const found = analysis();
  const calls = callsAt(found, node.span);
  if (calls.length > 0) {
    return argument
      ? { kind: 'call', span: argument.span, calls, focus: filledBy(calls, argument), node }
      : { kind: 'call', span: node.callee.span, calls, focus: [], node };
  }
  const site = siteAt(found, node.span);
  if (!site) return undefined;
  if (!argument) return { kind: 'scope', span: node.callee.span, sites: [site] };
  const keyword = argument.name?.name;
  if (keyword === undefined || keyword === 'list_ops_or_scope') return inOpList(site, argument, offset);
  return { kind: 'scopeKeyword', span: argument.span, site, keyword };
}

function inOpList(site: ScopeSite, argument: ast.Argument, offset: number): HoverTarget {
  const op = site.ops.find(({ at }) => at.file === site.call.file && touches(at.span, offset));
  return { kind: 'scope', span: op?.at.span ?? argument.span, sites: [site] };
}

/** The word `with` speaks for the scopes that the statement enters. */
function inWith(node: ast.With, offset: number, analysis: () => FileAnalysis | undefined): HoverTarget | undefined {
  const word: Span = { start: node.header.start, end: node.header.start + (node.isAsync ? 10 : 4) };
  if (!touches(word, offset)) return undefined;
  const found = analysis();
  const sites = node.items.flatMap(({ context }) => siteAt(found, context.span) ?? []);
  return sites.length > 0 ? { kind: 'scope', span: word, sites } : undefined;
}

function hasAnswer(node: ast.Call, found: FileAnalysis | undefined): boolean {
  return callsAt(found, node.span).length > 0 || siteAt(found, node.span) !== undefined;
}

/** Calls that the user wrote; a normalizer that the library calls belongs to the call that asks for it. */
function callsAt(analysis: FileAnalysis | undefined, span: Span): readonly OpCall[] {
  return (analysis?.calls ?? []).filter(
    ({ call, via }) => sameSpan(call.span, span) && via !== 'normalizer_fn' && via !== 'activation_fn',
  );
}

function siteAt(analysis: FileAnalysis | undefined, span: Span): ScopeSite | undefined {
  return analysis?.scopes.find((site) => sameSpan(site.call.span, span));
}

function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

/** The parameters whose values, or whose errors, come from this argument. */
function filledBy(calls: readonly OpCall[], argument: ast.Argument): readonly string[] {
  const names = new Set<string>();
  for (const call of calls) {
    for (const context of call.contexts) {
      for (const one of context.arguments) if (isWrittenIn(one, call, argument.span)) names.add(one.name);
      const { error } = context;
      if (error?.argument !== undefined && error.at.file === call.call.file && contains(argument.span, error.at.span)) {
        names.add(error.argument);
      }
    }
  }
  return [...names];
}

function isWrittenIn({ origin }: EffectiveArgument, { call }: OpCall, span: Span): boolean {
  return origin.kind === 'call' && origin.at.file === call.file && contains(span, origin.at.span);
}
