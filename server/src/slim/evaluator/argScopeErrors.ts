/**
 * What Python says when an arg_scope cannot be entered (A2, A3, A5): the exact texts, and when they apply.
 */
import type { PyObject } from '../../semantics/interpreter/objects';
import type { SlimLibrary } from '../library/libraryObject';
import type { LibraryFunction } from '../signatures/signature';
import { libraryObjects, opIdentityOf, type OpIdentity } from './opIdentity';

/** The first argument is neither a list nor a dictionary. */
export const LIST_TYPE_ERROR = 'list_ops_or_scope must either be a list/tuple or reused scope (i.e. dict)';
/** A dictionary and keywords; the missing space is the library's. */
export const REUSE_ERROR = 'When attempting to re-use a scope by suppling adictionary, kwargs must be empty.';

/** Anything that is known and neither a list nor a dict: a function, a manager, a string (A5). */
export function isCertainlyWrong(value: PyObject): boolean {
  if (value.kind === 'unknown' || value.kind === 'externalResult' || value.kind === 'instance') return false;
  if (value.kind === 'host') {
    const kind = (value.host.data as { readonly kind?: string } | undefined)?.kind;
    return kind === 'scopeManager' || kind === 'decoratedOp';
  }
  if (value.kind !== 'external' || opIdentityOf(value) !== undefined) return true;
  const kinds = new Set(libraryObjects(value).map(({ kind }) => kind));
  return kinds.size > 0 && ![...kinds].some((kind) => kind === 'other' || kind === 'missing');
}

/** An op of the other library is not in this one's registry (A2). */
export function otherLibraryError(
  identity: OpIdentity,
  libraries: readonly SlimLibrary[],
): { type: 'ValueError'; message: string } | undefined {
  const { op } = identity;
  const [library] = op.libraries;
  if (library === undefined || libraries.length > 1 || identity.libraries.length > 1) return undefined;
  if (library === 'user') return undefined;
  const module = 'modules' in op.signature ? (op.signature as LibraryFunction).modules[library] : undefined;
  return {
    type: 'ValueError',
    message: `('%s is not decorated with @add_arg_scope', ('${module ?? ''}', '${op.functionName}'))`,
  };
}
