/**
 * What follows from the arguments of a call without being an argument: whether there is a bias, what is ignored, and the
 * order in which the library applies things (D1). Says nothing where an argument is not known.
 */
import { code, type Inline } from '../../base/markdown';
import type { StaticValue } from '../../semantics/staticValue';
import { describeResult } from '../../slim/library/libraryValues';
import type { EffectiveArgument } from '../../slim/model';
import { shortened, shownValue, valueText } from '../effectiveCallValue';
import type { EffectiveCallView } from '../effectiveCallView';

export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly because: readonly Inline[];
}

/** What the layer itself computes, by op: those that take `normalizer_fn` and have a bias (B1). */
const linearParts: ReadonlyMap<string, string> = new Map([
  ['conv1d', 'convolution'],
  ['conv2d', 'convolution'],
  ['conv3d', 'convolution'],
  ['convolution', 'convolution'],
  ['conv2d_in_plane', 'convolution'],
  ['conv2d_transpose', 'transposed convolution'],
  ['conv3d_transpose', 'transposed convolution'],
  ['separable_conv2d', 'separable convolution'],
  ['fully_connected', 'matrix product'],
]);

/** True for layers of slim that convolve or multiply, then normalize or add a bias, then activate. */
export function isSlimLayer(view: EffectiveCallView): boolean {
  const { op } = view.call;
  return linearParts.has(op.name) && op.libraries.some((library) => library === 'contrib' || library === 'tf_slim');
}

/** The facts of a call, in the order in which they matter. */
export function callFacts(view: EffectiveCallView): readonly Fact[] {
  if (isSlimLayer(view)) return [...layerFacts(view), ...penaltyFacts(view)];
  if (view.call.op.libraries.includes('tf.layers')) return tfLayerFacts(view);
  return [];
}

function layerFacts(view: EffectiveCallView): readonly Fact[] {
  const normalizer = argumentOf(view, 'normalizer_fn');
  const initializer = argumentOf(view, 'biases_initializer');
  const hasNormalizer = normalizer && isGiven(normalizer.value);
  if (hasNormalizer === true) {
    const ignored = ignoredText(view, ['biases_initializer', 'biases_regularizer']);
    return [{ name: 'bias', value: 'none', because: [code('normalizer_fn'), ' is set', ...ignored] }];
  }
  if (hasNormalizer !== false) return [];
  const facts: Fact[] = [];
  if (initializer && isGiven(initializer.value) === false) {
    const ignored = ignoredText(view, ['biases_regularizer']);
    facts.push({ name: 'bias', value: 'none', because: [...isNone('biases_initializer'), ...ignored] });
  }
  const ignored = ignoredText(view, ['normalizer_params']);
  if (ignored.length > 0) {
    facts.push({ name: 'normalizer', value: 'none', because: [...isNone('normalizer_fn'), ...ignored] });
  }
  return facts;
}

/** `l2_regularizer(0.0)` is legal and no regularizer at all (D4). */
function penaltyFacts(view: EffectiveCallView): readonly Fact[] {
  const penalties = [
    { argument: 'weights_regularizer', name: 'weight penalty' },
    { argument: 'biases_regularizer', name: 'bias penalty' },
  ];
  return penalties.flatMap(({ argument, name }): readonly Fact[] => {
    const value = argumentOf(view, argument)?.value;
    if (value?.kind !== 'externalResult') return [];
    const described = describeResult(value.callee.paths[0] ?? '', value.args);
    const scale = described?.args.get('scale');
    const isOff = scale?.kind === 'float' && scale.value === 0;
    return isOff ? [{ name, value: 'none', because: ['a scale of ', code('0.0'), ' means no regularizer'] }] : [];
  });
}

function tfLayerFacts(view: EffectiveCallView): readonly Fact[] {
  const bias = argumentOf(view, 'use_bias');
  if (!bias || isGiven(bias.value) !== false) return [];
  const ignored = ignoredText(view, ['bias_initializer', 'bias_regularizer', 'bias_constraint']);
  return [{ name: 'bias', value: 'none', because: [code('use_bias'), ' is ', code('False'), ...ignored] }];
}

function isNone(name: string): readonly Inline[] {
  return [code(name), ' is ', code('None')];
}

/** What somebody set in vain. A default that is ignored is not worth a word. */
function ignoredText(view: EffectiveCallView, names: readonly string[]): readonly Inline[] {
  return names.flatMap((name) => {
    const argument = argumentOf(view, name);
    const isSet = argument?.origin.kind === 'call' || argument?.origin.kind === 'argScope';
    return isSet && isGiven(argument.value) !== false ? ['; ', code(name), ' is ignored'] : [];
  });
}

/** `convolution → batch_norm → relu`: the order of D1; undefined where it is not known, or a single step. */
export function orderOf(view: EffectiveCallView): readonly Inline[] | undefined {
  const linear = linearParts.get(view.call.op.name);
  if (linear === undefined || !isSlimLayer(view)) return undefined;
  const normalizer = argumentOf(view, 'normalizer_fn');
  const activation = argumentOf(view, 'activation_fn');
  const initializer = argumentOf(view, 'biases_initializer');
  if (!normalizer || !activation || !initializer) return undefined;
  const hasNormalizer = isGiven(normalizer.value);
  const hasActivation = isGiven(activation.value);
  const hasBias = isGiven(initializer.value);
  if (hasNormalizer === undefined || hasActivation === undefined || hasBias === undefined) return undefined;
  const steps: Inline[] = [linear];
  if (hasNormalizer) steps.push(...normalizerSteps(view, normalizer));
  else if (hasBias) steps.push('bias');
  if (hasActivation) steps.push(functionName(activation));
  if (steps.length === 1) return undefined;
  return steps.flatMap((step, i) => (i === 0 ? [step] : [' → ', step]));
}

/** A normalizer may have an activation of its own, which then runs before the layer's (trap 36). */
function normalizerSteps(view: EffectiveCallView, normalizer: EffectiveArgument): readonly Inline[] {
  const implicit = view.implicit.find(({ call }) => call.via === 'normalizer_fn');
  const inner = implicit?.call.arguments.find(({ name }) => name === 'activation_fn');
  const first = functionName(normalizer);
  return inner && isGiven(inner.value) === true ? [first, functionName(inner)] : [first];
}

function functionName(argument: EffectiveArgument): Inline {
  const text = valueText(argument.value) ?? shownValue(argument).text;
  const name = argument.value.kind === 'external' ? text.replace(/^.*\./, '') : text;
  return code(shortened(name === '<lambda>' ? shownValue(argument).text : name, 24));
}

function argumentOf(view: EffectiveCallView, name: string): EffectiveArgument | undefined {
  return view.common.find((argument) => argument.name === name);
}

/** Python's truth of a value that is `None`, a flag or a function; undefined when it is not known. */
export function isGiven(value: StaticValue): boolean | undefined {
  switch (value.kind) {
    case 'none':
      return false;
    case 'bool':
      return value.value;
    case 'unknown':
      return undefined;
    case 'choice': {
      const [first, ...others] = value.options.map(isGiven);
      return others.every((other) => other === first) ? first : undefined;
    }
    default:
      return true;
  }
}
