/**
 * TF-Slim as the interpreter's host: calls of ops, of arg_scope and its relatives, of repeat and stack, and the decorator.
 */
import type { Location } from '../../base/span';
import type {
  CallArguments,
  CallSite,
  EvaluatedArgument,
  PyExternal,
  PyFunction,
  PyObject,
} from '../../semantics/interpreter/objects';
import { pyBool, pyStr, pyUnknown } from '../../semantics/interpreter/objects';
import { isFullyKnown } from '../../semantics/staticValue';
import type { Frame, Host, Machine } from '../../semantics/interpreter/machine';
import { makesTensor } from '../library/externalNames';
import type { LibraryObject, SlimLibrary } from '../library/libraryObject';
import { netModule } from '../library/nets/netProgram';
import { netResult } from '../library/nets/netResult';
import type { CallContext, CallError, Condition, ImplicitCall } from '../model';
import { findSlimOp, opKeyOf } from '../signatures/libraryFunctions';
import { isLayerClass } from '../signatures/tfLayersSignatures';
import { callArgScope } from './argScope';
import { bindCall, type ActiveScope, type BoundCall } from './bindCall';
import { implicitCallsOf, normalizerParams } from './implicitCalls';
import { mayCallOps } from './scopeExtent';
import {
  libraryObject,
  libraryObjects,
  libraryOp,
  opIdentityOf,
  userOp,
  type DecoratedOpData,
  type OpIdentity,
} from './opIdentity';
import { libraryRecord } from './libraryRecords';
import { isKnownLibrary } from './knownLibraries';
import { callModule } from './moduleClasses';
import { constantOf, withFacts } from './libraryFacts';
import { defineFlag, flagOf } from './commandFlags';
import { callLibraryFunction } from './libraryCalls';
import { callRepeat, callStack } from './repeatStack';
import { callersOf, functionKey } from './recorder';
import type { TensorTrace } from './tensorTrace';
import { baseStacks, doubtsOf, keywordsOf, noteOf, unwound, type Stacks } from './scopeStack';
import { noteRaise } from '../../semantics/interpreter/tryStatement';
import { withStored } from '../../semantics/interpreter/partials';
import { SlimState } from './slimState';
import { callUserFunctions } from './userCallbacks';
import { defaultObjectOf } from './defaultObject';

/** A function, and the object that its decorators made of it. */
export interface DefinedFunction {
  readonly fn: PyFunction;
  readonly decorated: PyObject;
}

/** The host with its state. */
export interface SlimHost extends Host {
  readonly state: SlimState;
  /** Functions that modules and entry points defined since the last call, each once. */
  takeDefined(): readonly DefinedFunction[];
}

/** Creates the host of a machine. */
export function createSlimHost(machine: Machine, callers: boolean, tensors?: TensorTrace): SlimHost {
  const state = new SlimState(machine, callers, tensors);
  const defined = new Map<PyFunction['node'], DefinedFunction>();
  return {
    state,
    ...(tensors && { tensors }),
    takeDefined: () => {
      const taken = [...defined.values()];
      defined.clear();
      return taken;
    },
    callExternal: (callee, args, site) =>
      unseen(state, netResult(machine, callee, args, site)) ??
      defineFlag(state, callee, args) ??
      libraryRecord(machine, callee, args, site) ??
      callLibrary(state, callee, args, site),
    external: (external) => flagOf(state, external) ?? withFacts(netModule(machine, external)),
    callInstance: (instance, args, site) => callModule(machine, instance, args, site),
    starImport: (module, name) => starImport(module, name),
    constant: (external) => constantOf(external),
    isKnownLibrary,
    activity: () => state.activity,
    ambient: () => state.stacks,
    restoreAmbient: (ambient) => {
      state.stacks = ambient as Stacks;
    },
    distrustAmbient: (reason, fromCaller) => state.distrustStacks(reason, fromCaller),
    joinAmbients: (ambients) =>
      ambients.reduce((a, b) => (a === b ? a : state.uncertainStacks(a as Stacks, b as Stacks))),
    functionCalled: (fn, self) => state.recorder.noteCalled(fn, self),
    functionEscaped: (fn) => {
      state.extents.noteUnseen();
      state.recorder.escaped.add(functionKey(fn));
    },
    callNotFollowed: () => state.extents.noteUnseen(),
    unrecorded: (run) => {
      const { isMuted } = state.recorder;
      state.recorder.isMuted = true;
      try {
        run();
      } finally {
        state.recorder.isMuted = isMuted;
      }
    },
    limitReached: (reason, at) => state.noteProblem(reason, at),
    imbalance: () => state.imbalance,
    noteImbalance: () => {
      state.imbalance++;
    },
    unknownAmbient: () => state.uncertainStacks(baseStacks(), baseStacks()),
    unwind: (now, inside, outside) => unwound(now as Stacks, inside as Stacks, outside as Stacks),
    functionDefined: (fn, decorated, frame) => {
      if (frame.site === undefined && !defined.has(fn.node)) defined.set(fn.node, { fn, decorated });
    },
  };
}

function starImport(module: string, name: string): PyObject | undefined {
  const object = libraryObject(`${module}.${name}`);
  if (object.kind === 'missing' || object.kind === 'other') return undefined;
  return { kind: 'external', paths: [`${module}.${name}`], via: 'import' };
}

/** What a net of the libraries calls is not told in full. */
function unseen(state: SlimState, result: PyObject | undefined): PyObject | undefined {
  if (result) state.extents.noteUnseen();
  return result;
}

function librariesOf(objects: readonly LibraryObject[]): readonly SlimLibrary[] {
  return objects.flatMap((object) =>
    'library' in object && (object.library === 'contrib' || object.library === 'tf_slim') ? [object.library] : [],
  );
}

/** Calls a library function; undefined when it is none of TF-Slim's. */
function callLibrary(state: SlimState, callee: PyExternal, args: CallArguments, site: CallSite): PyObject | undefined {
  const objects = libraryObjects(callee);
  const [first] = objects;
  switch (first?.kind) {
    case 'op': {
      const identity = libraryOp(objects);
      const result = identity && callOp(state, identity, args, site);
      // The constructor of a layer gives no tensor: it is an object like any other of TensorFlow.
      return isLayerClass(first.op) ? undefined : result;
    }
    case 'opPartial': {
      const identity = libraryOp(objects);
      return identity && callOp(state, identity, withBoundKeywords(first.boundKeywords, args, site), site);
    }
    case 'scopeApi':
      return callScopeApi(state, first.name, librariesOf(objects), args, site);
    case 'repeat':
      return callRepeat(state, args, site);
    case 'stack':
      return callStack(state, args, site);
    default:
      if (first && mayCallOps(first)) state.extents.noteUnseen();
      return (
        tracedResult(state, objects, args, site) ??
        callLibraryFunction(state, objects, args, site) ??
        tensorOf(objects, site)
      );
  }
}

/** What whoever follows tensors says of a library function. */
function tracedResult(
  state: SlimState,
  objects: readonly LibraryObject[],
  args: CallArguments,
  site: CallSite,
): PyObject | undefined {
  const [first] = objects;
  const isNamed = first?.kind === 'other' || first?.kind === 'notScopable';
  return isNamed ? state.tensors?.external(first.canonical, args, site) : undefined;
}

/** What makes a tensor from tensors is nothing but a tensor: the expression behind it grows with the network. */
function tensorOf(objects: readonly LibraryObject[], site: CallSite): PyObject | undefined {
  const [first] = objects;
  if (first?.kind !== 'other' || !objects.every(makesTensor)) return undefined;
  return { ...pyUnknown(`the result of \`${first.canonical}\``, site.call), isTensor: true };
}

/** `slim.relu(...)`: keywords of the partial are call-site keywords; the call's own win (B2). */
function withBoundKeywords(bound: ReadonlyMap<string, string>, args: CallArguments, site: CallSite): CallArguments {
  const stored = [...bound].map(([name, text]): EvaluatedArgument => ({
    name,
    value: defaultObjectOf(text),
    form: 'partial',
    at: site.callee,
  }));
  return withStored(stored, args);
}

/** The active scope for an op; undefined when no arg_scope can configure it. */
export function activeScope(state: SlimState, identity: OpIdentity): ActiveScope | undefined {
  const library = identity.libraries[0];
  const key = library && identity.keys[library];
  if (!library || key === undefined) return undefined;
  const node = state.stacks[library];
  return { node, keywords: keywordsOf(node.top, key), assumesNoCaller: state.assumesNoCaller };
}

/** Binding and recording a call takes about as long as so many steps of the interpreter. */
const OP_STEPS = 20;

/** Calls an op: merges the scope, records the call, and runs the body of a user's op. */
export function callOp(
  state: SlimState,
  identity: OpIdentity,
  args: CallArguments,
  site: CallSite,
  run?: PyObject,
): PyObject {
  state.noteActivity();
  state.knowOp(identity);
  const result: PyObject = {
    kind: 'unknown',
    reason: `the result of \`${identity.op.name}\``,
    at: site.call,
    isTensor: true,
  };
  const isWatched = state.records(state.machine.frame) || state.machine.attempts.length > 0;
  const scope = run || isWatched || state.extents.isAny ? activeScope(state, identity) : undefined;
  state.extents.noteCall(identity, args, scope?.keywords, site.call);
  if (!run && !isWatched) {
    state.extents.noteNormalizer(identity);
    return result;
  }
  state.machine.step(OP_STEPS);
  const textAt = (location: Location): string => state.textAt(location);
  const bound = withInnerConvolution(
    state,
    identity,
    bindCall(identity.op, args, scope, site.call, textAt),
    args,
    site,
  );
  const implicitCalls = implicitCallsOf(identity, bound, site.call, (implicit) => activeScope(state, implicit), textAt);
  noteImplicit(state, identity, bound, implicitCalls, site);
  if (bound.error ?? implicitCalls.some((implicit) => implicit.error)) noteRaise(state.machine);
  const isRecorded = state.records(state.machine.frame);
  const context = isRecorded || state.tensors ? contextOf(state, bound, implicitCalls, scope) : undefined;
  if (isRecorded && context) record(state, identity, context, site);
  const callbacks = (): void =>
    callUserFunctions(state, identity, bound, (implicit) => activeScope(state, implicit), site);
  if (state.tensors && context && !run) {
    const { root, rootName } = state.recorder;
    const via = state.viaOf(site);
    const { values } = bound;
    const isAssumed = state.assumesNoCaller;
    const layer = { op: identity.op, via, site, context, values, result, root, rootName, isAssumed, isRecorded };
    state.tensors.layer(layer, callbacks);
  } else callbacks();
  if (!run || bound.error) return result;
  state.isLeftToCallers ||= scope?.node.top.cell.value.rest?.fromCaller === true;
  return state.machine.call(run, bound.merged(), site);
}

/** Tells the open scopes of what the layer calls: normalizers that are known, and those that are not. */
function noteImplicit(
  state: SlimState,
  identity: OpIdentity,
  bound: BoundCall,
  implicitCalls: readonly ImplicitCall[],
  site: CallSite,
): void {
  if (!state.extents.isAny) return;
  for (const implicit of implicitCalls) {
    const value = bound.values.get(implicit.via);
    const called = value && opIdentityOf(value);
    const params = implicit.via === 'normalizer_fn' ? normalizerParams(bound, site.call) : { keywords: [] };
    const scope = called && activeScope(state, called);
    if (called) state.extents.noteCall(called, { positional: [], ...params }, scope?.keywords, site.call);
    else state.extents.noteNormalizer(identity);
  }
  const isSettled = bound.arguments.every(
    ({ name, value, certainty }) =>
      (name !== 'normalizer_fn' && name !== 'activation_fn') ||
      (certainty === 'certain' && isFullyKnown(value)) ||
      (name === 'activation_fn' && value.kind === 'external'),
  );
  if (!isSettled) state.extents.noteNormalizer(identity);
}

/**
 * conv1d, conv2d and conv3d pass their 19 arguments on to `convolution` by position, so that a scope on `convolution`
 * with any of them collides (A2, trap 9). Only `conv_dims` is given by keyword, and wins.
 */
function withInnerConvolution(
  state: SlimState,
  identity: OpIdentity,
  bound: BoundCall,
  args: CallArguments,
  site: CallSite,
): BoundCall {
  const [library] = identity.libraries;
  const incomplete = bound.arguments.some((argument) => argument.origin.kind === 'missing');
  if (
    bound.error ||
    incomplete ||
    !library ||
    !/^conv[123]d$/.test(identity.op.name) ||
    identity.op.libraries.includes('user')
  )
    return bound;
  const convolution = findSlimOp('convolution');
  const keywords = convolution && keywordsOf(state.stacks[library].top, opKeyOf(library, convolution));
  for (const entry of keywords?.cell.value.entries.values() ?? []) {
    if (!convolution || entry.key.kind !== 'str' || entry.key.value === 'conv_dims' || entry.maybe) continue;
    const name = entry.key.value;
    const taken = convolution.parameters.some((parameter) => parameter.name === name);
    const note = noteOf(entry);
    const error: CallError = {
      type: 'TypeError',
      message: taken
        ? `convolution() got multiple values for argument '${name}'`
        : `convolution() got an unexpected keyword argument '${name}'`,
      argument: name,
      cause: taken ? 'collision' : 'unknownKeyword',
      at: site.call,
      ...(note ? { other: note.keyword ?? note.scope } : {}),
    };
    // Whether the call gets that far is not known when its arguments are not.
    const open = args.unknownKeywords ?? args.unknownPositional;
    if (!open) return { ...bound, error };
    const doubt = { reason: `the call fails: ${error.message}`, at: site.call };
    return { ...bound, uncertainties: [...bound.uncertainties, doubt] };
  }
  return bound;
}

function contextOf(
  state: SlimState,
  bound: BoundCall,
  implicitCalls: readonly ImplicitCall[],
  scope: ActiveScope | undefined,
): CallContext {
  const { frame } = state.machine;
  return {
    callers: callersOf(frame),
    open: entryOf(frame).function !== undefined && !state.assumedScope,
    ...(state.assumedScope && { assumes: state.assumedScope }),
    conditions:
      frame.conditions.length > 0 ? frame.conditions.map(({ text, at, holds }) => ({ text, at, holds })) : none,
    branches: branchesOf(frame),
    arguments: bound.arguments,
    ...(bound.error ? { error: bound.error } : {}),
    implicitCalls,
    uncertainties: [...bound.uncertainties, ...(scope ? doubtsOf(scope.node) : [])],
  };
}

function record(state: SlimState, identity: OpIdentity, context: CallContext, site: CallSite): void {
  const { frame } = state.machine;
  state.recorder.add({
    op: identity.op,
    call: site.call,
    callee: site.callee,
    via: state.viaOf(site),
    enclosingFunction: frame.function?.qualifiedName,
    context,
    root: state.recorder.root,
    rootName: state.recorder.rootName,
    depth: frame.depth,
  });
}

/** The undecided tests around the running statement and around the calls that led to it, outermost first. */
function branchesOf(frame: Frame): readonly Condition[] {
  const branches: Condition[] = [];
  for (let at: Frame | undefined = frame; at; at = at.site && at.parent) {
    branches.unshift(...at.tests.map(({ text, at: place, holds }) => ({ text, at: place, holds })));
  }
  return branches.length > 0 ? branches : none;
}

const none: readonly never[] = [];

function entryOf(frame: Frame): Frame {
  let at = frame;
  while (at.parent && at.site) at = at.parent;
  return at;
}

function callScopeApi(
  state: SlimState,
  name: (LibraryObject & { kind: 'scopeApi' })['name'],
  libraries: readonly SlimLibrary[],
  args: CallArguments,
  site: CallSite,
): PyObject {
  const first = args.positional[0]?.value;
  const identity = first && opIdentityOf(first);
  switch (name) {
    case 'arg_scope':
      return callArgScope(state, libraries, args, site);
    case 'add_arg_scope':
      return first
        ? addArgScope(state, libraries, first, site)
        : pyUnknown('add_arg_scope() without a function', site.call);
    case 'current_arg_scope':
      return state.currentScope(libraries);
    case 'has_arg_scope':
      return identity ? pyBool(true) : pyUnknown('has_arg_scope of an unknown function', site.call);
    case 'arg_scope_func_key': {
      const key = identity && libraries[0] && identity.keys[libraries[0]];
      return key === undefined ? pyUnknown('arg_scope_func_key of an unknown function', site.call) : pyStr(key);
    }
    case 'arg_scoped_arguments':
      return pyUnknown('arg_scoped_arguments is not reliable', site.call);
  }
}

/** `@add_arg_scope`: the function becomes an op of its own (A7). */
function addArgScope(state: SlimState, libraries: readonly SlimLibrary[], fn: PyObject, site: CallSite): PyObject {
  const inner = fn.kind === 'function' ? fn : undefined;
  if (!inner)
    return opIdentityOf(fn) ? fn : pyUnknown('add_arg_scope of something that is not a plain function', site.call);
  const identity = userOp(inner, libraries, state.nextSerial());
  state.knowOp(identity);
  const data: DecoratedOpData = { kind: 'decoratedOp', identity, function: inner, freezesTo: inner };
  return {
    kind: 'host',
    host: {
      description: `\`${inner.name}\``,
      isObject: true,
      data,
      call: (args, callSite) => callOp(state, identity, args, callSite, inner),
      attribute: (name) => (name === '__name__' ? pyStr(inner.name) : undefined),
    },
  };
}
