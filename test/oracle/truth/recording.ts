/**
 * What real TensorFlow was seen to do, as test/oracle/recorder writes it: the format of the effective arguments, with the
 * stack of each run.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { NormalForm } from '../../../server/src/slim/library/normalFormType';
import { repositoryRoot } from '../../support/repository';

export interface Recording {
  readonly schemaVersion: 1;
  readonly tensorflow: string;
  readonly python: string;
  readonly rows: readonly RecordedCall[];
}

/** One call site and op. Lines and columns are 1-based, ends exclusive. */
export interface RecordedCall {
  readonly path: string;
  readonly line: number;
  readonly col: number;
  readonly endLine: number;
  readonly endCol: number;
  readonly op: string;
  readonly via?: string;
  readonly contexts: readonly RecordedContext[];
}

/** One distinct set of arguments. */
export interface RecordedContext {
  readonly driver: string;
  /** The frames of the program from the driver to the call itself. */
  readonly stack: readonly RecordedFrame[];
  /** Further ways on which the same arrived. */
  readonly otherStacks?: readonly (readonly RecordedFrame[])[];
  /** Every parameter of the op; `*name` for what it collects. */
  readonly args: Readonly<Record<string, RecordedArgument>>;
}

export interface RecordedFrame {
  readonly path: string;
  readonly line: number;
  readonly col?: number;
  readonly function: string;
}

export interface RecordedArgument {
  readonly value: NormalForm;
  readonly from: 'call' | 'scope' | 'default';
  /** Null when the program put it into the scope by hand. */
  readonly scope?: RecordedOrigin | null;
}

/** The `arg_scope(...)` that set a value. */
export interface RecordedOrigin {
  readonly path: string;
  readonly line: number;
  readonly col?: number;
  readonly kwLine?: number;
  readonly kwCol?: number;
  readonly reentered?: { readonly path: string; readonly line: number };
}

/** Where the recording of a source lies. */
export function recordingFile(source: string): string {
  return join(repositoryRoot, 'test', 'oracle', 'truth', `${source}.json.gz`);
}

export function readRecording(source: string): Recording {
  return JSON.parse(gunzipSync(readFileSync(recordingFile(source))).toString()) as Recording;
}
