/**
 * What is said about single names of TensorFlow 1 beyond the table: which of them are about graphs, and TensorFlow 2's
 * own way for the most used ones. Every name that is recommended exists in TensorFlow 2.15 and 2.21. Says nothing rather
 * than something near.
 */

/** Names that only mean something while a graph is built or run (E4). */
const graphNames: readonly RegExp[] = [
  /^(?:Session|InteractiveSession|placeholder\w*|sparse_placeholder)$/,
  /^(?:get_variable|get_variable_scope|get_local_variable|variable_scope|variable_op_scope|VariableScope|AUTO_REUSE)$/,
  /^(?:\w+_initializer|initialize_\w+|\w*variables|report_uninitialized_variables)$/,
  /^(?:get_collection\w*|add_to_collections?|GraphKeys|get_default_graph|get_default_session|reset_default_graph)$/,
  /^(?:local_variables|model_variables|moving_average_variables)$/,
  /^(?:losses|metrics|summary|layers|saved_model)\./,
  /^nn\.(?:dynamic_rnn|bidirectional_dynamic_rnn|raw_rnn|static_\w+)$/,
  /^data\.make_initializable_iterator$/,
  /^train\.(?:\w*Optimizer|Saver|Supervisor|MonitoredSession|\w*MonitoredTrainingSession|SingularMonitoredSession)$/,
  /^train\.(?:\w*Hook|Scaffold|SessionManager|SessionCreator|QueueRunner|\w*batch|\w*batch_join|\w*_producer)$/,
  /^train\.(?:start_queue_runners|add_queue_runner|export_meta_graph|import_meta_graph|\w*global_step)$/,
];

/** An initializer object is no part of a graph, unlike the op that runs the initializers of variables. */
const initializerObjects =
  /^(?:constant|ones|zeros|random_\w+|truncated_normal|orthogonal|glorot_\w+|variance_scaling|uniform_unit_scaling)_initializer$/;

/** True when `tf.compat.v1` keeps the name, but not its use outside graphs. */
export function isGraphName(name: string): boolean {
  return !initializerObjects.test(name) && graphNames.some((pattern) => pattern.test(name));
}

/** Names that have nothing to do with the mode: files, messages, flags, records, and plain functions of values. */
const plainNames: readonly RegExp[] = [
  /^(?:logging|gfile|flags|app|resource_loader|python_io|errors|manip)(?:\.|$)/,
  /^(?:to_\w+|(?:en|dis)able_\w+|image\.resize_\w+|image\.extract_image_patches|io\.tf_record_iterator)$/,
  /^(?:ConfigProto|GPUOptions|GraphDef|GraphOptions|RunOptions|RunMetadata|MetaGraphDef|NodeDef|OptimizerOptions)$/,
  /^(?:Summary|SummaryMetadata|HistogramProto|Event|AttrValue|NameAttrList|TensorInfo|Dimension|(?:GIT_|COMPILER_)?VERSION)$/,
  /^(?:arg_max|arg_min|div|floor_div|count_nonzero|confusion_matrix|bincount|setdiff1d|batch_gather|linalg\.transpose)$/,
  /^(?:decode_csv|decode_raw|parse_example|parse_single_example|string_\w+|substr|reduce_join|sparse_\w+|serialize_\w+)$/,
  /^(?:depth_to_space|space_to_depth|batch_to_space_nd|extract_image_patches|random_poisson|multinomial|clip_by_average_norm)$/,
];

/** True when `tf.compat.v1` keeps the name and all of its meaning, in eager mode too. */
export function isPlainName(name: string): boolean {
  return initializerObjects.test(name) || plainNames.some((pattern) => pattern.test(name));
}

const replacements: ReadonlyMap<string, string> = new Map([
  ['to_float', '`tf.cast(x, tf.float32)`'],
  ['to_double', '`tf.cast(x, tf.float64)`'],
  ['to_int32', '`tf.cast(x, tf.int32)`'],
  ['to_int64', '`tf.cast(x, tf.int64)`'],
  ['set_random_seed', '`tf.random.set_seed`'],
  ['random.set_random_seed', '`tf.random.set_seed`'],
  ['assign', '`variable.assign(value)`'],
  ['assign_add', '`variable.assign_add(value)`'],
  ['assign_sub', '`variable.assign_sub(value)`'],
  ['gfile.Exists', '`tf.io.gfile.exists`'],
  ['gfile.Glob', '`tf.io.gfile.glob`'],
  ['gfile.IsDirectory', '`tf.io.gfile.isdir`'],
  ['gfile.ListDirectory', '`tf.io.gfile.listdir`'],
  ['gfile.MakeDirs', '`tf.io.gfile.makedirs`'],
  ['gfile.MkDir', '`tf.io.gfile.mkdir`'],
  ['gfile.Remove', '`tf.io.gfile.remove`'],
  ['gfile.DeleteRecursively', '`tf.io.gfile.rmtree`'],
  ['gfile.FastGFile', '`tf.io.gfile.GFile`'],
  ['logging', '`absl.logging`, or Python’s `logging`'],
  ['flags', '`absl.flags`'],
  ['app.flags', '`absl.flags`'],
  ['app.run', '`absl.app.run`'],
  ['get_variable', '`tf.Variable`'],
  ['Session', 'to call functions directly, or through `tf.function`'],
  ['train.AdamOptimizer', '`tf.keras.optimizers.Adam`'],
  ['train.GradientDescentOptimizer', '`tf.keras.optimizers.SGD`'],
  ['train.Saver', '`tf.train.Checkpoint`'],
  ['train.NewCheckpointReader', '`tf.train.load_checkpoint`'],
  ['pywrap_tensorflow', '`tf.train.load_checkpoint` to read checkpoints'],
]);

/** TensorFlow 2's own way to do what a name did, as text; undefined when there is none in a few words. */
export function nativeReplacement(name: string): string | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
    const found = replacements.get(name.slice(0, end));
    // `Session.run` is a part of what is replaced; `train.x` is no part of `train`.
    if (found !== undefined) return found;
  }
  return undefined;
}
