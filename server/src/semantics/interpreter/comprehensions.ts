/**
 * Comprehensions and generator expressions over known sequences.
 * A list comprehension runs at once; a generator expression is evaluated when it is consumed (A7: an arg_scope that is
 * active where it is written may be gone by then), which only happens where the consumer is followed.
 */
import type * as ast from '../../syntax/ast';
import type { DictEntry, PyObject } from './objects';
import { hashKey, pyUnknown } from './objects';
import { joinObjects, makeDict, makeList, makeSet } from './join';
import { distinctItems } from './listMethods';
import { usedCell } from './generators';
import { truth } from './operators';
import { branch, here, lineOf, type Completion, type Frame, type Machine } from './machine';
import { possibleOptions } from './dispatch';
import { makeEnvironment } from './names';

/** Evaluates a comprehension; a generator expression becomes a host object that `iterate` runs. */
export function evaluateComprehension(machine: Machine, node: ast.Comprehension): PyObject {
  const first = node.clauses[0];
  const outermost = first ? machine.evaluate(first.iter) : pyUnknown('an empty comprehension');
  if (node.form !== 'generator') return runEach(machine, node, machine.frame, outermost);
  const { frame } = machine;
  return lazyItems(machine, 'a generator', () => runEach(machine, node, frame, outermost));
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

/** An object whose items are computed, once, when somebody takes them. */
export function lazyItems(machine: Machine, description: string, compute: () => PyObject): PyObject {
  const used = usedCell();
  const data: GeneratorData = {
    kind: 'generator',
    run: () => {
      if (used.value) return makeList([]);
      machine.store.set(used, true);
      return compute();
    },
  };
  return { kind: 'host', host: { description, data } };
}

/** Data of a generator object: `run` gives a list of what it yields, evaluated in the scopes of the consumer. */
export interface GeneratorData {
  readonly kind: 'generator';
  run(): PyObject;
}

/** The generator data of an object, if it is a generator. */
export function generatorData(object: PyObject): GeneratorData | undefined {
  const data = object.kind === 'host' ? object.host.data : undefined;
  return typeof data === 'object' && data !== null && (data as { kind?: unknown }).kind === 'generator'
    ? (data as GeneratorData)
    : undefined;
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
      machine.assign(
        clause.target,
        pyUnknown(`an item of a sequence that is not known (${lineOf(machine, clause)})`, here(machine, clause.iter)),
      );
      visit(index + 1);
      return;
    }
    for (const item of items) {
      machine.assign(clause.target, item);
      const tests = clause.conditions.map((condition) => truth(machine.evaluate(condition)));
      if (tests.includes(false)) continue;
      if (tests.includes(undefined)) complete = false;
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
      if (key && hash !== undefined) entries.set(hash, { key, value });
      else unknownKeys ??= pyUnknown('a key of the comprehension is not known');
    }
    return unknownKeys ? makeDict(new Map(), unknownKeys) : makeDict(entries);
  }
  const items = collected.map((entry) => entry.value);
  if (node.form !== 'set') return makeList(rest ? [] : items, rest);
  const distinct = rest ? undefined : distinctItems(items);
  return distinct ? makeSet(distinct) : makeSet([], rest ?? pyUnknown('which items of the set are equal is not known'));
}
