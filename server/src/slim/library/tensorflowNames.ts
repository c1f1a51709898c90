/**
 * Canonical public names of TensorFlow objects: `tensorflow.python.ops.nn_ops.relu`, `tensorflow.compat.v1.nn.relu` and
 * `tensorflow.nn.relu` are all `tf.nn.relu`. Names that are not known stay as written, never guessed.
 * Not about contrib, tf_slim or tf.layers.
 */

/** Module below `tensorflow.python` -> public namespace of its names. */
const privateModules: ReadonlyMap<string, string> = new Map([
  ...namespace('tf.nn', ['ops.nn', 'ops.nn_ops', 'ops.nn_impl', 'ops.gen_nn_ops', 'ops.rnn', 'ops.ctc_ops']),
  ...namespace('tf.nn', ['ops.candidate_sampling_ops', 'ops.embedding_ops']),
  ...namespace('tf.nn.rnn_cell', ['ops.rnn_cell', 'ops.rnn_cell_impl']),
  ...namespace('tf', ['ops.array_ops', 'ops.math_ops', 'ops.gen_array_ops', 'ops.gen_math_ops', 'ops.random_ops']),
  ...namespace('tf', ['ops.init_ops', 'ops.variable_scope', 'ops.variables', 'ops.control_flow_ops', 'ops.clip_ops']),
  ...namespace('tf', ['ops.check_ops', 'ops.state_ops', 'ops.standard_ops', 'ops.partitioned_variables']),
  ...namespace('tf', ['ops.linalg_ops', 'ops.confusion_matrix', 'ops.functional_ops', 'ops.map_fn', 'ops.script_ops']),
  ...namespace('tf', ['ops.logging_ops', 'ops.parsing_ops', 'ops.data_flow_ops', 'ops.template', 'ops.histogram_ops']),
  ...namespace('tf', ['ops.io_ops', 'ops.string_ops', 'ops.custom_gradient', 'ops.gradients_impl', 'ops.gradients']),
  ...namespace('tf', ['framework.ops', 'framework.dtypes', 'framework.constant_op', 'framework.tensor_shape']),
  ...namespace('tf', ['framework.sparse_tensor', 'framework.random_seed', 'framework.tensor_util', 'client.session']),
  ...namespace('tf.image', ['ops.image_ops', 'ops.image_ops_impl']),
  ...namespace('tf.losses', ['ops.losses.losses', 'ops.losses.losses_impl', 'ops.losses.util']),
  ...namespace('tf.metrics', ['ops.metrics', 'ops.metrics_impl']),
  ...namespace('tf.errors', ['framework.errors', 'framework.errors_impl']),
  ...namespace('tf.summary', ['summary.summary']),
  ...namespace('tf.logging', ['platform.tf_logging']),
  ...namespace('tf.gfile', ['platform.gfile']),
  ...namespace('tf.flags', ['platform.flags']),
  ...namespace('tf.app', ['platform.app']),
  ...namespace('tf.test', ['platform.test', 'platform.googletest']),
  ...namespace('tf.train', ['training.training', 'training.saver', 'training.training_util', 'training.optimizer']),
  ...namespace('tf.train', ['training.adam', 'training.gradient_descent', 'training.momentum', 'training.rmsprop']),
  ...namespace('tf.train', ['training.moving_averages', 'training.learning_rate_decay', 'training.coordinator']),
  ...namespace('tf.train', ['training.monitored_session', 'training.queue_runner', 'training.supervisor']),
]);

/** Class names of `init_ops` that are the same objects as public initializers. */
const initializerClasses: ReadonlyMap<string, string> = new Map([
  ['Zeros', 'zeros_initializer'],
  ['Ones', 'ones_initializer'],
  ['Constant', 'constant_initializer'],
  ['RandomUniform', 'random_uniform_initializer'],
  ['RandomNormal', 'random_normal_initializer'],
  ['TruncatedNormal', 'truncated_normal_initializer'],
  ['UniformUnitScaling', 'uniform_unit_scaling_initializer'],
  ['VarianceScaling', 'variance_scaling_initializer'],
  ['Orthogonal', 'orthogonal_initializer'],
  ['Identity', 'identity_initializer'],
  ['GlorotUniform', 'glorot_uniform_initializer'],
  ['GlorotNormal', 'glorot_normal_initializer'],
]);

/** Functions of `init_ops` whose only public name is below `tf.initializers`. */
const initializerFunctions: ReadonlySet<string> = new Set(['he_normal', 'he_uniform', 'lecun_normal', 'lecun_uniform']);

/** `tf.initializers.X` that are the same objects as `tf.X_initializer`. */
const shortInitializers: ReadonlySet<string> = new Set([
  ...['constant', 'identity', 'ones', 'zeros', 'orthogonal', 'random_normal', 'random_uniform', 'truncated_normal'],
  ...['uniform_unit_scaling', 'variance_scaling', 'glorot_normal', 'glorot_uniform'],
]);

/** Functions that `tf.math`, `tf.nn` or `tf` export as one object; the first part of the canonical name. */
const sharedNames: ReadonlyMap<string, string> = new Map([
  ...['relu', 'relu6', 'elu', 'selu', 'leaky_relu', 'softmax', 'log_softmax', 'softplus', 'softsign', 'crelu'].map(
    (name): [string, string] => [name, 'tf.nn'],
  ),
  ...['sigmoid', 'tanh', 'swish', 'silu', 'l2_normalize', 'max_pool', 'avg_pool', 'bias_add', 'dropout'].map(
    (name): [string, string] => [name, 'tf.nn'],
  ),
]);

/** Paths whose rest is public API of TensorFlow 1 as it stands. */
const apiPrefixes = ['tensorflow._api.v1', 'tensorflow._api.v2.compat.v1', 'tensorflow.compat.v1', 'tensorflow_core'];

/**
 * The part of a path below TensorFlow's (version 1) root, for example `['nn', 'relu']` for
 * `tensorflow.compat.v1.nn.relu`. Undefined when the path is not TensorFlow's.
 */
export function belowTensorFlow(path: string): readonly string[] | undefined {
  let rest = path;
  for (const prefix of apiPrefixes) {
    while (rest === prefix || rest.startsWith(`${prefix}.`)) rest = `tensorflow${rest.slice(prefix.length)}`;
  }
  const parts = rest.split('.');
  return parts[0] === 'tensorflow' ? parts.slice(1) : undefined;
}

/** The canonical name of a path below TensorFlow's root. */
export function canonicalTensorFlowName(below: readonly string[]): string {
  if (below[0] === 'python') return canonicalPrivateName(below);
  const [namespace, name] = below;
  if (below.length === 2 && name !== undefined) {
    if (namespace === 'initializers')
      return `tf.${shortInitializers.has(name) ? `${name}_initializer` : `initializers.${name}`}`;
    if (namespace === 'math' || namespace === 'nn') return canonicalShared(`tf.${namespace}`, name);
  }
  if (below.length === 1 && namespace !== undefined) return canonicalShared('tf', namespace);
  return ['tf', ...below].join('.');
}

function canonicalPrivateName(below: readonly string[]): string {
  const path = below.slice(1);
  if (path[0] === 'keras' || path[0] === 'data') return ['tf', ...path].join('.');
  for (let length = path.length; length > 0; length--) {
    const module = path.slice(0, length).join('.');
    const name = path[length];
    const target = privateModules.get(module);
    if (target === undefined) continue;
    if (name === undefined) break;
    if (module === 'ops.init_ops') return canonicalInitializer(path.slice(length));
    const [first = '', ...rest] = path.slice(length);
    return [canonicalShared(target, first), ...rest].join('.');
  }
  return ['tensorflow', ...below].join('.');
}

function canonicalInitializer(parts: readonly string[]): string {
  const [name = '', ...rest] = parts;
  const canonical = initializerFunctions.has(name) ? `initializers.${name}` : (initializerClasses.get(name) ?? name);
  return ['tf', canonical, ...rest].join('.');
}

function canonicalShared(namespace: string, name: string): string {
  return `${sharedNames.get(name) ?? namespace}.${name}`;
}

function namespace(target: string, modules: readonly string[]): readonly (readonly [string, string])[] {
  return modules.map((module) => [module, target]);
}
