/**
 * What the fuzzer reports: a broken promise, with a name that stays the same while the text is cut down.
 */

/** A promise that did not hold for a text. */
export class Broken extends Error {
  /** Names the promise: `hover inside the document`. */
  readonly promise: string;

  constructor(promise: string, detail: string, cause?: unknown) {
    super(`${promise}: ${detail}`, cause === undefined ? undefined : { cause });
    this.promise = promise;
  }
}

/** Runs a step; an exception becomes a broken promise of the step, named by where it was thrown. */
export function step<Result>(name: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof Broken) throw error;
    const [where = ''] = (error instanceof Error ? (error.stack ?? '') : '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line));
    const place = /at (?:async )?([\w.#<>$ ]+?)(?: \(|$)/.exec(where)?.[1] ?? 'unknown place';
    throw new Broken(`${name} throws in ${place}`, String(error), error);
  }
}

/** What is broken, or nothing. */
export function brokenBy(run: () => void): Broken | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof Broken) return error;
    throw error;
  }
}
