/**
 * Collects what the evaluator sees while it runs: op calls with their arguments, and arg_scope calls.
 * Records are raw: one per run of a call; merge.ts makes the public result of them.
 */
import type { Location } from '../../base/span';
import type { CallContext, Op, OpCall, ScopeSite } from '../model';

/** One run of an op call. */
export interface RawCall {
  readonly op: Op;
  readonly call: Location;
  readonly callee: Location;
  readonly via: OpCall['via'];
  readonly enclosingFunction: string | undefined;
  readonly context: CallContext;
  /** Number of calls between the entry point and the function that holds this call. */
  readonly depth: number;
}

/** One evaluation of an `arg_scope(...)` call. `entered` becomes true when something enters it. */
export interface RawScope {
  readonly call: Location;
  readonly depth: number;
  site: ScopeSite;
}

export class Recorder {
  readonly calls: RawCall[] = [];
  readonly scopes: RawScope[] = [];
}
