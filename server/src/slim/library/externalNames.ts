/**
 * Normal forms of library objects that are passed as values: functions, constants, types (section 3, NAME rule).
 * Only names whose nature is known: that `tf.nn.relu` is a function is a fact, what `tf.foo` is would be a guess.
 */
import type { LibraryObject } from './libraryObject';
import type { NormalForm } from './normalFormType';
import { graphKeys } from './pythonText';

const dtypes: ReadonlySet<string> = new Set([
  ...['float16', 'float32', 'float64', 'bfloat16', 'half', 'double', 'int8', 'int16', 'int32', 'int64', 'uint8'],
  ...['uint16', 'uint32', 'uint64', 'bool', 'string', 'complex64', 'complex128', 'qint8', 'qint32', 'quint8'],
  ...['resource', 'variant'],
]);

/** Types with two names: the second is the one that `dtype.name` gives. */
const dtypeNames: ReadonlyMap<string, string> = new Map([
  ['half', 'float16'],
  ['double', 'float64'],
]);

/** Functions and classes directly below `tf` that programs pass as values. */
const topLevelFunctions: ReadonlySet<string> = new Set([
  ...['identity', 'add', 'subtract', 'multiply', 'divide', 'maximum', 'minimum', 'square', 'sqrt', 'exp', 'log', 'abs'],
  ...['sin', 'cos', 'sign', 'negative', 'pow', 'concat', 'stack', 'reshape', 'squeeze', 'transpose', 'stop_gradient'],
  ...[
    'reduce_mean',
    'reduce_sum',
    'reduce_max',
    'reduce_min',
    'reduce_prod',
    'no_regularizer',
    'zeros',
    'ones',
    'cast',
  ],
  ...['zeros_like', 'ones_like', 'get_variable', 'no_op', 'add_n', 'matmul', 'round', 'floor', 'ceil', 'clip_by_value'],
  ...['truncated_normal', 'random_normal', 'random_uniform', 'to_float', 'to_int32', 'to_int64', 'group', 'tuple'],
  ...['zeros_initializer', 'ones_initializer', 'constant_initializer', 'random_uniform_initializer'],
  ...['random_normal_initializer', 'truncated_normal_initializer', 'uniform_unit_scaling_initializer'],
  ...['variance_scaling_initializer', 'orthogonal_initializer', 'identity_initializer', 'glorot_uniform_initializer'],
  'glorot_normal_initializer',
]);

/** Namespaces that hold nothing but functions, as far as lower-case names go. */
const functionNamespaces: ReadonlySet<string> = new Set(['nn', 'math', 'image', 'losses', 'initializers']);

/** Lower-case names in them that are modules. */
const subNamespaces: ReadonlySet<string> = new Set(['tf.nn.rnn_cell', 'tf.nn.experimental', 'tf.math.special']);

/** Functions of `tf` whose result is one tensor or variable. */
const tensorMakers: ReadonlySet<string> = new Set([
  ...['placeholder', 'placeholder_with_default', 'constant', 'Variable', 'get_variable', 'zeros', 'ones', 'zeros_like'],
  ...['ones_like', 'concat', 'reshape', 'squeeze', 'expand_dims', 'transpose', 'pad', 'cast', 'identity', 'add_n'],
  ...[
    'reduce_mean',
    'reduce_sum',
    'reduce_max',
    'reduce_min',
    'matmul',
    'stop_gradient',
    'convert_to_tensor',
    'to_float',
  ],
  ...['random_normal', 'random_uniform', 'truncated_normal', 'add', 'multiply', 'subtract', 'divide', 'maximum'],
]);

const tensorMakersOfNn: ReadonlySet<string> = new Set([
  ...['relu', 'relu6', 'elu', 'selu', 'leaky_relu', 'sigmoid', 'tanh', 'softmax', 'log_softmax', 'softplus', 'swish'],
  ...['max_pool', 'avg_pool', 'conv2d', 'bias_add', 'dropout', 'l2_normalize', 'lrn', 'local_response_normalization'],
]);

/** Second names of functions of `tf.nn`; the format takes the first in alphabetical order. */
const functionAliases: ReadonlyMap<string, string> = new Map([
  ['lrn', 'local_response_normalization'],
  ['swish', 'silu'],
]);

const enums: ReadonlyMap<string, string> = new Map([
  ['tf.AUTO_REUSE', 'AUTO_REUSE'],
  ...['AUTO', 'NONE', 'ON_WRITE', 'ON_READ'].map((name): [string, string] => [
    `tf.VariableSynchronization.${name}`,
    name,
  ]),
  ...['NONE', 'SUM', 'MEAN', 'ONLY_FIRST_REPLICA'].map((name): [string, string] => [
    `tf.VariableAggregation.${name}`,
    name,
  ]),
]);

/** The normal form of a library object passed as a value. Partials are handled by the caller. */
export function functionNormalForm(found: LibraryObject): NormalForm | undefined {
  switch (found.kind) {
    case 'op':
      return { function: found.op.name };
    case 'scopeApi':
      return { function: found.name };
    case 'repeat':
    case 'stack':
    case 'notScopable':
      return { function: found.functionName };
    case 'module':
      return { module: found.moduleName.split('.').at(-1) ?? found.moduleName };
    case 'other':
      return coreNormalForm(found.canonical);
    case 'opPartial':
    case 'missing':
      return undefined;
  }
}

/** True when a call of the object gives one tensor (or variable), whatever its arguments. */
export function makesTensor(found: LibraryObject): boolean {
  if (found.kind === 'op') return found.op.name !== 'add_loss';
  if (found.kind === 'opPartial') return found.op.functionName.endsWith('fully_connected');
  if (found.kind !== 'other') return false;
  const [root, first = '', second] = found.canonical.split('.');
  if (root !== 'tf') return false;
  return second === undefined ? tensorMakers.has(first) : first === 'nn' && tensorMakersOfNn.has(second);
}

function coreNormalForm(canonical: string): NormalForm | undefined {
  const enumName = enums.get(canonical);
  if (enumName !== undefined) return { enum: enumName };
  const parts = canonical.split('.');
  const [root, first = '', second] = parts;
  if (root === 'builtins' && parts.length === 2) return { function: first };
  if (root === 'numpy' && parts.length === 2 && dtypes.has(first)) return { function: first };
  if (root !== 'tf' || subNamespaces.has(canonical)) return undefined;
  if (parts.length === 2) {
    if (dtypes.has(first)) return { dtype: dtypeNames.get(first) ?? first };
    if (first === 'newaxis') return null;
    return topLevelFunctions.has(first) ? { function: first } : undefined;
  }
  if (parts.length !== 3 || second === undefined) return undefined;
  if (first === 'dtypes' && dtypes.has(second)) return { dtype: dtypeNames.get(second) ?? second };
  if (first === 'GraphKeys') return graphKeys.get(second);
  if (!functionNamespaces.has(first) || !/^[a-z]/.test(second)) return undefined;
  return { function: functionAliases.get(second) ?? second };
}
