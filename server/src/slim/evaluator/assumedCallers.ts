/**
 * Runs entry points below the scope that the user says they are called in, instead of the unknown one of a caller (A11).
 * NAME is looked up where the function is defined, then as a path of modules. What gives no saved scope changes nothing
 * and is told.
 */
import type { Location } from '../../base/span';
import type { CreatedMachine } from '../../semantics/interpreter/createMachine';
import { moduleFrame } from '../../semantics/interpreter/createMachine';
import type { PyFunction, PyObject } from '../../semantics/interpreter/objects';
import type { Frame } from '../../semantics/interpreter/machine';
import { variable } from '../../semantics/interpreter/names';
import type { SourceFile } from '../../semantics/program';
import type { Parse } from '../../syntax/parse';
import {
  factoryName,
  readAssumptions,
  readSettingAssumption,
  type AssumedScope,
  type SettingAssumption,
} from '../assumedScopes';
import type { AssumptionProblem, Assumptions } from '../model';
import type { SlimState } from './slimState';
import { baseStacks, copyScope, push } from './scopeStack';

/** What the evaluator is told to assume. */
export interface AssumptionOptions {
  readonly parse: Parse;
  /** `FUNCTION=NAME(...)` or `NAME(...)`. */
  readonly settings: readonly string[];
}

/** See the file comment. */
export class AssumedCallers {
  readonly #written: ReturnType<typeof readAssumptions>;
  readonly #settings: readonly SettingAssumption[];
  readonly #problems: AssumptionProblem[] = [];
  readonly #applied = new Map<string, string>();
  readonly #created: CreatedMachine;

  constructor(created: CreatedMachine, source: SourceFile, options: AssumptionOptions | undefined) {
    this.#created = created;
    this.#written = options ? readAssumptions(source, options.parse) : { assumed: new Map(), problems: [] };
    this.#settings = (options?.settings ?? []).flatMap((text) =>
      options ? (readSettingAssumption(text, options.parse) ?? []) : [],
    );
  }

  /** Complete once the functions of the file were run. */
  get assumptions(): Assumptions | undefined {
    const problems = [...this.#written.problems, ...this.#problems];
    const applied = [...this.#applied].map(([fn, scope]) => ({ function: fn, scope }));
    return applied.length + problems.length > 0 ? { applied, problems } : undefined;
  }

  /** True for a function that is said to be called by others than those that are seen. */
  isNamed(fn: PyFunction): boolean {
    return this.#find(fn)?.isNamed === true;
  }

  /** Makes the assumed scope the active one, when there is one for this function. Its frame must be running. */
  enter(state: SlimState, fn: PyFunction): void {
    const found = this.#find(fn);
    if (!found) return;
    const { scope } = found;
    const saved = this.#evaluate(state, fn, scope);
    if (saved?.kind !== 'dict') {
      this.#note(scope, saved);
      return;
    }
    const at = scope.at ?? functionPlace(fn);
    const activation = state.nextActivation();
    const { rest } = saved.cell.value;
    const doubt = rest ? { reason: `the assumed \`${scope.text}\` is not known: ${rest.reason}`, at } : undefined;
    state.stacks = push(baseStacks(), ['contrib', 'tf_slim'], (parent) => {
      return { top: copyScope(saved), parent, activation, reentry: at, maybe: undefined, doubt };
    });
    this.#applied.set(fn.qualifiedName, scope.text);
    state.assumedScope = { text: scope.text, at };
  }

  #find({ node, source, qualifiedName }: PyFunction) {
    const own = node.kind === 'FunctionDef' ? this.#written.assumed.get(node) : undefined;
    if (own) return { scope: own, isNamed: true };
    const names = [qualifiedName, `${source.moduleName}.${qualifiedName}`];
    const named = this.#settings.find(({ function: fn }) => fn !== undefined && names.includes(fn));
    if (named) return { scope: named.scope, isNamed: true };
    const general = this.#settings.find(({ function: fn }) => fn === undefined);
    return general && factoryName(general.scope).at(-1) !== qualifiedName
      ? { scope: general.scope, isNamed: false }
      : undefined;
  }

  /** What NAME gives when it is called outside of any scope; undefined when there is no such name. */
  #evaluate(state: SlimState, fn: PyFunction, scope: AssumedScope): PyObject | undefined {
    const { machine } = this.#created;
    const place = this.#placeOf(fn, scope);
    if (!place) return undefined;
    const before = machine.frame;
    const { isMuted } = state.recorder;
    machine.frame = { ...place.frame, depth: -1 };
    state.recorder.isMuted = true;
    const { stacks } = state;
    state.stacks = baseStacks();
    try {
      return machine.evaluate({ ...scope.call, callee: place.callee ?? scope.call.callee });
    } finally {
      state.stacks = stacks;
      state.recorder.isMuted = isMuted;
      machine.frame = before;
    }
  }

  /** Where the call is evaluated; by another callee where the name begins with a module. */
  #placeOf(fn: PyFunction, scope: AssumedScope): { frame: Frame; callee?: AssumedScope['call']['callee'] } | undefined {
    const { machine } = this.#created;
    const [root = '', ...rest] = factoryName(scope);
    for (let at: typeof fn.closure | undefined = fn.closure; at; at = at.parent) {
      if (variable(at, root) === undefined) continue;
      return { frame: moduleFrame(machine, fn.closure, said(fn.source, scope)) };
    }
    const last = rest.pop();
    const found =
      last === undefined ? undefined : machine.program.resolveImport(fn.source, [root, ...rest].join('.'), 0);
    if (!found || last === undefined) return undefined;
    const { namespace } = machine.module(found);
    const callee = { kind: 'Name', span: scope.call.callee.span, name: last } as const;
    return variable(namespace, last) && { frame: moduleFrame(machine, namespace, said(found, scope)), callee };
  }

  #note({ at, text, call }: AssumedScope, found: PyObject | undefined): void {
    if (!at || this.#problems.some(({ span }) => span === at.span)) return;
    const name = factoryName({ text, call }).join('.');
    const why = found?.kind === 'unknown' ? `: ${found.reason}` : '';
    const problem = found
      ? `\`${text}\` gives no scope that \`arg_scope\` could enter${why}`
      : `There is no \`${name}\` here: import it, or write it with its module (\`package.module.${name}(...)\`)`;
    this.#problems.push({ span: at.span, problem });
  }
}

function functionPlace({ node, source }: PyFunction): Location {
  return { file: source.file, span: node.kind === 'FunctionDef' ? node.name.span : node.span };
}

/** The text that the spans of the call belong to. */
function said(source: SourceFile, { at, text }: AssumedScope): SourceFile {
  return at?.file === source.file ? source : { ...source, file: '', text };
}
