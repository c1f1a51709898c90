/**
 * Follows tensors while a network is run: every layer below the network's function is noted with its variable scope, the
 * shape that it gives and the variables that it makes. A program that asks for a static shape gets it, so that networks
 * whose structure depends on shapes are followed as TensorFlow builds them.
 * Knows one run; what the network is and how it is run is said by traceNetwork.ts.
 */
import type { Location } from '../../base/span';
import type { CallArguments, CallSite, PyFunction, PyObject, PyUnknown } from '../../semantics/interpreter/objects';
import { optionsOf, pyInt, pyNone, pyUnknown } from '../../semantics/interpreter/objects';
import { makeList } from '../../semantics/interpreter/join';
import type { Frame, Machine } from '../../semantics/interpreter/machine';
import type { TensorTrace, TracedLayer } from '../evaluator/tensorTrace';
import { callersOf } from '../evaluator/recorder';
import { openScopes, type Stacks } from '../evaluator/scopeStack';
import type { CallerFrame } from '../model';
import { layerEffect, variableScopeNames } from './layerEffect';
import type { LayerEffect } from './layerModel';
import { broadcast, shapeText, unknownShape, type Shape } from './shape';
import { functionShape, type Values } from './tensorFunctions';
import { scopeObject, VariableScopes, type ScopeEntry, type ScopePath } from './variableScopes';

/** A layer of a network, as it ran. */
export interface LayerRun extends Pick<TracedLayer, 'op' | 'via' | 'context'> {
  readonly call: Location;
  readonly callee: Location;
  readonly scope: ScopePath;
  /** Whether variables that exist are taken again; undefined when that is not known. */
  readonly shares: boolean | undefined;
  /** The scopes around the call, outermost first. */
  readonly nesting: readonly Nesting[];
  readonly input: Shape;
  readonly effect: LayerEffect;
  /** True when it may not run, or run more than once: a test or the number of rounds of a loop is not known. */
  readonly isUncertain: boolean;
}

/** A scope that is open around a layer: an `arg_scope(...)` call, or a part of a variable scope's name. */
export type Nesting =
  { readonly kind: 'argScope'; readonly at: Location } | { readonly kind: 'variables'; readonly name: string };

/** One time that a network was built. */
export interface NetworkRun {
  /** The calls that led to the network, entry point first; empty for the network by itself. */
  readonly callers: readonly CallerFrame[];
  /** Key and name of the function that the run started with; undefined for a module body. */
  readonly root: string | undefined;
  readonly rootName: string | undefined;
  readonly isAssumed: boolean;
  readonly layers: LayerRun[];
  /** Where the shape of the input comes from, and what it is. */
  readonly input: { readonly parameter: string; readonly shape: Shape; readonly isGiven: boolean } | undefined;
}

/** The function whose runs are wanted; a module body when there is none. */
export interface NetworkTarget {
  readonly file: string;
  /** Start of the `def`. */
  readonly start: number | undefined;
  /** The shape of the input, instead of what the program says. */
  readonly inputShape?: Shape;
}

interface Open {
  readonly run: NetworkRun;
  readonly branchDepth: number;
}

/** See the file comment. */
export class NetworkTrace implements TensorTrace {
  readonly runs: NetworkRun[] = [];
  readonly #shapes = new WeakMap<PyObject, Shape>();
  readonly #scopes = new VariableScopes();
  readonly #open = new WeakMap<Frame, Open>();
  /** The input of the network whose frame is about to start. */
  #input: NetworkRun['input'];
  #branchDepth = 0;
  #inner: PyObject | undefined;
  /** The variable scopes that are open, each with the number of arg_scopes around it. */
  readonly #opened: { readonly name: string; readonly depth: number }[] = [];
  readonly #values: Values = {
    shape: (value) => this.#shape(value),
    items: (value) => this.machine.iterate(value),
  };

  constructor(
    readonly machine: Machine,
    readonly target: NetworkTarget,
  ) {}

  // ------------------------------------------------------------------------------------------------ the network

  parameters(fn: PyFunction, values: ReadonlyMap<string, PyObject>): ReadonlyMap<string, PyObject> {
    if (!this.#isTarget(fn.source.file, fn) || this.#frameOfNetwork()) return values;
    this.#scopes.restart();
    this.#branchDepth = this.machine.branchDepth;
    const name = inputParameter(fn);
    const given = name === undefined ? undefined : values.get(name);
    if (name === undefined || !given) {
      this.#input = undefined;
      return values;
    }
    const known = this.#shapes.get(given);
    const shape =
      this.target.inputShape ??
      (known?.dims ? known : (defaultShape(fn) ?? unknownShape(`the shape of \`${name}\` is not known`)));
    const isGiven = this.target.inputShape !== undefined;
    this.#input = { parameter: name, shape, isGiven };
    const isTensor = given.kind === 'unknown' || given.kind === 'externalResult' || given.kind === 'choice';
    if (!isTensor || (known && !isGiven)) return values;
    return new Map([...values, [name, this.#tensor(`\`${name}\``, shape, undefined)]]);
  }

  #isTarget(file: string, fn: PyFunction | undefined): boolean {
    return file === this.target.file && fn?.node.span.start === this.target.start;
  }

  /** The outermost running frame of the network. */
  #frameOfNetwork(): Frame | undefined {
    let found: Frame | undefined;
    for (let at: Frame | undefined = this.machine.frame; at; at = at.parent) {
      if (at.function === undefined && at.depth < 0) continue;
      if (this.#isTarget(at.source.file, at.function)) found = at;
    }
    return found;
  }

  #openNetwork(call: TracedLayer): { readonly frame: Frame; readonly open: Open } | undefined {
    const frame = this.#frameOfNetwork();
    if (!frame) return undefined;
    let open = this.#open.get(frame);
    if (!open) {
      const { root, rootName, isAssumed } = call;
      const input = this.target.start === undefined ? undefined : this.#input;
      const run: NetworkRun = { callers: callersOf(frame), root, rootName, isAssumed, layers: [], input };
      this.runs.push(run);
      open = { run, branchDepth: this.target.start === undefined ? frame.branchDepth : this.#branchDepth };
      this.#open.set(frame, open);
    }
    return { frame, open };
  }

  // ------------------------------------------------------------------------------------------------ layers

  layer(call: TracedLayer, inside: () => void): void {
    const network = call.isRecorded ? this.#openNetwork(call) : undefined;
    const input = this.#shape(call.values.get(call.op.signature.parameters[0]?.name ?? ''));
    const { arguments: args, implicitCalls } = call.context;
    const effect = layerEffect(call.op, args, implicitCalls, input);
    if (call.result.kind === 'unknown') this.#shapes.set(call.result, effect.output);
    const isUncertain = network ? this.#isUncertain(network.frame, network.open) : false;
    const note = (scope: ScopePath): void => {
      if (!network) return;
      const { op, via, context, site } = call;
      const { call: at, callee } = site;
      const nesting = this.#nesting(variableScopeNames[op.name] === undefined);
      const run: LayerRun = {
        op,
        via,
        context,
        call: at,
        callee,
        scope,
        shares: this.#scopes.shares,
        nesting,
        input,
        effect,
        isUncertain,
      };
      if (!isUncertain || !isRepeated(network.open.run.layers, run)) network.open.run.layers.push(run);
    };
    const outer = this.#inner;
    this.#inner = this.#tensor('the output of the layer', effect.output, call.site.call);
    try {
      this.#inScopeOf(call, isUncertain, (scope) => {
        note(scope);
        inside();
      });
    } finally {
      this.#inner = outer;
    }
  }

  innerTensor(): PyObject | undefined {
    return this.#inner;
  }

  #inScopeOf({ op, values }: TracedLayer, isUncertain: boolean, run: (scope: ScopePath) => void): void {
    const name = values.get('scope') ?? values.get('name');
    const fallback = variableScopeNames[op.name];
    if (fallback !== undefined) {
      this.#within({ name, fallback, reuse: values.get('reuse'), isOneOfSeveral: isUncertain }, run);
      return;
    }
    const { text, isKnown } = this.#scopes.current;
    const own = name?.kind === 'str' ? name.value : op.name;
    run({ text: text === '' ? own : `${text}/${own}`, isKnown });
  }

  /** True when not every way through the network comes here, or one comes here again and again. */
  #isUncertain(network: Frame, { branchDepth }: Open): boolean {
    if (this.machine.branchDepth > branchDepth) return true;
    for (let at: Frame | undefined = this.machine.frame; at; at = at.parent) {
      if (at.returns.some((exit) => exit.conditional)) return true;
      if (at === network) return false;
    }
    return false;
  }

  scoped<T>(name: PyObject | undefined, fallback: string, run: () => T): T {
    return this.#within({ name, fallback, reuse: undefined, isOneOfSeveral: false }, run);
  }

  #within<T>(entry: ScopeEntry, run: (path: ScopePath) => T): T {
    return this.#scopes.within(entry, (path) => {
      const part = path.text.slice(path.text.lastIndexOf('/') + 1);
      this.#opened.push({ name: part, depth: this.#argScopes().length });
      try {
        return run(path);
      } finally {
        this.#opened.pop();
      }
    });
  }

  #argScopes(): readonly Location[] {
    const { contrib, tf_slim: slim } = this.machine.host.ambient() as Stacks;
    const [a, b] = [openScopes(contrib), openScopes(slim)];
    return a.length > b.length ? a : b;
  }

  /** The scopes around the running layer, without its own one if it opens one. */
  #nesting(hasNone: boolean): readonly Nesting[] {
    const opened = hasNone ? this.#opened : this.#opened.slice(0, -1);
    const scopes = this.#argScopes();
    const nesting: Nesting[] = [];
    let depth = 0;
    const upTo = (end: number): void => {
      for (; depth < end; depth++) {
        const at = scopes[depth];
        if (at) nesting.push({ kind: 'argScope', at });
      }
    };
    for (const one of opened) {
      upTo(one.depth);
      nesting.push({ kind: 'variables', name: one.name });
    }
    upTo(scopes.length);
    return nesting;
  }

  // ------------------------------------------------------------------------------------------------ other functions

  external(canonical: string, args: CallArguments, site: CallSite): PyObject | undefined {
    const get = (index: number, name: string): PyObject | undefined =>
      args.positional[index]?.value ?? args.keywords.find((one) => one.name === name)?.value;
    if (/(?:^|\.)(?:utils\.)?last_dimension$/.test(canonical)) return this.#lastDimension(get(0, 'shape'));
    if (/^tf\.(?:compat\.v1\.)?dimension_value$/.test(canonical)) return get(0, 'dimension');
    if (/^tf\.(?:compat\.v1\.)?variable_scope$/.test(canonical)) return this.#variableScope(args);
    if (/^tf\.(?:compat\.v1\.)?get_variable_scope$/.test(canonical))
      return scopeObject(this.#scopes.current, this.#scopes);
    if (!canonical.startsWith('tf.')) return undefined;
    const shape = functionShape(canonical.slice('tf.'.length), args, this.#values);
    return shape && this.#tensor(`the result of \`${canonical}\``, shape, site.call);
  }

  #lastDimension(shape: PyObject | undefined): PyObject | undefined {
    const items = shape && this.machine.iterate(shape);
    return items?.at(-1);
  }

  /** `tf.variable_scope(name_or_scope, default_name)`. */
  #variableScope(args: CallArguments): PyObject {
    const [first, second] = args.positional;
    const named = (name: string): PyObject | undefined => args.keywords.find((one) => one.name === name)?.value;
    const open = args.unknownKeywords ?? args.unknownPositional;
    const name = open ?? first?.value ?? named('name_or_scope');
    const fallback = second?.value ?? named('default_name');
    const prefix = fallback?.kind === 'str' ? fallback.value : undefined;
    const reuse = args.positional[REUSE]?.value ?? named('reuse');
    return {
      kind: 'host',
      host: {
        description: 'a variable scope',
        enter: () => [
          {
            run: (body) => {
              const entry = { name, fallback: prefix, reuse, isOneOfSeveral: this.#isOpenBranch() };
              this.#within(entry, (path) => body(scopeObject(path, this.#scopes)));
            },
          },
        ],
      },
    };
  }

  #isOpenBranch(): boolean {
    const frame = this.#frameOfNetwork();
    const open = frame && this.#open.get(frame);
    return frame && open ? this.#isUncertain(frame, open) : false;
  }

  // ------------------------------------------------------------------------------------------------ tensors

  computed(operator: string | undefined, operands: readonly PyObject[], result: PyUnknown): void {
    const [a, b] = operands;
    const shape =
      operator !== undefined && a && b && /^(?:[-+*/%]|\*\*|\/\/)$/.test(operator)
        ? broadcast(this.#shape(a), this.#shape(b))
        : unknownShape(operator === undefined ? 'a part of a tensor' : `the result of \`${operator}\``);
    this.#shapes.set(result, shape);
  }

  attribute(object: PyObject, name: string, at: Location): PyObject | undefined {
    if (object.kind === 'unknown' && object.isTensor) return this.#tensorAttribute(object, name, at);
    // A dimension of TensorFlow 1 has its number as `value`.
    if (name === 'value' && (object.kind === 'int' || object.kind === 'none')) return object;
    return object.kind === 'tuple' && !object.fields ? shapeAttribute(object.items, name) : undefined;
  }

  #tensorAttribute(tensor: PyUnknown, name: string, at: Location): PyObject | undefined {
    if (name !== 'shape' && name !== 'get_shape') return undefined;
    const { dims, reason } = this.#shape(tensor);
    if (!dims)
      return name === 'shape' ? pyUnknown(`the shape of a tensor is not known: ${reason ?? ''}`, at) : undefined;
    const open = reason === undefined ? pyNone : pyUnknown(reason, at);
    const shape: PyObject = { kind: 'tuple', items: dims.map((dim) => (dim === null ? open : pyInt(dim))) };
    return name === 'shape' ? shape : { kind: 'host', host: { description: '`get_shape`', call: () => shape } };
  }

  #tensor(reason: string, shape: Shape, at: Location | undefined): PyUnknown {
    const tensor: PyUnknown = { ...pyUnknown(reason, at), isTensor: true };
    this.#shapes.set(tensor, shape);
    return tensor;
  }

  #shape(value: PyObject | undefined): Shape {
    if (!value) return unknownShape('there is no input');
    const known = this.#shapes.get(value);
    if (known) return known;
    switch (value.kind) {
      case 'int':
      case 'float':
      case 'bool':
        return { dims: [] };
      case 'choice': {
        const shapes = optionsOf(value).map((option) => this.#shape(option.value));
        const [shape] = shapes;
        const isOne = shape?.dims && shapes.every((other) => other.dims && shapeText(other) === shapeText(shape));
        return isOne ? shape : unknownShape('which tensor it is depends on a test that is not known');
      }
      case 'unknown':
        return unknownShape(value.isTensor ? 'it is one of several tensors, and which is not known' : value.reason);
      default:
        return unknownShape('it is not known to be a tensor');
    }
  }
}

/** Methods and attributes of a `TensorShape`, which otherwise is as good as a tuple. */
function shapeAttribute(items: readonly PyObject[], name: string): PyObject | undefined {
  const method = (result: () => PyObject): PyObject => ({
    kind: 'host',
    host: { description: `\`${name}\` of a shape`, call: result },
  });
  switch (name) {
    case 'as_list':
      return method(() => makeList(items));
    case 'ndims':
    case 'rank':
      return pyInt(items.length);
    case 'dims':
      return makeList(items);
    case 'with_rank':
    case 'with_rank_at_least':
      return method(() => ({ kind: 'tuple', items }));
    default:
      return undefined;
  }
}

/** Loops that are run until nothing changes meet their layers again and again. */
function isRepeated(layers: readonly LayerRun[], run: LayerRun): boolean {
  return layers.some(
    (other) =>
      other.isUncertain &&
      other.call.file === run.call.file &&
      other.call.span.start === run.call.span.start &&
      other.op.name === run.op.name &&
      other.via === run.via &&
      other.scope.text === run.scope.text &&
      other.context.callers.length === run.context.callers.length &&
      other.context.callers.every(({ call }, i) => call.span.start === run.context.callers[i]?.call.span.start),
  );
}

/** Place of `reuse` among the parameters of `tf.variable_scope`. */
const REUSE = 8;

const INPUT_NAME = /^(?:inputs?|images?|x|net|features?|input_(?:tensor|images?)|tensors?|batch)$/;

/** The parameter that holds what the network works on: by its name, else the first one. */
function inputParameter({ node, closure }: PyFunction): string | undefined {
  const isMethod = closure.scope.kind === 'class';
  const plain = node.parameters.filter(({ form }) => form === 'plain').slice(isMethod ? 1 : 0);
  const named = plain.find(({ name }) => INPUT_NAME.test(name.name));
  return (named ?? plain.find((parameter) => !parameter.default))?.name.name;
}

/** `vgg_16.default_image_size = 224` says what the network is made for. */
function defaultShape(fn: PyFunction): Shape | undefined {
  const size = fn.attributes.value.get('default_image_size');
  return size?.kind === 'int' ? { dims: [null, size.value, size.value, 3] } : undefined;
}
