/**
 * Failures of a run: told on stderr at once, each once, and remembered for the exit code.
 */
import type { CliIo } from './run';

/** What went wrong so far; each is told once, and at once. */
export class Failures {
  readonly #io: CliIo;
  readonly #told = new Set<string>();
  readonly #traces = new Set<string>();

  constructor(io: CliIo) {
    this.#io = io;
  }

  get any(): boolean {
    return this.#told.size > 0;
  }

  /** An error of Slimscope itself. The same one on many files is shown in full once. */
  add(what: string, error: unknown): void {
    const [head = '', ...stack] = (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n');
    const trace = stack.join('\n');
    const text = stack.length === 0 || this.#traces.has(trace) ? head : `${head}\n${trace}`;
    this.#traces.add(trace);
    this.say(`internal error in ${what}: ${text}`);
  }

  say(text: string): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.#io.progress(undefined);
    this.#io.error(`slimscope: ${text}\n`);
  }
}
