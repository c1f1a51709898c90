/**
 * The map from the variables of a TensorFlow 1 checkpoint to the weights of Keras layers, as plain data: the JSON that
 * `slimscope weights` and `slimscope migrate --weights-map` write. Public: docs/guide/weights.md describes it, and a
 * change that readers would notice raises the version.
 */

/** Schema version 1. */
export interface WeightsMap {
  readonly schemaVersion: 1;
  /** In the order of files and places. */
  readonly layers: readonly MappedLayer[];
}

/** The layers that one constructor call in the code makes. */
export interface MappedLayer {
  /** The name of the layer, where it is known from the code. */
  readonly name: string | null;
  /** Where only parts of the name are known: the name with `*` for each part that is known at run time. */
  readonly pattern: string | null;
  /** The class below `keras.layers`. */
  readonly class: string;
  /**
   * The variable scope of TensorFlow 1 with the variables, as far as it is known: scopes that are passed in at run time
   * are missing in front. Null where only the name says it, in which `/` has become `_`.
   */
  readonly scope: string | null;
  readonly weights: readonly MappedWeight[];
  /** Where the layer is made: `nets/vgg.py:31`. */
  readonly at: string;
}

/** One weight of a layer. */
export interface MappedWeight {
  /** The attribute of the layer: `kernel`, `bias`, `gamma`, `moving_mean`, ... */
  readonly weight: string;
  /** The variable below the scope. More than one where libraries name it differently: a checkpoint has one of them. */
  readonly variables: readonly string[];
  readonly transform: Transform;
  /** Set where it depends on the run whether the layer has this weight. */
  readonly optional?: true;
}

/**
 * How the values of the variable become those of the weight. The conversions keep every layout, so that they only write
 * `identity`; the others are for maps that are edited, as after making a convolution a `Dense` layer.
 */
export type Transform =
  'identity' | { readonly transpose: readonly number[] } | { readonly reshape: readonly number[] };
