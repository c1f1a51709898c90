/**
 * What a migration takes away because nothing needs it any more, as plain data.
 */
import type { Span } from '../../base/span';
import type { TextEdit } from '../../base/textEdit';

export interface Removal {
  /** Never overlapping. */
  readonly edits: readonly TextEdit[];
  readonly removed: readonly { readonly span: Span; readonly what: string }[];
}
