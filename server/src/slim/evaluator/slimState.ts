/**
 * State of the TF-Slim side of one interpretation: the scope stacks, the registry of ops, the recorder, and small helpers
 * that need the program (texts, lines).
 */
import { lineText } from '../../semantics/lineText';
import { sameLocation, type Location } from '../../base/span';
import type * as ast from '../../syntax/ast';
import { findPath } from '../../syntax/visit';
import type { CallSite, EvaluatedArgument, PyObject } from '../../semantics/interpreter/objects';
import { pyUnknown } from '../../semantics/interpreter/objects';
import { makeDict } from '../../semantics/interpreter/join';
import type { Frame, Machine } from '../../semantics/interpreter/machine';
import type { SlimLibrary } from '../library/libraryObject';
import type { AnalysisProblem, CallContext } from '../model';
import { OpenExtents } from './scopeExtent';
import type { TensorTrace } from './tensorTrace';
import type { OpIdentity } from './opIdentity';
import { Recorder } from './recorder';
import { baseStacks, doubtedScope, eitherStack, maybeSets, replacedTop, type Stacks } from './scopeStack';

type Via = 'repeat' | 'stack' | 'indirect';

export class SlimState {
  readonly recorder = new Recorder();
  readonly knownOps = new Map<string, OpIdentity>();
  /** Bounds that were reached. */
  readonly problems: AnalysisProblem[] = [];
  stacks: Stacks = baseStacks();
  /** What runs inside the scopes that are open. */
  readonly extents = new OpenExtents();
  /** Texts of the defaults of command-line flags, and the flags that were read. */
  readonly flagDefaults = new Map<string, string>();
  readonly flags = new Map<string, PyObject>();
  /** True once something was left open because a caller's arg_scope may set it. */
  isLeftToCallers = false;
  /** True in a run that shows what is the case if no caller sets anything. */
  assumesNoCaller = false;
  /** The scope that the running entry point is said to be called in. */
  assumedScope: CallContext['assumes'];
  /** Counts what enters or leaves a scope outside of `with`: until then, leaving one leads back to what was before. */
  imbalance = 0;
  #activation = 0;
  #calls = 0;
  #serial = 0;
  readonly #via = new WeakMap<CallSite, Via>();

  /**
   * @param callers true when the calls of called functions are recorded too, not only those of entry points
   * @param tensors whoever follows tensors through the run
   */
  constructor(
    readonly machine: Machine,
    readonly callers: boolean,
    readonly tensors?: TensorTrace,
  ) {}

  /** Grows with every scope and every op call. */
  get activity(): number {
    return this.#activation + this.#calls;
  }

  /** Counts an op call. */
  noteActivity(): void {
    this.#calls++;
  }

  /** Notes a bound that was reached, once for each place. */
  noteProblem(reason: string, at: Location): void {
    const isKnown = this.problems.some((known) => known.at !== undefined && sameLocation(known.at, at));
    if (this.callers && !this.recorder.isMuted && !isKnown) this.problems.push({ reason, at });
  }

  /** A number that is higher for each entry of a scope. */
  nextActivation(): number {
    return ++this.#activation;
  }

  /** A number that is different for each decoration. */
  nextSerial(): number {
    return ++this.#serial;
  }

  /** True when the calls of a frame are recorded. */
  records(frame: Frame): boolean {
    return !this.recorder.isMuted && (this.callers || frame.depth === 0);
  }

  /** Remembers that a call is made by a function of the library. */
  setVia(site: CallSite, via: Via): void {
    this.#via.set(site, via);
  }

  /** How a call came about, when it is not written as such. */
  viaOf(site: CallSite): Via | undefined {
    return this.#via.get(site);
  }

  /** Both stacks after branches that left them differently (a manual `__enter__`, a failed entry on one of them). */
  uncertainStacks(a: Stacks, b: Stacks): Stacks {
    return eitherStack(a, b, pyUnknown('which arg_scopes are open here depends on the path'));
  }

  /** Forgets which scopes are open. */
  distrustStacks(reason: string, fromCaller?: boolean): void {
    this.extents.noteUnseen();
    const why = pyUnknown(reason);
    this.stacks = eitherStack(this.stacks, baseStacks(), fromCaller ? { ...why, fromCaller } : why);
  }

  /** Remembers an op, so that its entries in scope dictionaries can be named. */
  knowOp(identity: OpIdentity): void {
    for (const key of Object.values(identity.keys)) this.knownOps.set(`s:${key}`, identity);
  }

  /** The current scope dictionary; for an import with two alternatives, the entries of both (their keys differ). */
  currentScope(libraries: readonly SlimLibrary[]): PyObject {
    const [first, second] = libraries;
    if (!first) return makeDict(new Map());
    // Whoever gets it may enter it elsewhere.
    this.extents.noteUnseen();
    const { top } = this.stacks[first];
    // Saved and entered elsewhere, the doubt has to travel with the dictionary, which is the one of the active scope.
    const doubts = maybeSets(this.stacks[first]);
    if (doubts.length > 0) {
      const doubted = doubtedScope(top, doubts);
      this.stacks = replacedTop(this.stacks, libraries, doubted);
      return doubted;
    }
    if (!second || this.stacks[second].top === top) return top;
    const other = this.stacks[second].top.cell.value;
    const entries = new Map(top.cell.value.entries);
    for (const [key, entry] of other.entries) {
      const isOthers = `s:${this.knownOps.get(key)?.keys[second] ?? ''}` === key;
      if (isOthers || !entries.has(key)) entries.set(key, entry);
    }
    return makeDict(entries, top.cell.value.rest ?? other.rest);
  }

  textAt(location: Location): string {
    return this.machine.program.getFile(location.file)?.text.slice(location.span.start, location.span.end) ?? '';
  }

  /** `line 12`. */
  lineOf(location: Location): string {
    return lineText(this.machine.program.getFile(location.file), location.span.start);
  }

  /** Locations of the elements of a literal list; empty when the list is not written in place. */
  elementLocations(argument: EvaluatedArgument): readonly Location[] {
    const { expression } = argument;
    const source = expression && this.machine.program.getFile(expression.file);
    if (!expression || !source) return [];
    const node = findPath(source.tree.module, expression.span.start).find(
      (one): one is ast.Sequence =>
        (one.kind === 'List' || one.kind === 'Tuple') &&
        one.span.start === expression.span.start &&
        one.span.end === expression.span.end,
    );
    if (!node || node.elements.some((element) => element.kind === 'Starred')) return [];
    return node.elements.map((element) => ({ file: expression.file, span: element.span }));
  }
}
