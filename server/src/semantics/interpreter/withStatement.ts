/**
 * `with`: enters each item from left to right and runs the body inside. A manager with alternatives (a conditional
 * arg_scope) is followed once per alternative, and the conditions are remembered in the frame.
 * Functions under `@contextlib.contextmanager` are run up to their `yield`, the body runs there, then their rest.
 */
import type * as ast from '../../syntax/ast';
import type { CallSite, EvaluatedArgument, ManagerOption, PyInstance, PyObject, PyOption } from './objects';
import { optionsOf, pyNone, pyUnknown } from './objects';
import { branch, here, textOf, type Completion, type Machine } from './machine';
import { runGuarded } from './tryStatement';

/** Executes a `with` statement. */
export function executeWith(machine: Machine, node: ast.With): Completion {
  return enterItems(machine, node, 0);
}

function enterItems(machine: Machine, node: ast.With, index: number): Completion {
  const item = node.items[index];
  if (!item) return machine.execute(node.body);
  const context = machine.evaluate(item.context);
  const alternatives = optionsOf(context).flatMap((option) => managerOptions(machine, item, option));
  const run = (alternative: ManagerOption) => (): Completion => {
    let completion: Completion = 'stop';
    const { frame } = machine;
    const { conditions } = frame;
    if (alternative.condition) frame.conditions = [...conditions, alternative.condition];
    try {
      alternative.run((target) => {
        if (item.target) machine.assign(item.target, target);
        const body = (): Completion => enterItems(machine, node, index + 1);
        const caught = { body, orelse: (): Completion => 'normal', handlers: [nothing], failsAtOnce: false };
        completion = alternative.suppresses ? runGuarded(machine, caught) : body();
      }, item.target !== undefined);
    } finally {
      frame.conditions = conditions;
    }
    return completion;
  };
  const [only, ...others] = alternatives;
  if (only && others.length === 0) return run(only)();
  return branch(machine, alternatives.map(run));
}

const nothing = (): Completion => 'normal';

function managerOptions(machine: Machine, item: ast.WithItem, option: PyOption): readonly ManagerOption[] {
  const { value, when } = option;
  const options = value.kind === 'host' ? value.host.enter?.() : undefined;
  if (value.kind === 'instance') {
    const option = instanceOption(machine, item, value);
    return [when ? { condition: when, ...option } : option];
  }
  if (!options) {
    const target: PyObject = pyUnknown(
      `what \`${textOf(machine, item.context)}\` gives is not known`,
      here(machine, item.context),
    );
    return [{ run: (body) => body(target), ...(when ? { condition: when } : {}) }];
  }
  return when ? options.map((one) => ({ condition: when, ...one })) : options;
}

/** An object with `__enter__` and `__exit__` of its own: they run around the body, and may open scopes. */
function instanceOption(machine: Machine, item: ast.WithItem, instance: PyInstance): ManagerOption {
  const at = here(machine, item.context);
  const site: CallSite = { call: at, callee: at, node: undefined };
  const method = (name: string): PyObject => machine.attribute(instance, name, at);
  const none: EvaluatedArgument = { value: pyNone, form: 'unpacked', at };
  return {
    run(body) {
      const enter = method('__enter__');
      if (enter.kind !== 'method') return body(instance);
      body(machine.call(enter, { positional: [], keywords: [] }, site));
      machine.call(method('__exit__'), { positional: [none, none, none], keywords: [] }, site);
    },
  };
}
