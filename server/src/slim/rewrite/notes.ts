/**
 * Collects what a conversion has to tell: reasons against it and caveats. The one mutable thing in a conversion;
 * it lives as long as one request. A converter goes on after a refusal, so that all reasons are found at once.
 */
import type { Location } from '../../base/span';
import type { Reason } from './request';

export interface Notes {
  readonly reasons: Reason[];
  readonly caveats: string[];
  /** Names that layers get, with the variable scope of TensorFlow 1 that each stands for, as far as it is known. */
  readonly scopes: Map<string, string>;
}

/** Empty notes. */
export function makeNotes(): Notes {
  return { reasons: [], caveats: [], scopes: new Map() };
}

/** Adds a reason against the conversion, once. Returns undefined, so that `return refuse(...)` reads well. */
export function refuse(notes: Notes, reason: string, at?: Location): undefined {
  if (notes.reasons.some((other) => other.reason === reason)) return undefined;
  notes.reasons.push(at ? { reason, at } : { reason });
  return undefined;
}

/** Adds a caveat, once. */
export function addCaveat(notes: Notes, caveat: string): void {
  if (!notes.caveats.includes(caveat)) notes.caveats.push(caveat);
}
