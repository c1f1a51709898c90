/**
 * The notebooks that the client has open, as its notifications describe them: cells in order, each with its text.
 * Answers the Python cells of one; knows nothing of the project. Messages about notebooks that are not open are ignored.
 */
import {
  NotebookCellKind,
  type DidChangeNotebookDocumentParams,
  type DidOpenNotebookDocumentParams,
  type NotebookCell,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CellSource } from '../project/notebookCells';

/** One open notebook. */
export interface OpenNotebook {
  readonly uri: string;
  /** Those that the client tells of, in order. */
  readonly cells: NotebookCell[];
  /** Texts of the cells, by URI. */
  readonly documents: Map<string, TextDocument>;
}

/** See the file comment. */
export class OpenNotebooks {
  readonly #notebooks = new Map<string, OpenNotebook>();
  /** The notebook of each cell. */
  readonly #owners = new Map<string, OpenNotebook>();

  all(): readonly OpenNotebook[] {
    return [...this.#notebooks.values()];
  }

  /** The notebook that a cell belongs to. */
  ownerOf(cell: string): OpenNotebook | undefined {
    return this.#owners.get(cell);
  }

  open({ notebookDocument, cellTextDocuments }: DidOpenNotebookDocumentParams): OpenNotebook {
    const { uri, cells } = notebookDocument;
    const notebook: OpenNotebook = { uri, cells: [...cells], documents: new Map() };
    this.#notebooks.set(uri, notebook);
    this.#openCells(notebook, cellTextDocuments);
    return notebook;
  }

  change({ notebookDocument, change }: DidChangeNotebookDocumentParams): OpenNotebook | undefined {
    const notebook = this.#notebooks.get(notebookDocument.uri);
    const { structure, data = [], textContent = [] } = change.cells ?? {};
    if (!notebook) return undefined;
    if (structure) {
      const { start, deleteCount, cells = [] } = structure.array;
      notebook.cells.splice(start, deleteCount, ...cells);
      // A cell whose language changes is closed and opened under the same name.
      this.#closeCells(notebook, structure.didClose ?? []);
      this.#openCells(notebook, structure.didOpen ?? []);
    }
    for (const changed of data) {
      const index = notebook.cells.findIndex(({ document }) => document === changed.document);
      if (index >= 0) notebook.cells[index] = changed;
    }
    for (const { document, changes } of textContent) {
      const before = notebook.documents.get(document.uri);
      if (before) notebook.documents.set(document.uri, TextDocument.update(before, changes, document.version));
    }
    return notebook;
  }

  close(uri: string): OpenNotebook | undefined {
    const notebook = this.#notebooks.get(uri);
    if (!notebook) return undefined;
    this.#notebooks.delete(uri);
    for (const cell of notebook.documents.keys()) this.#owners.delete(cell);
    return notebook;
  }

  #openCells(notebook: OpenNotebook, items: DidOpenNotebookDocumentParams['cellTextDocuments']): void {
    for (const { uri, languageId, version, text } of items) {
      notebook.documents.set(uri, TextDocument.create(uri, languageId, version, text));
      this.#owners.set(uri, notebook);
    }
  }

  #closeCells(notebook: OpenNotebook, items: readonly { readonly uri: string }[]): void {
    for (const { uri } of items) {
      notebook.documents.delete(uri);
      this.#owners.delete(uri);
    }
  }
}

/** The Python cells of a notebook, under their documents' URIs. */
export function pythonCells({ cells, documents }: OpenNotebook): readonly CellSource[] {
  return cells
    .filter(({ kind }) => kind === NotebookCellKind.Code)
    .flatMap(({ document: id }, i): readonly CellSource[] => {
      const document = documents.get(id);
      return document?.languageId === 'python' ? [{ id, number: i + 1, text: document.getText() }] : [];
    });
}
