/**
 * Open notebooks into the project: each is one file made of its Python cells. Every notification is one change of it,
 * whether it is about texts, or about cells that came, went, moved, or became something else.
 */
import type { NotebookDocumentSyncOptions } from 'vscode-languageserver';
import { inBackground } from './background';
import { toFileId } from './documentIds';
import { pythonCells, type OpenNotebook } from './openNotebooks';
import type { Session } from './session';
import type { WorkspaceFiles } from './workspaceFiles';

/** The cells that the client shall tell of. */
export const notebookSync: NotebookDocumentSyncOptions = {
  notebookSelector: [{ notebook: '*', cells: [{ language: 'python' }] }],
};

/** Starts listening to the client's notebooks. */
export function startNotebookSync(session: Session, workspaceFiles: WorkspaceFiles): void {
  const { project, ids } = session;
  const { notebooks } = session.documents;
  const { synchronization } = session.connection.notebooks;
  const apply = (notebook: OpenNotebook, change: 'opened' | 'edited', before: readonly string[]) => {
    const cells = pythonCells(notebook);
    project.apply({ edited: [{ file: toFileId(notebook.uri), cells }] });
    const present = new Set(cells.map(({ id }) => id));
    for (const uri of before) if (!present.has(uri)) session.changed({ kind: 'document', uri, change: 'closed' });
    session.changed({ kind: 'document', uri: notebook.uri, change });
  };

  synchronization.onDidOpenNotebookDocument((params) => {
    const notebook = notebooks.open(params);
    ids.opened(notebook.uri);
    apply(notebook, 'opened', []);
    const file = toFileId(notebook.uri);
    inBackground(session.logger, `listing files around ${notebook.uri}`, workspaceFiles.loadAround(file));
  });
  synchronization.onDidChangeNotebookDocument((params) => {
    const { uri } = params.notebookDocument;
    const before = notebooks.all().filter((one) => one.uri === uri);
    const cells = before.flatMap(pythonCells).map(({ id }) => id);
    const notebook = notebooks.change(params);
    if (notebook && params.change.cells) apply(notebook, 'edited', cells);
  });
  synchronization.onDidCloseNotebookDocument(({ notebookDocument: { uri } }) => {
    const notebook = notebooks.close(uri);
    if (!notebook) return;
    const file = toFileId(uri);
    project.apply({ closed: [file] });
    ids.closed(uri);
    for (const cell of notebook.documents.keys()) {
      session.changed({ kind: 'document', uri: cell, change: 'closed' });
    }
    session.changed({ kind: 'document', uri, change: 'closed' });
    workspaceFiles.reread(file);
  });
}
