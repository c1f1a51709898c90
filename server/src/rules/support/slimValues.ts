/**
 * What the slim layers of one model receive, where they all receive the same: the meaning that a layer of another library
 * beside them is compared with. Layers that the library calls for the user (`normalizer_fn`) count. Knows no Keras.
 */
import type { StaticValue } from '../../semantics/staticValue';
import { libraryName } from '../../slim/rewrite/libraryName';
import type { CallContext, EffectiveArgument, Op, OpCall } from '../../slim/model';

/** An argument that all calls of an op agree on. */
export interface AgreedValue {
  readonly value: StaticValue;
  readonly op: Op;
  /** One of the calls. */
  readonly call: OpCall;
  /** True when whoever calls the function may set another value by an `arg_scope`. */
  readonly isOpen: boolean;
}

/** The value that each call of the op has for the argument; undefined when there is none, or one is not known. */
export function agreedValue(calls: readonly OpCall[], op: RegExp, name: string): AgreedValue | undefined {
  const found = calls.flatMap((call) => received(call, op).map((one) => ({ ...one, call })));
  const values = found.map(({ context, args }) => valueOf(context, args, name));
  const [first] = found;
  const [value] = values;
  if (!first || !value || !values.every((one) => one && isNumberOrText(one.value))) return undefined;
  if (values.some((one) => JSON.stringify(one?.value) !== JSON.stringify(value.value))) return undefined;
  const isOpen = values.some((one) => one?.certainty === 'unlessCallerSets');
  return { value: value.value, op: first.op, call: first.call, isOpen };
}

/** Scales of `l2_regularizer` that the calls of a model receive, as numbers. */
export function l2Scales(calls: readonly OpCall[]): ReadonlyMap<number, OpCall> {
  const scales = new Map<number, OpCall>();
  for (const call of calls) {
    for (const { arguments: args } of call.contexts) {
      const scale = l2Scale(args.find((one) => one.name === 'weights_regularizer'));
      if (scale !== undefined && !scales.has(scale)) scales.set(scale, call);
    }
  }
  return scales;
}

interface Received {
  readonly op: Op;
  readonly context: CallContext;
  readonly args: readonly EffectiveArgument[];
}

function received(call: OpCall, name: RegExp): readonly Received[] {
  return call.contexts.flatMap((context) => {
    const all = [{ op: call.op, arguments: context.arguments }, ...context.implicitCalls];
    return all.filter(({ op }) => isOf(op, name)).map(({ op, arguments: args }) => ({ op, context, args }));
  });
}

function isOf(op: Op, name: RegExp): boolean {
  return name.test(op.name) && op.libraries.every((one) => one === 'contrib' || one === 'tf_slim');
}

function valueOf(
  context: CallContext,
  args: readonly EffectiveArgument[],
  name: string,
): EffectiveArgument | undefined {
  return context.error || context.uncertainties.length > 0 ? undefined : args.find((one) => one.name === name);
}

function isNumberOrText(value: StaticValue): boolean {
  if (value.kind === 'list' || value.kind === 'tuple') return value.items.every(isNumberOrText);
  return value.kind === 'int' || value.kind === 'float' || value.kind === 'bool' || value.kind === 'str';
}

function l2Scale(argument: EffectiveArgument | undefined): number | undefined {
  const value = argument?.value;
  if (value?.kind !== 'externalResult' || libraryName(value.callee)?.name !== 'l2_regularizer') return undefined;
  const scale = value.args.find((one) => one.name === undefined || one.name === 'scale')?.value;
  return scale?.kind === 'float' && scale.value !== 0 ? scale.value : undefined;
}
