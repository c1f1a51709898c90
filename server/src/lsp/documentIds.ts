/**
 * Clients spell the same URI differently (`%3A` or `:`, upper or lower drive letters). A file's identity inside the
 * project is one canonical spelling; what goes back to the client is the spelling that it used itself.
 */
import { URI } from 'vscode-uri';

/** The identity of a file or folder: canonical encoding, no final `/`. */
export function toFileId(uri: string): string {
  return URI.parse(uri)
    .toString()
    .replace(/(?<=[^/])\/$/, '');
}

/** Translates identities to the client's spelling of documents that it has opened. */
export interface DocumentIds {
  opened(uri: string): void;
  closed(uri: string): void;
  /** The client's spelling if the document is open, else the canonical one. */
  toUri(file: string): string;
}

/** Makes the table for one connection. */
export function createDocumentIds(): DocumentIds {
  const spellings = new Map<string, string>();
  return {
    opened: (uri) => void spellings.set(toFileId(uri), uri),
    closed: (uri) => void spellings.delete(toFileId(uri)),
    toUri: (file) => spellings.get(file) ?? file,
  };
}
