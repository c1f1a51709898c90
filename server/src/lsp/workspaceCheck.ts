/**
 * Problems of the whole workspace, on request: open documents are answered by the diagnostics channel as always, all
 * other files are looked at one by one and published. From then on they are kept up to date after each change, until
 * they are taken back. Between two files other messages are taken in.
 */
import { DiagnosticSeverity, LSPErrorCodes, ResponseError, type Diagnostic } from 'vscode-languageserver';
import type { CancellationToken, WorkDoneProgressParams } from 'vscode-languageserver';
import { neverCancelled, type CancelToken } from '../base/cancel';
import { isWithin } from '../project/paths';
import { inBackground } from './background';
import { toFileId } from './documentIds';
import { documentDiagnostics } from './documentDiagnostics';
import { describe } from './guard';
import { checkWorkspaceRequest, clearWorkspaceRequest } from './protocol';
import type { CheckWorkspaceParams, CheckWorkspaceResult } from './protocol';
import type { ChangeCause, Session } from './session';

/** Silence after a change before the files that are not open are looked at again. */
const silence = 1000;

/** Starts answering. `folders` are the workspace folders of the moment. */
export function startWorkspaceCheck(session: Session, folders: () => readonly string[]): void {
  const check = new WorkspaceCheck(session, folders);
  const { connection } = session;
  connection.onRequest(checkWorkspaceRequest, (params: CheckParams | undefined, token: CancellationToken) =>
    check.answer(params ?? {}, token),
  );
  connection.onRequest(clearWorkspaceRequest, () => check.clear());
  session.onChanged((cause) => check.changed(cause));
}

type CheckParams = WorkDoneProgressParams & CheckWorkspaceParams;

class WorkspaceCheck {
  readonly #session: Session;
  readonly #folders: () => readonly string[];
  /** What was published, by file; files without problems are not in it. */
  readonly #published = new Map<string, string>();
  /** Folders that are looked at as a whole; empty while nobody has asked for a check. */
  #checked: readonly string[] = [];
  #revoke: () => void = () => undefined;
  /** Raised by whatever makes a pass that is under way pointless. */
  #pass = 0;

  constructor(session: Session, folders: () => readonly string[]) {
    this.#session = session;
    this.#folders = folders;
  }

  async answer(params: CheckParams, token: CancellationToken): Promise<CheckWorkspaceResult> {
    await this.#session.whenReady();
    const wanted = typeof params.folder === 'string' ? [toFileId(params.folder)] : this.#folders();
    this.#checked = withFolders(this.#checked, wanted);
    this.#session.leftToMigrate?.setChecked(this.#checked);
    this.#revoke();
    this.#pass++;
    const progress = this.#session.connection.window.attachWorkDoneProgress(params.workDoneToken);
    progress.begin('Checking the workspace', 0, undefined, true);
    const cancel: CancelToken = {
      get isCancelled() {
        return token.isCancellationRequested;
      },
    };
    let result = nothing;
    try {
      const files = this.#files(wanted);
      for (const [i, file] of files.entries()) {
        await this.#pause();
        if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
        progress.report(Math.floor((100 * i) / files.length), `${i} of ${files.length} files`);
        result = add(result, this.#look(file, cancel));
      }
      return result;
    } finally {
      progress.done();
    }
  }

  /** Takes everything back that was published. */
  clear(): null {
    this.#checked = [];
    this.#pass++;
    this.#revoke();
    for (const file of [...this.#published.keys()]) this.#publish(file, []);
    this.#forgetOthers(new Set());
    this.#session.leftToMigrate?.setChecked([]);
    return null;
  }

  changed(cause: ChangeCause): void {
    if (cause.kind === 'status') return;
    if (this.#checked.length === 0) {
      if (cause.kind === 'workspace' || cause.change === 'closed') this.#forgetOthers(new Set());
      return;
    }
    // From here on the diagnostics channel speaks of the document.
    if (cause.kind === 'document' && cause.change === 'opened') this.#publish(toFileId(cause.uri), []);
    this.#revoke();
    const pass = ++this.#pass;
    this.#revoke = this.#session.clock.after(cause.kind === 'document' && cause.change === 'edited' ? silence : 0, () =>
      inBackground(this.#session.logger, 'checking the workspace again', this.#lookAgain(pass)),
    );
  }

  async #lookAgain(pass: number): Promise<void> {
    const files = this.#files(this.#checked);
    const present = new Set(files);
    for (const file of [...this.#published.keys()]) if (!present.has(file)) this.#publish(file, []);
    this.#forgetOthers(present);
    for (const file of files) {
      if (this.#isOpen(file)) continue;
      await this.#pause();
      if (this.#pass !== pass) return;
      this.#look(file, neverCancelled);
    }
  }

  /** The items of a file, published unless its document is open. */
  #look(file: string, cancel: CancelToken): readonly Diagnostic[] {
    const { project, ids, logger } = this.#session;
    const uri = ids.toUri(file);
    try {
      const items = documentDiagnostics(this.#session, { uri, file, version: 0, snapshot: project.snapshot }, cancel);
      if (!this.#isOpen(file)) this.#publish(file, items);
      return items;
    } catch (error) {
      if (cancel.isCancelled) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      logger.error(`internal error in diagnostics of ${uri}: ${describe(error)}`);
      this.#session.reportInternalError();
      return [];
    }
  }

  #publish(file: string, items: Diagnostic[]): void {
    const shown = items.length === 0 ? undefined : JSON.stringify(items.map(({ data: _, ...rest }) => rest));
    if (this.#published.get(file) === shown) return;
    if (shown === undefined) this.#published.delete(file);
    else this.#published.set(file, shown);
    const sent = this.#session.connection.sendDiagnostics({ uri: this.#session.ids.toUri(file), diagnostics: items });
    inBackground(this.#session.logger, 'sending diagnostics', sent);
  }

  /** What is left to migrate is known of files that are looked at, or open. */
  #forgetOthers(looked: ReadonlySet<string>): void {
    const left = this.#session.leftToMigrate;
    for (const file of left?.files ?? []) if (!looked.has(file) && !this.#isOpen(file)) left?.forget(file);
  }

  #files(folders: readonly string[]): readonly string[] {
    return this.#session.project.snapshot.files.filter((file) => folders.some((folder) => isWithin(folder, file)));
  }

  #isOpen(file: string): boolean {
    return this.#session.documents.files().has(file);
  }

  async #pause(): Promise<void> {
    await new Promise<void>((resolve) => this.#session.clock.after(0, resolve));
  }
}

/** Without those that lie in others. */
function withFolders(folders: readonly string[], more: readonly string[]): readonly string[] {
  const all = [...new Set([...folders, ...more])];
  return all.filter((one) => !all.some((other) => other !== one && isWithin(other, one))).sort();
}

const nothing: CheckWorkspaceResult = { files: 0, filesWithProblems: 0, errors: 0, warnings: 0, others: 0 };

function add(sum: CheckWorkspaceResult, items: readonly Diagnostic[]): CheckWorkspaceResult {
  const errors = items.filter(({ severity }) => severity === DiagnosticSeverity.Error).length;
  const warnings = items.filter(({ severity }) => severity === DiagnosticSeverity.Warning).length;
  return {
    files: sum.files + 1,
    filesWithProblems: sum.filesWithProblems + (items.length > 0 ? 1 : 0),
    errors: sum.errors + errors,
    warnings: sum.warnings + warnings,
    others: sum.others + items.length - errors - warnings,
  };
}
