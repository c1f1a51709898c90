/**
 * The language server as a web worker, for VS Code in a browser. The first message brings the bytes of the parser; all
 * later ones are the protocol's. Only puts the platform and the server together.
 */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { createClientFileSystem } from './lsp/clientFileSystem';
import { startServer } from './lsp/startServer';
import { decodePython } from './platform/decodePython';
import { loadWorkerParser, workerClock, type WorkerStart } from './platform/worker';

/** The global object of a worker, as far as it is used here. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0] & {
  addEventListener(type: 'message', listener: (event: { readonly data: WorkerStart }) => void, options: object): void;
};

self.addEventListener(
  'message',
  ({ data }) => {
    const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
    startServer(connection, {
      version: data.version,
      parse: loadWorkerParser(data),
      fileSystem: createClientFileSystem(connection, decodePython),
      clock: workerClock,
    });
  },
  { once: true },
);
