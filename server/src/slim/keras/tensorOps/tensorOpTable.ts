/**
 * Each function of TensorFlow that has an equal layer, or an equal expression, on Keras 2 and Keras 3, with what has to be
 * known of its arguments. Measured on plain and on symbolic tensors, with known and unknown sizes (decision 0016).
 */
import type * as ast from '../../../syntax/ast';
import type { LayerTensors } from './layerTensors';

/** `tf.keras.layers.Class(args)(input)`. */
export interface LayerForm {
  readonly kind: 'layer';
  readonly className: string;
  readonly args: readonly string[];
  readonly input: ast.Expression | string;
}

/** What a call becomes. */
export type TensorOpForm = LayerForm | { readonly kind: 'expression'; readonly text: string };

/** What a converter may ask. */
export interface OpContext {
  readonly tensors: LayerTensors;
  text(node: ast.Node): string;
  quote(text: string): string;
}

type Convert = (call: Arguments, context: OpContext) => TensorOpForm | undefined;

/** What the call of a function of TensorFlow becomes; undefined when it stays. */
export function tensorOpOf(name: string, call: ast.Call, context: OpContext): TensorOpForm | undefined {
  const entry = Object.hasOwn(table, name) ? table[name] : undefined;
  const given = entry && readArguments(call, entry.parameters);
  return given && entry.convert(given, context);
}

interface Entry {
  /** Parameters in order; `|` separates names of TensorFlow 1 and 2. */
  readonly parameters: readonly string[];
  readonly convert: Convert;
}

/** The arguments by the first name of their parameter. */
type Arguments = ReadonlyMap<string, ast.Expression>;

function readArguments(call: ast.Call, parameters: readonly string[]): Arguments | undefined {
  const given = new Map<string, ast.Expression>();
  for (const [at, { form, name, value }] of call.args.entries()) {
    const parameter =
      form === 'positional' ? parameters[at] : parameters.find((one) => one.split('|').includes(name?.name ?? ''));
    if (form === 'star' || form === 'doubleStar' || parameter === undefined) return undefined;
    given.set(parameter.split('|')[0] ?? parameter, value);
  }
  return given;
}

/** A name is dropped: the name of an op means nothing to a model. */
const layer = (className: string, args: readonly string[], input: ast.Expression | string): LayerForm => ({
  kind: 'layer',
  className,
  args,
  input,
});

const concat: Convert = (given, { tensors, text }) => {
  const [values, axis] = [given.get('values'), given.get('axis')];
  if (!values || !axis || !tensors.isTensor(values) || given.size > (given.has('name') ? 3 : 2)) return undefined;
  if (values.kind === 'List' && values.elements.length < 2) return undefined;
  const number = intOf(axis);
  // The first axis is the batch, which a functional model does not show.
  if (number === undefined || number === 0) return undefined;
  return layer('Concatenate', number === -1 ? [] : [`axis=${text(axis)}`], values);
};

/** Removes height and width: with another layer than `Reshape` sizes other than one would go unnoticed. */
const squeeze: Convert = (given, { tensors, text }) => {
  const [input, axis] = [given.get('input'), given.get('axis')];
  if (input?.kind !== 'Name' || !axis || !tensors.isTensor(input)) return undefined;
  if (!isBothAxes(axis) || tensors.rankOf(input) !== 4) return undefined;
  return layer('Reshape', [`(${text(input)}.shape[-1],)`], input);
};

function reduction(className: string): Convert {
  return (given, { tensors }) => {
    const [input, axis, keep] = [given.get('input_tensor'), given.get('axis'), given.get('keepdims')];
    if (!input || !axis || !tensors.isTensor(input) || !isBothAxes(axis)) return undefined;
    const rank = tensors.rankOf(input);
    if (rank !== undefined && rank !== 4) return undefined;
    if (keep !== undefined && keep.kind !== 'Constant') return undefined;
    const keeps = keep?.kind === 'Constant' && keep.value === 'True';
    return layer(className, keeps ? ['keepdims=True'] : [], input);
  };
}

/** Zeros around height and width. */
const pad: Convert = (given, { tensors, text }) => {
  const [input, paddings, mode] = [given.get('tensor'), given.get('paddings'), given.get('mode')];
  if (!input || !tensors.isTensor(input) || given.has('constant_values')) return undefined;
  if (mode && !(mode.kind === 'String' && mode.value.toUpperCase() === 'CONSTANT')) return undefined;
  const pairs = paddings && pairsOf(paddings);
  if (pairs?.length !== 4) return undefined;
  const [batch = [], rows = [], columns = [], channels = []] = pairs;
  if (![...batch, ...channels].every((side) => intOf(side) === 0)) return undefined;
  const [top, bottom, left, right] = [...rows, ...columns].map(text);
  const isOne = top === bottom && left === right && top === left;
  return layer('ZeroPadding2D', [isOne ? `${top}` : `((${top}, ${bottom}), (${left}, ${right}))`], input);
};

/** An activation of this name, in every version of Keras. */
function activation(name: string): Convert {
  return (given, { tensors, quote }) => {
    const input = given.get('features');
    return input && tensors.isTensor(input) ? layer('Activation', [quote(name)], input) : undefined;
  };
}

function activationLayer(
  className: string,
  args: (given: Arguments, context: OpContext) => readonly string[],
): Convert {
  return (given, context) => {
    const input = given.get('features');
    return input && context.tensors.isTensor(input) ? layer(className, args(given, context), input) : undefined;
  };
}

const softmax: Convert = (given, { tensors }) => {
  const [input, axis] = [given.get('logits'), given.get('axis')];
  if (!input || !tensors.isTensor(input) || (axis && intOf(axis) !== -1)) return undefined;
  return layer('Softmax', [], input);
};

const identity: Convert = (given, { tensors }) => {
  const input = given.get('input');
  return input && tensors.isTensor(input) ? layer('Identity', [], input) : undefined;
};

/** Keras overloads the operator. */
function operator(sign: string): Convert {
  return (given, { tensors, text }) => {
    const [left, right] = [given.get('x'), given.get('y')];
    if (!left || !right || !(tensors.isTensor(left) || tensors.isTensor(right))) return undefined;
    const side = (node: ast.Expression) => (isSimple(node) ? text(node) : `(${text(node)})`);
    return { kind: 'expression', text: `(${side(left)} ${sign} ${side(right)})` };
  };
}

/** A layer that takes a list of tensors. */
function merge(className: string): Convert {
  return (given, { tensors, text }) => {
    const [left, right] = [given.get('x'), given.get('y')];
    if (!left || !right || !tensors.isTensor(left) || !tensors.isTensor(right)) return undefined;
    return layer(className, [], `[${text(left)}, ${text(right)}]`);
  };
}

const addAll: Convert = (given, { tensors }) => {
  const inputs = given.get('inputs');
  if (inputs?.kind !== 'List' || inputs.elements.length < 2) return undefined;
  return inputs.elements.every((one) => tensors.isTensor(one)) ? layer('Add', [], inputs) : undefined;
};

const transpose: Convert = (given, { tensors }) => {
  const [input, perm] = [given.get('a'), given.get('perm')];
  if (!input || !tensors.isTensor(input) || (perm?.kind !== 'List' && perm?.kind !== 'Tuple')) return undefined;
  const [batch, ...order] = perm.elements.map(intOf);
  if (batch !== 0 || order.length === 0 || order.some((one) => one === undefined)) return undefined;
  return layer('Permute', [`(${order.join(', ')}${order.length === 1 ? ',' : ''})`], input);
};

const binary = ['x', 'y', 'name'];
const reductionParameters = ['input_tensor', 'axis|reduction_indices', 'keepdims|keep_dims', 'name'];
const features = ['features|x|input|logits', 'name'];

const table: Readonly<Record<string, Entry | undefined>> = {
  add: { parameters: binary, convert: operator('+') },
  add_n: { parameters: ['inputs', 'name'], convert: addAll },
  concat: { parameters: ['values', 'axis', 'name'], convert: concat },
  divide: { parameters: binary, convert: operator('/') },
  elu: { parameters: features, convert: activation('elu') },
  identity: { parameters: ['input', 'name'], convert: identity },
  leaky_relu: {
    parameters: ['features', 'alpha', 'name'],
    convert: activationLayer('LeakyReLU', (given, { text }) => {
      const alpha = given.get('alpha');
      return [alpha ? text(alpha) : '0.2'];
    }),
  },
  maximum: { parameters: binary, convert: merge('Maximum') },
  minimum: { parameters: binary, convert: merge('Minimum') },
  multiply: { parameters: binary, convert: operator('*') },
  pad: { parameters: ['tensor', 'paddings', 'mode', 'name', 'constant_values'], convert: pad },
  reduce_max: { parameters: reductionParameters, convert: reduction('GlobalMaxPooling2D') },
  reduce_mean: { parameters: reductionParameters, convert: reduction('GlobalAveragePooling2D') },
  relu: { parameters: features, convert: activation('relu') },
  relu6: { parameters: features, convert: activationLayer('ReLU', () => ['6.0']) },
  selu: { parameters: features, convert: activation('selu') },
  sigmoid: { parameters: features, convert: activation('sigmoid') },
  softmax: { parameters: ['logits', 'axis', 'name', 'dim'], convert: softmax },
  softplus: { parameters: features, convert: activation('softplus') },
  softsign: { parameters: features, convert: activation('softsign') },
  squeeze: { parameters: ['input', 'axis|squeeze_dims', 'name'], convert: squeeze },
  subtract: { parameters: binary, convert: operator('-') },
  tanh: { parameters: features, convert: activation('tanh') },
  transpose: { parameters: ['a', 'perm', 'name'], convert: transpose },
};

/** `[1, 2]`: height and width of a batch of images. */
function isBothAxes(node: ast.Expression): boolean {
  if (node.kind !== 'List' && node.kind !== 'Tuple') return false;
  return node.elements.length === 2 && intOf(node.elements[0]) === 1 && intOf(node.elements[1]) === 2;
}

function pairsOf(node: ast.Expression): readonly (readonly ast.Expression[])[] | undefined {
  if (node.kind !== 'List' && node.kind !== 'Tuple') return undefined;
  const pairs = node.elements.map((pair) => (pair.kind === 'List' || pair.kind === 'Tuple' ? pair.elements : []));
  return pairs.every((pair) => pair.length === 2) ? pairs : undefined;
}

function intOf(node: ast.Expression | undefined): number | undefined {
  if (node?.kind === 'UnaryOp' && node.operator === '-') {
    const value = intOf(node.operand);
    return value === undefined ? undefined : -value;
  }
  return node?.kind === 'Number' && node.type === 'int' ? node.value : undefined;
}

function isSimple(node: ast.Expression): boolean {
  return ['Name', 'Attribute', 'Subscript', 'Call', 'Number'].includes(node.kind);
}
