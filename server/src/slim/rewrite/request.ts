/**
 * What a rewriting of a call is asked, and how it says no. Shared by the conversion to Keras and the half-step.
 */
import type { Location, Span } from '../../base/span';
import type { Program, SourceFile } from '../../semantics/program';
import type { NetworkPlan } from './networkPlan';
import type { FileAnalysis, OpCall } from '../model';

export interface RewriteRequest {
  readonly program: Program;
  /** The file that contains the call. */
  readonly source: SourceFile;
  /** The evaluated file: tells which names are taken and who calls the function around the call. */
  readonly analysis: FileAnalysis;
  readonly call: OpCall;
  /**
   * Set when the call stands for one of several that are written in its place: the only expression of it that is still
   * evaluated once. Others are copied only if a second evaluation does nothing else.
   */
  readonly writtenOnce?: Span;
  /** Set when a whole file is migrated. */
  readonly network?: NetworkPlan;
}

export interface Refused {
  readonly kind: 'refused';
  /** Never empty; the most important one first. */
  readonly reasons: readonly Reason[];
}

/** Why something is not done, in words for the user, and the place that the words speak of. */
export interface Reason {
  readonly reason: string;
  readonly at?: Location;
}
