/**
 * Exhaustiveness checks and internal invariants.
 * A violation is a bug of Slimscope, never of the user's code; adapters catch it per request.
 */

/** An internal error of Slimscope. */
export class BugError extends Error {
  override readonly name = 'BugError';
}

/** Fails to compile when a discriminated union has an unhandled member. */
export function assertNever(value: never): never {
  throw new BugError(`unexpected value ${JSON.stringify(value)}`);
}

/** Throws a {@link BugError} when `condition` does not hold. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new BugError(message);
}
