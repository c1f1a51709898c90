/**
 * The context managers of `contextlib`: functions under `@contextmanager`, `nested`, `ExitStack`, `nullcontext`,
 * `suppress`, `closing`. What they enter is followed; what is not followed may open any scope.
 */
import type { CallSite, ManagerOption, PyObject, PyUnknown } from './objects';
import { pyNone, pyUnknown } from './objects';
import { branch, type Completion, type Frame, type Machine } from './machine';
import { bindParameters, failedCall, refusal, runBody } from './functions';
import { joinObjects } from './join';
import { waysToEnter, withCondition } from './withStatement';

/** A manager with these ways to enter it. */
export function manager(description: string, options: readonly ManagerOption[]): PyObject {
  return { kind: 'host', host: { description, enter: () => options } };
}

/** `@contextlib.contextmanager`: the function runs to its `yield`, the `with` body runs there, then the rest runs. */
export function contextManagerFunction(machine: Machine, fn: PyObject & { kind: 'function' }): PyObject {
  return {
    kind: 'host',
    host: {
      description: `\`${fn.name}\``,
      data: { kind: 'contextManagerFunction', function: fn },
      call: (args, site) => {
        const failed = failedCall(machine, fn, args, site);
        if (failed) return failed;
        const bound = bindParameters(fn, args, (parameter) =>
          pyUnknown(`no argument for \`${parameter.name.name}\``, site.call),
        );
        const optionAt = (site: CallSite): ManagerOption => ({
          run: (body) => {
            const refused = refusal(machine, fn, site);
            if (refused !== undefined) {
              enterUnknown(machine, pyUnknown(refused, site.call), body);
              return;
            }
            const consumer = machine.frame;
            runBody(machine, fn, bound, site, undefined, (value) => {
              inFrameOf(machine, consumer, () => body(value));
            });
          },
        });
        const description = `\`${fn.name}(...)\``;
        return {
          kind: 'host',
          host: {
            description,
            enter: () => [optionAt(site)],
            // As a decorator it is entered anew around each call.
            call: (decorated) => calledInside(machine, optionAt, decorated.positional[0]?.value ?? pyNone),
          },
        };
      },
    },
  };
}

/** A function whose calls run inside a manager. */
function calledInside(machine: Machine, optionAt: (site: CallSite) => ManagerOption, fn: PyObject): PyObject {
  return {
    kind: 'host',
    host: {
      description: 'a function under a context manager',
      data: { freezesTo: fn },
      call: (args, site) => {
        let result: PyObject | undefined;
        optionAt(site).run(() => {
          result = machine.call(fn, args, site);
        });
        return result ?? pyUnknown('the manager does not run the function', site.call);
      },
      attribute: (name, at) => machine.attribute(fn, name, at),
    },
  };
}

/**
 * Runs, at a `yield`, the code of whoever consumes the generator, in its own frame. What the generator takes for granted
 * where it yields holds there too.
 */
export function inFrameOf(machine: Machine, consumer: Frame, run: () => void): void {
  const inner = machine.frame;
  const { conditions } = consumer;
  const taken = new Set([...conditions, ...inner.conditions, ...inner.tests]);
  if (taken.size > conditions.length) consumer.conditions = [...taken];
  machine.frame = consumer;
  try {
    run();
  } finally {
    machine.frame = inner;
    consumer.conditions = conditions;
  }
}

/** Runs the body of a `with` whose manager is not followed: it may open scopes. */
export function enterUnknown(machine: Machine, reason: PyUnknown, body: (target: PyObject) => void): void {
  const { host } = machine;
  const outside = host.ambient();
  host.distrustAmbient(reason.reason, reason.fromCaller);
  body(reason);
  host.restoreAmbient(outside);
}

/** Python 2's `contextlib.nested(a, b)`. */
export function nested(machine: Machine, managers: readonly PyObject[], site: CallSite): PyObject {
  const enterFrom = (index: number, targets: readonly PyObject[], body: (target: PyObject) => void): void => {
    const one = managers[index];
    if (!one) {
      body({ kind: 'tuple', items: targets });
      return;
    }
    const alternatives = waysToEnter(machine, one, site.call).map((option) => (): Completion => {
      withCondition(machine, option, () => option.run((target) => enterFrom(index + 1, [...targets, target], body)));
      return 'normal';
    });
    const [only, more] = alternatives;
    if (only && !more) only();
    else branch(machine, alternatives);
  };
  return manager('contextlib.nested', [{ run: (body) => enterFrom(0, [], body) }]);
}

/** What an ExitStack has entered: the ambient state inside and outside of it. */
interface EnteredScope {
  readonly inside: unknown;
  readonly outside: unknown;
}

/**
 * `with ExitStack() as stack: stack.enter_context(cm)`: what it entered is left when the `with` ends, by `close` or by
 * `__exit__`; `pop_all` hands it on to another stack.
 */
export function exitStack(machine: Machine, from: readonly EnteredScope[] = []): PyObject {
  let entered = [...from];
  const unwindAll = (now: unknown): unknown =>
    entered.reduceRight<unknown>((state, scope) => machine.host.unwind(state, scope.inside, scope.outside), now);
  const member = (name: string, call: () => PyObject): PyObject => ({
    kind: 'host',
    host: { description: `\`ExitStack.${name}\``, call },
  });
  const close = (): PyObject => {
    machine.host.restoreAmbient(unwindAll(machine.host.ambient()));
    machine.host.noteImbalance();
    entered = [];
    return pyNone;
  };
  const members: Readonly<Record<string, (() => PyObject) | undefined>> = {
    close,
    __exit__: close,
    __enter__: () => stack,
    pop_all: () => {
      machine.host.noteImbalance();
      return exitStack(machine, entered.splice(0));
    },
  };
  const stack: PyObject = {
    kind: 'host',
    host: {
      description: 'an ExitStack',
      attribute: (name) => {
        const call = Object.hasOwn(members, name) ? members[name] : undefined;
        return name === 'enter_context' ? enterContext : call && member(name, call);
      },
      enter: () => [
        {
          run: (body) => {
            const { host } = machine;
            const outside = host.ambient();
            const before = entered.length;
            const imbalance = host.imbalance();
            const attempt = machine.attempts[machine.attempts.length - 1];
            const from = attempt?.raised.length ?? 0;
            body(stack);
            const balanced = before === 0 && host.imbalance() - imbalance === entered.length;
            const leave = (now: unknown): unknown => (balanced ? outside : unwindAll(now));
            for (const failure of attempt?.raised.slice(from) ?? []) failure.ambient = leave(failure.ambient);
            host.restoreAmbient(leave(host.ambient()));
            entered = [];
          },
        },
      ],
    },
  };
  const enterContext: PyObject = {
    kind: 'host',
    host: {
      description: '`ExitStack.enter_context`',
      call: (args, site) => {
        const context = args.positional[0]?.value ?? pyNone;
        const options = waysToEnter(machine, context, site.call);
        const { host } = machine;
        const outside = host.ambient();
        const results: PyObject[] = [];
        const states = options.map((option) => {
          let inside = outside;
          option.run((target) => {
            results.push(target);
            inside = host.ambient();
          });
          host.restoreAmbient(outside);
          return inside;
        });
        const inside = host.joinAmbients(states);
        host.restoreAmbient(inside);
        entered.push({ inside, outside });
        host.noteImbalance();
        return joinObjects(results) ?? pyNone;
      },
    },
  };
  return stack;
}
