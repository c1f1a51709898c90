/**
 * Comprehensions and generator expressions over known sequences.
 * A list comprehension runs at once; a generator expression is evaluated when it is consumed (A7: an arg_scope that is
 * active where it is written may be gone by then), which only happens where the consumer is followed.
 */
import type * as ast from '../../syntax/ast';
import type { DictEntry, PyObject } from './objects';
import { hashKey, pyUnknown } from './objects';
import { joinObjects, makeDict, makeList, makeSet, putEntry } from './join';
import { distinctItems } from './listMethods';
import { truth } from './operators';
import { branch, here, lineOf, type Completion, type Frame, type Machine } from './machine';
import { possibleOptions } from './dispatch';
import { makeEnvironment } from './names';
import type { Cell } from './store';
import { iteratorOf, lazySteps, stepItem, type Step } from './steps';
import { manyTimes } from './unseenCalls';

/** Evaluates a comprehension; a generator expression becomes a host object that `iterate` runs. */
export function evaluateComprehension(machine: Machine, node: ast.Comprehension): PyObject {
  const first = node.clauses[0];
  const outermost = first ? machine.evaluate(first.iter) : pyUnknown('an empty comprehension');
  if (node.form !== 'generator') return runEach(machine, node, machine.frame, outermost);
  const { frame } = machine;
  return lazySteps(machine, 'a generator', {
    next: itemByItem(machine, node, frame, outermost),
    any: () => void run(machine, node, frame, pyUnknown('items that are not known')),
    whole: () => machine.iterate(runEach(machine, node, frame, outermost)),
  });
}

/** Over one of several iterables, each of them is an alternative. */
function runEach(machine: Machine, node: ast.Comprehension, outer: Frame, outermost: PyObject): PyObject {
  if (outermost.kind !== 'choice') return run(machine, node, outer, outermost);
  const options = possibleOptions(machine, outermost);
  const results: PyObject[] = [];
  const alternative = (option: PyObject) => (): Completion => {
    results.push(run(machine, node, outer, option));
    return 'normal';
  };
  branch(
    machine,
    options.map((option) => alternative(option.value)),
  );
  return (
    joinObjects(
      results,
      options.map((option) => option.when),
    ) ?? pyUnknown('no items')
  );
}

/** Steps through a generator expression: the iterators of its clauses that are open, outermost first. */
function itemByItem(machine: Machine, node: ast.Comprehension, outer: Frame, outermost: PyObject): () => Step {
  const { source } = outer;
  const { qualifier } = outer.environment;
  const environment = makeEnvironment(source.scopes.scopeOf(node), outer.environment, source, qualifier);
  const at = { file: source.file, span: node.span };
  const site = { call: at, callee: at, node: undefined };
  type Open = readonly PyObject[] | undefined;
  const open: Cell<Open> = { value: undefined, join: (values) => values[0] };
  const next = (): Step => {
    const first = open.value ? undefined : iteratorOf(machine, outermost, site);
    let iterators = open.value ?? (first ? [first] : undefined);
    if (!iterators) return undefined;
    while (iterators.length > 0) {
      const clause = node.clauses[iterators.length - 1];
      const innermost = iterators[iterators.length - 1];
      const item = innermost && stepItem(machine, innermost, site);
      if (!item || !clause) return undefined;
      if (item === 'end') {
        iterators = iterators.slice(0, -1);
        continue;
      }
      machine.assign(clause.target, item);
      const holds = allHold(machine, clause.conditions);
      if (holds === undefined) return undefined;
      if (!holds) continue;
      const inner = node.clauses[iterators.length];
      if (!inner) {
        machine.store.set(open, iterators);
        return machine.evaluate(node.element);
      }
      const more = iteratorOf(machine, machine.evaluate(inner.iter), site);
      if (!more) return undefined;
      iterators = [...iterators, more];
    }
    machine.store.set(open, []);
    return 'end';
  };
  return () => {
    const caller = machine.frame;
    machine.frame = { ...outer, environment, conditions: caller.conditions };
    try {
      return next();
    } finally {
      machine.frame = caller;
    }
  };
}

/** Whether all tests of a clause hold: one that fails is the last that is made. */
function allHold(machine: Machine, conditions: readonly ast.Expression[]): boolean | undefined {
  let holds: boolean | undefined = true;
  for (const condition of conditions) {
    const one = truth(machine.evaluate(condition));
    if (one === false) return false;
    if (one === undefined) holds = undefined;
  }
  return holds;
}

function run(machine: Machine, node: ast.Comprehension, outer: Frame, outermost: PyObject): PyObject {
  const caller = machine.frame;
  const environment = makeEnvironment(
    outer.source.scopes.scopeOf(node),
    outer.environment,
    outer.source,
    outer.environment.qualifier,
  );
  machine.frame = { ...outer, environment, conditions: caller.conditions };
  const collected: { readonly key?: PyObject; readonly value: PyObject }[] = [];
  let complete = true;
  const visit = (index: number): void => {
    const clause = node.clauses[index];
    if (!clause) {
      const key = node.key && machine.evaluate(node.key);
      const value = machine.evaluate(node.element);
      collected.push(key ? { key, value } : { value });
      return;
    }
    const items = machine.iterate(index === 0 ? outermost : machine.evaluate(clause.iter));
    if (!items || items.length > machine.limits.iterations) {
      complete = false;
      const reason = `an item of a sequence that is not known (${lineOf(machine, clause)})`;
      const unknown = pyUnknown(reason, here(machine, clause.iter));
      const once = (): void => {
        machine.assign(clause.target, unknown);
        if (allHold(machine, clause.conditions) !== false) visit(index + 1);
      };
      manyTimes(machine, once, pyUnknown(`it changes in the loop at ${lineOf(machine, clause)}`, here(machine, node)));
      return;
    }
    for (const item of items) {
      machine.assign(clause.target, item);
      const holds = allHold(machine, clause.conditions);
      if (holds === false) continue;
      if (holds === undefined) {
        complete = false;
        const further = (): Completion => {
          visit(index + 1);
          return 'normal';
        };
        branch(machine, [() => 'normal', further]);
        continue;
      }
      visit(index + 1);
    }
  };
  try {
    visit(0);
  } finally {
    machine.frame = caller;
  }
  return collect(node, collected, complete, () =>
    pyUnknown('the items of the comprehension are not all known', { file: outer.source.file, span: node.span }),
  );
}

function collect(
  node: ast.Comprehension,
  collected: readonly { readonly key?: PyObject; readonly value: PyObject }[],
  complete: boolean,
  incomplete: () => PyObject,
): PyObject {
  const reason = complete ? undefined : incomplete();
  const rest = reason?.kind === 'unknown' ? reason : undefined;
  if (node.form === 'dict') {
    const entries = new Map<string, DictEntry>();
    let unknownKeys = rest;
    for (const { key, value } of collected) {
      const hash = key && hashKey(key);
      if (key && hash !== undefined) putEntry(entries, hash, { key, value });
      else unknownKeys ??= pyUnknown('a key of the comprehension is not known');
    }
    return unknownKeys ? makeDict(new Map(), unknownKeys) : makeDict(entries);
  }
  const items = collected.map((entry) => entry.value);
  if (node.form !== 'set') return makeList(rest ? [] : items, rest);
  const distinct = rest ? undefined : distinctItems(items);
  return distinct ? makeSet(distinct) : makeSet([], rest ?? pyUnknown('which items of the set are equal is not known'));
}
