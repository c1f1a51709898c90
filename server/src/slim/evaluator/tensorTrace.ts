/**
 * What a run tells someone who follows tensors through a network. Nobody does so in the runs behind hovers and
 * diagnostics: then all of this is absent and costs nothing. Who follows sees every layer with its arguments and its
 * variable scopes, and may answer what a program asks of the shape of a tensor.
 */
import type { TensorHooks } from '../../semantics/interpreter/machine';
import type { CallArguments, CallSite, PyObject } from '../../semantics/interpreter/objects';
import type { CallContext, Op, OpCall } from '../model';

/** A layer of the library as it runs. */
export interface TracedLayer {
  readonly op: Op;
  readonly via: OpCall['via'];
  readonly site: CallSite;
  readonly context: CallContext;
  /** The abstract value of each argument, by parameter name. */
  readonly values: ReadonlyMap<string, PyObject>;
  /** What the call gives. */
  readonly result: PyObject;
  /** Key and name of the function that the run started with; undefined for a module body. */
  readonly root: string | undefined;
  readonly rootName: string | undefined;
  /** True when the parameters of that function have their defaults. */
  readonly isAssumed: boolean;
  /** False when the run only looks for its effects. */
  readonly isRecorded: boolean;
}

/** See the file comment. */
export interface TensorTrace extends TensorHooks {
  /** A layer runs; `inside` calls what it calls of the program, in its variable scope. */
  layer(call: TracedLayer, inside: () => void): void;
  /** The tensor that the running layer hands to functions of the program. */
  innerTensor(): PyObject | undefined;
  /** The result of a library function that is no layer, by its canonical name; undefined for one that is not known. */
  external(canonical: string, args: CallArguments, site: CallSite): PyObject | undefined;
  /** Runs something in a variable scope that the library opens: by name, or with a name made of `fallback`. */
  scoped<T>(name: PyObject | undefined, fallback: string, run: () => T): T;
}
