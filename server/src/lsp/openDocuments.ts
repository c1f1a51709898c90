/**
 * What the client has open: documents, each a file, and the Python cells of notebooks, each a part of one. To whoever
 * answers a request both are the same: a text with a version that belongs to a file of the project.
 */
import { TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { toFileId } from './documentIds';
import { OpenNotebooks, pythonCells } from './openNotebooks';

/** An open document, or a cell. */
export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  /** The file that it is, or belongs to. */
  readonly file: string;
}

/** See the file comment. */
export class OpenDocuments {
  readonly texts = new TextDocuments(TextDocument);
  readonly notebooks = new OpenNotebooks();

  get(uri: string): OpenDocument | undefined {
    const text = this.texts.get(uri);
    if (text) return { uri, version: text.version, file: toFileId(uri) };
    const notebook = this.notebooks.ownerOf(uri);
    const cell = notebook?.documents.get(uri);
    return notebook && cell && { uri, version: cell.version, file: toFileId(notebook.uri) };
  }

  /** Every document and every Python cell. */
  all(): readonly OpenDocument[] {
    const cells = this.notebooks.all().flatMap((notebook) => pythonCells(notebook).map(({ id }) => id));
    return [...this.texts.keys(), ...cells].flatMap((uri) => this.get(uri) ?? []);
  }

  /** Files of which something is open, notebooks without cells included. */
  files(): ReadonlySet<string> {
    const uris = [...this.texts.keys(), ...this.notebooks.all().map(({ uri }) => uri)];
    return new Set(uris.map(toFileId));
  }
}
