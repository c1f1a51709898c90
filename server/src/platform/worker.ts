/**
 * What a web worker gives to the server: time, and the parser from bytes that whoever started the worker sends. Files come
 * from the client (lsp/clientFileSystem.ts).
 */
import type { Clock } from '../project/ports';
import type { Parse } from '../syntax/parse';
import { initParser } from '../syntax/treeSitter';

/** The first message to the worker, before any of the protocol. */
export interface WorkerStart {
  readonly version: string;
  readonly runtimeWasm: Uint8Array;
  readonly pythonWasm: Uint8Array;
}

/** Real time. */
export const workerClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, run) {
    if (milliseconds === 0) return soon(run);
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Starts the parser. */
export function loadWorkerParser({ runtimeWasm, pythonWasm }: WorkerStart): Promise<Parse> {
  return initParser({ runtimeWasm, pythonWasm });
}

/** After what is waiting; browsers put off a timer of no time that another one has set. */
function soon(run: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  let isRevoked = false;
  port1.onmessage = () => {
    port1.close();
    if (!isRevoked) run();
  };
  port2.postMessage(undefined);
  return () => void (isRevoked = true);
}
