/**
 * A converted call as data: the layers to apply one after the other, with the texts of their arguments.
 * Converters make it, emit.ts turns it into edits.
 */
import type { TextEdit } from '../../base/textEdit';

export interface LayerPlan {
  /** Class below `keras.layers`, for example `Conv2D`. */
  readonly className: string;
  /** Set for a function instead: `function(args)` with the inputs among them. */
  readonly function?: string;
  /** Arguments of the constructor as they are written: `64`, `padding='same'`. */
  readonly args: readonly string[];
  /** Arguments of the call besides the inputs: `training=True`. */
  readonly callArgs: readonly string[];
  /** What the result is kept in as well: `end_points['conv1']`. */
  readonly endPoint?: string;
}

export interface ConvertedCall {
  /** Text of the inputs. */
  readonly inputs: string;
  /** Never empty, in the order in which they run. */
  readonly layers: readonly LayerPlan[];
  /** Changes elsewhere in the file that belong to this one. */
  readonly edits?: readonly TextEdit[];
}

/** A list of argument texts without the missing ones. */
export function argumentList(...texts: readonly (string | undefined)[]): string[] {
  return texts.filter((text) => text !== undefined);
}
