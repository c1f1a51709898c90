/**
 * The shapes that the judge writes: what every op call of a program really received, per run.
 */
import type { NormalForm } from '../../../server/src/slim/library/normalFormType';

/** One program, as the judge reads it. */
export interface ProgramText {
  readonly files: Readonly<Record<string, string>>;
  /** Values of the module `outside`, one object per run. */
  readonly worlds: readonly Readonly<Record<string, unknown>>[];
}

export interface TruthOrigin {
  readonly path: string;
  readonly line: number;
  readonly col?: number;
  readonly kwLine?: number;
  readonly kwCol?: number;
  readonly reentered?: { readonly path: string; readonly line: number };
}

export interface TruthArgument {
  readonly value: NormalForm;
  readonly from: 'call' | 'scope' | 'default';
  readonly scope?: TruthOrigin | null;
}

export interface TruthError {
  readonly type: string;
  readonly message: string;
}

/** A function on the way to a call, at the call that it was making. */
export interface TruthFrame {
  readonly path: string;
  readonly function: string;
  readonly line: number;
  readonly col?: number;
  readonly endLine?: number;
  readonly endCol?: number;
  /** True for a generator, which runs where something asks for its next item. */
  readonly generator?: true;
}

/** An exception that ended a run. */
export interface TruthEnd extends TruthError {
  /** The line of main.py whose statement raised it. */
  readonly line: number;
}

export interface TruthContext {
  /** Outermost first; the last one is the call itself. */
  readonly stack: readonly TruthFrame[];
  readonly driver: string;
  /** Absent when the arguments could not be bound. */
  readonly args?: Readonly<Record<string, TruthArgument>>;
  readonly error?: TruthError;
}

/** All runs of one call. Columns are absent when Python is too old to tell them. */
export interface TruthRow {
  readonly path: string;
  readonly line: number;
  readonly col?: number;
  readonly endLine?: number;
  readonly endCol?: number;
  readonly op: string;
  readonly via?: string;
  readonly contexts: readonly TruthContext[];
}

export interface TruthScope {
  readonly path: string;
  readonly line: number;
  readonly col?: number;
  /** One item per distinct outcome of entering it; null when it went well. */
  readonly entries: readonly (TruthError | null)[];
}

export interface Truth {
  readonly rows: readonly TruthRow[];
  readonly scopes: readonly TruthScope[];
  /** The exception that ended each run. */
  readonly ends: readonly (TruthEnd | null)[];
}
