/**
 * Document highlights of scopes: with the cursor on a keyword of an `arg_scope`, the calls of this file that take it; on the
 * word `with`, those that take anything of its scopes. The same places as Find References (navigation.ts), in one file.
 */
import type { CancelToken } from '../base/cancel';
import type { Span } from '../base/span';
import type { Snapshot } from '../project/snapshot';
import { scopeReferences } from './navigation';

/** Empty where other servers answer. */
export function scopeHighlights(
  snapshot: Snapshot,
  file: string,
  offset: number,
  { cancel }: { readonly cancel: CancelToken },
): readonly Span[] {
  const found = scopeReferences(snapshot, file, offset, { cancel, includeDeclaration: true }) ?? [];
  return found.flatMap((place) => (place.file === file ? [place.span] : []));
}
