/**
 * What a migration of a file answers, as plain data: the text as it would be, what was converted, and what was refused
 * with its reasons. Places are in the text that was asked about, unless they say otherwise.
 */
import type { Span } from '../../base/span';
import type { OffsetMap } from './offsetMap';
import type { HandedParameter } from './parameters/handedParameter';

export interface Migration {
  /** Equal to the text that was asked about when nothing was done. */
  readonly text: string;
  readonly converted: readonly ConvertedLayer[];
  readonly refused: readonly RefusedLayer[];
  /** `arg_scope`s that reached nothing any more, and imports that nobody used any more. */
  readonly removed: readonly { readonly span: Span; readonly what: string }[];
  /** Scopes that stay because somebody uses them, and who. */
  readonly kept: readonly { readonly span: Span; readonly what: string }[];
  /** Parameters that functions of the file got; those of a file alone are the ones that converted calls read. */
  readonly parameters: readonly HandedParameter[];
  /** Leads places of the new text back. */
  readonly map: OffsetMap;
  /** Names of the new layers, with the variable scope of TensorFlow 1 that each stands for. */
  readonly scopes: ReadonlyMap<string, string>;
  /** True when helper functions are handed names and could not use them all. */
  readonly hasBrokenThreads: boolean;
}

/** A call that became Keras. */
export interface ConvertedLayer {
  readonly span: Span;
  /** The callee as it was: `slim.conv2d`. */
  readonly callee: string;
  /** The Keras class: `Conv2D`. */
  readonly layer: string;
  /** What stays different, or has to be true; see `Conversion`. */
  readonly caveats: readonly string[];
}

/** A slim call that stays as it is. */
export interface RefusedLayer {
  readonly span: Span;
  readonly callee: string;
  /** Never empty, the most important one first. */
  readonly reasons: readonly string[];
}

/** The caveats of all layers, each once, with the number of layers that it is said of. */
export function countCaveats({ converted }: Migration): readonly { readonly text: string; readonly layers: number }[] {
  const counts = new Map<string, number>();
  for (const caveat of converted.flatMap(({ caveats }) => caveats)) counts.set(caveat, (counts.get(caveat) ?? 0) + 1);
  return [...counts].map(([text, layers]) => ({ text, layers }));
}
