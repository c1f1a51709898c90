/**
 * The state of one interpretation and the seams between its parts: frames, budget, host, and the functions through which
 * expressions, statements and calls reach each other. Interpreting is bounded: steps, call depth and iterations.
 * Invariant: nothing here throws for user code, except `BudgetExceeded` and `Cancelled`, which entry points catch.
 */
import { lineText } from '../lineText';
import type { Location, Span } from '../../base/span';
import { checkCancelled, type CancelToken } from '../../base/cancel';
import type * as ast from '../../syntax/ast';
import type { Program, SourceFile } from '../program';
import type {
  CallArguments,
  CallSite,
  Condition,
  Environment,
  PyExternal,
  PyFunction,
  PyInstance,
  PyModule,
  PyObject,
  PyUnknown,
} from './objects';
import type { Cell, Store, Changes, Mark } from './store';

/** Bounds of the work. Reaching one is reported, never hidden. */
export interface Limits {
  /** Steps of one entry point. */
  readonly steps: number;
  /** Steps of one file, all entry points together. */
  readonly totalSteps: number;
  readonly callDepth: number;
  readonly iterations: number;
  /** A function that takes more steps than this and does nothing that the host cares for is not followed again. */
  readonly idleSteps: number;
}

export const defaultLimits: Limits = {
  steps: 60_000,
  totalSteps: 300_000,
  callDepth: 40,
  iterations: 1_000,
  idleSteps: 2_000,
};

/** Thrown when an entry point used up its steps. */
export class BudgetExceeded extends Error {
  override readonly name = 'BudgetExceeded';
}

/** Thrown when a run that only shows what it changes takes too many steps. */
export class CapReached extends Error {
  override readonly name = 'CapReached';
}

/** What gives meaning to library objects: TF-Slim's semantics live behind this interface. */
export interface Host {
  /** Set when someone follows tensors. */
  readonly tensors?: TensorHooks;
  /** Calls a library function; undefined when the host has nothing to say about it. */
  callExternal(callee: PyExternal, args: CallArguments, site: CallSite): PyObject | undefined;
  /** Calls an instance whose `__call__` a library class has; undefined when the host has nothing to say about it. */
  callInstance(instance: PyInstance, args: CallArguments, site: CallSite): PyObject | undefined;
  /** The object that `name` is after `from module import *` of a library; undefined when the module has no such name. */
  starImport(module: string, name: string): PyObject | undefined;
  /** The object that a library name stands for, when it is more than a name. */
  external(external: PyExternal): PyObject;
  /** True for a library that does nothing unexpected: it changes none of its arguments and opens no scope. */
  isKnownLibrary(external: PyExternal): boolean;
  /** The string or number that a library name stands for, when it is one. */
  constant(external: PyExternal): PyObject | undefined;
  /** A number that grows with everything the host cares for: scopes entered, ops called. */
  activity(): number;
  /** The ambient state: what calls depend on besides their arguments. */
  ambient(): unknown;
  /** Restores what {@link ambient} gave. */
  restoreAmbient(ambient: unknown): void;
  /** Makes the ambient state unknown, because something may have changed it that is not followed. */
  distrustAmbient(reason: string, fromCaller?: boolean): void;
  /** The ambient state after alternative branches that ended with these. */
  joinAmbients(ambients: readonly unknown[]): unknown;
  /** The ambient state after leaving, from `now`, what was entered between `outside` and `inside`. */
  unwind(now: unknown, inside: unknown, outside: unknown): unknown;
  /** Counts what changes the ambient state outside of `with`: while it stays, leaving a `with` restores what was before. */
  imbalance(): number;
  noteImbalance(): void;
  /** An ambient state of which nothing is known. */
  unknownAmbient(): unknown;
  /** Told of every call of a workspace function that is followed; `self` is what it is bound to, for a method. */
  functionCalled(fn: PyFunction, self: PyObject | undefined): void;
  /** Told of every workspace function that is handed to code which is not followed: it may be called at any time. */
  functionEscaped(fn: PyFunction): void;
  /** Told of every call of something that is not followed and may call anything. */
  callNotFollowed(): void;
  /** Runs something only for its effect on the state: what it calls is not recorded. */
  unrecorded(run: () => void): void;
  /** Told of a bound that was reached where it mattered. */
  limitReached(reason: string, at: Location): void;
  /** Told of every function definition that runs; `decorated` is what its name gets. */
  functionDefined(fn: PyFunction, decorated: PyObject, frame: Frame): void;
}

/** Someone who follows tensors: present only in runs that are made for it. */
export interface TensorHooks {
  /** The parameters that the body of a function gets, which may be others than those that are passed. */
  parameters(fn: PyFunction, values: ReadonlyMap<string, PyObject>): ReadonlyMap<string, PyObject>;
  /** An attribute of a tensor, or of its shape; undefined for all others. */
  attribute(object: PyObject, name: string, at: Location): PyObject | undefined;
  /** Told of the result of an operator on tensors, or of an index when there is no operator. */
  computed(operator: string | undefined, operands: readonly PyObject[], result: PyUnknown): void;
}

/** How a statement or block ended; `stop` when no path leaves it at its end. */
export type Completion = 'normal' | 'stop';

/** A path that left a function or loop early. */
export interface Exit {
  readonly value: PyObject;
  readonly changes: Changes;
  /** The innermost open `if` on this path. */
  readonly when: Condition | undefined;
  /** True when it is one of several possibilities that the function leaves here. */
  readonly conditional: boolean;
}

/** A running loop: paths that left by `break`, and paths that went to the next round by `continue`. */
export interface LoopFrame {
  readonly loopMark: Mark;
  readonly imbalance: number;
  roundMark: Mark;
  readonly breaks: Changes[];
  continues: Changes[];
}

/** A state in which the body of a `try` may fail: changes since its start, and the ambient state. */
export interface Failure {
  readonly changes: Changes;
  ambient: unknown;
}

/** The running body of a `try`. */
export interface Attempt {
  readonly frame: Frame;
  readonly mark: Mark;
  readonly ambient: unknown;
  readonly branchDepth: number;
  readonly escapes: number;
  /** The host's imbalance at its start. */
  readonly imbalance: number;
  /** End of the log when the last state of `between` was noted. */
  lastMark: Mark;
  /** States between statements: whether something raises there is not known. */
  readonly between: Failure[];
  /** States in which something raises. */
  readonly raised: Failure[];
  /** True once every path has raised. */
  certain: boolean;
}

/** A running function, class body or module. */
export interface Frame {
  readonly environment: Environment;
  readonly source: SourceFile;
  readonly function: PyFunction | undefined;
  /** The call that started it; undefined for an entry point. */
  readonly site: CallSite | undefined;
  readonly parent: Frame | undefined;
  readonly depth: number;
  readonly mark: Mark;
  /** `branchDepth` and the host's imbalance when it started. */
  readonly branchDepth: number;
  readonly imbalance: number;
  /** The host's activity when it started. */
  readonly activity: number;
  readonly returns: Exit[];
  readonly loops: LoopFrame[];
  /** Tests of the open `if` statements around the running statement, outermost first. */
  readonly tests: Condition[];
  /** Tests taken for granted because a `with` was followed for each of its alternatives. */
  conditions: readonly Condition[];
  /** Runs the body of the `with` or `for` that consumes this generator. */
  readonly onYield: ((value: PyObject) => void) | undefined;
  /** Arguments of the running function for `super()`. */
  readonly self: PyObject | undefined;
}

export interface Machine {
  readonly program: Program;
  readonly store: Store;
  readonly host: Host;
  readonly limits: Limits;
  /** The running frame. */
  frame: Frame;
  /** The bodies of `try` that are running, outermost first. */
  readonly attempts: Attempt[];
  /** How many alternatives are open: what runs now is one of several possibilities when it grew. */
  branchDepth: number;
  /** Counts `return`, `break` and `continue`: when it grew, another path may have left already. */
  escapes: number;
  /** Steps used by this entry point. */
  readonly steps: number;
  /** When each function was first called, by its definition, in steps of the store's clock. */
  firstCalls: Map<object, number>;
  /** Classes that another class of the program is derived from. */
  readonly subclassed: Set<object>;
  /** Attributes of library modules that the program set, by the path of the module and the name. */
  readonly patched: Cell<ReadonlyMap<string, PyObject>>;
  /** Cells that unseen calls may change, with the names and keys in them that are concerned; `''` for new ones. */
  readonly unsteady: Map<Cell<unknown>, Set<string>>;
  /** How many runs of such functions are inside each other, and the step at which the running one ends. */
  unseenDepth: number;
  stepCap: number | undefined;
  /** The modules that were executed, by file. */
  readonly modules: ReadonlyMap<string, PyModule>;
  /** Functions that are not followed any more: they cost much and matter to nobody. */
  readonly idle: Set<object>;
  /** Counts one step, or what costs as much as several; throws when the budget is used up or the work was cancelled. */
  step(cost?: number): void;
  evaluate(expression: ast.Expression): PyObject;
  execute(body: readonly ast.Statement[]): Completion;
  assign(target: ast.Expression, value: PyObject): void;
  call(callee: PyObject, args: CallArguments, site: CallSite): PyObject;
  attribute(object: PyObject, name: string, at: Location): PyObject;
  /** The executed module of a workspace file; runs it on first use. */
  module(source: SourceFile): PyModule;
  /** Items of an iterable, when all are known. */
  iterate(object: PyObject): readonly PyObject[] | undefined;
}

/** The location of a node of the running frame's file. */
export function here(machine: Machine, node: { readonly span: Span }): Location {
  return { file: machine.frame.source.file, span: node.span };
}

/** Source text of a node of the running frame's file. */
export function textOf(machine: Machine, node: { readonly span: Span }): string {
  return machine.frame.source.text.slice(node.span.start, node.span.end);
}

/** Words for a place in a reason: `line 12`. */
export function lineOf(machine: Machine, node: { readonly span: Span }): string {
  return lineText(machine.frame.source, node.span.start);
}

/** Between looks at whether the work is still wanted. */
const CANCELLATION_STEPS = 1_000;

/** A step counter for {@link Machine.step}; `reset` starts another entry point. */
export function stepCounter(limits: Limits, cancel: CancelToken): StepCounter {
  let steps = 0;
  let total = 0;
  let checked = 0;
  return {
    step(cost = 1) {
      steps += cost;
      total += cost;
      if (steps > limits.steps || total > limits.totalSteps) throw new BudgetExceeded();
      if (total - checked < CANCELLATION_STEPS) return;
      checked = total;
      checkCancelled(cancel);
    },
    reset() {
      steps = 0;
    },
    get used() {
      return steps;
    },
    get exhausted() {
      return total > limits.totalSteps;
    },
  };
}

export interface StepCounter {
  step(cost?: number): void;
  reset(): void;
  readonly used: number;
  /** True when nothing of the budget of the file is left. */
  readonly exhausted: boolean;
}

/**
 * Runs alternatives from the present state, one after the other, and continues from their union.
 * @returns `stop` when none of them goes on.
 */
export function branch(machine: Machine, alternatives: readonly (() => Completion)[]): Completion {
  const { store, host } = machine;
  const ambient = host.ambient();
  const live: { readonly changes: Changes; readonly ambient: unknown }[] = [];
  const { branchDepth } = machine;
  for (const run of alternatives) {
    const mark = store.mark();
    machine.branchDepth = branchDepth + (alternatives.length > 1 ? 1 : 0);
    let completion: Completion;
    try {
      completion = run();
    } finally {
      machine.branchDepth = branchDepth;
    }
    if (completion === 'normal') live.push({ changes: store.changesSince(mark), ambient: host.ambient() });
    store.rollback(mark);
    host.restoreAmbient(ambient);
  }
  if (live.length === 0) return 'stop';
  store.join(live.map((outcome) => outcome.changes));
  host.restoreAmbient(host.joinAmbients(live.map((outcome) => outcome.ambient)));
  return 'normal';
}
