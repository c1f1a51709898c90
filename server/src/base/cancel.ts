/**
 * Cooperative cancellation: loops check a token and throw; only adapters catch.
 * A cancelled computation never turns into an empty answer, which would be a claim.
 */

/** Told by an adapter whether the answer is still wanted. */
export interface CancelToken {
  readonly isCancelled: boolean;
}

/** Thrown by {@link checkCancelled}. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** A token that is never cancelled. */
export const neverCancelled: CancelToken = { isCancelled: false };

/** Throws {@link Cancelled} when the token says so. */
export function checkCancelled(token: CancelToken): void {
  if (token.isCancelled) throw new Cancelled();
}
