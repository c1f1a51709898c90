/**
 * Failures of a run: told on stderr at once, each once, and remembered for the exit code.
 */
import type { CliIo } from './run';

/** What went wrong so far; each is told once, and at once. */
export class Failures {
  readonly #io: CliIo;
  readonly #told = new Set<string>();

  constructor(io: CliIo) {
    this.#io = io;
  }

  get any(): boolean {
    return this.#told.size > 0;
  }

  /** An error of Slimscope itself. */
  add(what: string, error: unknown): void {
    this.say(`internal error in ${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  say(text: string): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.#io.progress(undefined);
    this.#io.error(`slimscope: ${text}\n`);
  }
}
