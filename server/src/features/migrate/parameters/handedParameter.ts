/**
 * A keyword parameter that a function gets in a migration, because what its layers receive from the arg_scopes of its
 * callers is not the same each time or is an expression of theirs: the callers hand it down. Plain data.
 */
import type { Location, Span } from '../../../base/span';

/** See the file comment. */
export interface HandedParameter {
  readonly file: string;
  /** Which `def` of the file it is, in the order of the text: migrating moves places, and adds and removes no `def`. */
  readonly ordinal: number;
  /** Name of the function, for people. */
  readonly function: string;
  /** The `def` in the text that was planned with, up to the end of its body. */
  readonly span: Span;
  /** Name of the parameter. */
  readonly name: string;
  /** The argument of the ops that it stands for. */
  readonly keyword: string;
  /** The ops, by their names. */
  readonly ops: ReadonlySet<string>;
  /** Python text: what callers get that do not pass it. */
  readonly defaultText: string;
  /** The calls that pass it, and what they pass. */
  readonly calls: readonly { readonly call: Location; readonly text: string }[];
}
