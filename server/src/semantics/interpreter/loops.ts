/**
 * `for` and `while`. A loop over a known sequence runs round by round with real values. Any other loop runs its body until
 * the state no longer changes, then what keeps changing is unknown: the first round shows the values at the start, the
 * later ones what may have become of them.
 */
import type * as ast from '../../syntax/ast';
import type { CallSite, DictContent, ListContent, PyList, PyObject, PyOption, PyUnknown } from './objects';
import { anotherUnknown, containerOf, optionsOf, pyUnknown } from './objects';
import { classMember } from './classes';
import { sameObject } from './join';
import { truth } from './operators';
import { branch, here, lineOf, type Completion, type LoopFrame, type Machine } from './machine';
import type { Cell, Changes, Mark } from './store';
import { generatorCall, runGenerator } from './generators';
import { seenItems } from './iterators';
import { isStepped, iteratorOf, loseSteps, stepItem } from './steps';
import { possibleOptions } from './dispatch';
import { withCondition } from './withStatement';
import { inFrameOf } from './contextManagers';

const MAX_ROUNDS = 4;

/** `for target in iter: ... else: ...` */
export function executeFor(machine: Machine, node: ast.For): Completion {
  const iterable = machine.evaluate(node.iter);
  if (iterable.kind !== 'choice') return loopOver(machine, node, iterable);
  const run = (option: PyOption) => (): Completion => {
    let completion: Completion = 'normal';
    withCondition(machine, option.when ? { condition: option.when } : {}, () => {
      completion = loopOver(machine, node, option.value);
    });
    return completion;
  };
  return branch(machine, possibleOptions(machine, iterable).map(run));
}

function loopOver(machine: Machine, node: ast.For, iterable: PyObject): Completion {
  const generator = generatorCall(iterable);
  if (generator) return consumeGenerator(machine, node, generator);
  const container = containerOf(iterable);
  if (container.kind === 'list' && !container.cell.value.rest && !iteratesItself(iterable))
    return liveRounds(machine, node, container);
  const at = here(machine, node.iter);
  const site = { call: at, callee: at, node: undefined };
  const iterator =
    isStepped(machine, iterable) || iterable.kind === 'instance' ? iteratorOf(machine, iterable, site) : undefined;
  const yields = iterator && generatorCall(iterator);
  if (yields) return consumeGenerator(machine, node, yields);
  if (iterator && isStepped(machine, iterator)) return steppedRounds(machine, node, iterator, site);
  const items = machine.iterate(iterator ?? iterable);
  if (items && items.length <= machine.limits.iterations) return knownRounds(machine, node, items);
  const why = iterable.kind === 'unknown' && !iterable.isTensor ? `: ${iterable.reason}` : '';
  const item = pyUnknown(`it changes in the loop at ${lineOf(machine, node)}${why}`, here(machine, node.iter));
  // Items that are seen are among those that the loop meets: a change of them must not be lost.
  const seen = seenItems(iterable);
  const any = (): PyObject => {
    const another = anotherUnknown(item);
    return seen.length === 0 ? another : { kind: 'choice', options: [...seen, another].flatMap(optionsOf) };
  };
  return unknownRounds(machine, node, () => machine.assign(node.target, any()));
}

/** `while test: ... else: ...` */
export function executeWhile(machine: Machine, node: ast.While): Completion {
  const { store, frame, host } = machine;
  // `while True` ends where something in it ends it: a path that has left makes every further round one that may not run.
  const isEndless = node.test.kind === 'Constant' || node.test.kind === 'Number';
  return withLoop(machine, (loop) => {
    const returned = frame.returns.length;
    for (let round = 0; round < machine.limits.iterations; round++) {
      machine.step();
      const mark = store.mark();
      const ambient = host.ambient();
      const known = truth(machine.evaluate(node.test));
      const hasLeft = loop.breaks.length > 0 || (isEndless && frame.returns.length > returned);
      if (known === undefined || hasLeft) break;
      if (!known) return machine.execute(node.orelse);
      if (runRound(machine, loop, node.body) === 'stop') return 'stop';
      if (host.ambient() === ambient && isSteady(machine, mark)) break;
    }
    return rounds(machine, loop, node, () => void machine.evaluate(node.test));
  });
}

/** True when a round left everything as it was: so will all others. */
function isSteady({ store }: Machine, mark: Mark): boolean {
  for (const [cell, value] of store.valuesAt(mark)) if (!equalValues(value, cell.value)) return false;
  return true;
}

function knownRounds(machine: Machine, node: ast.For, items: readonly PyObject[]): Completion {
  return withLoop(machine, (loop) => {
    for (const item of items) {
      machine.assign(node.target, item);
      if (runRound(machine, loop, node.body) === 'stop') return 'stop';
    }
    return machine.execute(node.orelse);
  });
}

/** Rounds over what computes its items one by one: what it does for an item runs before the round. */
function steppedRounds(machine: Machine, node: ast.For, iterator: PyObject, site: CallSite): Completion {
  return withLoop(machine, (loop) => {
    for (let round = 0; round <= machine.limits.iterations; round++) {
      machine.step();
      const item = loop.breaks.length > 0 ? undefined : stepItem(machine, iterator, site);
      if (item === 'end') return machine.execute(node.orelse);
      if (!item) break;
      machine.assign(node.target, item);
      if (runRound(machine, loop, node.body) === 'stop') return 'stop';
    }
    const unknown = pyUnknown(`it changes in the loop at ${lineOf(machine, node)}`, here(machine, node.iter));
    return rounds(machine, loop, node, () => {
      loseSteps(machine, iterator, site);
      machine.assign(node.target, anotherUnknown(unknown));
    });
  });
}

/** A list is walked by index, as it is by then: what its loop adds is met, and what it removes is not. */
function liveRounds(machine: Machine, node: ast.For, { cell }: PyList): Completion {
  return withLoop(machine, (loop) => {
    for (let i = 0; i < machine.limits.iterations && !cell.value.rest; i++) {
      machine.step();
      const item = cell.value.items[i];
      if (!item) return machine.execute(node.orelse);
      machine.assign(node.target, item);
      if (runRound(machine, loop, node.body) === 'stop') return 'stop';
    }
    const item = pyUnknown(`it changes in the loop at ${lineOf(machine, node)}`, here(machine, node.iter));
    return rounds(machine, loop, node, () => machine.assign(node.target, anotherUnknown(item)));
  });
}

/** True for an object of a class that says itself what its items are. */
function iteratesItself(object: PyObject): boolean {
  return object.kind === 'instance' && classMember(object.class, '__iter__') !== undefined;
}

function unknownRounds(machine: Machine, node: ast.For, bind: () => void): Completion {
  return withLoop(machine, (loop) => rounds(machine, loop, node, bind));
}

/** Rounds whose number is not known, from the present state. */
function rounds(machine: Machine, loop: LoopFrame, node: ast.For | ast.While, bind: () => void): Completion {
  const { store } = machine;
  const unstable = new Set<Cell<unknown>>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const mark = store.mark();
    const before = new Map<Cell<unknown>, unknown>();
    const once = branch(machine, [
      () => 'normal',
      () => {
        bind();
        return runRound(machine, loop, node.body);
      },
    ]);
    if (once === 'stop') return 'stop';
    const changes = store.changesSince(mark);
    store.rollback(mark);
    for (const cell of changes.keys()) before.set(cell, cell.value);
    store.join([changes]);
    const changed = [...changes].filter(([cell, value]) => !equalValues(before.get(cell), value));
    if (round > 0) for (const [cell] of changed) unstable.add(cell);
    if (changed.length === 0) break;
    if (round > 0) widen(machine, node, unstable);
  }
  return machine.execute(node.orelse);
}

/** What changes from round to round has no single value. */
function widen(machine: Machine, node: ast.Node, cells: ReadonlySet<Cell<unknown>>): void {
  const reason = pyUnknown(`it changes in the loop at ${lineOf(machine, node)}`, here(machine, node));
  for (const cell of cells) machine.store.set(cell, widened(cell.value, { ...reason, isVolatile: true }));
}

/** Objects that can be changed stay among the possibilities: who changes the unknown one may change them. */
function widenedObject(value: PyObject, reason: PyUnknown): PyObject {
  const kept = optionsOf(value).filter((option) => ['dict', 'list', 'instance'].includes(option.value.kind));
  return kept.length > 0 ? { kind: 'choice', options: [...kept, { value: reason }] } : reason;
}

/** The content of a cell of any kind, made unknown. */
function widened(value: unknown, reason: PyUnknown): unknown {
  if (value instanceof Map) return new Map([...value.keys()].map((key) => [key, reason] as const));
  if (typeof value === 'object' && value !== null && 'kind' in value) return widenedObject(value as PyObject, reason);
  if (typeof value !== 'object' || value === null) return reason;
  return 'entries' in value ? { entries: new Map(), rest: reason } : { items: [], rest: reason };
}

/**
 * True when a cell holds the same as before. Containers count as the same object: their contents are cells of their own.
 * One unknown is as good as another.
 */
function equalValues(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Map && b instanceof Map)
    return a.size === b.size && [...a].every(([key, value]) => equalValues(value, b.get(key)));
  if ('kind' in a && 'kind' in b)
    return (a.kind === 'unknown' && b.kind === 'unknown') || sameObject(a as PyObject, b as PyObject);
  if ('items' in a && 'items' in b) {
    const [x, y] = [a as ListContent, b as ListContent];
    return (
      x.items.length === y.items.length &&
      !x.rest === !y.rest &&
      x.items.every((item, i) => equalValues(item, y.items[i]))
    );
  }
  if (!('entries' in a && 'entries' in b)) return false;
  const [x, y] = [a as DictContent, b as DictContent];
  return (
    x.entries.size === y.entries.size &&
    !x.rest === !y.rest &&
    [...x.entries].every(([key, entry]) => equalValues(entry.value, y.entries.get(key)?.value))
  );
}

function withLoop(machine: Machine, run: (loop: LoopFrame) => Completion): Completion {
  const { store, frame } = machine;
  const { host } = machine;
  const loop: LoopFrame = {
    loopMark: store.mark(),
    roundMark: store.mark(),
    imbalance: host.imbalance(),
    breaks: [],
    continues: [],
  };
  frame.loops.push(loop);
  let completion: Completion;
  try {
    completion = run(loop);
  } finally {
    frame.loops.pop();
  }
  if (loop.breaks.length === 0) return completion;
  const ends: Changes[] = [...loop.breaks];
  if (completion === 'normal') ends.push(store.changesSince(loop.loopMark));
  store.rollback(loop.loopMark);
  store.join(ends);
  forgetUnbalanced(machine, loop);
  return 'normal';
}

/** One round: `continue` and the end of the body go on to the next one. */
function runRound(machine: Machine, loop: LoopFrame, body: readonly ast.Statement[]): Completion {
  const { store } = machine;
  loop.roundMark = store.mark();
  loop.continues = [];
  const mark = loop.roundMark;
  const completion = machine.execute(body);
  const { continues } = loop;
  if (continues.length === 0) return completion;
  const ends = [...continues];
  if (completion === 'normal') ends.push(store.changesSince(mark));
  store.rollback(mark);
  store.join(ends);
  forgetUnbalanced(machine, loop);
  return 'normal';
}

/** Paths that meet here may have left arg_scopes behind; which is not tracked. */
function forgetUnbalanced(machine: Machine, loop: LoopFrame): void {
  const { host } = machine;
  if (host.imbalance() !== loop.imbalance) host.restoreAmbient(host.unknownAmbient());
}

/** `for x in generator(): body`: the body runs at each `yield`, inside whatever scopes the generator has open (A7). */
function consumeGenerator(
  machine: Machine,
  node: ast.For,
  generator: NonNullable<ReturnType<typeof generatorCall>>,
): Completion {
  const { frame } = machine;
  return withLoop(machine, (loop) => {
    let completion = 'normal' as Completion;
    const isRun = runGenerator(machine, generator, (value) => {
      inFrameOf(machine, frame, () => {
        machine.assign(node.target, value);
        completion = runRound(machine, loop, node.body);
      });
    });
    if (!isRun) {
      const item = pyUnknown('an item of a generator that is not known', here(machine, node.iter));
      return rounds(machine, loop, node, () => machine.assign(node.target, anotherUnknown(item)));
    }
    return completion === 'stop' && loop.breaks.length === 0 ? 'stop' : machine.execute(node.orelse);
  });
}
