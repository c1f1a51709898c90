/**
 * What the .gitignore files of a folder tree leave out, as git reads them: nested files, negation, and nothing below a
 * folder that is left out. Files above the tree count up to the top of the repository; the user's own global list does
 * not, so that everybody gets the same report.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** A test for absolute paths at or below `folder`. */
export function gitIgnore(folder: string): (path: string, isFolder: boolean) => boolean {
  const top = topOf(folder);
  const lists = new Map<string, Ignore | undefined>();
  const folders = new Map<string, boolean>();
  const listOf = (at: string): Ignore | undefined => {
    if (!lists.has(at)) lists.set(at, readList(at, at === top ? [join('.git', 'info', 'exclude')] : []));
    return lists.get(at);
  };
  const isFolderIgnored = (path: string): boolean => {
    if (path === top || relative(top, path).startsWith('..')) return false;
    let known = folders.get(path);
    if (known === undefined) folders.set(path, (known = isIgnored(path, true)));
    return known;
  };
  const isIgnored = (path: string, isFolder: boolean): boolean => {
    if (isFolderIgnored(dirname(path))) return true;
    // The innermost list that says something about a path decides.
    for (let at = dirname(path); ; at = dirname(at)) {
      const verdict = ask(listOf(at), relative(at, path), isFolder);
      if (verdict !== undefined) return verdict;
      if (at === top || at === dirname(at)) return false;
    }
  };
  return (path, isFolder) => path !== top && isIgnored(path, isFolder);
}

/** The repository around a folder, or the folder itself. */
function topOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return folder;
  }
}

function readList(folder: string, others: readonly string[]): Ignore | undefined {
  const texts = [...others, '.gitignore'].flatMap((name) => {
    try {
      return [readFileSync(join(folder, name), 'utf8')];
    } catch {
      return [];
    }
  });
  return texts.length > 0 ? ignore().add(texts.join('\n')) : undefined;
}

/** What one list says; undefined when it says nothing. A folder above that it leaves out was taken in again by another. */
function ask(list: Ignore | undefined, path: string, isFolder: boolean): boolean | undefined {
  if (!list) return undefined;
  const asked = path.split(sep).join('/');
  const above = dirname(asked);
  if (above !== '.' && list.ignores(`${above}/`)) return undefined;
  const { ignored, unignored } = list.test(isFolder ? `${asked}/` : asked);
  return ignored ? true : unignored ? false : undefined;
}
