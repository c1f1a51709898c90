/**
 * `slim.repeat` and `slim.stack` (A8): they call the layer normally, with its extra arguments, and pass `scope=` as an
 * explicit keyword. Neither is an op itself.
 */
import type { CallArguments, CallSite, EvaluatedArgument, PyObject } from '../../semantics/interpreter/objects';
import { pyStr, pyUnknown } from '../../semantics/interpreter/objects';
import { opIdentityOf, opPartialOf } from './opIdentity';
import type { SlimState } from './slimState';

/** `repeat(inputs, repetitions, layer, *args, **kwargs)`. */
export function callRepeat(state: SlimState, args: CallArguments, site: CallSite): PyObject {
  const [inputs, repetitions, layer] = take(args, ['inputs', 'repetitions', 'layer']);
  if (!inputs || !layer) return pyUnknown('`repeat` without a layer', site.call);
  const rest: CallArguments = {
    ...args,
    positional: args.positional.slice(3),
    keywords: args.keywords.filter(
      (argument) => !['inputs', 'repetitions', 'layer', 'scope'].includes(argument.name ?? ''),
    ),
  };
  const scope = scopeName(args, layer, 'repeat');
  const count = repetitions?.value.kind === 'int' ? repetitions.value.value : undefined;
  return scoped(state, args, 'Repeat', () => runRepeated(state, { inputs, layer, rest, scope, count }, site));
}

/** Both open a variable scope around their layers. */
function scoped(state: SlimState, args: CallArguments, fallback: string, run: () => PyObject): PyObject {
  const given = args.keywords.find((argument) => argument.name === 'scope')?.value;
  return state.tensors ? state.tensors.scoped(given, fallback, run) : run();
}

interface Repeated {
  readonly inputs: EvaluatedArgument;
  readonly layer: EvaluatedArgument;
  readonly rest: CallArguments;
  readonly scope: PyObject;
  readonly count: number | undefined;
}

function runRepeated(state: SlimState, { inputs, layer, rest, scope, count }: Repeated, site: CallSite): PyObject {
  if (count !== undefined && count <= state.machine.limits.iterations) {
    let outputs: EvaluatedArgument = inputs;
    for (let i = 1; i <= count; i++)
      outputs = inner(state, 'repeat', layer, outputs, rest, numbered(scope, i, site), site);
    return outputs.value;
  }
  const name = pyUnknown(`the scope ends in the number of the repetition`, site.call);
  return inner(state, 'repeat', layer, inputs, rest, name, site).value;
}

/** `stack(inputs, layer, stack_args, **kwargs)`. */
export function callStack(state: SlimState, args: CallArguments, site: CallSite): PyObject {
  const [inputs, layer, stackArgs] = take(args, ['inputs', 'layer', 'stack_args']);
  if (!inputs || !layer || !stackArgs) return pyUnknown('`stack` without a layer', site.call);
  const rest: CallArguments = {
    ...args,
    positional: [],
    keywords: args.keywords.filter(
      (argument) => !['inputs', 'layer', 'stack_args', 'scope'].includes(argument.name ?? ''),
    ),
  };
  const scope = scopeName(args, layer, 'stack');
  return scoped(state, args, 'Stack', () => runStacked(state, { inputs, layer, rest, scope, stackArgs }, site));
}

interface Stacked extends Omit<Repeated, 'count'> {
  readonly stackArgs: EvaluatedArgument;
}

function runStacked(state: SlimState, { inputs, layer, rest, scope, stackArgs }: Stacked, site: CallSite): PyObject {
  const items = state.machine.iterate(stackArgs.value);
  if (!items) {
    const reason =
      stackArgs.value.kind === 'unknown'
        ? stackArgs.value
        : pyUnknown('the arguments of the stack are not known', stackArgs.at);
    const open: CallArguments = { ...rest, unknownPositional: reason };
    return inner(
      state,
      'stack',
      layer,
      inputs,
      open,
      pyUnknown('the scope ends in the number of the layer', site.call),
      site,
    ).value;
  }
  let outputs: EvaluatedArgument = inputs;
  const places = state.elementLocations(stackArgs);
  items.forEach((item, i) => {
    const isUnpacked = item.kind === 'tuple' || item.kind === 'list';
    const values = isUnpacked ? (state.machine.iterate(item) ?? []) : [item];
    const place = places[i];
    const own = isUnpacked && place ? state.elementLocations({ ...stackArgs, expression: place }) : [place];
    const positional = values.map((value, k): EvaluatedArgument => {
      const at = own[k] ?? place ?? stackArgs.at;
      return { value, form: 'unpacked', at, ...(own[k] ? { expression: at } : {}) };
    });
    outputs = inner(state, 'stack', layer, outputs, { ...rest, positional }, numbered(scope, i + 1, site), site);
  });
  return outputs.value;
}

function take(args: CallArguments, names: readonly string[]): readonly (EvaluatedArgument | undefined)[] {
  return names.map((name, i) => args.positional[i] ?? args.keywords.find((argument) => argument.name === name));
}

/** The name that the inner scopes are made of: the given scope, else the layer's own Python name (A8). */
function scopeName(args: CallArguments, layer: EvaluatedArgument, fallback: string): PyObject {
  const given = args.keywords.find((argument) => argument.name === 'scope')?.value;
  if (given && given.kind !== 'none') return given;
  const name = layerName(layer.value);
  return name === undefined
    ? pyUnknown(`the name that \`${fallback}\` gives its layers is not known`, layer.at)
    : pyStr(name);
}

/** `layer.__name__`, or that of the function in a partial. */
function layerName(layer: PyObject): string | undefined {
  const target = layer.kind === 'partial' ? layer.target : layer;
  const op = opIdentityOf(target)?.op ?? opPartialOf(target)?.identity.op;
  if (op) return op.libraries.includes('user') ? op.name : op.functionName;
  if (target.kind === 'method') return layerName(target.function);
  return target.kind === 'function' || target.kind === 'class' ? target.name : undefined;
}

function numbered(scope: PyObject, i: number, site: CallSite): PyObject {
  return scope.kind === 'str'
    ? pyStr(`${scope.value}_${i}`)
    : pyUnknown('the scope of the repetition is not known', site.call);
}

function inner(
  state: SlimState,
  via: 'repeat' | 'stack',
  layer: EvaluatedArgument,
  inputs: EvaluatedArgument,
  rest: CallArguments,
  scope: PyObject,
  site: CallSite,
): EvaluatedArgument {
  const innerSite: CallSite = { call: site.call, callee: site.callee, node: undefined };
  state.setVia(innerSite, via);
  const value = state.machine.call(
    layer.value,
    {
      ...rest,
      positional: [inputs, ...rest.positional],
      keywords: [...rest.keywords, { name: 'scope', value: scope, form: 'unpacked', at: site.call }],
    },
    innerSite,
  );
  return { value, form: 'unpacked', at: inputs.at };
}
