/**
 * The TensorFlow that a file is meant to run under, and how Slimscope knows. Severities, replacement names and fixes
 * depend on it. Pure data; the files that say it are read elsewhere.
 */
import { assertNever } from '../base/assertNever';
import type { Location } from '../base/span';

/**
 * The generations of TensorFlow that differ for slim code (E of the semantics notes):
 * `1.15`: `tf.contrib` is there. `2.0-2.15`: no contrib, Keras 2. `2.16`: that and newer, with Keras 3, where
 * `tf.compat.v1.layers` raises. `2.16-tf_keras`: the same with the package tf_keras and `TF_USE_LEGACY_KERAS=1`.
 */
export type Target = '1.15' | '2.0-2.15' | '2.16' | '2.16-tf_keras';

/** From old to new. */
export const targets: readonly Target[] = ['1.15', '2.0-2.15', '2.16', '2.16-tf_keras'];

/** The target that holds where nothing says another. */
export const newestTarget: Target = '2.16';

/** A target with its reason. */
export interface ResolvedTarget {
  readonly target: Target;
  /** Why: a clause for people, "set by `slimscope.targetTensorflow`" or "`tensorflow==1.15.5` in requirements.txt". */
  readonly reason: string;
  /** The line that says it, when a file does. */
  readonly location?: Location;
}

/** "TensorFlow 2.16 or newer" */
export function targetText(target: Target): string {
  switch (target) {
    case '1.15':
      return 'TensorFlow 1.x';
    case '2.0-2.15':
      return 'TensorFlow 2.0 to 2.15';
    case '2.16':
      return 'TensorFlow 2.16 or newer';
    case '2.16-tf_keras':
      return 'TensorFlow 2.16 or newer with tf_keras';
    default:
      return assertNever(target);
  }
}

/** True where `tf.contrib` and the rest of TensorFlow 1 are there. */
export function isTensorflow1(target: Target): boolean {
  return target === '1.15';
}
