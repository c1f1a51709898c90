/**
 * A language client for tests: the real server in this process, over streams, with the real handshake. Everything
 * that the server sends is queued; `dispose` fails the test when something was left unread.
 */
import { PassThrough } from 'node:stream';
import {
  createConnection,
  createMessageConnection,
  ErrorCodes,
  ResponseError,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  type InitializeResult,
  type Position,
  type MessageConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { connectionOptions } from '../../server/src/lsp/checkedMessages';
import { startServer } from '../../server/src/lsp/startServer';
import { statusNotification, type StatusParams } from '../../server/src/lsp/protocol';
import type { Runtime } from '../../server/src/lsp/session';
import { LineIndex } from '../../server/src/base/lineIndex';
import { parse } from '../support/parser';
import { createMemoryFileSystem, toUri, workspaceRoot, type MemoryFileSystem } from './memoryFileSystem';
import { createTestClock, type TestClock } from './testClock';

export interface ClientOptions {
  /** Files on disk, by path below the workspace. */
  readonly files?: Readonly<Record<string, string>>;
  readonly capabilities?: ClientCapabilities;
  /** Answer to `workspace/configuration`, or what is sent when the client cannot be asked. */
  readonly settings?: unknown;
  readonly initializationOptions?: unknown;
  /** Workspace folders; `null` for none. */
  readonly folders?: readonly string[] | null;
  readonly runtime?: Partial<Runtime>;
  /** Methods of the server's requests that the client answers with an error, whatever it announced. */
  readonly refuses?: readonly string[];
  /** The listing of files does not end before this. */
  readonly slowListing?: Promise<void>;
}

export interface TestClient {
  readonly connection: MessageConnection;
  readonly initializeResult: InitializeResult;
  readonly fileSystem: MemoryFileSystem;
  readonly clock: TestClock;
  /** `window/logMessage`, as they come. */
  readonly logs: string[];
  settings: unknown;
  /** Parameters of `client/registerCapability`. */
  readonly registered: { readonly registrations: readonly { readonly method: string }[] }[];
  open(path: string, text: string): void;
  /** Replaces the range from one place to another by a text; both are found by their text. */
  edit(path: string, range: Range, text: string): void;
  close(path: string): void;
  hover(path: string, position: Position): Promise<Hover | null>;
  pull(path: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  /** Items of a full report. */
  pullItems(path: string): Promise<Diagnostic[]>;
  codeActions(path: string, range: Range, context?: Partial<CodeActionContext>): Promise<CodeAction[]>;
  resolve(action: CodeAction): Promise<CodeAction>;
  /** Next `textDocument/publishDiagnostics`. */
  nextPublished(): Promise<PublishDiagnosticsParams>;
  /** Next request or notification of this method from the server that nobody took yet. */
  next(method: string): Promise<unknown>;
  nextStatus(): Promise<StatusParams>;
  /** Position of the first (or n-th) occurrence of a text in an open document, plus an offset. */
  at(path: string, needle: string, offset?: number): Position;
  rangeOf(path: string, needle: string): Range;
  textOf(path: string): string;
  /** Changes the answer to `workspace/workspaceFolders`. */
  setFolders(uris: readonly string[]): void;
  /** Lets everything that is due at once run. */
  tick(): Promise<void>;
  /** Resolves when the server has worked off everything sent so far. */
  settled(): Promise<void>;
  dispose(): Promise<void>;
}

/** Everything that VS Code can do, as far as the server asks. */
export const fullCapabilities: ClientCapabilities = {
  textDocument: {
    hover: { contentFormat: ['markdown', 'plaintext'] },
    diagnostic: { relatedInformation: true, tagSupport: { valueSet: [1, 2] }, codeDescriptionSupport: true },
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'refactor', 'source'] } },
      dataSupport: true,
      disabledSupport: true,
      isPreferredSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
  },
};

/** The least that a client may say: what Slimscope must still be of use with. */
export const minimalCapabilities: ClientCapabilities = {};

/** Starts server and client, and shakes hands. */
export async function startClient(options: ClientOptions = {}): Promise<TestClient> {
  const fileSystem = createMemoryFileSystem(options.files ?? {});
  const { listPythonFiles } = fileSystem;
  const clock = createTestClock();
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const runtime: Runtime = {
    version: '1.2.3',
    parse: Promise.resolve(parse),
    fileSystem: {
      ...fileSystem,
      async listPythonFiles(folder, listOptions) {
        await options.slowListing;
        return listPythonFiles(folder, listOptions);
      },
    },
    clock,
    ...options.runtime,
  };
  startServer(createConnection(toServer, toClient, connectionOptions), runtime);
  const connection = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const inbox = createInbox();
  const texts = new Map<string, { text: string; version: number }>();
  const logs: string[] = [];
  const client = { settings: options.settings };

  connection.onNotification('window/logMessage', ({ message }: { message: string }) => void logs.push(message));
  connection.onNotification((method, params) => inbox.put(method, params));
  connection.onUnhandledProgress((params) => inbox.put('$/progress', params));
  connection.onRequest((method, params) => {
    if (options.refuses?.includes(method)) return new ResponseError(ErrorCodes.MethodNotFound, 'refused');
    if (method === 'workspace/configuration') {
      return (params as { items: unknown[] }).items.map(() => client.settings ?? null);
    }
    if (method === 'workspace/workspaceFolders') return inbox.folders;
    if (method !== 'client/registerCapability') inbox.put(method, params);
    else inbox.registered.push(params as TestClient['registered'][number]);
    return null;
  });
  connection.listen();

  const folders = options.folders === null ? null : (options.folders ?? [workspaceRoot]);
  inbox.folders = folders?.map((uri) => ({ uri, name: uri })) ?? null;
  const initializeResult = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: folders?.[0] ?? null,
    workspaceFolders: inbox.folders,
    capabilities: options.capabilities ?? fullCapabilities,
    ...(options.initializationOptions !== undefined && { initializationOptions: options.initializationOptions }),
  });
  await connection.sendNotification('initialized', {});

  const document = (path: string) => {
    const found = texts.get(toUri(path));
    if (!found) throw new Error(`${path} is not open`);
    return found;
  };
  const notify = (method: string, params: object) => void connection.sendNotification(method, params);
  const textDocument = (path: string) => ({ uri: toUri(path) });

  const self: TestClient = {
    connection,
    initializeResult,
    fileSystem,
    clock,
    logs,
    registered: inbox.registered,
    get settings() {
      return client.settings;
    },
    set settings(value) {
      client.settings = value;
    },
    open(path, text) {
      texts.set(toUri(path), { text, version: 1 });
      notify('textDocument/didOpen', {
        textDocument: { ...textDocument(path), languageId: 'python', version: 1, text },
      });
    },
    edit(path, range, text) {
      const before = document(path);
      const lines = new LineIndex(before.text);
      const offset = ({ line, character }: Position) => lines.offsetAt({ line, column: character });
      const after = before.text.slice(0, offset(range.start)) + text + before.text.slice(offset(range.end));
      texts.set(toUri(path), { text: after, version: before.version + 1 });
      notify('textDocument/didChange', {
        textDocument: { ...textDocument(path), version: before.version + 1 },
        contentChanges: [{ range, text }],
      });
    },
    close(path) {
      texts.delete(toUri(path));
      notify('textDocument/didClose', { textDocument: textDocument(path) });
    },
    hover: (path, position) =>
      connection.sendRequest('textDocument/hover', { textDocument: textDocument(path), position }),
    pull: (path, previousResultId) =>
      connection.sendRequest('textDocument/diagnostic', { textDocument: textDocument(path), previousResultId }),
    async pullItems(path) {
      const report: DocumentDiagnosticReport = await self.pull(path);
      if (report.kind !== 'full') throw new Error('the report is not full');
      return report.items;
    },
    codeActions: (path, range, context) =>
      connection.sendRequest('textDocument/codeAction', {
        textDocument: textDocument(path),
        range,
        context: { diagnostics: [], ...context },
      }),
    resolve: (action) => connection.sendRequest('codeAction/resolve', action),
    nextPublished: async () => (await inbox.take('textDocument/publishDiagnostics')) as PublishDiagnosticsParams,
    nextStatus: async () => (await inbox.take(statusNotification)) as StatusParams,
    next: (method) => inbox.take(method),
    at(path, needle, offset = 0) {
      const { text } = document(path);
      const found = text.indexOf(needle);
      if (found < 0) throw new Error(`${needle} is not in ${path}`);
      const { line, column } = new LineIndex(text).positionAt(found + offset);
      return { line, character: column };
    },
    rangeOf(path, needle) {
      return { start: self.at(path, needle), end: self.at(path, needle, needle.length) };
    },
    textOf: (path) => document(path).text,
    setFolders(uris) {
      inbox.folders = uris.map((uri) => ({ uri, name: uri }));
    },
    async tick() {
      for (let round = 0; round < 20; round++) await new Promise<void>((resolve) => setImmediate(resolve));
    },
    async settled() {
      // Two rounds: an answer may set something going that is due at once.
      for (let round = 0; round < 2; round++) {
        await connection.sendRequest('textDocument/hover', {
          textDocument: { uri: 'file:///nowhere.py' },
          position: { line: 0, character: 0 },
        });
      }
    },
    async dispose() {
      await self.settled();
      await connection.sendRequest('shutdown');
      connection.dispose();
      const unread = inbox.unread();
      if (unread.length > 0) throw new Error(`unread messages from the server: ${JSON.stringify(unread)}`);
    },
  };
  return self;
}

/** Messages from the server, by method, and tests that wait for one. */
function createInbox() {
  const waiting: { method: string; params: unknown }[] = [];
  const takers: { method: string; resolve: (params: unknown) => void }[] = [];
  return {
    registered: [] as TestClient['registered'],
    folders: null as { uri: string; name: string }[] | null,
    put(method: string, params: unknown) {
      const taker = takers.findIndex((one) => one.method === method);
      if (taker >= 0) takers.splice(taker, 1)[0]?.resolve(params);
      else waiting.push({ method, params });
    },
    take(method: string): Promise<unknown> {
      const found = waiting.findIndex((one) => one.method === method);
      if (found >= 0) return Promise.resolve(waiting.splice(found, 1)[0]?.params);
      return new Promise((resolve) => takers.push({ method, resolve }));
    },
    unread: () => waiting,
  };
}
