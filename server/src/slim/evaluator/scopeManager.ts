/**
 * The object that `arg_scope(...)` gives: a manager that can be entered by `with`, by hand, or around each call of a
 * decorated function (A3). What entering does is given by argScope.ts.
 */
import type { ManagerOption, PyObject } from '../../semantics/interpreter/objects';
import { pyNone } from '../../semantics/interpreter/objects';
import { joinObjects } from '../../semantics/interpreter/join';
import { branch, type Completion } from '../../semantics/interpreter/machine';
import type { SlimLibrary } from '../library/libraryObject';
import type { RawScope } from './recorder';
import { popped } from './scopeStack';
import type { SlimState } from './slimState';
import type { Cell } from '../../semantics/interpreter/store';

/** The manager of one `arg_scope(...)` call; `options` enters it, `again` fails to enter it once more. */
export function managerOf(
  state: SlimState,
  raw: RawScope,
  libraries: readonly SlimLibrary[],
  options: () => readonly ManagerOption[],
  again: () => ManagerOption,
): PyObject {
  const enterAnew = (): readonly ManagerOption[] => {
    raw.site = { ...raw.site, entered: true };
    return options();
  };
  // On some branches only counts as not yet.
  const used: Cell<boolean> = { value: false, join: (values) => values.every((one) => one) };
  const enter = (): readonly ManagerOption[] => {
    if (used.value) return [again()];
    state.machine.store.set(used, true);
    return enterAnew();
  };
  const manual = (name: string): PyObject | undefined => {
    if (name !== '__enter__' && name !== '__exit__') return undefined;
    return {
      kind: 'host',
      host: {
        description: `\`arg_scope.${name}\``,
        call: () => (name === '__enter__' ? enterForGood(state, enter) : leave(state, libraries)),
      },
    };
  };
  return {
    kind: 'host',
    host: {
      description: 'an arg_scope that was not entered',
      data: { kind: 'scopeManager', raw },
      enter,
      attribute: manual,
      // A decorated function makes a manager of its own for each call.
      call: (args) => decorate(state, enterAnew, args.positional[0]?.value ?? pyNone),
    },
  };
}

/** `manager.__enter__()` without a `with`: stays until `__exit__`. */
function enterForGood(state: SlimState, enter: () => readonly ManagerOption[]): PyObject {
  const entered = enter().map((option) => {
    let target: PyObject = pyNone;
    let inside = state.stacks;
    option.run((value) => {
      target = value;
      inside = state.stacks;
    });
    return { target, inside };
  });
  state.imbalance++;
  const [first, ...others] = entered;
  if (!first) return pyNone;
  state.stacks = others.reduce((stacks, one) => state.uncertainStacks(stacks, one.inside), first.inside);
  return joinObjects(entered.map((one) => one.target)) ?? pyNone;
}

function leave(state: SlimState, libraries: readonly SlimLibrary[]): PyObject {
  state.imbalance++;
  state.stacks = popped(state.stacks, libraries);
  return pyNone;
}

/** Data of a function under `@arg_scope(...)`: the scopes that each of its calls runs in, inner ones first. */
interface DecoratedByScope {
  readonly freezesTo: PyObject;
  readonly scopes: readonly (() => readonly ManagerOption[])[];
}

/** The scopes that decorators put around each call of an object, inner ones first. */
export function scopesAround(object: PyObject | undefined): readonly (() => readonly ManagerOption[])[] {
  const data = object?.kind === 'host' ? (object.host.data as Partial<DecoratedByScope> | undefined) : undefined;
  return data?.scopes ?? [];
}

/** `@arg_scope([...], ...)` above a `def`: a fresh scope around each call (A3, Python 3). */
function decorate(state: SlimState, enter: () => readonly ManagerOption[], fn: PyObject): PyObject {
  return {
    kind: 'host',
    host: {
      description: 'a function under an arg_scope decorator',
      data: { freezesTo: fn, scopes: [...scopesAround(fn), enter] } satisfies DecoratedByScope,
      call: (args, site) => {
        const results: PyObject[] = [];
        const alternatives = enter().map((option) => (): Completion => {
          option.run(() => {
            results.push(state.machine.call(fn, args, site));
          });
          return 'normal';
        });
        branch(state.machine, alternatives);
        return joinObjects(results) ?? pyNone;
      },
    },
  };
}
