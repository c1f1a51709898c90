/**
 * Tells the files that are written for TensorFlow 1 as a whole, for which one finding says it all, and the weaker fact
 * that a file uses something that only TensorFlow 1 had: evidence for what its other calls were meant to do.
 */
import type { RuleContext } from '../rule';
import { contribUses } from './contribUses';
import { isGraphName } from './tensorflowAdvice';
import type { TensorflowUse } from './tensorflowUses';
import { tensorflowUses } from './tensorflowUses';

export interface Tensorflow1File {
  /** The failing uses that one finding speaks for. */
  readonly uses: readonly TensorflowUse[];
}

/** Fewer uses than these are told one by one. */
const minUses = 5;

/** The uses of a file that is TensorFlow 1's as a whole: enough of them, and a graph among them. */
export function tensorflow1File(context: RuleContext): Tensorflow1File | undefined {
  const uses = tensorflowUses(context).filter((one) => isTensorflow1Only(one) && !one.use.conditional);
  const hasGraph = uses.some(
    ({ family, found }) => family === 'tf1-compat' && (found.graphOnly || isGraphName(found.name)),
  );
  return uses.length >= minUses && hasGraph ? { uses } : undefined;
}

/** The uses of a file that takes layers and cells from `tf.compat.v1`, where they raise with Keras 3: enough of them. */
export function keras2File(context: RuleContext): Tensorflow1File | undefined {
  const uses = tensorflowUses(context).filter((one) => isKeras2Only(one) && !one.use.conditional && !one.origin);
  return uses.length >= minUses ? { uses } : undefined;
}

/** True for what `tf.compat.v1` has for Keras 2 alone. */
export function isKeras2Only({ owner, found }: TensorflowUse): boolean {
  return owner === 'tensorflow.compat.v1' && found.fate === 'needsKeras2';
}

/** True when something in the file exists in TensorFlow 1 and in no TensorFlow 2 under this name. */
export function isWrittenForTensorflow1(context: RuleContext): boolean {
  return (
    tensorflowUses(context).some((one) => isTensorflow1Only(one) && !one.use.conditional) ||
    contribUses(context).some(({ use, owner }) => owner === 'tensorflow' && !use.conditional)
  );
}

/** True for what `tf` of TensorFlow 1 had and `tf` of no TensorFlow 2 has under this name. */
export function isTensorflow1Only({ owner, found, kerasLayer }: TensorflowUse): boolean {
  return owner === 'tensorflow' && kerasLayer === undefined && !found.fates.includes('same');
}
