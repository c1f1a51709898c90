/**
 * Collects what the evaluator sees while it runs: op calls with their arguments, and arg_scope calls.
 * Records are raw: one per run of a call; merge.ts makes the public result of them.
 */
import type { Location } from '../../base/span';
import type { PyClass, PyFunction, PyObject } from '../../semantics/interpreter/objects';
import type { Frame } from '../../semantics/interpreter/machine';
import type { CallContext, CallerFrame, Op, OpCall, ScopeSite } from '../model';
import { createContextKeys } from './contextKeys';

/** One run of an op call. */
export interface RawCall {
  readonly op: Op;
  readonly call: Location;
  readonly callee: Location;
  readonly via: OpCall['via'];
  readonly enclosingFunction: string | undefined;
  readonly context: CallContext;
  /** Key of the entry point ({@link functionKey}, or {@link methodKey} for an inherited method); undefined for a module body. */
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
  /** True when it is entered with one of several lists or dictionaries. */
  isOneOfSeveral?: boolean;
}

/** Identity of a function of the workspace. */
export function functionKey(fn: PyFunction): string {
  return `${fn.source.file}#${fn.node.span.start}`;
}

/** Identity of a method as run for instances of one class, which may be derived from the one that defines it. */
export function methodKey(fn: PyFunction, cls: PyClass): string {
  return `${functionKey(fn)}@${cls.source.file}#${cls.node.span.start}`;
}

const callersCache = new WeakMap<Frame, readonly CallerFrame[]>();

/** The calls that led to a frame, from the entry point on; all calls in one frame share them. */
export function callersOf(frame: Frame): readonly CallerFrame[] {
  const { site, parent } = frame;
  if (!site || !parent) return none;
  let callers = callersCache.get(frame);
  if (!callers) {
    const caller = parent.function?.qualifiedName;
    callers = [...callersOf(parent), { call: site.call, ...(caller === undefined ? {} : { function: caller }) }];
    callersCache.set(frame, callers);
  }
  return callers;
}

const none: readonly CallerFrame[] = [];

export class Recorder {
  readonly #calls: RawCall[] = [];
  readonly #seen = new Set<number>();
  readonly #keys = createContextKeys();
  readonly scopes: RawScope[] = [];
  /** Per function (and per method of a class) the entry points that were seen to call it; `''` for the module body. */
  readonly calledFrom = new Map<string, Set<string>>();
  /** Keys of functions that were handed to code which is not followed: it may call them in any scope. */
  readonly escaped = new Set<string>();
  /** Key of the running entry point; undefined while a module body runs. */
  root: string | undefined;
  rootName: string | undefined;
  /** True while something runs only for its effect on the state, such as `__init__` before a method. */
  isMuted = false;

  /** Keeps a record, unless the running entry point made the same one before. */
  add(record: RawCall): void {
    const { call, op, via, context } = record;
    const { numbers } = this.#keys;
    const { start, end } = call.span;
    let key = numbers.of(`${call.file}#${start}-${end} ${op.libraries.join('|')} ${op.functionName} ${via ?? ''}`);
    key = numbers.pair(key, numbers.ofShared(context.callers));
    if (context.conditions.length + context.branches.length > 0)
      key = numbers.pair(key, numbers.of([...context.conditions, ...context.branches]));
    key = numbers.pair(key, this.#keys.keyOf(context));
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#calls.push(record);
  }

  /** Takes what was recorded since the last time. */
  take(): readonly RawCall[] {
    this.#seen.clear();
    return this.#calls.splice(0);
  }

  /** Notes that the running entry point calls a function. */
  noteCalled(fn: PyFunction, self: PyObject | undefined): void {
    if (this.isMuted) return;
    const cls = self?.kind === 'instance' ? self.class : self?.kind === 'class' ? self : undefined;
    this.#note(functionKey(fn));
    if (cls) this.#note(methodKey(fn, cls));
  }

  #note(key: string): void {
    if (key === this.root) return;
    const from = this.calledFrom.get(key);
    if (from) from.add(this.root ?? '');
    else this.calledFrom.set(key, new Set([this.root ?? '']));
  }
}
