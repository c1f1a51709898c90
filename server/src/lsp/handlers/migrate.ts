/**
 * Our own requests behind the commands that migrate: a document, a part of it, or the workspace: the texts as they would
 * be, and what is to be known about them. Work on a fork of the project; nothing is changed. Notebooks are not migrated.
 */
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { CancellationToken, WorkDoneProgressParams } from 'vscode-languageserver';
import type { CancelToken } from '../../base/cancel';
import { contains, type Span } from '../../base/span';
import { migrateInSteps, migrateUnit, type MigratedFile } from '../../features/migrate/migrateUnit';
import { isNotebookFile } from '../../project/notebookFile';
import { isWithin } from '../../project/paths';
import type { SourceFile } from '../../semantics/program';
import { fullSpan, walk } from '../../syntax/visit';
import { toFileId } from '../documentIds';
import { contentModified, guard } from '../guard';
import { migrationAnswer } from '../migrationAnswer';
import { optionalRangeOf, uriOf } from '../params';
import { fromRange } from '../places';
import { migrateRequest, migrateWorkspaceRequest } from '../protocol';
import type { MigrateParams, MigrateResult, MigrateWorkspaceParams, MigrateWorkspaceResult } from '../protocol';
import { prepareAnalysis, viewDocument, type Session } from '../session';

/** Registers the handlers. */
export function registerMigrate(session: Session): void {
  session.connection.onRequest(migrateRequest, (params: unknown, token: CancellationToken) => {
    const uri = uriOf(params);
    const range = optionalRangeOf(params);
    const { function: isFunction = false } = params as MigrateParams;
    return guard<MigrateResult | null>(session, {
      method: migrateRequest,
      uri,
      token,
      harmless: null,
      stale: contentModified,
      prepare: (cancel) => prepareAnalysis(session, uri, cancel),
      compute(cancel) {
        const view = viewDocument(session, uri);
        const source = view?.snapshot.getFile(view.file);
        if (!view || !source || source.cells) return null;
        const written = range && fromRange(view, range);
        const within = written && isFunction ? functionAround(source, written) : written;
        const project = session.project.forkAssuming(textsOf(params, 'assume'));
        const { snapshot } = project;
        const { files } = migrateUnit(snapshot, {
          parts: [{ file: view.file, ...(within && { within }) }],
          cancel,
          setText: (file, text) => project.apply({ edited: [{ file, text }] }),
        });
        const [only] = files;
        return only ? { version: view.version, ...migrationAnswer(snapshot, only, cancel) } : null;
      },
    });
  });
  session.connection.onRequest(migrateWorkspaceRequest, (params: unknown, token: CancellationToken) =>
    migrateWorkspace(session, (params ?? {}) as WorkspaceParams, token),
  );
}

type WorkspaceParams = WorkDoneProgressParams & MigrateWorkspaceParams;

/** Between two steps other messages are taken in, so that it can be cancelled. */
async function migrateWorkspace(
  session: Session,
  params: WorkspaceParams,
  token: CancellationToken,
): Promise<MigrateWorkspaceResult> {
  await session.whenReady();
  const progress = session.connection.window.attachWorkDoneProgress(params.workDoneToken);
  progress.begin('Migrating to Keras', 0, undefined, true);
  const cancel: CancelToken = {
    get isCancelled() {
      return token.isCancellationRequested;
    },
  };
  const project = session.project.forkAssuming(textsOf(params, 'assume'));
  const { snapshot } = project;
  const failed = (file: string, error: unknown): void => {
    session.logger.error(`internal error in the migration of ${file}: ${String(error)}`);
    session.reportInternalError();
  };
  const steps = migrateInSteps(snapshot, {
    parts: wantedFiles(session, params, snapshot.files).map((file) => ({ file })),
    cancel,
    setText: (file, text) => project.apply({ edited: [{ file, text }] }),
    onFailure: failed,
  });
  try {
    for (;;) {
      await new Promise<void>((resolve) => session.clock.after(0, resolve));
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      const step = steps.next();
      if (step.done) {
        const files = step.value.files.filter(isTold);
        return {
          files: files.map((one) => ({
            uri: session.ids.toUri(one.file),
            oldText: one.before,
            ...migrationAnswer(snapshot, one, cancel),
          })),
        };
      }
      const { done, total } = step.value;
      progress.report(Math.floor((100 * done) / Math.max(total, 1)), `${done} of ${total} files`);
    }
  } catch (error) {
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    throw error;
  } finally {
    progress.done();
  }
}

function isTold({ before, migration }: MigratedFile): boolean {
  return before !== migration.text || migration.refused.length > 0;
}

function wantedFiles(session: Session, params: WorkspaceParams, files: readonly string[]): readonly string[] {
  const named = textsOf(params, 'files').map((uri) => toFileId(uri));
  const folder = typeof params.folder === 'string' ? toFileId(params.folder) : undefined;
  return files.filter(
    (file) =>
      !isNotebookFile(file) &&
      (named.length === 0 || named.includes(file)) &&
      (folder === undefined || isWithin(folder, file)) &&
      !session.project.snapshot.isExcluded(file),
  );
}

/** A list of strings that a client sent; anything else is none. */
function textsOf(params: unknown, key: 'assume' | 'files'): readonly string[] {
  const given = (params as Partial<Record<string, unknown>> | undefined)?.[key];
  return Array.isArray(given) ? given.filter((one): one is string => typeof one === 'string') : [];
}

/** The innermost function around a place, with its decorators; the place itself outside of any. */
function functionAround(source: SourceFile, at: Span): Span {
  let found = at;
  walk(source.tree.module, (node) => {
    if (node.kind === 'FunctionDef' && contains(fullSpan(node), { start: at.start, end: at.start }))
      found = fullSpan(node);
  });
  return found;
}
