/**
 * What a conversion answers, as plain data. It is equal, equal with named caveats, or refused with reasons; it is never
 * "probably right".
 */
import type { TextEdit } from '../../base/textEdit';
import type { Refused } from '../rewrite/request';

export type Conversion =
  | {
      readonly kind: 'converted';
      /** Name of the layer class, for titles: `Conv2D`. */
      readonly layer: string;
      readonly edits: readonly TextEdit[];
      /** The assumption about callers on which the conversion rests, if any. */
      readonly assumption?: string;
      /** What stays different, or has to be true for the result to be equal; the assumption is among them. */
      readonly caveats: readonly string[];
      /** Names of layers, with the variable scope of TensorFlow 1 that each stands for, below scopes not known here. */
      readonly scopes: ReadonlyMap<string, string>;
    }
  | Refused;
