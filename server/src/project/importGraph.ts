/**
 * Which files of a workspace import which, in reverse: who has to be looked at to know how a function is called.
 * Made of the texts' import statements (importScan.ts) and the module index; keeps no text.
 */
import type { Content } from './content';
import type { ModuleIndex } from './moduleIndex';

/** More files than this are not followed for one file; the nearest ones are. */
export const MOST_CALLING_FILES = 300;

export interface ImportGraph {
  /** Files that import `file` directly, in order of their names. */
  importersOf(file: string): readonly string[];
  /**
   * Files that import `file` directly or through others, nearest first.
   * @param follows false for files whose imports do not count
   */
  allImportersOf(file: string, follows: (file: string) => boolean): readonly string[];
}

/** Looks at the imports of all files; only those of texts that changed are read again. */
export function createImportGraph(contents: ReadonlyMap<string, Content>, index: ModuleIndex): ImportGraph {
  const importers = new Map<string, string[]>();
  for (const [file, content] of contents) {
    for (const target of content.importedFiles(file, index)) {
      const list = importers.get(target);
      if (list) list.push(file);
      else importers.set(target, [file]);
    }
  }
  const importersOf = (file: string): readonly string[] => [...(importers.get(file) ?? [])].sort();
  return {
    importersOf,
    allImportersOf(file, follows) {
      const found = new Set([file]);
      for (const at of found) {
        for (const importer of importersOf(at)) if (follows(importer)) found.add(importer);
      }
      found.delete(file);
      return [...found];
    },
  };
}
