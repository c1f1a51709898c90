/**
 * Shapes that TensorFlow's own functions give between layers: joins, arithmetic, padding, reshaping, reductions. A function
 * that is not in the tables has no answer here, and its result no shape.
 */
import type { CallArguments, PyObject } from '../../semantics/interpreter/objects';
import {
  axisIndex,
  broadcast,
  concatenated,
  product,
  shapeOf,
  unknownShape,
  type Dimension,
  type Shape,
} from './shape';

/** Looks into abstract values. */
export interface Values {
  shape(value: PyObject | undefined): Shape;
  items(value: PyObject): readonly PyObject[] | undefined;
}

/** Arguments by position or name. */
interface Given {
  readonly values: Values;
  get(index: number, ...names: readonly string[]): PyObject | undefined;
}

type ShapeFunction = (given: Given) => Shape;

/** The shape of what a function of TensorFlow gives, by its name without `tf.`; undefined when the function is not known. */
export function functionShape(name: string, args: CallArguments, values: Values): Shape | undefined {
  const last = name.slice(name.lastIndexOf('.') + 1);
  const compute = SAME.has(last) ? first : Object.hasOwn(functions, last) ? functions[last] : undefined;
  if (!compute || !/^(?:(?:nn|math|image|random|compat\.v1)\.)*\w+$/.test(name)) return undefined;
  const open = args.unknownPositional ?? args.unknownKeywords;
  if (open) return unknownShape(open.reason);
  const get = (index: number, ...names: readonly string[]): PyObject | undefined =>
    args.positional[index]?.value ?? args.keywords.find((one) => names.includes(one.name ?? ''))?.value;
  return compute({ values, get });
}

/** Functions whose result has the shape of their first argument. */
const SAME = new Set(
  (
    'identity relu relu6 elu selu leaky_relu sigmoid tanh softmax log_softmax softplus softsign swish silu abs ' +
    'negative exp log sqrt rsqrt square sign floor ceil round cast to_float to_int32 to_int64 stop_gradient zeros_like ' +
    'ones_like clip_by_value bias_add dropout l2_normalize lrn local_response_normalization batch_normalization ' +
    'check_numerics convert_to_tensor Print quantize reverse fake_quant_with_min_max_args'
  ).split(' '),
);

const INPUT = ['input', 'x', 'features', 'tensor', 'value', 'logits', 'input_tensor', 'inputs', 'values', 't'] as const;

const first: ShapeFunction = ({ get, values }) => values.shape(get(0, ...INPUT));
const both: ShapeFunction = ({ get, values }) => broadcast(values.shape(get(0, 'x')), values.shape(get(1, 'y')));
const likeArgument: ShapeFunction = (given) => fromDimensions(given, given.get(0, 'shape', 'dims'));

const functions: Readonly<Record<string, ShapeFunction | undefined>> = {
  ...Object.fromEntries('add subtract sub multiply mul divide div truediv floordiv maximum minimum pow mod squared_difference'.split(' ').map((name) => [name, both])), // prettier-ignore
  ...Object.fromEntries('zeros ones random_normal random_uniform truncated_normal normal uniform'.split(' ').map((name) => [name, likeArgument])), // prettier-ignore
  ...Object.fromEntries('reduce_mean reduce_sum reduce_max reduce_min reduce_prod reduce_any reduce_all'.split(' ').map((name) => [name, reduced])), // prettier-ignore
  argmax: extreme,
  argmin: extreme,
  placeholder: (given) => fromDimensions(given, given.get(1, 'shape')),
  placeholder_with_default: (given) => fromDimensions(given, given.get(1, 'shape')),
  concat,
  add_n: ({ get, values }) => {
    const inputs = get(0, 'inputs');
    const [one] = (inputs && values.items(inputs)) ?? [];
    return values.shape(one);
  },
  pad,
  reshape,
  squeeze,
  expand_dims: expandDims,
  transpose,
  resize_bilinear: resized,
  resize_images: resized,
  resize_nearest_neighbor: resized,
  resize_bicubic: resized,
  resize: resized,
  matmul,
};

function fromDimensions({ values }: Given, list: PyObject | undefined): Shape {
  const items = list && values.items(list);
  if (!items) return unknownShape('the shape that is asked for is not known');
  const dims = items.map(dimension);
  const open = items.find((item) => item.kind === 'unknown' && !item.isTensor);
  return shapeOf(dims, ...(open?.kind === 'unknown' ? [{ reason: open.reason }] : []));
}

function dimension(item: PyObject): Dimension {
  return item.kind === 'int' && item.value >= 0 ? item.value : null;
}

function intOf(value: PyObject | undefined): number | undefined {
  return value?.kind === 'int' ? value.value : undefined;
}

/** A number or a list of numbers; null when it is given and not known, undefined when it is not given. */
function intsOf({ values }: Given, value: PyObject | undefined): readonly number[] | null | undefined {
  if (!value || value.kind === 'none') return undefined;
  const items = value.kind === 'int' ? [value] : values.items(value);
  const numbers = items?.flatMap((item) => intOf(item) ?? []);
  return numbers && numbers.length === items?.length ? numbers : null;
}

/** `tf.concat(values, axis)`, and `tf.concat(dim, values)` before TensorFlow 1.0. */
function concat({ get, values }: Given): Shape {
  const [a, b] = [get(0, 'values'), get(1, 'axis', 'concat_dim')];
  const [list, axis] = a?.kind === 'int' ? [b, a] : [a, b];
  const items = list && values.items(list);
  const at = intOf(axis);
  if (!items || at === undefined)
    return unknownShape(items ? 'the axis of `concat` is not known' : 'what is joined is not known');
  return concatenated(items.map((item) => values.shape(item)), at); // prettier-ignore
}

function pad(given: Given): Shape {
  const input = given.values.shape(given.get(0, 'tensor'));
  const paddings = given.get(1, 'paddings');
  const rows = paddings && given.values.items(paddings);
  if (!input.dims || rows?.length !== input.dims.length)
    return unknownShape(input.reason ?? 'the padding is not known');
  const dims = input.dims.map((dim, i) => {
    const row = rows[i];
    const sizes = row && intsOf(given, row);
    const [before, after] = sizes ?? [];
    return dim === null || before === undefined || after === undefined ? null : dim + before + after;
  });
  return shapeOf(dims, input, unknownShape('the padding is not known'));
}

function reshape(given: Given): Shape {
  const { get, values } = given;
  const input = values.shape(get(0, 'tensor'));
  const list = get(1, 'shape');
  const items = list && values.items(list);
  if (!items) return unknownShape('the shape that `reshape` is given is not known');
  const open = items.findIndex((item) => intOf(item) === -1);
  const dims = items.map(dimension);
  const others = product(dims.filter((_, i) => i !== open));
  const total = input.dims ? product(input.dims) : null;
  if (open >= 0 && total !== null && others !== null && others > 0 && total % others === 0) dims[open] = total / others;
  const isBatch = open === 0 || items[0]?.kind === 'unknown';
  return shapeOf(dims, ...(isBatch && !dims.slice(1).includes(null) ? [] : [input, unknownShape('the shape that `reshape` is given is not known')])); // prettier-ignore
}

function reduced(given: Given): Shape {
  const input = given.values.shape(given.get(0, 'input_tensor'));
  const axes = intsOf(given, given.get(1, 'axis', 'reduction_indices'));
  const keeps = given.get(2, 'keepdims', 'keep_dims');
  if (axes === null || (keeps && keeps.kind !== 'bool' && keeps.kind !== 'none')) return unknownShape('the axes of the reduction are not known'); // prettier-ignore
  const keepsDims = keeps?.kind === 'bool' && keeps.value;
  if (!input.dims) return axes === undefined && !keepsDims ? { dims: [] } : input;
  const rank = input.dims.length;
  const at = new Set((axes ?? input.dims.map((_, i) => i)).map((axis) => axisIndex(axis, rank)));
  if (at.has(undefined)) return unknownShape('the reduction has an axis that its input does not have');
  const dims = input.dims.flatMap((dim, i): Dimension[] => (!at.has(i) ? [dim] : keepsDims ? [1] : []));
  return shapeOf(dims, input);
}

/** `argmax(input, axis)`: the axis disappears. */
function extreme(given: Given): Shape {
  const input = given.values.shape(given.get(0, 'input'));
  const axis = given.get(1, 'axis', 'dimension');
  const number = !axis || axis.kind === 'none' ? 0 : intOf(axis);
  const at = number === undefined || !input.dims ? undefined : axisIndex(number, input.dims.length);
  if (at === undefined) return unknownShape(input.reason ?? 'the axis is not known');
  return shapeOf(input.dims?.filter((_, i) => i !== at) ?? [], input); // prettier-ignore
}

function squeeze(given: Given): Shape {
  const input = given.values.shape(given.get(0, 'input'));
  const axes = intsOf(given, given.get(1, 'axis', 'squeeze_dims'));
  if (!input.dims) return input;
  if (axes === null) return unknownShape('the axes of `squeeze` are not known');
  if (axes === undefined) {
    if (input.dims.includes(null)) return unknownShape('which dimensions are 1 is not known');
    return { dims: input.dims.filter((dim) => dim !== 1) };
  }
  const rank = input.dims.length;
  const at = new Set(axes.map((axis) => axisIndex(axis, rank)));
  const wrong = input.dims.some((dim, i) => at.has(i) && dim !== 1 && dim !== null);
  if (wrong || at.has(undefined)) return unknownShape('`squeeze` of a dimension that is not 1');
  return shapeOf(input.dims.filter((_, i) => !at.has(i)), input); // prettier-ignore
}

function expandDims(given: Given): Shape {
  const input = given.values.shape(given.get(0, 'input'));
  const axis = intOf(given.get(1, 'axis', 'dim'));
  if (!input.dims) return input;
  const at = axis === undefined ? undefined : axisIndex(axis, input.dims.length + 1);
  if (at === undefined) return unknownShape('the axis of `expand_dims` is not known');
  return shapeOf([...input.dims.slice(0, at), 1, ...input.dims.slice(at)], input);
}

function transpose(given: Given): Shape {
  const input = given.values.shape(given.get(0, 'a'));
  const order = intsOf(given, given.get(1, 'perm'));
  const { dims } = input;
  if (!dims) return input;
  if (order === undefined) return shapeOf([...dims].reverse(), input);
  if (order?.length !== dims.length) return unknownShape('the order of the axes is not known');
  return shapeOf(order.map((axis) => dims[axis] ?? null), input); // prettier-ignore
}

/** `tf.image.resize_bilinear(images, size)`. */
function resized(given: Given): Shape {
  const input = given.values.shape(given.get(0, 'images'));
  const size = given.get(1, 'size');
  const items = size && given.values.items(size);
  if (input.dims?.length !== 4) return unknownShape(input.reason ?? 'the image has not four dimensions');
  const [batch = null, , , depth = null] = input.dims;
  const [height = null, width = null] = items?.map(dimension) ?? [];
  return shapeOf([batch, height, width, depth], input, unknownShape('the new size of the image is not known'));
}

function matmul(given: Given): Shape {
  const [a, b] = [given.values.shape(given.get(0, 'a')), given.values.shape(given.get(1, 'b'))];
  const isPlain = given.get(2, 'transpose_a') === undefined && given.get(3, 'transpose_b') === undefined;
  if (!isPlain || a.dims?.length !== 2 || b.dims?.length !== 2) return unknownShape(a.reason ?? b.reason ?? 'the product is not followed'); // prettier-ignore
  return shapeOf([a.dims[0] ?? null, b.dims[1] ?? null], a, b);
}
