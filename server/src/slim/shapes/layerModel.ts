/** The vocabulary of what layers do: what their effects are computed from, and what comes out. Plain data. */
import type { LayerArguments } from './layerArguments';
import type { Shape } from './shape';

/** A variable of a layer, named as below the layer's own variable scope. */
export interface LayerVariable {
  readonly name: string;
  readonly shape: Shape;
  readonly isTrainable: boolean;
}

/** What a layer gives and makes. */
export interface LayerEffect {
  readonly output: Shape;
  readonly variables: readonly LayerVariable[];
  /** Why the list of variables may not be complete. */
  readonly doubt?: string;
}

/** A layer as far as its effect depends on it. */
export interface LayerCall {
  readonly args: LayerArguments;
  readonly input: Shape;
}
