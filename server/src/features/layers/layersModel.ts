/**
 * What the layers view shows, as plain data: the layers of a network in the order in which they are built, and the scopes
 * around them. Places are offsets; whoever shows them turns them into lines.
 */
import type { Location } from '../../base/span';

/** What is asked for. */
export interface LayersRequest {
  readonly file: string;
  /** Chooses the network around it, where none is named. */
  readonly offset?: number;
  /** Qualified name of a function; empty for the body of the file. */
  readonly network?: string;
  /** Index of a context; the first one when absent or out of range. */
  readonly context?: number;
  /** As typed: `?x299x299x3`. */
  readonly inputShape?: string;
}

export interface LayersView {
  /** Functions of the file that build layers, and its body if that does; in the order of the file. */
  readonly networks: readonly NetworkName[];
  /** The one that is shown; absent when the file builds no layers. */
  readonly network?: NetworkName;
  /** The ways in which the network is built that differ. */
  readonly contexts: readonly NetworkContext[];
  readonly context: number;
  readonly input?: NetworkInput;
  readonly layers: readonly LayerRow[];
  readonly total: Parameters;
  readonly scopes: readonly ScopeNode[];
  /** What is to be known of the whole, in sentences without a stop. */
  readonly problems: readonly string[];
}

export interface NetworkName {
  /** Qualified name; empty for the body of the file. */
  readonly name: string;
  readonly at: Location;
}

export interface NetworkContext {
  /** `train.py line 30, in main`, or words for the network by itself. */
  readonly label: string;
  /** The calls that lead to the network, entry point first. */
  readonly callers: readonly Location[];
  /** Number of further ways on which the same layers are built. */
  readonly others: number;
}

export interface NetworkInput {
  readonly parameter: string;
  readonly shape: string;
  /** `typed` when the request said it, `program` when the program does, `unknown` when nobody does. */
  readonly from: 'typed' | 'program' | 'unknown';
  /** Why it is not known, or what is wrong with what was typed. */
  readonly problem?: string;
}

/** Numbers of parameters; null when they are not known. */
export interface Parameters {
  readonly trainable: number | null;
  readonly nonTrainable: number | null;
  /** Why they are not known. */
  readonly reason?: string;
}

export interface LayerRow {
  /** From 1, in the order in which the layers are built. */
  readonly index: number;
  /** Path of the variable scope; a part that is not known is `?`. */
  readonly name: string;
  readonly op: string;
  /** How the library came to call it, where the program does not: `repeat`, `stack`. */
  readonly via?: string;
  /** What the call and the scopes set, without the input and the name. */
  readonly arguments: readonly LayerArgument[];
  readonly output: string;
  readonly outputReason?: string;
  readonly parameters: Parameters;
  /** True when another layer has made all of its variables. */
  readonly isShared: boolean;
  /** Set when it may not be built, or more than once. */
  readonly condition?: string;
  /** Set when the call fails. */
  readonly error?: string;
  readonly at: Location;
}

export interface LayerArgument {
  readonly name: string;
  /** The op that the library calls with it, where that is not the layer itself: `batch_norm`. */
  readonly of?: string;
  readonly text: string;
  readonly from: 'call' | 'scope';
  /** Set on what only names things: collections. */
  readonly isQuiet?: true;
  /** Where it is written. */
  readonly at?: Location;
  /** Numbers of scope keywords: the one that it comes from, and those that it hides. */
  readonly keyword?: number;
  readonly hides: readonly number[];
}

/** A node of the scope map. */
export type ScopeNode =
  | {
      readonly kind: 'argScope';
      /** The ops that it is for, or the scope that is entered again. */
      readonly label: string;
      readonly keywords: readonly ScopeKeywordNode[];
      readonly at: Location;
      readonly children: readonly ScopeNode[];
    }
  | { readonly kind: 'variables'; readonly name: string; readonly children: readonly ScopeNode[] }
  | { readonly kind: 'layer'; readonly index: number };

/** A keyword of a scope: what becomes of it. */
export interface ScopeKeywordNode {
  readonly id: number;
  readonly name: string;
  readonly text: string;
  readonly at?: Location;
  /** Indexes of the layers that receive it, and of those for which something else is set. */
  readonly reaches: readonly number[];
  readonly hiddenAt: readonly number[];
}
