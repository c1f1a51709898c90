/**
 * Answers a server that has no disk: what is in a folder, and the bytes of a file. Only below the workspace folders; a
 * server asks for nothing else, and what it asks for is in the end what stands in someone's code.
 */
import { Disposable, FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { readDirectoryRequest, readFileRequest, type DirectoryEntry } from '../../server/src/lsp/protocol';

/** Starts answering. */
export function answerFileRequests(client: BaseLanguageClient): Disposable {
  return Disposable.from(
    client.onRequest(readDirectoryRequest, ({ uri }: { readonly uri: string }) => readFolder(Uri.parse(uri))),
    client.onRequest(readFileRequest, ({ uri }: { readonly uri: string }) => readFile(Uri.parse(uri))),
  );
}

async function readFolder(uri: Uri): Promise<readonly DirectoryEntry[] | null> {
  if (!isInWorkspace(uri)) return null;
  const entries = await workspace.fs.readDirectory(uri);
  return entries.map(([name, type]): DirectoryEntry => ({ name, kind: kindOf(type) }));
}

/** Symbolic links to folders may form circles; they are not followed. */
function kindOf(type: FileType): DirectoryEntry['kind'] {
  if (type === FileType.Directory) return 'folder';
  return (type & FileType.File) !== 0 ? 'file' : 'other';
}

async function readFile(uri: Uri): Promise<Uint8Array | null> {
  if (!isInWorkspace(uri)) return null;
  return workspace.fs.readFile(uri).then(
    (bytes) => bytes,
    () => null,
  );
}

function isInWorkspace(uri: Uri): boolean {
  return workspace.getWorkspaceFolder(uri) !== undefined;
}
