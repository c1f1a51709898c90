/**
 * `with`: enters each item from left to right and runs the body inside. A manager with alternatives (a conditional
 * arg_scope) is followed once per alternative, and the conditions are remembered in the frame.
 * Functions under `@contextlib.contextmanager` are run up to their `yield`, the body runs there, then their rest.
 */
import type { Location } from '../../base/span';
import type * as ast from '../../syntax/ast';
import type { CallSite, EvaluatedArgument, ManagerOption, PyInstance, PyObject, PyUnknown } from './objects';
import { pyNone, pyUnknown } from './objects';
import { branch, here, type Completion, type Machine } from './machine';
import { possibleOptions } from './dispatch';
import { runGuarded } from './tryStatement';
import { enterUnknown } from './contextManagers';

/** Executes a `with` statement. */
export function executeWith(machine: Machine, node: ast.With): Completion {
  return enterItems(machine, node, 0);
}

function enterItems(machine: Machine, node: ast.With, index: number): Completion {
  const item = node.items[index];
  if (!item) return machine.execute(node.body);
  const context = machine.evaluate(item.context);
  const alternatives = waysToEnter(machine, context, here(machine, item.context));
  const run = (alternative: ManagerOption) => (): Completion => {
    let completion: Completion = 'stop';
    withCondition(machine, alternative, () =>
      alternative.run((target) => {
        if (item.target) machine.assign(item.target, target);
        const body = (): Completion => enterItems(machine, node, index + 1);
        const caught = { body, orelse: (): Completion => 'normal', handlers: [nothing], failsAtOnce: false };
        completion = alternative.suppresses ? runGuarded(machine, caught) : body();
      }, item.target !== undefined),
    );
    return completion;
  };
  const [only, ...others] = alternatives;
  if (only && others.length === 0) return run(only)();
  return branch(machine, alternatives.map(run));
}

const nothing = (): Completion => 'normal';

/** Runs something under the condition of an alternative, if it has one. */
export function withCondition(machine: Machine, option: Pick<ManagerOption, 'condition'>, run: () => void): void {
  const { frame } = machine;
  const { conditions } = frame;
  if (option.condition) frame.conditions = [...conditions, option.condition];
  try {
    run();
  } finally {
    frame.conditions = conditions;
  }
}

/** Every way in which an object can be entered as a context manager. */
export function waysToEnter(machine: Machine, manager: PyObject, at: Location): readonly ManagerOption[] {
  return possibleOptions(machine, manager).flatMap(({ value, when }) => {
    const ways = waysOfOne(machine, value, at);
    return when ? ways.map((one) => ({ condition: when, ...one })) : ways;
  });
}

function waysOfOne(machine: Machine, value: PyObject, at: Location): readonly ManagerOption[] {
  if (value.kind === 'instance') return [instanceOption(machine, value, at)];
  const ways = value.kind === 'host' ? value.host.enter?.() : undefined;
  if (ways) return ways;
  // What comes out of a library is no arg_scope; what nobody knows may be one.
  const doubt = doubtOf(machine, value);
  if (doubt) {
    const { fromCaller } = doubt;
    const reason = pyUnknown(`a context manager that is not known may open an arg_scope: ${doubt.reason}`, at);
    return [{ run: (body) => enterUnknown(machine, fromCaller ? { ...reason, fromCaller } : reason, body) }];
  }
  const source = machine.program.getFile(at.file);
  const text = source?.text.slice(at.span.start, at.span.end) ?? '';
  const target = { ...pyUnknown(`what \`${text}\` gives is not known`, at), isLibrary: true };
  return [{ run: (body) => body(target) }];
}

/** Why an object may open a scope as a context manager. */
function doubtOf(machine: Machine, value: PyObject): PyUnknown | undefined {
  if (value.kind === 'unknown') return value.isTensor || value.isLibrary ? undefined : value;
  const external = value.kind === 'externalResult' ? value.callee : value.kind === 'external' ? value : undefined;
  if (!external || machine.host.isKnownLibrary(external)) return undefined;
  return pyUnknown(`\`${external.paths[0] ?? ''}\` is outside the workspace`);
}

/** An object with `__enter__` and `__exit__` of its own: they run around the body, and may open scopes. */
function instanceOption(machine: Machine, instance: PyInstance, at: Location): ManagerOption {
  const site: CallSite = { call: at, callee: at, node: undefined };
  const method = (name: string): PyObject => machine.attribute(instance, name, at);
  const none: EvaluatedArgument = { value: pyNone, form: 'unpacked', at };
  return {
    run(body) {
      const enter = method('__enter__');
      if (enter.kind !== 'method') {
        const reason = pyUnknown(`\`${instance.class.name}\` may open an arg_scope`, at);
        if (enter.kind === 'unknown' && instance.open) enterUnknown(machine, reason, body);
        else body(instance);
        return;
      }
      body(machine.call(enter, { positional: [], keywords: [] }, site));
      machine.call(method('__exit__'), { positional: [none, none, none], keywords: [] }, site);
    },
  };
}
