/**
 * Runs one file and collects what happens: the module body first, below an empty scope, then functions as entry points,
 * below the unknown scope of their callers (A11). In mode `own` every function is an entry point and only its own calls
 * are recorded: what a file says by itself. In mode `callers` only functions that nothing calls are entry points, and
 * all calls that they lead to are recorded, in whichever file they are: what a file says about the others.
 * Bounded per entry point and per file; never throws for user code (only `Cancelled`).
 */
import { neverCancelled, type CancelToken } from '../../base/cancel';
import type {
  CallArguments,
  EvaluatedArgument,
  ManagerOption,
  PyClass,
  PyFunction,
  PyObject,
} from '../../semantics/interpreter/objects';
import { pyStr, pyUnknown } from '../../semantics/interpreter/objects';
import { makeDict } from '../../semantics/interpreter/join';
import { createMachine, moduleFrame, type CreatedMachine } from '../../semantics/interpreter/createMachine';
import { BudgetExceeded, defaultLimits, type Limits, type Machine } from '../../semantics/interpreter/machine';
import { bindParameters, parameterUnknown, runBody } from '../../semantics/interpreter/functions';
import { forgetWhatChanged } from '../../semantics/interpreter/freeVariables';
import { forgetMutatedGlobals } from '../../semantics/interpreter/forgetGlobals';
import { openInstance } from '../../semantics/interpreter/openInstance';
import type { Program, SourceFile } from '../../semantics/program';
import { withNets } from '../library/nets/netProgram';
import type { FunctionDef, Parameter } from '../../syntax/ast';
import type { AnalysisProblem, Assumptions } from '../model';
import {
  definingClass,
  entriesThroughCallers,
  hasDefaults,
  isDecoratedWith,
  nameOf,
  someInstance,
  type Entry,
} from './entryPoints';
import type { OpReach } from './opReach';
import { AssumedCallers, type AssumptionOptions } from './assumedCallers';
import { scopesAround } from './scopeManager';
import { createSlimHost, type SlimHost } from './slimHost';
import { baseStacks, callerRest } from './scopeStack';
import { functionKey, type RawCall, type RawScope } from './recorder';
import type { TensorTrace } from './tensorTrace';

/** See the file comment. */
export type RunMode = 'own' | 'callers';

export interface RunOptions {
  readonly mode: RunMode;
  readonly cancel?: CancelToken;
  readonly limits?: Limits;
  /** Which functions can lead to an op; the others are not run. */
  readonly reach?: OpReach;
  /** How to read the scopes that the user says functions are called in; none are assumed when absent. */
  readonly assumptions?: AssumptionOptions;
  /** Whoever follows tensors through the run. */
  readonly trace?: (machine: Machine) => TensorTrace;
  /** Start of the one function to run as an entry point, with its parameters at their defaults. */
  readonly only?: number;
}

/** What happened in a run of one file. Records may lie in other files, when their functions were called. */
export interface FileRun {
  readonly file: string;
  readonly mode: RunMode;
  readonly calls: readonly RawCall[];
  /** The same with parameters at their defaults; empty in mode `own`. */
  readonly assumed: readonly RawCall[];
  readonly scopes: readonly RawScope[];
  /** The entry points that were run. */
  readonly roots: readonly string[];
  /** True when a function was not run as an entry point, because something calls it. */
  readonly hasSkipped: boolean;
  /** Per function the entry points that call it (see `Recorder.calledFrom`). */
  readonly calledFrom: ReadonlyMap<string, ReadonlySet<string>>;
  /** Keys of functions that code which is not followed may call. */
  readonly escaped: ReadonlySet<string>;
  readonly problems: readonly AnalysisProblem[];
  /** What was assumed about the callers of functions of this file; absent when nothing was. */
  readonly assumptions?: Assumptions;
}

/** How the parameters of an entry point are bound. */
type Binding = 'open' | 'assumed';

/** Runs a file. */
export function runFile(program: Program, source: SourceFile, options: RunOptions): FileRun {
  return new Run(program, source, options).run();
}

/** A run through callers follows whole networks, and one script may build all that there are. */
const CALLERS_FACTOR = { steps: 24, totalSteps: 10 };

/** A long file may take more steps: a fixed bound would leave the end of a generated network without an answer. */
function limitsOf(length: number, mode: RunMode): Limits {
  const { steps, totalSteps } = defaultLimits;
  const factor = mode === 'callers' ? CALLERS_FACTOR : { steps: 1, totalSteps: 1 };
  return {
    ...defaultLimits,
    steps: factor.steps * Math.max(steps, length),
    totalSteps: factor.totalSteps * Math.max(totalSteps, 3 * length),
  };
}

class Run {
  readonly #created: CreatedMachine;
  readonly #problems: AnalysisProblem[] = [];
  readonly #assumedCalls: RawCall[] = [];
  readonly #openCalls: RawCall[] = [];
  readonly #roots: string[] = [];
  readonly #rootStacks = baseStacks();
  readonly #assumed: AssumedCallers;
  #hasSkipped = false;
  #slim: SlimHost | undefined;

  constructor(
    readonly program: Program,
    readonly source: SourceFile,
    readonly options: RunOptions,
  ) {
    this.#created = createMachine({
      program: withNets(program),
      limits: options.limits ?? limitsOf(source.text.length, options.mode),
      cancel: options.cancel ?? neverCancelled,
      host: (machine) => {
        this.#slim = createSlimHost(machine, options.mode === 'callers', options.trace?.(machine));
        return this.#slim;
      },
      aroundModule: (module, run) => this.#aroundModule(module, run),
      moduleName: (module) => this.#moduleName(module),
    });
    this.#assumed = new AssumedCallers(this.#created, source, options.assumptions);
  }

  get #host(): SlimHost {
    if (!this.#slim) throw new Error('the host exists once the machine does');
    return this.#slim;
  }

  run(): FileRun {
    const { source, options } = this;
    const { machine, counter } = this.#created;
    machine.module(source);
    this.#collect(this.#openCalls);
    const functions = this.#host.takeDefined().filter(({ fn }) => fn.source.file === source.file && this.#matters(fn));
    const entries = functions.map((defined): Entry => ({ ...defined, key: functionKey(defined.fn) }));
    for (const { fn, key } of entries) if (this.#assumed.isNamed(fn)) this.#host.state.recorder.escaped.add(key);
    if (options.only !== undefined) {
      for (const entry of entries) if (entry.fn.node.span.start === options.only) this.#entry(entry, 'assumed');
    } else if (options.mode === 'own') entries.forEach((entry) => this.#entry(entry, 'open'));
    else {
      const isMentioned = (fn: FunctionDef): boolean => options.reach?.isMentioned(fn) ?? false;
      this.#followEntries(entriesThroughCallers(entries, isMentioned));
    }
    if (counter.exhausted) {
      this.#problems.push({
        reason: `${source.path} takes too many steps: some of its functions were not followed`,
      });
    }
    const { recorder } = this.#host.state;
    const { assumptions } = this.#assumed;
    return {
      file: source.file,
      mode: options.mode,
      calls: this.#openCalls,
      assumed: this.#assumedCalls,
      scopes: recorder.scopes,
      roots: this.#roots,
      hasSkipped: this.#hasSkipped,
      calledFrom: recorder.calledFrom,
      escaped: recorder.escaped,
      problems: [...this.#problems, ...this.#host.state.problems],
      ...(assumptions && { assumptions }),
    };
  }

  #matters(fn: PyFunction): boolean {
    const mayReach = this.options.reach?.mayReach(fn.node) ?? true;
    return mayReach || (this.options.mode === 'own' && this.#assumed.isNamed(fn));
  }

  /** Entry points that an earlier one was seen to call are no entry points. */
  #followEntries(entries: readonly Entry[]): void {
    const { recorder } = this.#host.state;
    for (const entry of entries) {
      if (!this.#matters(entry.fn)) continue;
      if (recorder.calledFrom.has(entry.key) && !recorder.escaped.has(entry.key)) {
        this.#hasSkipped = true;
        continue;
      }
      const { state } = this.#host;
      state.isLeftToCallers = false;
      this.#entry(entry, 'open');
      if (hasDefaults(entry) || state.isLeftToCallers) this.#entry(entry, 'assumed');
    }
  }

  /** Who may call whom is asked of scripts: the file is then the one that Python was started with. */
  #moduleName(module: SourceFile): PyObject | undefined {
    const isMain = module.file === this.source.file;
    if (!isMain) return { ...pyUnknown('the name of an imported module'), isNot: '__main__' };
    return this.options.mode === 'callers' ? pyStr('__main__') : undefined;
  }

  /** A module runs below the root scope of the process, whoever imports it, and within a budget of its own. */
  #aroundModule(module: SourceFile, run: () => void): void {
    const { state } = this.#host;
    const before = state.stacks;
    state.stacks = this.#rootStacks;
    try {
      run();
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      this.#created.counter.reset();
      this.#problems.push({
        reason: `the top level of ${module.path} was not followed to its end: it takes too many steps`,
      });
    } finally {
      state.stacks = before;
    }
  }

  #collect(into: RawCall[]): void {
    for (const record of this.#host.state.recorder.take()) into.push(record);
  }

  /** Runs a function as an entry point, then the functions that it defines, and takes all changes back. */
  #entry(entry: Entry, binding: Binding): void {
    const { fn, key } = entry;
    const { machine, counter } = this.#created;
    const { state } = this.#host;
    if (counter.exhausted) return;
    const at = { file: fn.source.file, span: fn.node.span };
    const mark = machine.store.mark();
    const idle = machine.frame;
    machine.frame = { ...moduleFrame(machine, fn.closure, fn.source), depth: -1 };
    state.stacks = baseStacks(callerRest(fn.qualifiedName, at));
    counter.reset();
    state.assumesNoCaller = binding === 'assumed';
    state.recorder.root = key;
    state.recorder.rootName = fn.qualifiedName;
    if (binding === 'open') this.#roots.push(key);
    const { firstCalls } = machine;
    machine.firstCalls = new Map(firstCalls);
    forgetMutatedGlobals(machine, this.#created.modules);
    forgetWhatChanged(machine, fn);
    try {
      this.#assumed.enter(state, fn);
      this.#runEntry(entry, binding);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      if (binding === 'open' && !counter.exhausted) {
        this.#problems.push({
          reason: `\`${fn.qualifiedName}\` was not followed to its end: it takes too many steps`,
          at,
        });
      }
    } finally {
      machine.frame = idle;
      state.assumedScope = undefined;
    }
    this.#collect(binding === 'open' ? this.#openCalls : this.#assumedCalls);
    this.#innerEntries(fn, binding);
    machine.store.rollback(mark);
    machine.firstCalls = firstCalls;
  }

  /** Functions that an entry point defined and nothing called: whoever gets them may call them in any scope. */
  #innerEntries(outer: PyFunction, binding: Binding): void {
    const { calledFrom } = this.#host.state.recorder;
    for (const inner of this.#host.takeDefined()) {
      const key = functionKey(inner.fn);
      const isFollowed = this.options.mode === 'callers' && calledFrom.has(key);
      if (isFollowed) this.#hasSkipped = true;
      else if (inner.fn.source.file === outer.source.file) this.#entry({ ...inner, key }, binding);
    }
  }

  /**
   * A caller calls what the decorators made of the function. By itself (mode `own`) the function is looked at below
   * the scopes that they open, since its own calls are of interest only.
   */
  #runEntry({ fn, decorated, cls }: Entry, binding: Binding): void {
    const { machine } = this.#created;
    const self = this.#selfOf(fn, cls, binding);
    if (this.options.mode === 'callers' && decorated.kind === 'function' && decorated !== fn) {
      const bound = bindParameters(decorated, this.#arguments(fn, binding, self), (parameter) =>
        parameterUnknown(machine, decorated, parameter),
      );
      runBody(machine, decorated, bound, undefined, self, () => undefined);
      return;
    }
    const values = this.#parameters(fn, binding, self);
    const run = () => void runBody(machine, fn, { values }, undefined, self, () => undefined);
    this.#within(scopesAround(decorated), run);
  }

  /** Runs inside the scopes that `@arg_scope(...)` decorators open around each call, inner ones last. */
  #within(scopes: readonly (() => readonly ManagerOption[])[], run: () => void): void {
    const [inner, ...outer] = scopes;
    if (!inner) run();
    else this.#within(outer, () => inner().forEach((option) => option.run(run)));
  }

  /** What somebody passes to a wrapper of a function: all of its parameters, or only those that it requires. */
  #arguments(fn: PyFunction, binding: Binding, self: PyObject | undefined): CallArguments {
    const at = { file: fn.source.file, span: fn.node.span };
    const isPassed = ({ form, keywordOnly, name }: Parameter): boolean =>
      form === 'plain' && keywordOnly !== true && (binding === 'open' || !fn.defaults.has(name.name));
    const values = this.#parameters(fn, 'open', self);
    const positional = fn.node.parameters.filter(isPassed).flatMap(({ name }): readonly EvaluatedArgument[] => {
      const value = values.get(name.name);
      return value ? [{ value, form: 'positional', at }] : [];
    });
    const unknownKeywords = pyUnknown(`keywords that a caller of \`${fn.qualifiedName}\` may pass`, at);
    return binding === 'open' ? { positional, keywords: [], unknownKeywords } : { positional, keywords: [] };
  }

  #parameters(fn: PyFunction, binding: Binding, self: PyObject | undefined): ReadonlyMap<string, PyObject> {
    const { machine } = this.#created;
    const values = new Map<string, PyObject>();
    fn.node.parameters.forEach((parameter, i) => {
      const { name } = parameter.name;
      const given = (i === 0 ? self : undefined) ?? (binding === 'assumed' ? fn.defaults.get(name) : undefined);
      if (parameter.form === 'plain') values.set(name, given ?? parameterUnknown(machine, fn, parameter));
      else if (parameter.form === 'doubleStar') {
        const rest = parameterUnknown(machine, fn, parameter);
        values.set(name, makeDict(new Map(), rest.kind === 'unknown' ? rest : pyUnknown('keywords of the caller')));
      } else if (parameter.form === 'star') values.set(name, parameterUnknown(machine, fn, parameter));
      for (const unpacked of parameter.unpacked ?? [])
        values.set(unpacked.name, parameterUnknown(machine, fn, parameter));
    });
    return values;
  }

  /** What a method is bound to: its class, or some instance, of which `__init__` tells the attributes. */
  #selfOf(fn: PyFunction, of: PyClass | undefined, binding: Binding): PyObject | undefined {
    const cls = of ?? definingClass(fn);
    if (!cls || isDecoratedWith(fn, 'staticmethod')) return undefined;
    if (isDecoratedWith(fn, 'classmethod')) return cls;
    if (this.options.mode === 'own' || nameOf(fn) === '__init__') return someInstance(cls);
    const { machine, modules } = this.#created;
    const { recorder } = this.#host.state;
    recorder.isMuted = true;
    try {
      const sources = [...modules.values()].map((module) => module.source);
      return openInstance(machine, cls, sources, (init, self) => this.#parameters(init, binding, self));
    } finally {
      recorder.isMuted = false;
    }
  }
}
