/**
 * Looks at messages before the protocol library does. That library trusts its clients: parameters that are missing make it
 * throw, and a document without a text would be in every later answer. A request without parameters gets empty ones, which
 * its handler refuses as InvalidParams; a notification about documents that is no such thing is logged and dropped.
 */
import type {
  Connection,
  ConnectionOptions,
  Message,
  NotificationMessage,
  RequestMessage,
} from 'vscode-languageserver';

const dropped = 'slimscope/droppedMessage';

/** Options of every connection of the server. */
export const connectionOptions: ConnectionOptions = {
  messageStrategy: {
    handleMessage: (message, next) => void next(checked(message)),
  },
};

/** Says in the log which messages were dropped. */
export function logDroppedMessages(connection: Connection, warn: (message: string) => void): void {
  connection.onNotification(dropped, ({ method, why }: { method: string; why: string }) =>
    warn(`${method} from the client is not taken: ${why}`),
  );
}

type Shape = (value: unknown) => string | undefined;

function checked(message: Message): Message {
  if (isRequest(message)) {
    const request: RequestMessage = isRecord(message.params) ? message : { ...message, params: {} };
    return request;
  }
  if (!isNotification(message)) return message;
  const why = shapes.get(message.method)?.(message.params);
  const report: NotificationMessage = { ...message, method: dropped, params: { method: message.method, why } };
  return why === undefined ? message : report;
}

function isRequest(message: Message): message is RequestMessage {
  return 'method' in message && 'id' in message;
}

function isNotification(message: Message): message is NotificationMessage {
  return 'method' in message && !('id' in message);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const text: Shape = (value) => (typeof value === 'string' ? undefined : 'is no text');
const number: Shape = (value) => (typeof value === 'number' ? undefined : 'is no number');
const index: Shape = (value) => (Number.isInteger(value) && Number(value) >= 0 ? undefined : 'is no index');

function optional(shape: Shape): Shape {
  return (value) => (value === undefined || value === null ? undefined : shape(value));
}

function list(shape: Shape): Shape {
  return (value) => (Array.isArray(value) ? firstOf(value.map((item) => shape(item))) : 'is no list');
}

function record(parts: Readonly<Record<string, Shape>>): Shape {
  return (value) => {
    if (!isRecord(value)) return 'is no object';
    return firstOf(
      Object.entries(parts).map(([name, shape]) => {
        const why = shape(value[name]);
        return why === undefined ? undefined : `${name} ${why}`;
      }),
    );
  };
}

function firstOf(reasons: readonly (string | undefined)[]): string | undefined {
  return reasons.find((one) => one !== undefined);
}

const identifier = record({ uri: text });
const versioned = record({ uri: text, version: number });
const documentItem = record({ uri: text, languageId: text, version: number, text });
const position = record({ line: index, character: index });
const change = record({ text, range: optional(record({ start: position, end: position })) });
const cell = record({ document: text });

/** Of what the library keeps without looking. */
const shapes: ReadonlyMap<string, Shape> = new Map([
  ['textDocument/didOpen', record({ textDocument: documentItem })],
  ['textDocument/didChange', record({ textDocument: versioned, contentChanges: list(change) })],
  ['textDocument/didClose', record({ textDocument: identifier })],
  ['textDocument/didSave', record({ textDocument: identifier })],
  [
    'notebookDocument/didOpen',
    record({ notebookDocument: record({ uri: text, cells: list(cell) }), cellTextDocuments: list(documentItem) }),
  ],
  [
    'notebookDocument/didChange',
    record({
      notebookDocument: versioned,
      change: record({
        cells: optional(
          record({
            structure: optional(
              record({
                array: record({ start: index, deleteCount: index, cells: optional(list(cell)) }),
                didOpen: optional(list(documentItem)),
                didClose: optional(list(identifier)),
              }),
            ),
            data: optional(list(cell)),
            textContent: optional(list(record({ document: versioned, changes: list(change) }))),
          }),
        ),
      }),
    }),
  ],
  ['notebookDocument/didClose', record({ notebookDocument: identifier, cellTextDocuments: list(identifier) })],
  ['workspace/didChangeWatchedFiles', record({ changes: list(record({ uri: text, type: number })) })],
  [
    'workspace/didChangeWorkspaceFolders',
    record({ event: record({ added: list(record({ uri: text, name: text })), removed: list(record({ uri: text })) }) }),
  ],
]);
