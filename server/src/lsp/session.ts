/**
 * What one connection holds: the client's abilities, the open documents, the project, the log. Created by
 * `initialize`, it lives until the connection ends. Handlers take it as their context and keep nothing themselves.
 */
import type { Connection, InitializeParams } from 'vscode-languageserver';
import type { CancelToken } from '../base/cancel';
import type { Clock, FileSystem } from '../project/ports';
import { Project } from '../project/project';
import type { Progress, Snapshot } from '../project/snapshot';
import { rules } from '../rules/registry';
import { evaluator } from '../slim/evaluator/evaluator';
import type { Parse } from '../syntax/parse';
import { Baselines } from './baselines';
import { readClientFlags, type ClientFlags } from './capabilities';
import { createConnectionLogger, type LeveledLogger } from './connectionLogger';
import { createDocumentIds, type DocumentIds } from './documentIds';
import { timedAnalysis, type LastAnalysis } from './analysisTimer';
import { inBackground } from './background';
import type { GuardContext } from './guard';
import { LeftToMigrate } from './leftToMigrate';
import { OpenDocuments, type OpenDocument } from './openDocuments';
import { placesOf } from './places';

/** What the platform gives to the server. */
export interface Runtime {
  readonly version: string;
  readonly parse: Promise<Parse>;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  /** Address of the page that explains a rule, if there is one on this platform. */
  rulePage?(rule: string): string | undefined;
}

/** See the file comment. */
export interface Session extends GuardContext {
  readonly connection: Connection;
  readonly runtime: Runtime;
  readonly client: ClientFlags;
  readonly logger: LeveledLogger;
  readonly documents: OpenDocuments;
  readonly ids: DocumentIds;
  readonly project: Project;
  readonly baselines: Baselines;
  /** Undefined for clients that do not show it. */
  readonly leftToMigrate: LeftToMigrate | undefined;
  /** True after an internal error. */
  readonly hadInternalError: boolean;
  /** What the last evaluation of a document came to. */
  readonly lastAnalysis: LastAnalysis | undefined;
  analysed(what: LastAnalysis): void;
  /** Declares the first look at the workspace over. */
  setReady(): void;
  /** Calls `listener` after every change of the project (an edit, a setting, a file on disk) and of the status. */
  onChanged(listener: (cause: ChangeCause) => void): void;
  changed(cause: ChangeCause): void;
}

/**
 * `document`: one document was opened, edited or closed. `workspace`: anything that may concern every file.
 * `status`: only what the status item shows.
 */
export type ChangeCause =
  | { readonly kind: 'document'; readonly uri: string; readonly change: 'opened' | 'edited' | 'closed' }
  | { readonly kind: 'workspace' }
  | { readonly kind: 'status' };

/** Nobody waits longer than this for a large workspace; what comes later is refreshed. */
const patience = 1000;

/** Someone who has not typed for so long has stopped for a moment. */
const silence = 300;

/** Makes the state of a connection from `initialize`. */
export async function openSession(
  connection: Connection,
  runtime: Runtime,
  params: InitializeParams,
): Promise<Session> {
  const logger = createConnectionLogger(connection);
  const readText = (file: string) => runtime.fileSystem.readText(file);
  const project = new Project({ parse: await runtime.parse, evaluator, readText, rules, logger });
  const documents = new OpenDocuments();
  const listeners: ((cause: ChangeCause) => void)[] = [];
  let hadInternalError = false;
  let lastAnalysis: LastAnalysis | undefined;
  let isReady = false;
  let setReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (setReady = resolve));
  let typedAt = -Infinity;
  const changed = (cause: ChangeCause) => {
    if (cause.kind === 'document' && cause.change === 'edited') typedAt = runtime.clock.now();
    listeners.forEach((listener) => listener(cause));
  };

  const client = readClientFlags(params);
  const ids = createDocumentIds();
  const startLeftToMigrate = () =>
    new LeftToMigrate({
      clock: runtime.clock,
      toUri: (file) => ids.toUri(file),
      placesOf: (snapshot) => placesOf({ documents, ids }, snapshot),
      send: (method, sent) =>
        inBackground(logger, 'sending what is left to migrate', connection.sendNotification(method, sent)),
    });

  return {
    connection,
    runtime,
    client,
    logger,
    documents,
    ids,
    project,
    baselines: new Baselines(readText, logger),
    leftToMigrate: client.leftToMigrate ? startLeftToMigrate() : undefined,
    clock: runtime.clock,
    get hadInternalError() {
      return hadInternalError;
    },
    get lastAnalysis() {
      return lastAnalysis;
    },
    analysed(what) {
      lastAnalysis = what;
      changed({ kind: 'status' });
    },
    setReady() {
      isReady = true;
      setReady();
    },
    async whenReady() {
      if (!isReady) await atMost(runtime.clock, patience, ready);
    },
    versionOf: (uri) => documents.get(uri)?.version,
    quietIn: () => Math.max(0, silence - (runtime.clock.now() - typedAt)),
    reportInternalError() {
      hadInternalError = true;
      changed({ kind: 'status' });
    },
    onChanged: (listener) => void listeners.push(listener),
    changed,
  };
}

async function atMost(clock: Clock, milliseconds: number, wanted: Promise<void>): Promise<void> {
  let revoke: () => void = () => undefined;
  const tooLate = new Promise<void>((resolve) => (revoke = clock.after(milliseconds, resolve)));
  await Promise.race([wanted, tooLate]);
  revoke();
}

/** An open document, or a cell, with what the project knows of its file, at one moment. */
export interface DocumentView extends OpenDocument {
  readonly snapshot: Snapshot;
}

/** The document under this URI, if it is open. */
export function viewDocument(session: Session, uri: string): DocumentView | undefined {
  const document = session.documents.get(uri);
  if (!document) return undefined;
  return { ...document, snapshot: session.project.snapshot };
}

/** The evaluation of a document through its callers, in pieces (see `GuardedRequest.prepare`). */
export function prepareAnalysis(session: Session, uri: string, cancel: CancelToken): Iterable<Progress> {
  const view = viewDocument(session, uri);
  return view ? timedAnalysis(session, view, cancel) : [];
}
