/**
 * Collects what the evaluator sees while it runs: op calls with their arguments, and arg_scope calls.
 * Records are raw: one per run of a call; merge.ts makes the public result of them.
 */
import type { Location } from '../../base/span';
import type { PyFunction } from '../../semantics/interpreter/objects';
import type { CallContext, Op, OpCall, ScopeSite } from '../model';

/** One run of an op call. */
export interface RawCall {
  readonly op: Op;
  readonly call: Location;
  readonly callee: Location;
  readonly via: OpCall['via'];
  readonly enclosingFunction: string | undefined;
  readonly context: CallContext;
  /** Key of the function that was the entry point; undefined for a module body. */
  readonly root: string | undefined;
  /** Its qualified name, for people. */
  readonly rootName: string | undefined;
  /** Number of calls between the entry point and the function that holds this call. */
  readonly depth: number;
}

/** One evaluation of an `arg_scope(...)` call. `entered` becomes true when something enters it. */
export interface RawScope {
  readonly call: Location;
  readonly depth: number;
  site: ScopeSite;
}

/** Identity of a function of the workspace. */
export function functionKey(fn: PyFunction): string {
  return `${fn.source.file}#${fn.node.span.start}`;
}

export class Recorder {
  readonly calls: RawCall[] = [];
  readonly scopes: RawScope[] = [];
  /** Keys of the functions that something else was seen to call. */
  readonly called = new Set<string>();
  /** Key of the running entry point; undefined while a module body runs. */
  root: string | undefined;
  rootName: string | undefined;
}
