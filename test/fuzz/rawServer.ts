/**
 * The built server as a child process, spoken to byte by byte, so that messages may be wrong. Every request resolves with
 * its answer; an exit of the server, or silence for long, is a broken promise of the request.
 */
import { spawn } from 'node:child_process';
import { repositoryPath } from '../support/repository';
import { Broken } from './problem';

/** The answer to a request. */
export interface Answer {
  readonly method: string;
  readonly result?: unknown;
  readonly code?: number;
  readonly message?: string;
}

export interface RawServer {
  request(method: string, params: unknown): Promise<Answer>;
  notify(method: string, params: unknown): void;
  cancelLast(): void;
  /** Sends a body that need not be JSON. */
  raw(body: string): void;
  stop(): void;
}

/** No request of a test takes as long. */
const SILENCE_MILLISECONDS = 60_000;

interface Waiting {
  readonly method: string;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Starts `dist/server.js --stdio`. */
export function startRawServer(): RawServer {
  const child = spawn(process.execPath, [repositoryPath('dist/server.js'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let errors = '';
  let stopped = false;
  const fail = (why: string): void => {
    for (const { method, reject } of waiting.values()) reject(new Broken(why, `${method}: ${errors.slice(-2000)}`));
    waiting.clear();
  };
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.on('exit', (code) => stopped || fail(`the server exits with ${code}`));
  const send = (body: string): void => {
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  onMessages(child.stdout, (message) => {
    const { id, method, result, error } = message;
    if (method !== undefined && id !== undefined) send(JSON.stringify({ jsonrpc: '2.0', id, result: null }));
    if (method !== undefined || typeof id !== 'number') return;
    const one = waiting.get(id);
    waiting.delete(id);
    one?.resolve({ method: one.method, result, ...(error && { code: error.code, message: error.message }) });
  });
  return {
    request(method, params) {
      last += 1;
      const id = last;
      const answer = new Promise<Answer>((resolve, reject) => {
        const timer = setTimeout(() => fail('the server is silent'), SILENCE_MILLISECONDS);
        waiting.set(id, {
          method,
          resolve: (given) => (clearTimeout(timer), resolve(given)),
          reject: (given) => (clearTimeout(timer), reject(given)),
        });
      });
      // Awaited later, all together: until then a failure is nobody's.
      answer.catch(() => undefined);
      send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      return answer;
    },
    notify: (method, params) => send(JSON.stringify({ jsonrpc: '2.0', method, params })),
    cancelLast: () => send(JSON.stringify({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: last } })),
    raw: send,
    stop() {
      stopped = true;
      child.kill('SIGKILL');
    },
  };
}

interface Message {
  readonly id?: unknown;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

function onMessages(stream: NodeJS.ReadableStream, take: (message: Message) => void): void {
  let bytes = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (;;) {
      const head = bytes.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/i.exec(bytes.toString('latin1', 0, head))?.[1]);
      if (head < 0 || bytes.length < head + 4 + length) return;
      const body = bytes.toString('utf8', head + 4, head + 4 + length);
      bytes = bytes.subarray(head + 4 + length);
      take(JSON.parse(body) as Message);
    }
  });
}
