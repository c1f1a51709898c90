/**
 * Runs one file with all its functions as entry points and collects what happens: the module body first, below an empty
 * scope, then every function on its own, below the unknown scope of its callers (A11); once with unknown parameters, and
 * once with their defaults. Bounded per entry point and per file; never throws for user code (only `Cancelled`).
 */
import { neverCancelled, type CancelToken } from '../../base/cancel';
import type { ManagerOption, PyClass, PyFunction, PyObject } from '../../semantics/interpreter/objects';
import { pyUnknown } from '../../semantics/interpreter/objects';
import { attributesCell, makeDict } from '../../semantics/interpreter/join';
import { createMachine, moduleFrame, type CreatedMachine } from '../../semantics/interpreter/createMachine';
import { BudgetExceeded, defaultLimits, type Limits } from '../../semantics/interpreter/machine';
import { parameterUnknown, runBody } from '../../semantics/interpreter/functions';
import { variable } from '../../semantics/interpreter/names';
import { forgetWhatChanged } from '../../semantics/interpreter/freeVariables';
import { forgetMutatedGlobals } from '../../semantics/interpreter/forgetGlobals';
import type { Program, SourceFile } from '../../semantics/program';
import type { AnalysisProblem } from '../model';
import { scopesAround } from './scopeManager';
import { createSlimHost, type DefinedFunction, type SlimHost } from './slimHost';
import { baseStacks, callerRest } from './scopeStack';
import { functionKey, type RawCall, type RawScope } from './recorder';

export interface RunOptions {
  readonly cancel?: CancelToken;
  readonly limits?: Limits;
  /** False to leave out the run with default parameters, which fills `EffectiveArgument.assumed`; true when absent. */
  readonly assume?: boolean;
  /** True when the calls of called functions are recorded too, with the calls that lead to them. */
  readonly callers?: boolean;
}

/** What happened in a run of one file. Records may lie in other files, when their functions were called. */
export interface FileRun {
  readonly file: string;
  readonly calls: readonly RawCall[];
  /** The same with parameters at their defaults. */
  readonly assumed: readonly RawCall[];
  readonly scopes: readonly RawScope[];
  /** Keys of the functions that were called by something else. */
  readonly called: ReadonlySet<string>;
  readonly problems: readonly AnalysisProblem[];
}

/** How the parameters of an entry point are bound. */
type Mode = 'open' | 'assumed';

/** Runs a file. */
export function runFile(program: Program, source: SourceFile, options: RunOptions = {}): FileRun {
  return new Run(program, source, options).run();
}

/** A long file may take more steps: a fixed bound would leave the end of a generated network without an answer. */
function limitsOf(length: number): Limits {
  const { steps, totalSteps } = defaultLimits;
  return { ...defaultLimits, steps: Math.max(steps, length), totalSteps: Math.max(totalSteps, 3 * length) };
}

class Run {
  readonly #created: CreatedMachine;
  readonly #problems: AnalysisProblem[] = [];
  readonly #assumedCalls: RawCall[] = [];
  readonly #openCalls: RawCall[] = [];
  #slim: SlimHost | undefined;

  constructor(
    readonly program: Program,
    readonly source: SourceFile,
    readonly options: RunOptions,
  ) {
    this.#created = createMachine({
      program,
      limits: options.limits ?? limitsOf(source.text.length),
      cancel: options.cancel ?? neverCancelled,
      host: (machine) => {
        this.#slim = createSlimHost(machine, options.callers ?? false);
        return this.#slim;
      },
      aroundModule: (module, run) => this.#aroundModule(module, run),
    });
  }

  get #host(): SlimHost {
    if (!this.#slim) throw new Error('the host exists once the machine does');
    return this.#slim;
  }

  run(): FileRun {
    const { source } = this;
    const { machine } = this.#created;
    machine.module(source);
    this.#collect(this.#openCalls);
    const functions = this.#host.takeDefined().filter(({ fn }) => fn.source.file === source.file);
    for (const fn of functions) this.#entry(fn, 'open');
    if (this.options.assume ?? true) for (const fn of functions) this.#entry(fn, 'assumed');
    if (this.#created.counter.exhausted) {
      this.#problems.push({ reason: 'the file takes too many steps: some of its functions were not followed' });
    }
    const { recorder } = this.#host.state;
    return {
      file: source.file,
      calls: this.#openCalls,
      assumed: this.#assumedCalls,
      scopes: recorder.scopes,
      called: recorder.called,
      problems: this.#problems,
    };
  }

  /** A module runs below an empty scope, whoever imports it, and within a budget of its own. */
  #aroundModule(module: SourceFile, run: () => void): void {
    const { state } = this.#host;
    const before = state.stacks;
    state.stacks = baseStacks();
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
    into.push(...this.#host.state.recorder.calls.splice(0));
  }

  /** Runs a function as an entry point, then the functions that it defines, and takes all changes back. */
  #entry({ fn, decorated }: DefinedFunction, mode: Mode): void {
    const { machine, counter } = this.#created;
    const { state } = this.#host;
    if (counter.exhausted) return;
    const at = { file: fn.source.file, span: fn.node.span };
    const mark = machine.store.mark();
    const idle = machine.frame;
    machine.frame = { ...moduleFrame(machine, fn.closure, fn.source), depth: -1 };
    state.stacks = baseStacks(callerRest(fn.qualifiedName, at));
    counter.reset();
    state.recorder.root = functionKey(fn);
    state.recorder.rootName = fn.qualifiedName;
    const { firstCalls } = machine;
    machine.firstCalls = new Map(firstCalls);
    forgetMutatedGlobals(machine, this.#created.modules);
    forgetWhatChanged(machine, fn);
    try {
      const values = this.#parameters(fn, mode);
      const self = values.get(fn.node.parameters[0]?.name.name ?? '');
      const run = () => void runBody(machine, fn, { values }, undefined, self, () => undefined);
      this.#within(scopesAround(decorated), run);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      if (mode === 'open' && !counter.exhausted) {
        this.#problems.push({
          reason: `\`${fn.qualifiedName}\` was not followed to its end: it takes too many steps`,
          at,
        });
      }
    } finally {
      machine.frame = idle;
    }
    this.#collect(mode === 'open' ? this.#openCalls : this.#assumedCalls);
    for (const inner of this.#host.takeDefined()) if (inner.fn.source.file === fn.source.file) this.#entry(inner, mode);
    machine.store.rollback(mark);
    machine.firstCalls = firstCalls;
  }

  /** Runs inside the scopes that `@arg_scope(...)` decorators open around each call, inner ones last. */
  #within(scopes: readonly (() => readonly ManagerOption[])[], run: () => void): void {
    const [inner, ...outer] = scopes;
    if (!inner) run();
    else this.#within(outer, () => inner().forEach((option) => option.run(run)));
  }

  #parameters(fn: PyFunction, mode: Mode): ReadonlyMap<string, PyObject> {
    const { machine } = this.#created;
    const values = new Map<string, PyObject>();
    fn.node.parameters.forEach((parameter, i) => {
      const { name } = parameter.name;
      const self = i === 0 ? selfOf(fn) : undefined;
      const given = mode === 'assumed' ? fn.defaults.get(name) : undefined;
      if (parameter.form === 'plain') values.set(name, self ?? given ?? parameterUnknown(machine, fn, parameter));
      else if (parameter.form === 'doubleStar') {
        const rest = parameterUnknown(machine, fn, parameter);
        values.set(name, makeDict(new Map(), rest.kind === 'unknown' ? rest : pyUnknown('keywords of the caller')));
      } else if (parameter.form === 'star') values.set(name, parameterUnknown(machine, fn, parameter));
      for (const unpacked of parameter.unpacked ?? [])
        values.set(unpacked.name, parameterUnknown(machine, fn, parameter));
    });
    return values;
  }
}

/** `self` of a method: some instance of the class whose body defines it. */
function selfOf(fn: PyFunction): PyObject | undefined {
  const { closure, node } = fn;
  if (closure.scope.kind !== 'class' || !closure.parent || node.kind !== 'FunctionDef') return undefined;
  if (node.decorators.some((decorator) => decorator.kind === 'Name' && decorator.name === 'staticmethod'))
    return undefined;
  const classNode = closure.scope.node;
  const bound = classNode.kind === 'ClassDef' ? variable(closure.parent, classNode.name.name) : undefined;
  const cls: PyClass | undefined = bound?.kind === 'class' && bound.namespace === closure ? bound : undefined;
  if (!cls) return undefined;
  if (node.decorators.some((decorator) => decorator.kind === 'Name' && decorator.name === 'classmethod')) return cls;
  return { kind: 'instance', class: cls, attributes: attributesCell(new Map()), open: true };
}
