/**
 * Signatures of Python functions as data, and the extra facts that are known of library functions.
 * The tables are elsewhere: `libraryFunctions.ts` (slim, contrib, tf_slim) and `tfLayersSignatures.ts`.
 * A function of the workspace has a plain {@link Signature}; nothing here evaluates anything.
 */

export interface Signature {
  readonly parameters: readonly SignatureParameter[];
}

export interface SignatureParameter {
  readonly name: string;
  readonly kind: 'positionalOrKeyword' | 'keywordOnly' | 'varPositional' | 'varKeyword';
  /** Python text of the default; absent for a required parameter and for `*args` / `**kwargs`. */
  readonly default?: string;
}

/** A library that defines functions. contrib and tf_slim have separate registries and scope stacks (A2). */
export type FunctionLibrary = 'contrib' | 'tf_slim' | 'tf.layers';

/** A function (or `functools.partial` object) of a library, with everything that a call or an arg_scope needs. */
export interface LibraryFunction extends Signature {
  /** Canonical short name: `conv2d` for `convolution2d` too. */
  readonly name: string;
  /** The Python function's own name, as TypeErrors show it (A6): `convolution2d`. */
  readonly functionName: string;
  /** Further public names of the same object. */
  readonly aliases: readonly string[];
  /** Decorated with `@add_arg_scope`, so that it may stand in the op list of an arg_scope. */
  readonly scopable: boolean;
  /** Libraries that have it. */
  readonly libraries: readonly FunctionLibrary[];
  /** Module that defines it, per library: `__module__` as the ValueError of A5 shows it. */
  readonly modules: { readonly [library in FunctionLibrary]?: string };
  /** Set for `functools.partial` objects such as `slim.relu`; `parameters` are then those of the target. */
  readonly partialOf?: PartialOf;
}

export interface PartialOf {
  readonly functionName: string;
  /** Keyword -> Python text. Keywords of a partial are call-site keywords: they beat every arg_scope (A2). */
  readonly boundKeywords: { readonly [name: string]: string };
  readonly boundPositional: readonly string[];
}
