/**
 * Execution of statements. Branches whose test is not known are all followed from the same state and joined; loops over
 * known sequences are run round by round, other loops until nothing changes any more. `with` follows every alternative
 * of its context manager. See Python's reference, "Compound statements".
 */
import type * as ast from '../../syntax/ast';
import { assertNever } from '../../base/assertNever';
import type { CallSite } from './objects';
import { pyNone, pyUnknown } from './objects';
import { binary } from './arithmetic';
import { truth } from './operators';
import { branch, here, textOf, type Completion, type Machine } from './machine';
import { notKnown } from './expressions';
import { assignTarget, deleteTarget } from './assign';
import type { makeEnvironment } from './names';
import { bindName } from './names';
import { executeImport, executeImportFrom } from './imports';
import { defineFunction } from './functions';
import { defineClass } from './classes';
import { executeText } from './executedText';
import { inPlaceMethod } from './operatorMethods';
import { executeFor, executeWhile } from './loops';
import { executeMatch } from './matchStatement';
import { executeWith } from './withStatement';
import { conditionOf, decided, subjectOf } from './tests';
import { executeTry, noteRaise, noteStatement } from './tryStatement';

/** Executes a block; `stop` when no path reaches its end. */
export function executeBlock(machine: Machine, body: readonly ast.Statement[]): Completion {
  for (const statement of body) {
    if (executeStatement(machine, statement) === 'stop') return 'stop';
  }
  return 'normal';
}

function executeStatement(machine: Machine, node: ast.Statement): Completion {
  machine.step();
  noteStatement(machine);
  switch (node.kind) {
    case 'ExpressionStatement':
      machine.evaluate(node.value);
      return 'normal';
    case 'Assign': {
      const value = machine.evaluate(node.value);
      for (const target of node.targets) assignTarget(machine, target, value, node.value);
      return 'normal';
    }
    case 'AugAssign':
      executeAugAssign(machine, node);
      return 'normal';
    case 'AnnAssign':
      if (node.value) assignTarget(machine, node.target, machine.evaluate(node.value), node.value);
      return 'normal';
    case 'FunctionDef':
      bindName(machine, machine.frame.environment, node.name.name, defineFunction(machine, node));
      return 'normal';
    case 'ClassDef':
      bindName(machine, machine.frame.environment, node.name.name, defineClass(machine, node));
      return 'normal';
    case 'Return':
      return executeReturn(machine, node);
    case 'If':
      return executeIf(machine, node);
    case 'For':
      return executeFor(machine, node);
    case 'While':
      return executeWhile(machine, node);
    case 'With':
      return executeWith(machine, node);
    case 'Try':
      return executeTry(machine, node);
    case 'Raise':
      if (node.value) machine.evaluate(node.value);
      noteRaise(machine);
      return 'stop';
    case 'Assert':
      machine.evaluate(node.test);
      return 'normal';
    case 'Delete':
      for (const target of node.targets) deleteTarget(machine, target);
      return 'normal';
    case 'Pass':
    case 'Global':
    case 'Nonlocal':
      return 'normal';
    case 'Break':
      return leaveLoop(machine, 'breaks');
    case 'Continue':
      return leaveLoop(machine, 'continues');
    case 'Import':
      executeImport(machine, node);
      return 'normal';
    case 'ImportFrom':
      executeImportFrom(machine, node);
      return 'normal';
    case 'Exec':
      executeStatementText(machine, node);
      return 'normal';
    case 'Print':
      for (const value of node.values) machine.evaluate(value);
      return 'normal';
    case 'Match':
      return executeMatch(machine, node);
    case 'ErrorStatement':
      for (const child of node.children) machine.evaluate(child);
      return 'normal';
    default:
      return assertNever(node);
  }
}

/** Python 2's `exec text in globals, locals`. */
function executeStatementText(machine: Machine, node: ast.Statement & { readonly kind: 'Exec' }): void {
  const at = here(machine, node);
  const positional = node.values.map((value) => ({
    value: machine.evaluate(value),
    form: 'positional' as const,
    at: here(machine, value),
  }));
  executeText(machine, 'exec', { positional, keywords: [] }, { call: at, callee: at, node: undefined });
}

function executeAugAssign(machine: Machine, node: ast.AugAssign): void {
  const old = machine.evaluate(node.target);
  const value = machine.evaluate(node.value);
  if (old.kind === 'list' && node.operator === '+') {
    const { items, rest } = old.cell.value;
    const more = machine.iterate(value);
    machine.store.set(
      old.cell,
      more && !rest
        ? { items: [...items, ...more] }
        : { items: [], rest: pyUnknown('unknown items were added', here(machine, node)) },
    );
    assignTarget(machine, node.target, old, node.value);
    return;
  }
  if (old.kind === 'list' && node.operator === '*') {
    const repeated = binary('*', old, value, true);
    const rest = pyUnknown('it is repeated an unknown number of times', here(machine, node));
    machine.store.set(old.cell, repeated?.kind === 'list' ? repeated.cell.value : { items: [], rest });
    return;
  }
  if (old.kind === 'dict' && node.operator === '|') {
    const update = machine.attribute(old, 'update', here(machine, node));
    const at = here(machine, node.value);
    const site: CallSite = { call: here(machine, node), callee: here(machine, node.target), node: undefined };
    machine.call(update, { positional: [{ value, form: 'positional', at, expression: at }], keywords: [] }, site);
    return;
  }
  for (const { value: option } of old.kind === 'choice' ? old.options : []) {
    // One of these lists is extended in place.
    if (option.kind === 'list')
      machine.store.set(option.cell, { items: [], rest: pyUnknown('items may be added', here(machine, node)) });
  }
  const result =
    inPlaceMethod(machine, node.operator, old, value, here(machine, node)) ??
    binary(node.operator, old, value, !machine.frame.source.tree.python2);
  assignTarget(machine, node.target, result ?? notKnown(machine, node, old, value), node.value);
}

function executeReturn(machine: Machine, node: ast.Return): Completion {
  const value = node.value ? machine.evaluate(node.value) : pyNone;
  const { frame, store } = machine;
  machine.escapes++;
  frame.returns.push({
    value,
    changes: store.changesSince(frame.mark),
    when: frame.tests[frame.tests.length - 1],
    conditional: machine.branchDepth !== frame.branchDepth,
  });
  return 'stop';
}

function leaveLoop(machine: Machine, how: 'breaks' | 'continues'): Completion {
  const loop = machine.frame.loops[machine.frame.loops.length - 1];
  machine.escapes++;
  if (loop) loop[how].push(machine.store.changesSince(how === 'breaks' ? loop.loopMark : loop.roundMark));
  return 'stop';
}

function executeIf(machine: Machine, node: ast.If): Completion {
  const value = truth(machine.evaluate(node.test));
  const subject = value === undefined ? subjectOf(machine, node.test) : undefined;
  const known = value ?? (subject && decided(machine, subject));
  if (known !== undefined) return machine.execute(known ? node.body : node.orelse);
  const test = { text: textOf(machine, node.test), at: here(machine, node.test) };
  const under = (holds: boolean, body: readonly ast.Statement[]) => (): Completion => {
    machine.frame.tests.push(conditionOf(test, subject, holds));
    try {
      return machine.execute(body);
    } finally {
      machine.frame.tests.pop();
    }
  };
  return branch(machine, [under(true, node.body), under(false, node.orelse)]);
}

/** Runs the body of a class or module in an environment of its own, in the running frame's place. */
export function executeInEnvironment(
  machine: Machine,
  environment: ReturnType<typeof makeEnvironment>,
  body: readonly ast.Statement[],
): void {
  const { frame } = machine;
  machine.frame = { ...frame, environment, source: environment.source, returns: [], loops: [], tests: [] };
  try {
    machine.execute(body);
  } finally {
    machine.frame = frame;
  }
}
