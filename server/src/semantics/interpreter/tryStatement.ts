/**
 * `try`: where its body may fail decides what the handlers see. When something in the body certainly raises (the host says
 * so, or a `raise`), the handlers start from there; otherwise from the union of the states between its statements.
 * What is behind a certain exception is still executed, so that its calls are known while the program is being written,
 * but has no effect. An exception that no `try` of the program catches stops nothing here.
 */
import type * as ast from '../../syntax/ast';
import { pyUnknown } from './objects';
import { branch, here, type Attempt, type Completion, type Failure, type Machine } from './machine';

/** States that are remembered of one body; a longer body keeps the first ones. */
const MAX_STATES = 100;

/** Executes a `try` statement. */
export function executeTry(machine: Machine, node: ast.Try): Completion {
  const guarded = (): Completion =>
    node.handlers.length === 0 ? machine.execute(node.body) : executeHandled(machine, node);
  if (node.finalbody.length === 0) return guarded();
  const attempt = startAttempt(machine);
  const completion = attempted(machine, attempt, guarded);
  if (!attempt.certain) {
    passOn(machine, attempt);
    const finish = (): Completion => {
      const last = machine.execute(node.finalbody);
      return completion === 'stop' ? 'stop' : last;
    };
    const failures = [...attempt.raised, ...unbalanced(machine, attempt)];
    if (failures.length === 0) return finish();
    // Something may have raised: the final block runs in those states too, and then the exception goes on.
    const end = stateSince(machine, attempt);
    machine.store.rollback(attempt.mark);
    const raised = (): Completion => {
      continueFrom(machine, failures);
      machine.execute(node.finalbody);
      return 'stop';
    };
    const ended = (): Completion => {
      continueFrom(machine, [end]);
      return finish();
    };
    return branch(machine, [raised, ended]);
  }
  // The final block runs in the state of the exception, which then goes on to whoever catches it.
  const { store } = machine;
  store.rollback(attempt.mark);
  continueFrom(machine, attempt.raised);
  machine.execute(node.finalbody);
  noteRaise(machine);
  return 'normal';
}

/** Notes that the running statement raises, on the path that is being followed. */
export function noteRaise(machine: Machine): void {
  const attempt = machine.attempts[machine.attempts.length - 1];
  if (!attempt || attempt.certain) return;
  attempt.raised.push(stateSince(machine, attempt));
  attempt.certain = machine.branchDepth === attempt.branchDepth && machine.escapes === attempt.escapes;
}

/** Exceptions that may go on from the body of an inner `try` without handlers for them. */
function passOn(machine: Machine, inner: Attempt): void {
  const outer = machine.attempts[machine.attempts.length - 1];
  if (!outer || outer.certain || inner.raised.length === 0) return;
  for (const { changes, ambient } of inner.raised)
    outer.raised.push({ changes: new Map([...machine.store.changesSince(outer.mark), ...changes]), ambient });
}

/** Notes the state between two statements: the next one may raise, for all that is known. */
export function noteStatement(machine: Machine): void {
  const attempt = machine.attempts[machine.attempts.length - 1];
  if (!attempt || attempt.certain || attempt.frame !== machine.frame || attempt.between.length >= MAX_STATES) return;
  const at = machine.store.mark();
  if (at === attempt.lastMark) return;
  attempt.lastMark = at;
  attempt.between.push({ changes: machine.store.changesSince(attempt.mark), ambient: attempt.ambient });
}

/** Where scopes are entered or left by hand, an exception in between leaves who knows which of them open. */
function unbalanced(machine: Machine, attempt: Attempt): readonly Failure[] {
  const { host } = machine;
  return host.imbalance() === attempt.imbalance ? [] : [{ changes: new Map(), ambient: host.unknownAmbient() }];
}

function startAttempt(machine: Machine): Attempt {
  const mark = machine.store.mark();
  return {
    frame: machine.frame,
    mark,
    lastMark: mark,
    ambient: machine.host.ambient(),
    branchDepth: machine.branchDepth,
    escapes: machine.escapes,
    imbalance: machine.host.imbalance(),
    between: [],
    raised: [],
    certain: false,
  };
}

/** Runs something and tells whether it raises. */
export function raisesIn(machine: Machine, run: () => void): 'certain' | 'maybe' | 'never' {
  const attempt = startAttempt(machine);
  attempted(machine, attempt, () => {
    run();
    return 'normal';
  });
  if (attempt.certain) return 'certain';
  return attempt.raised.length > 0 ? 'maybe' : 'never';
}

function attempted(machine: Machine, attempt: Attempt, run: () => Completion): Completion {
  machine.attempts.push(attempt);
  try {
    return run();
  } finally {
    machine.attempts.pop();
  }
}

function stateSince(machine: Machine, attempt: Attempt): Failure {
  return { changes: machine.store.changesSince(attempt.mark), ambient: machine.host.ambient() };
}

/** Continues from the union of states that are told as changes of the present one. */
function continueFrom(machine: Machine, states: readonly Failure[]): void {
  machine.store.join(states.map((state) => state.changes));
  machine.host.restoreAmbient(machine.host.joinAmbients(states.map((state) => state.ambient)));
}

function executeHandled(machine: Machine, node: ast.Try): Completion {
  const handlers = node.handlers.map((handler) => (): Completion => {
    if (handler.type) machine.evaluate(handler.type);
    if (handler.name) machine.assign(handler.name, pyUnknown('an exception', here(machine, handler)));
    return machine.execute(handler.body);
  });
  // The usual guarded imports fail before they bind anything.
  const imports = node.body.every((statement) => statement.kind === 'Import' || statement.kind === 'ImportFrom');
  const body = (): Completion => machine.execute(node.body);
  return runGuarded(machine, { body, orelse: () => machine.execute(node.orelse), handlers, failsAtOnce: imports });
}

/** What {@link runGuarded} runs. */
export interface Guarded {
  readonly body: () => Completion;
  /** What follows the body when nothing was raised. */
  readonly orelse: () => Completion;
  readonly handlers: readonly (() => Completion)[];
  /** True when the body fails, if it does, before it changes anything. */
  readonly failsAtOnce: boolean;
}

/** Runs a body whose exceptions are caught, and the handlers from the states in which it may have failed. */
export function runGuarded(machine: Machine, { body, orelse, handlers, failsAtOnce }: Guarded): Completion {
  let failures: readonly Failure[] = [];
  let certain = false;
  const { branchDepth } = machine;
  const succeeded = (): Completion => {
    const attempt = startAttempt(machine);
    const completion = attempted(machine, attempt, body);
    failures = failuresOf(machine, attempt, failsAtOnce, completion);
    certain = attempt.certain;
    return certain || completion === 'stop' ? 'stop' : orelse();
  };
  const failed = (handler: () => Completion) => (): Completion => {
    continueFrom(machine, failures);
    // The only handler of a certain exception is no alternative: it is what runs.
    if (certain && handlers.length === 1) machine.branchDepth = branchDepth;
    return handler();
  };
  return branch(machine, [succeeded, ...handlers.map(failed)]);
}

/** The states in which the handlers may start. */
function failuresOf(
  machine: Machine,
  attempt: Attempt,
  failsAtOnce: boolean,
  completion: Completion,
): readonly Failure[] {
  if (attempt.certain) return attempt.raised;
  const untouched: Failure = { changes: new Map(), ambient: attempt.ambient };
  if (failsAtOnce) return [untouched];
  const end = completion === 'normal' ? [stateSince(machine, attempt)] : [];
  return [untouched, ...attempt.between, ...attempt.raised, ...unbalanced(machine, attempt), ...end];
}
