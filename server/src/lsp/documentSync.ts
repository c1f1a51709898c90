/**
 * Open documents into the project: every open, edit and close is one change of it (notebooks: notebookSync.ts). Nothing is computed here but the
 * first parse of a document, while the server waits for settings and for the list of files, which it does not need.
 */
import { inBackground } from './background';
import { toFileId } from './documentIds';
import type { Session } from './session';
import type { WorkspaceFiles } from './workspaceFiles';

/** Starts listening to the client's documents. */
export function startDocumentSync(session: Session, workspaceFiles: WorkspaceFiles): void {
  const { project, ids } = session;
  const { texts } = session.documents;
  texts.onDidOpen(({ document }) => {
    ids.opened(document.uri);
    project.apply({ edited: [{ file: toFileId(document.uri), text: document.getText() }] });
    session.changed({ kind: 'document', uri: document.uri, change: 'opened' });
    parseAhead(session, toFileId(document.uri));
    inBackground(
      session.logger,
      `listing files around ${document.uri}`,
      workspaceFiles.loadAround(toFileId(document.uri)),
    );
  });
  texts.onDidChangeContent(({ document }) => {
    const file = toFileId(document.uri);
    const text = document.getText();
    // Opening is announced as a change of content too.
    if (project.snapshot.getText(file) === text) return;
    project.apply({ edited: [{ file, text }] });
    session.changed({ kind: 'document', uri: document.uri, change: 'edited' });
  });
  texts.onDidClose(({ document }) => {
    const file = toFileId(document.uri);
    project.apply({ closed: [file] });
    ids.closed(document.uri);
    session.changed({ kind: 'document', uri: document.uri, change: 'closed' });
    workspaceFiles.reread(file);
  });
  texts.listen(session.connection);
}

/** A failure is of no interest here: whoever needs the file meets it again and reports it. */
function parseAhead(session: Session, file: string): void {
  session.clock.after(0, () => {
    try {
      session.project.snapshot.getFile(file);
    } catch {
      return;
    }
  });
}
