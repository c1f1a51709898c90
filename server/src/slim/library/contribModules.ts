/**
 * Where the modules of tf_slim were in tf.contrib (TensorFlow 1.15), and which packages re-exported what (B3, C).
 * Facts only; `moduleTable.ts` builds the namespaces from them.
 */

const layers = 'tensorflow.contrib.layers.python.layers';
const framework = 'tensorflow.contrib.framework.python.ops';
const slim = 'tensorflow.contrib.slim.python.slim';

/** tf_slim module -> contrib module, exact names first, then prefixes. */
const exactModules: ReadonlyMap<string, string> = new Map([
  ['tf_slim.layers.bucketization_op', 'tensorflow.contrib.layers.python.ops.bucketization_op'],
  ['tf_slim.layers.sparse_ops', 'tensorflow.contrib.layers.python.ops.sparse_ops'],
  ['tf_slim.ops.framework_ops', `${framework}.ops`],
  ['tf_slim.losses.loss_ops', 'tensorflow.contrib.losses.python.losses.loss_ops'],
  ['tf_slim.losses.metric_learning', 'tensorflow.contrib.losses.python.metric_learning.metric_loss_ops'],
  ['tf_slim.metrics.classification', 'tensorflow.contrib.metrics.python.metrics.classification'],
]);

const modulePrefixes: readonly (readonly [string, string])[] = [
  ['tf_slim.layers.', `${layers}.`],
  ['tf_slim.ops.', `${framework}.`],
  ['tf_slim.metrics.', 'tensorflow.contrib.metrics.python.ops.'],
  ['tf_slim.training.', 'tensorflow.contrib.training.python.training.'],
  ['tf_slim.data.', `${slim}.data.`],
  ['tf_slim.nets.', `${slim}.nets.`],
  ['tf_slim.learning', `${slim}.learning`],
  ['tf_slim.evaluation', `${slim}.evaluation`],
  ['tf_slim.queues', `${slim}.queues`],
  ['tf_slim.summaries', `${slim}.summaries`],
  ['tf_slim.model_analyzer', `${slim}.model_analyzer`],
];

/** The contrib module that had the definitions of this tf_slim module; undefined for packages. */
export function toContribModule(module: string): string | undefined {
  const exact = exactModules.get(module);
  if (exact !== undefined) return exact;
  for (const [from, to] of modulePrefixes) {
    if (module.startsWith(from)) return to + module.slice(from.length);
  }
  return undefined;
}

const encoders = `${layers}.encoders`;
const columnModule = `${layers}.feature_column`;
const columnOpsModule = `${layers}.feature_column_ops`;
const embeddingModule = `${layers}.embedding_ops`;
const targetModule = `${layers}.target_column`;

/** Definitions that only contrib has (B2, B3): tf_slim left the encoders, embeddings and feature columns out. */
export const contribOnlyNames: ReadonlyMap<string, readonly string[]> = new Map([
  [`${framework}.variables`, ['zero_initializer']],
  [encoders, ['bow_encoder', 'embed_sequence']],
  [
    embeddingModule,
    [
      'embedding_lookup_unique',
      'safe_embedding_lookup_sparse',
      'scattered_embedding_lookup',
      'scattered_embedding_lookup_sparse',
    ],
  ],
  [
    columnModule,
    [
      'bucketized_column',
      'create_feature_spec_for_parsing',
      'crossed_column',
      'embedding_column',
      'infer_real_valued_columns',
      'make_place_holder_tensors_for_base_features',
      'one_hot_column',
      'real_valued_column',
      'scattered_embedding_column',
      'shared_embedding_columns',
      'sparse_column_with_hash_bucket',
      'sparse_column_with_integerized_feature',
      'sparse_column_with_keys',
      'sparse_column_with_vocabulary_file',
      'weighted_sparse_column',
    ],
  ],
  [
    columnOpsModule,
    [
      'check_feature_columns',
      'input_from_feature_columns',
      'joint_weighted_sum_from_feature_columns',
      'parse_feature_columns_from_examples',
      'parse_feature_columns_from_sequence_examples',
      'sequence_input_from_feature_columns',
      'transform_features',
      'weighted_sum_from_feature_columns',
    ],
  ],
  [targetModule, ['multi_class_target', 'regression_target']],
]);

export interface ContribPackage {
  readonly module: string;
  /** Modules whose definitions it star-imports, in order. */
  readonly from: readonly string[];
  /** Names that are modules. */
  readonly modules: { readonly [name: string]: string };
  /** Names that a reader would expect and that are AttributeErrors. */
  readonly absent: readonly string[];
}

const layerModules = [
  'initializers',
  'layers',
  'normalization',
  'optimizers',
  'regularizers',
  'rev_block_lib',
  'summaries',
];
/** Modules of contrib.layers without a twin in tf_slim. */
const contribOnlyModules = [encoders, embeddingModule, columnModule, columnOpsModule, targetModule];
const layerSources = [...layerModules.map((name) => `${layers}.${name}`), ...contribOnlyModules];

function submodules(parent: string, names: readonly string[]): { readonly [name: string]: string } {
  return Object.fromEntries(names.map((name) => [name, `${parent}.${name}`]));
}

const netNames = ['alexnet', 'inception', 'inception_v1', 'inception_v2', 'inception_v3', 'overfeat', 'resnet_utils'];
const nets = submodules(`${slim}.nets`, [...netNames, 'resnet_v1', 'resnet_v2', 'vgg']);
const dataNames = ['data_decoder', 'data_provider', 'dataset', 'dataset_data_provider', 'parallel_reader'];
const data = submodules(`${slim}.data`, [...dataNames, 'prefetch_queue', 'tfexample_decoder']);
const trainingNames = ['evaluation', 'learning', 'model_analyzer', 'queues', 'summaries'];
const scopeApi = `${framework}.arg_scope`;

/** The packages, inner ones before those that import from them. */
export const contribPackages: readonly ContribPackage[] = [
  ...contribOnlyModules.map((module) => ({ module, from: [], modules: {}, absent: [] })),
  // The star import of arg_scope's names hides the submodule of that name: `ops.arg_scope` is the function (C).
  {
    module: framework,
    from: [scopeApi, `${framework}.variables`, `${framework}.ops`],
    modules: submodules(framework, ['variables', 'checkpoint_ops']),
    absent: [],
  },
  // `layers` here is the submodule: `from tensorflow.contrib.layers.python import layers` gives this package.
  {
    module: layers,
    from: layerSources,
    modules: submodules(layers, [...layerModules, 'utils', 'encoders']),
    absent: [],
  },
  { module: 'tensorflow.contrib.layers.python', from: [], modules: { layers }, absent: [] },
  {
    module: 'tensorflow.contrib.layers',
    from: layerSources,
    modules: {},
    absent: [
      'pool',
      'model_variable',
      'variable',
      'arg_scope',
      'add_arg_scope',
      'current_arg_scope',
      'has_arg_scope',
      'arg_scoped_arguments',
      'arg_scope_func_key',
    ],
  },
  {
    module: 'tensorflow.contrib.framework',
    from: [scopeApi, `${framework}.variables`, `${framework}.ops`],
    modules: {},
    absent: ['arg_scope_func_key'],
  },
  {
    module: 'tensorflow.contrib.losses',
    from: [
      'tensorflow.contrib.losses.python.losses.loss_ops',
      'tensorflow.contrib.losses.python.metric_learning.metric_loss_ops',
    ],
    modules: {},
    absent: [],
  },
  { module: 'tensorflow.contrib.losses.python.losses', from: ['tensorflow.contrib.losses'], modules: {}, absent: [] },
  {
    module: 'tensorflow.contrib.metrics',
    from: [
      'tensorflow.contrib.metrics.python.metrics.classification',
      'tensorflow.contrib.metrics.python.ops.histogram_ops',
      'tensorflow.contrib.metrics.python.ops.metric_ops',
    ],
    modules: {},
    absent: [],
  },
  {
    module: 'tensorflow.contrib.training',
    from: [
      'tensorflow.contrib.training.python.training.evaluation',
      'tensorflow.contrib.training.python.training.training',
    ],
    modules: {},
    absent: [],
  },
  { module: `${slim}.nets`, from: [], modules: nets, absent: [] },
  { module: 'tensorflow.contrib.slim.nets', from: [], modules: nets, absent: [] },
  { module: `${slim}.data`, from: [], modules: data, absent: [] },
  { module: slim, from: [], modules: { ...submodules(slim, [...trainingNames, 'nets', 'data']) }, absent: [] },
  {
    module: 'tensorflow.contrib.slim',
    from: [scopeApi, `${framework}.variables`, layers],
    modules: {
      // Star-importing the package `layers` also brings its submodules (B3: `slim.layers` is a module of functions).
      ...submodules(layers, [...layerModules, 'utils', 'encoders']),
      ...data,
      ...submodules(slim, trainingNames),
      losses: 'tensorflow.contrib.losses',
      metrics: 'tensorflow.contrib.metrics',
      nets: 'tensorflow.contrib.slim.nets',
    },
    absent: [],
  },
];
