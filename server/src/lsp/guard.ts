/**
 * What surrounds every request: cancellation, staleness, internal errors, slow-request lines, and long work in pieces.
 * A request that is no longer wanted gets an error that says so, never an empty result, which would be a claim.
 * An internal error is logged once with everything needed to find it, and answered with a harmless value.
 */
import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';
import { Cancelled, neverCancelled, type CancelToken } from '../base/cancel';
import type { Clock, Logger } from '../project/ports';
import type { Progress } from '../project/snapshot';
import { inBackground } from './background';

/** What the guard needs of the session. */
export interface GuardContext {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Resolves when the first look at the workspace is over (or takes too long to wait for). */
  whenReady(): Promise<void>;
  /** Version of an open document; undefined when it is not open. */
  versionOf(uri: string): number | undefined;
  reportInternalError(): void;
  /** Milliseconds until nobody has typed for a while; 0 when that is so. */
  quietIn(): number;
}

export interface GuardedRequest<T> {
  readonly method: string;
  readonly uri: string;
  readonly token: CancellationToken;
  /** Answer after an internal error. */
  readonly harmless: T;
  /** What a request whose document changed under it is answered with. */
  readonly stale: () => ResponseError<unknown>;
  /**
   * Does the long part of the work beforehand, a piece per step. Between the pieces other messages are taken in: requests
   * are answered, and this one ends when it is cancelled or its document changes.
   */
  readonly prepare?: (cancel: CancelToken) => Iterable<Progress>;
  /** True while the answer would cost work that is in vain if someone types on: then the request waits for a pause. */
  readonly isCostly?: () => boolean;
  /** Milliseconds after which `compute` is not kept waiting any longer; the rest of the work goes on behind it. */
  readonly patience?: number;
  /** @param left how far the work is that was not waited for; undefined when it is done */
  readonly compute: (cancel: CancelToken, left: Progress | undefined) => T;
  /** Called when the rest of the work is done after an answer that did not wait for it. */
  readonly finished?: () => void;
}

/** A document changed while the client waited: its positions mean nothing any more. */
export function contentModified(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.ContentModified, 'the document has changed');
}

/** The same for pulled diagnostics: the client should ask again. */
export function serverCancelled(): ResponseError<{ retriggerRequest: boolean }> {
  return new ResponseError(LSPErrorCodes.ServerCancelled, 'the document has changed', { retriggerRequest: true });
}

/**
 * Runs one request. See the file comment.
 * @throws ResponseError when there is no answer
 */
export async function guard<T>(context: GuardContext, request: GuardedRequest<T>): Promise<T> {
  const { method, uri, token } = request;
  const version = context.versionOf(uri);
  await context.whenReady();
  context.logger.trace(`${method} ${uri} version ${version ?? 'not open'}`);
  const pause = async (milliseconds = 0): Promise<void> => {
    await elapse(context.clock, milliseconds, token);
    if (token.isCancellationRequested) throw requestCancelled();
    if (context.versionOf(uri) !== version) throw request.stale();
  };
  // Lets a cancellation or an edit that is already on the wire come in before the work starts.
  await pause();
  for (let wait = quietIn(context, request); wait > 0; wait = quietIn(context, request)) await pause(wait);
  const started = context.clock.now();
  const cancel: CancelToken = {
    get isCancelled() {
      return token.isCancellationRequested;
    },
  };
  try {
    const work = (request.prepare?.(cancel) ?? [])[Symbol.iterator]();
    let left: Progress | undefined;
    for (let piece = work.next(); !piece.done; piece = work.next()) {
      await pause();
      left = context.clock.now() - started > (request.patience ?? Infinity) ? piece.value : undefined;
      if (left) break;
    }
    const answer = request.compute(cancel, left);
    if (left) inBackground(context.logger, method, finish(context, request, version));
    return answer;
  } catch (error) {
    if (error instanceof Cancelled) throw requestCancelled();
    if (error instanceof ResponseError) throw error;
    context.logger.error(`internal error in ${method} ${uri} version ${version ?? 'not open'}: ${describe(error)}`);
    context.reportInternalError();
    return request.harmless;
  } finally {
    logSlow(context.logger, `${method} ${uri}`, context.clock.now() - started);
  }
}

function quietIn<T>(context: GuardContext, request: GuardedRequest<T>): number {
  return context.quietIn() > 0 && request.isCostly?.() ? context.quietIn() : 0;
}

/** Lets time go by; less when the request is cancelled. */
async function elapse(clock: Clock, milliseconds: number, token: CancellationToken): Promise<void> {
  await new Promise<void>((resolve) => {
    const revoke = clock.after(milliseconds, () => {
      listening?.dispose();
      resolve();
    });
    const listening =
      milliseconds > 0
        ? token.onCancellationRequested(() => {
            revoke();
            resolve();
          })
        : undefined;
  });
}

/** Goes on with what nobody waits for, as long as the document stays as it is. */
async function finish<T>(
  context: GuardContext,
  { uri, prepare, finished }: GuardedRequest<T>,
  version: number | undefined,
): Promise<void> {
  for (const _ of prepare?.(neverCancelled) ?? []) {
    await new Promise<void>((resolve) => context.clock.after(0, resolve));
    if (context.versionOf(uri) !== version) return;
  }
  finished?.();
}

function requestCancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}

/** The error with its stack. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function logSlow(logger: Logger, what: string, milliseconds: number): void {
  if (milliseconds > 500) logger.warn(`slow: ${what} took ${Math.round(milliseconds)} ms`);
  else if (milliseconds > 100) logger.info(`${what} took ${Math.round(milliseconds)} ms`);
}
