/**
 * Everything that rewritings ask about the place of one call: its syntax, its scope, the file's style, and the notes of
 * the running rewriting. Made once per request; holds no knowledge of its own.
 */
import type { Scope } from '../../semantics/scopes';
import type * as ast from '../../syntax/ast';
import type { CallContext, EffectiveArgument, ImplicitCall } from '../model';
import { commonContext } from './commonContext';
import type { RewriteRequest } from './request';
import { quoteLike, readFileStyle } from './fileStyle';
import type { FileStyle } from './fileStyle';
import type { Notes } from './notes';
import { makeNotes } from './notes';
import { pathTo, scopeAlong } from './syntaxAt';

export interface Site extends RewriteRequest {
  /** What is the same in all ways in which the call runs. */
  readonly context: CallContext;
  readonly node: ast.Call;
  /** From the module to `node`. */
  readonly path: readonly ast.Node[];
  readonly scope: Scope;
  readonly style: FileStyle;
  readonly notes: Notes;
}

/** Gathers what is needed about a call; undefined when the call is not in the tree (the file is damaged there). */
export function makeSite(request: RewriteRequest): Site | undefined {
  const { source, call } = request;
  const whole = pathTo(source.tree.module, call.call.span);
  const index = whole.findIndex((node) => node.kind === 'Call' && sameSpan(node, call.call.span));
  const node = whole[index];
  const context = commonContext(call);
  if (node?.kind !== 'Call' || !context) return undefined;
  const path = whole.slice(0, index + 1);
  const scope = scopeAlong(source, whole);
  const style = readFileStyle(source);
  return { ...request, context, node, path, scope, style, notes: makeNotes() };
}

/** The argument of the call, if the op has this parameter. */
export function findArgument(
  from: { readonly arguments: readonly EffectiveArgument[] },
  name: string,
): EffectiveArgument | undefined {
  return from.arguments.find((argument) => argument.name === name);
}

/** The normalizer that the library calls for this call. */
export function findNormalizer(context: CallContext): ImplicitCall | undefined {
  return context.implicitCalls.find((implicit) => implicit.via === 'normalizer_fn');
}

/** A string literal as the file writes them. */
export function quoted(site: Site, text: string): string {
  return quoteLike(site.style, text);
}

function sameSpan(node: ast.Node, span: { readonly start: number; readonly end: number }): boolean {
  return node.span.start === span.start && node.span.end === span.end;
}
