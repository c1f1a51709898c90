/**
 * The judge as a process: programs in, truths out, one at a time and in order.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { ProgramText, Truth } from './truth';

export class Judge {
  readonly #process: ChildProcess;
  readonly #waiting: { readonly resolve: (truth: Truth) => void; readonly reject: (error: Error) => void }[] = [];

  /**
   * @param python the interpreter, for example `python3`
   * @param script path of judge.py
   * @param tfSlim folder of the unpacked package `tf_slim`
   */
  constructor(python: string, script: string, tfSlim: string) {
    this.#process = spawn(python, [script, tfSlim], { stdio: ['pipe', 'pipe', 'inherit'] });
    if (!this.#process.stdout) throw new Error('the judge has no output');
    createInterface({ input: this.#process.stdout }).on('line', (text) => {
      this.#waiting.shift()?.resolve(JSON.parse(text) as Truth);
    });
    const fail = (why: string): void => {
      for (const one of this.#waiting.splice(0)) one.reject(new Error(`the judge ${why}`));
    };
    this.#process.on('error', (error) => fail(`cannot run: ${error.message}`));
    this.#process.on('exit', (code) => fail(`ended with ${code ?? 'a signal'}`));
  }

  /** Runs a program and says what its calls received. */
  judge(program: ProgramText): Promise<Truth> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin?.write(JSON.stringify(program) + '\n');
    });
  }

  close(): void {
    this.#process.stdin?.end();
  }
}
