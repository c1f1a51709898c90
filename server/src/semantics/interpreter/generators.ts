/**
 * Objects that generator functions return. Their bodies run when somebody takes the items, in the scopes of whoever does
 * (A7): all at once for a loop, piece by piece for `next`. A generator whose `yield`s stand at the top level of its body
 * is followed piece by piece; any other is followed to its first `yield` only, and what it has left is not known.
 */
import type * as ast from '../../syntax/ast';
import { childrenOf, walk } from '../../syntax/visit';
import type { CallSite, PyFunction, PyObject } from './objects';
import { pyUnknown } from './objects';
import { branch, type Frame, type Machine } from './machine';
import type { Cell } from './store';
import { setVariable } from './names';
import { manyTimes } from './unseenCalls';
import { makeFrame, noteCall, refusal, runBody, type Bound } from './functions';

/** How far a generator has run. */
type Progress =
  | { readonly kind: 'fresh' }
  /** It stands before this statement of its body. */
  | { readonly kind: 'paused'; readonly frame: Frame; readonly next: number }
  | { readonly kind: 'done' }
  /** What it has left is not known. */
  | { readonly kind: 'lost' };

/** Data of the object that a generator function returns. */
export interface GeneratorCallData {
  readonly kind: 'generatorCall';
  readonly progress: Cell<Progress>;
  readonly fn: PyFunction;
  readonly bound: Bound;
  readonly site: CallSite;
  readonly self: PyObject | undefined;
}

/** What a call of a generator function gives. */
export function makeGenerator(
  machine: Machine,
  fn: PyFunction,
  bound: Bound,
  site: CallSite,
  self: PyObject | undefined,
): PyObject {
  const join = (values: readonly Progress[]): Progress => {
    const [first] = values;
    return first && values.every((one) => one === first || (one.kind === 'done' && first.kind === 'done'))
      ? first
      : { kind: 'lost' };
  };
  const data: GeneratorCallData = {
    kind: 'generatorCall',
    progress: { value: { kind: 'fresh' }, join },
    fn,
    bound,
    site,
    self,
  };
  const object: PyObject = {
    kind: 'host',
    host: {
      description: `a generator of \`${fn.name}\``,
      data,
      attribute: (name) => (/^(?:send|throw|close|next|__next__)$/.test(name) ? member(name) : undefined),
    },
  };
  /** What is sent into it is not followed: it goes on, who knows how. */
  const member = (name: string): PyObject => ({
    kind: 'host',
    host: {
      description: `\`${name}\` of a generator`,
      call: (args, at) => {
        const [sent] = args.positional;
        const isNext = name.endsWith('next') || name.endsWith('next__');
        const goesOn = isNext || (name === 'send' && sent?.value.kind === 'none');
        const item = goesOn ? stepGenerator(machine, data, at) : loseGenerator(machine, data, at);
        return item === 'end' || !item ? pyUnknown('what the generator yields', at.call) : item;
      },
    },
  });
  return object;
}

/** The generator that an object is, if any. */
export function generatorCall(object: PyObject): GeneratorCallData | undefined {
  const data = object.kind === 'host' ? object.host.data : undefined;
  return typeof data === 'object' && data !== null && (data as { kind?: unknown }).kind === 'generatorCall'
    ? (data as GeneratorCallData)
    : undefined;
}

/**
 * Runs what is left of a generator to its end.
 * @returns false when what is left is not known, so that nothing was run
 */
export function runGenerator(
  machine: Machine,
  generator: GeneratorCallData,
  onYield: ((value: PyObject) => void) | undefined,
): boolean {
  const { fn, bound, site, self, progress } = generator;
  const at = progress.value;
  if (at.kind === 'done') return true;
  if (refusal(machine, fn, site) !== undefined) return false;
  if (at.kind === 'lost') {
    runSomewhere(machine, generator, site);
    return false;
  }
  machine.store.set(progress, { kind: 'done' });
  if (at.kind === 'fresh') runBody(machine, fn, bound, site, self, onYield);
  else resume(machine, generator, at, site, onYield);
  return true;
}

/** What a generator yields; undefined when that depends on tests that are not known, or when it is not followed. */
export function collectGenerator(machine: Machine, object: PyObject): readonly PyObject[] | undefined {
  const generator = generatorCall(object);
  if (!generator) return undefined;
  const items: PyObject[] = [];
  const { branchDepth } = machine;
  let isCertain = true;
  const isRun = runGenerator(machine, generator, (value) => {
    isCertain &&= machine.branchDepth === branchDepth;
    items.push(value);
  });
  return isRun && isCertain ? items : undefined;
}

/** Runs a generator to its next `yield`: `end` when there is none, undefined when it is not known what it yields. */
export function stepGenerator(
  machine: Machine,
  generator: GeneratorCallData,
  site: CallSite,
): PyObject | 'end' | undefined {
  const { fn, bound, self, progress } = generator;
  const at = progress.value;
  if (at.kind === 'done') return 'end';
  if (refusal(machine, fn, site) !== undefined) return undefined;
  if (at.kind === 'lost') return runSomewhere(machine, generator, site);
  if (!isResumable(fn) && at.kind === 'fresh') return startOnce(machine, generator, site);
  if (at.kind === 'paused') return resume(machine, generator, at, site, 'once');
  noteCall(machine, fn, self);
  const frame = makeFrame(machine, fn, site, self);
  for (const [name, value] of bound.values) setVariable(machine, frame.environment, name, value);
  return resume(machine, generator, { kind: 'paused', frame, next: 0 }, site, 'once');
}

/** Runs the statements from where a generator stands; up to the next `yield` only when `onYield` is `once`. */
function resume(
  machine: Machine,
  { fn, progress }: GeneratorCallData,
  { frame, next }: Progress & { kind: 'paused' },
  site: CallSite,
  onYield: ((value: PyObject) => void) | 'once' | undefined,
): PyObject | 'end' {
  const caller = machine.frame;
  let yielded: PyObject | undefined;
  const take = (value: PyObject): void => {
    yielded = value;
    if (typeof onYield === 'function') onYield(value);
  };
  const { environment } = frame;
  machine.frame = { ...makeFrame(machine, fn, site, frame.self, take), environment };
  try {
    const body = fn.node.kind === 'Lambda' ? [] : fn.node.body;
    for (let i = next; i < body.length; i++) {
      const completion = machine.execute(body.slice(i, i + 1));
      if (yielded && onYield === 'once') {
        machine.store.set(progress, { kind: 'paused', frame, next: i + 1 });
        return yielded;
      }
      if (completion === 'stop') break;
    }
  } finally {
    machine.frame = caller;
  }
  machine.store.set(progress, { kind: 'done' });
  return 'end';
}

/** Ends the run of a generator at its first `yield`. */
class Yielded extends Error {
  constructor(readonly value: PyObject) {
    super('a generator has yielded');
  }
}

/** Runs a generator up to its first `yield`; what it does after that is not followed, which is said. */
function startOnce(machine: Machine, generator: GeneratorCallData, site: CallSite): PyObject | undefined {
  const { fn, bound, self, progress } = generator;
  machine.store.set(progress, { kind: 'lost' });
  const { frame, branchDepth } = machine;
  const before = machine.host.activity();
  let isFirst = true;
  try {
    runBody(machine, fn, bound, site, self, (value) => {
      // Below a test that is not known there may be another first `yield`: the rest is followed as well.
      if (isFirst && machine.branchDepth === branchDepth) throw new Yielded(value);
      isFirst = false;
    });
  } catch (error) {
    if (!(error instanceof Yielded)) throw error;
    machine.frame = frame;
    if (machine.host.activity() > before)
      machine.host.limitReached(`a generator of \`${fn.name}\` is followed to its first \`yield\``, site.call);
    return error.value;
  } finally {
    // What it has entered stays open until it goes on (A7).
    if (opensScope(fn.node)) machine.host.distrustAmbient(`a generator of \`${fn.name}\` was started`);
  }
  return undefined;
}

/** From now on it is not known how far a generator has run. */
export function loseGenerator(machine: Machine, generator: GeneratorCallData, site: CallSite): undefined {
  if (generator.progress.value.kind === 'done') return undefined;
  machine.store.set(generator.progress, { kind: 'lost' });
  return runSomewhere(machine, generator, site);
}

/** A generator that goes on from a place that is not known: what it calls may run, below who knows which scopes. */
function runSomewhere(machine: Machine, { fn, bound, self }: GeneratorCallData, site: CallSite): undefined {
  const { host } = machine;
  branch(machine, [
    () => 'normal',
    () => {
      host.distrustAmbient(`a generator of \`${fn.name}\` goes on`);
      const reason = pyUnknown(`a generator of \`${fn.name}\` changes it`, site.call);
      manyTimes(machine, () => void runBody(machine, fn, bound, site, self, () => undefined), reason);
      return 'normal';
    },
  ]);
  host.distrustAmbient(`a generator of \`${fn.name}\` went on`);
  return undefined;
}

const resumable = new WeakMap<PyFunction['node'], boolean>();

/** True when every `yield` is the value of a statement at the top level of the body. */
function isResumable(fn: PyFunction): boolean {
  let known = resumable.get(fn.node);
  if (known === undefined) {
    const body = fn.node.kind === 'Lambda' ? [] : fn.node.body;
    const top = body.filter(
      (statement) =>
        (statement.kind === 'ExpressionStatement' || statement.kind === 'Assign') &&
        statement.value.kind === 'Yield' &&
        !statement.value.isFrom,
    );
    known = top.length === body.reduce((count, statement) => count + yieldsIn(statement), 0);
    resumable.set(fn.node, known);
  }
  return known;
}

/** Number of `yield`s of the function itself. */
function yieldsIn(node: ast.Node): number {
  if (node.kind === 'FunctionDef' || node.kind === 'Lambda' || node.kind === 'ClassDef') return 0;
  return (node.kind === 'Yield' ? 1 : 0) + childrenOf(node).reduce((count, child) => count + yieldsIn(child), 0);
}

/** True when a function enters context managers at all. */
function opensScope(node: ast.Node): boolean {
  let found = false;
  walk(node, (inner) => {
    if (inner.kind === 'With') found = true;
  });
  return found;
}
