/**
 * Signatures of ops as data. The tables beside this file are generated; this file only gives their type.
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
