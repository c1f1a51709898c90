/**
 * The public JSON of effective arguments, schema version 1. Users and other tools rely on it: any change that is not
 * an addition needs a new schema version.
 */
import type { toNormalForm } from '../../slim/library/normalForm';
import type { Place } from '../places';

/** The whole output of `slimscope explain --format json`. */
export interface ExplainedWorkspace {
  readonly schemaVersion: 1;
  /** Sorted by path. */
  readonly files: readonly ExplainedFile[];
}

export interface ExplainedFile {
  readonly path: string;
  /** Sorted by position. */
  readonly calls: readonly ExplainedCall[];
  /** Limits reached, files that could not be read. */
  readonly problems: readonly ExplainedProblem[];
}

export interface ExplainedProblem {
  readonly reason: string;
  readonly cell?: number;
  readonly line?: number;
  readonly column?: number;
}

/** One row: an op called at a place, directly or by the library on behalf of another call. */
export interface ExplainedCall {
  /** Canonical short name. */
  readonly op: string;
  /** Only when not a plain call: `repeat`, `stack`, `normalizer_fn`, `activation_fn`, `indirect`, joined by `/`. */
  readonly via?: string;
  /** Definition of a function under `@add_arg_scope`, from its first decorator. */
  readonly userOp?: Pick<Place, 'path' | 'cell' | 'line'>;
  /** Here and below: only in notebooks, the number of the code cell; lines are those of the cell. */
  readonly cell?: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** True when calls of its function are followed and none gets here: the contexts say what the function alone does. */
  readonly unreached?: true;
  /** Contexts with equal arguments and origins are one. */
  readonly contexts: readonly ExplainedContext[];
}

export interface ExplainedContext {
  /** Entry point first; empty when the call's own function is the entry. */
  readonly callers: readonly ExplainedCaller[];
  /** Callers of further contexts that give the same. */
  readonly alsoFrom?: readonly (readonly ExplainedCaller[])[];
  /** True when nothing in the workspace calls the entry: an outer scope and other parameter values are possible. */
  readonly open: boolean;
  /** By parameter, in the order of the signature. A required argument that is missing is left out. */
  readonly arguments: Readonly<Record<string, ExplainedArgument>>;
  /** Only when the call would fail at run time. */
  readonly error?: { readonly type: string; readonly message: string };
}

export interface ExplainedCaller {
  readonly path: string;
  readonly cell?: number;
  readonly line: number;
  readonly function?: string;
}

export interface ExplainedArgument {
  /** Source text; empty for a default. */
  readonly text: string;
  readonly value: ExplainedValue;
  readonly origin: ExplainedOrigin;
}

/** The normal form of a value. */
export type KnownValue = Exclude<ReturnType<typeof toNormalForm>, undefined>;

export type ExplainedValue =
  { readonly known: KnownValue; readonly assuming?: readonly string[] } | { readonly unknown: string };

export type ExplainedOrigin =
  | { readonly kind: 'call' }
  | { readonly kind: 'default' }
  | {
      readonly kind: 'arg_scope';
      readonly path: string;
      readonly cell?: number;
      readonly line: number;
      readonly column: number;
      readonly endLine: number;
      readonly endColumn: number;
      readonly keywordLine?: number;
      readonly keywordColumn?: number;
      readonly reentered?: Pick<Place, 'path' | 'cell' | 'line'>;
    };
