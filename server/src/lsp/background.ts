/**
 * Work that nobody waits for. A promise that fails unseen would end the process; here it becomes a line in the log,
 * and a client that refuses something that it said it could do costs that feature and nothing else.
 */
import type { Logger } from '../project/ports';
import { describe } from './guard';

/** Lets `work` go on by itself; `what` names it in the log when it fails. */
export function inBackground(logger: Logger, what: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => logger.warn(`${what} failed: ${describe(error)}`));
}
