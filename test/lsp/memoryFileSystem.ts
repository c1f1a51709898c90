/**
 * Files that exist in memory, below `file:///w`.
 */
import { manifestKind } from '../../server/src/project/manifests/manifestFiles';
import type { FileSystem } from '../../server/src/project/ports';

export const workspaceRoot = 'file:///w';

export interface MemoryFileSystem extends FileSystem {
  /** Texts by URI. */
  readonly texts: Map<string, string>;
  /** How often folders were listed. */
  readonly listings: number;
}

/** Makes a file system of files given by paths below the workspace. */
export function createMemoryFileSystem(files: Readonly<Record<string, string>>): MemoryFileSystem {
  const texts = new Map(Object.entries(files).map(([path, text]) => [toUri(path), text]));
  let listings = 0;
  return {
    texts,
    get listings() {
      return listings;
    },
    listPythonFiles(folder, { isExcluded, recursive, limit }) {
      listings++;
      const below = [...texts.keys()].filter((uri) => uri.startsWith(`${folder}/`));
      const wanted = below.filter((uri) => {
        const path = uri.slice(folder.length + 1);
        const parents = path.split('/').map((_, i, all) => all.slice(0, i + 1).join('/'));
        return (recursive || !path.includes('/')) && !parents.some(isExcluded);
      });
      const files = wanted.filter((uri) => uri.endsWith('.py')).sort();
      const manifests = wanted.filter((uri) => manifestKind(uri) !== undefined).sort();
      return Promise.resolve({ files: files.slice(0, limit), manifests, isCut: files.length > limit });
    },
    readText(file) {
      // A share of another machine: there are none here.
      if (/^file:\/\/[^/]/.test(file)) return { kind: 'unreadable', reason: 'the machine cannot be reached' };
      const text = texts.get(file);
      return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
    },
  };
}

/** The URI of a path below the workspace; URIs stay as they are. */
export function toUri(path: string): string {
  return path.includes('://') || path.startsWith('untitled:') ? path : `${workspaceRoot}/${path}`;
}
