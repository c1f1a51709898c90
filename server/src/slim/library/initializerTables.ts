/**
 * Parameters of the initializer and regularizer factories that Slimscope understands (D4, D5), as TensorFlow 1.15 and
 * tf_slim 1.1.0 define them. Data only; `libraryValues.ts` binds calls to it.
 */

export interface ObjectFactory {
  /** KIND of the effective-arguments format. */
  readonly kind: string;
  /** Parameters in order, `name=default` in Python text. */
  readonly parameters: readonly string[];
  /** The parameters that describe the object; others (dtype, scope) only say how it is built. */
  readonly described: readonly string[];
  /** Arguments that the factory itself decides. */
  readonly fixed?: { readonly [name: string]: string };
  /** Parameters whose default is another one in TensorFlow 2's own API of the same name (D5, "silent change"). */
  readonly changedInVersion2?: readonly string[];
}

const seedAndType = ['seed=None', 'dtype=tf.float32'];

function fixedVarianceScaling(scale: string, distribution: string): ObjectFactory {
  return {
    kind: 'variance_scaling_initializer',
    parameters: ['seed=None'],
    described: [],
    fixed: { scale, mode: "'fan_in'", distribution },
  };
}

/** By canonical name, as `resolveLibraryName` and `canonicalTensorFlowName` give it. */
export const objectFactories: ReadonlyMap<string, ObjectFactory> = new Map<string, ObjectFactory>([
  [
    'slim.xavier_initializer',
    { kind: 'xavier_initializer', parameters: ['uniform=True', ...seedAndType], described: ['uniform'] },
  ],
  [
    'slim.variance_scaling_initializer',
    {
      kind: 'variance_scaling_initializer',
      parameters: ['factor=2.0', "mode='FAN_IN'", 'uniform=False', ...seedAndType],
      described: ['factor', 'mode', 'uniform'],
    },
  ],
  ['slim.l1_regularizer', { kind: 'l1_regularizer', parameters: ['scale', 'scope=None'], described: ['scale'] }],
  ['slim.l2_regularizer', { kind: 'l2_regularizer', parameters: ['scale', 'scope=None'], described: ['scale'] }],
  [
    'slim.l1_l2_regularizer',
    {
      kind: 'l1_l2_regularizer',
      parameters: ['scale_l1=1.0', 'scale_l2=1.0', 'scope=None'],
      described: ['scale_l1', 'scale_l2'],
    },
  ],
  [
    'slim.sum_regularizer',
    { kind: 'sum_regularizer', parameters: ['regularizer_list', 'scope=None'], described: ['regularizer_list'] },
  ],
  [
    'tf.variance_scaling_initializer',
    {
      kind: 'variance_scaling_initializer',
      parameters: ['scale=1.0', "mode='fan_in'", "distribution='truncated_normal'", ...seedAndType],
      described: ['scale', 'mode', 'distribution'],
    },
  ],
  ['tf.initializers.he_normal', fixedVarianceScaling('2.0', "'truncated_normal'")],
  ['tf.initializers.he_uniform', fixedVarianceScaling('2.0', "'uniform'")],
  ['tf.initializers.lecun_normal', fixedVarianceScaling('1.0', "'truncated_normal'")],
  ['tf.initializers.lecun_uniform', fixedVarianceScaling('1.0', "'uniform'")],
  ['tf.glorot_uniform_initializer', { kind: 'glorot_uniform_initializer', parameters: seedAndType, described: [] }],
  ['tf.glorot_normal_initializer', { kind: 'glorot_normal_initializer', parameters: seedAndType, described: [] }],
  [
    'tf.truncated_normal_initializer',
    {
      kind: 'truncated_normal_initializer',
      parameters: ['mean=0.0', 'stddev=1.0', ...seedAndType],
      described: ['mean', 'stddev'],
    },
  ],
  [
    'tf.random_normal_initializer',
    {
      kind: 'random_normal_initializer',
      parameters: ['mean=0.0', 'stddev=1.0', ...seedAndType],
      described: ['mean', 'stddev'],
      changedInVersion2: ['stddev'],
    },
  ],
  [
    'tf.random_uniform_initializer',
    {
      kind: 'random_uniform_initializer',
      parameters: ['minval=0', 'maxval=None', ...seedAndType],
      described: ['minval', 'maxval'],
      changedInVersion2: ['minval', 'maxval'],
    },
  ],
  [
    'tf.constant_initializer',
    {
      kind: 'constant_initializer',
      parameters: ['value=0', 'dtype=tf.float32', 'verify_shape=False'],
      described: ['value'],
    },
  ],
  ['tf.zeros_initializer', { kind: 'zeros_initializer', parameters: ['dtype=tf.float32'], described: [] }],
  ['tf.ones_initializer', { kind: 'ones_initializer', parameters: ['dtype=tf.float32'], described: [] }],
  [
    'tf.orthogonal_initializer',
    { kind: 'orthogonal_initializer', parameters: ['gain=1.0', ...seedAndType], described: ['gain'] },
  ],
  [
    'tf.identity_initializer',
    { kind: 'identity_initializer', parameters: ['gain=1.0', 'dtype=tf.float32'], described: ['gain'] },
  ],
  [
    'tf.uniform_unit_scaling_initializer',
    { kind: 'uniform_unit_scaling_initializer', parameters: ['factor=1.0', ...seedAndType], described: ['factor'] },
  ],
  ['tf.keras.regularizers.l2', { kind: 'keras.l2', parameters: ['l2=0.01'], described: ['l2'] }],
  ['tf.keras.regularizers.L2', { kind: 'keras.l2', parameters: ['l2=0.01'], described: ['l2'] }],
  ['tf.keras.regularizers.l1', { kind: 'keras.l1', parameters: ['l1=0.01'], described: ['l1'] }],
  ['tf.keras.regularizers.L1', { kind: 'keras.l1', parameters: ['l1=0.01'], described: ['l1'] }],
  ['tf.keras.regularizers.L1L2', { kind: 'keras.l1l2', parameters: ['l1=0.0', 'l2=0.0'], described: ['l1', 'l2'] }],
  // Keras 2 defines a function with defaults 0.01, Keras 3 the class with 0.0: without arguments nobody can say.
  ['tf.keras.regularizers.l1_l2', { kind: 'keras.l1l2', parameters: ['l1', 'l2'], described: ['l1', 'l2'] }],
]);

/** Spellings of the Keras regularizers' single parameter that older versions had. */
export const keywordAliases: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ['keras.l2', new Map([['l', 'l2']])],
  ['keras.l1', new Map([['l', 'l1']])],
]);
