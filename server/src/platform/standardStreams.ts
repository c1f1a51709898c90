/**
 * Stdin as a Python source file, and the standard streams of this process for people and programs.
 */
import { writeFileSync } from 'node:fs';
import { decodePython } from './decodePython';
import { encodePython } from './encodePython';

/** A source file that comes through stdin. */
export class StandardSource {
  #bytes: Uint8Array = new Uint8Array();

  /** All of it; waits for its end. */
  async read(): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
    this.#bytes = Buffer.concat(chunks);
    return decodePython(this.#bytes);
  }

  /** Writes a text to stdout as stdin was encoded; says why when that cannot be done. */
  write(text: string): string | undefined {
    const isSame = text === decodePython(this.#bytes);
    const bytes = isSame ? this.#bytes : encodePython(this.#bytes, text);
    if (!bytes) return 'its encoding cannot be written without a loss';
    process.stdout.write(bytes);
    return undefined;
  }
}

/** True when stdout is a terminal whose user wants colours (no-color.org). */
export function wantsColors(): boolean {
  const { NO_COLOR: no, TERM: term } = process.env;
  return process.stdout.isTTY && (no === undefined || no === '') && term !== 'dumb';
}

/** One line on stderr that is written over, when stderr is a terminal; undefined takes it away. */
export function showProgress(text: string | undefined): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text ?? ''}`);
}

/** Writes a text file; says why when that cannot be done. */
export function writeTextFile(path: string, text: string): string | undefined {
  try {
    writeFileSync(path, text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
