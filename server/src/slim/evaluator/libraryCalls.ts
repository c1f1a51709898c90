/**
 * Library functions that are no ops but call what they are given: `tf.cond` and its like call a function at once, in the
 * scopes that are open; `tf.make_template` and decorators give back something that calls it later; `tf.app.run` starts
 * `main`. A function that is not in this table escapes: the interpreter says so.
 */
import { variable, globalsOf } from '../../semantics/interpreter/names';
import { joinObjects } from '../../semantics/interpreter/join';
import { truth } from '../../semantics/interpreter/operators';
import type { CallArguments, CallSite, EvaluatedArgument, PyObject } from '../../semantics/interpreter/objects';
import { pyNone, pyUnknown } from '../../semantics/interpreter/objects';
import type { LibraryObject } from '../library/libraryObject';
import { opIdentityOf } from './opIdentity';
import type { SlimState } from './slimState';

/** One function of the table; undefined when the arguments are not as it expects them. */
type LibraryCall = (state: SlimState, args: CallArguments, site: CallSite) => PyObject | undefined;

/** Calls the function behind a library name, if it is one of the table. */
export function callLibraryFunction(
  state: SlimState,
  objects: readonly LibraryObject[],
  args: CallArguments,
  site: CallSite,
): PyObject | undefined {
  const [first] = objects;
  const name = first?.kind === 'other' || first?.kind === 'notScopable' ? first.canonical : undefined;
  if (name === undefined) return undefined;
  const [root = ''] = name.split('.');
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (root === 'absl') return last === 'run' ? appRun(state, args, site) : undefined;
  if (!/^(?:tf|tensorflow|tf_slim)$/.test(root)) return undefined;
  if (last === 'run') return /\bapp\.run$/.test(name) ? appRun(state, args, site) : undefined;
  return Object.hasOwn(calls, last) ? calls[last]?.(state, args, site) : undefined;
}

const calls: Readonly<Record<string, LibraryCall | undefined>> = {
  cond: (state, args, site) =>
    both(state, argument(args, 1, 'true_fn', 'fn1'), argument(args, 2, 'false_fn', 'fn2'), site),
  smart_cond: smartCond,
  case: (state, args, site) =>
    switchCase(state, argument(args, 0, 'pred_fn_pairs'), argument(args, 1, 'default'), site),
  switch_case: (state, args, site) =>
    switchCase(state, argument(args, 1, 'branch_fns'), argument(args, 2, 'default'), site),
  while_loop: whileLoop,
  map_fn: (state, args, site) => onElements(state, argument(args, 0, 'fn'), 1, site),
  vectorized_map: (state, args, site) => onElements(state, argument(args, 0, 'fn'), 1, site),
  map_structure: (state, args, site) => onElements(state, argument(args, 0, 'func'), args.positional.length - 1, site),
  scan: (state, args, site) => onElements(state, argument(args, 0, 'fn'), 2, site),
  foldl: (state, args, site) => onElements(state, argument(args, 0, 'fn'), 2, site),
  foldr: (state, args, site) => onElements(state, argument(args, 0, 'fn'), 2, site),
  make_template: makeTemplate,
  function: keepsFunction,
  defun: keepsFunction,
  recompute_grad: keepsFunction,
  custom_gradient: customGradient,
  // The library gives back the tensor that it names (D2).
  collect_named_outputs: (_, args) => argument(args, 2, 'outputs')?.value,
};

function argument(args: CallArguments, index: number, ...names: readonly string[]): EvaluatedArgument | undefined {
  return args.positional[index] ?? args.keywords.find(({ name }) => name !== undefined && names.includes(name));
}

/** Calls a function where the library does: at the place of the library call. An op is found there, indirectly. */
function callNow(
  state: SlimState,
  fn: EvaluatedArgument | undefined,
  values: readonly PyObject[],
  site: CallSite,
): PyObject | undefined {
  if (!fn || fn.value.kind === 'none') return undefined;
  const inner: CallSite = { call: site.call, callee: site.callee, node: undefined };
  if (opIdentityOf(fn.value)) state.setVia(inner, 'indirect');
  const positional = values.map((value): EvaluatedArgument => ({ value, form: 'unpacked', at: fn.at }));
  return state.machine.call(fn.value, { positional, keywords: [] }, inner);
}

function tensor(reason: string, site: CallSite): PyObject {
  return { ...pyUnknown(reason, site.call), isTensor: true };
}

/** In a graph both branches are built; which of the results it is shows when the graph runs. */
function both(
  state: SlimState,
  first: EvaluatedArgument | undefined,
  second: EvaluatedArgument | undefined,
  site: CallSite,
): PyObject | undefined {
  if (!first && !second) return undefined;
  const results = [first, second].flatMap((fn) => callNow(state, fn, [], site) ?? []);
  return results.every((result) => result.kind === 'unknown' && result.isTensor)
    ? tensor('the result of a branch', site)
    : pyUnknown('the result of one of the branches', site.call);
}

/** With a condition that is known only its branch is called. */
function smartCond(state: SlimState, args: CallArguments, site: CallSite): PyObject | undefined {
  const [pred, first, second] = [argument(args, 0, 'pred'), argument(args, 1, 'true_fn', 'fn1'), argument(args, 2, 'false_fn', 'fn2')]; // prettier-ignore
  const holds = pred && truth(pred.value);
  if (holds === undefined) return both(state, first, second, site);
  return callNow(state, holds ? first : second, [], site);
}

function switchCase(
  state: SlimState,
  branches: EvaluatedArgument | undefined,
  otherwise: EvaluatedArgument | undefined,
  site: CallSite,
): PyObject | undefined {
  const items = branches && branchFunctions(state, branches.value);
  if (!branches || !items) return undefined;
  const fns = [...items.map((value): EvaluatedArgument => ({ ...branches, value })), ...(otherwise ? [otherwise] : [])];
  for (const fn of fns) callNow(state, fn, [], site);
  return pyUnknown('the result of one of the branches', site.call);
}

/** `[(pred, fn), ...]`, `{pred: fn}` or `[fn, ...]`. */
function branchFunctions(state: SlimState, branches: PyObject): readonly PyObject[] | undefined {
  if (branches.kind === 'dict') {
    return branches.cell.value.rest ? undefined : [...branches.cell.value.entries.values()].map((entry) => entry.value);
  }
  return state.machine.iterate(branches)?.map((item) => (item.kind === 'tuple' ? (item.items[1] ?? item) : item));
}

function whileLoop(state: SlimState, args: CallArguments, site: CallSite): PyObject | undefined {
  const variables = argument(args, 2, 'loop_vars');
  const items = variables && state.machine.iterate(variables.value);
  if (!items) return undefined;
  const values = items.map(() => tensor('a variable of the loop', site));
  callNow(state, argument(args, 0, 'cond'), values, site);
  callNow(state, argument(args, 1, 'body'), values, site);
  return pyUnknown('the variables after the loop', site.call);
}

function onElements(
  state: SlimState,
  fn: EvaluatedArgument | undefined,
  count: number,
  site: CallSite,
): PyObject | undefined {
  const values = Array.from({ length: Math.max(count, 1) }, () => tensor('an element', site));
  const result = callNow(state, fn, values, site);
  if (!result) return undefined;
  return result.kind === 'unknown' && result.isTensor
    ? tensor('the results for all elements', site)
    : pyUnknown('the results for all elements', site.call);
}

/** `tf.make_template(name, fn, **kwargs)`: calls `fn` with these keywords, below the scopes of the later call. */
function makeTemplate(_state: SlimState, args: CallArguments, _site: CallSite): PyObject | undefined {
  const fn = argument(args, 1, 'func_');
  const own = new Set(['name_', 'func_', 'create_scope_now_', 'unique_name_', 'custom_getter_']);
  const stored = args.keywords.filter(({ name }) => name !== undefined && !own.has(name));
  if (!fn || args.unknownKeywords) return undefined;
  const partial = stored.map((one): EvaluatedArgument => ({ ...one, form: 'partial' }));
  return { kind: 'partial', target: fn.value, args: partial };
}

/** A decorator that keeps what the function does, with or without arguments of its own. */
function keepsFunction(_state: SlimState, args: CallArguments, _site: CallSite): PyObject | undefined {
  const [fn] = args.positional;
  if (fn) return fn.value;
  return {
    kind: 'host',
    host: { description: 'a decorator of TensorFlow', call: (inner) => inner.positional[0]?.value ?? pyNone },
  };
}

/** The function gives a result and its gradient; a call of what the decorator makes gives the result. */
function customGradient(state: SlimState, args: CallArguments, site: CallSite): PyObject | undefined {
  const fn = argument(args, 0, 'f');
  if (!fn) return undefined;
  return {
    kind: 'host',
    host: {
      description: 'a function with a gradient of its own',
      call: (inner, innerSite) => {
        const result = state.machine.call(fn.value, inner, innerSite);
        return result.kind === 'tuple' ? (result.items[0] ?? pyNone) : tensor('the result of the function', site);
      },
    },
  };
}

/** Calls `main` of the script, or the function that is given, with the command line. */
function appRun(state: SlimState, args: CallArguments, site: CallSite): PyObject | undefined {
  const given = argument(args, 0, 'main');
  const main =
    given && given.value.kind !== 'none' ? given.value : variable(globalsOf(state.machine.frame.environment), 'main');
  if (!main) return undefined;
  const argv = pyUnknown('the command line', site.call);
  return joinObjects([state.machine.call(main, { positional: [{ value: argv, form: 'unpacked', at: site.call }], keywords: [] }, site)]); // prettier-ignore
}
