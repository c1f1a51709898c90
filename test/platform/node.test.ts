import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodePython } from '../../server/src/platform/decodePython';
import { nodeClock, nodeFileSystem } from '../../server/src/platform/node';
import { packageVersion } from '../../server/src/platform/packageVersion';
import { withTempDir, writeFiles } from '../support/tempDir';

const files = {
  'a.py': '',
  'b.txt': '',
  'c.pyi': '',
  'p/__init__.py': '',
  'p/q/d.py': '',
  'skip/e.py': '',
  'z b.py': '',
};

function list(folder: string, options: { recursive?: boolean; limit?: number } = {}) {
  const root = pathToFileURL(folder).href;
  return nodeFileSystem
    .listPythonFiles(root, { recursive: true, limit: 100, ...options, isExcluded: (path) => path === 'skip' })
    .then(({ files: found, isCut }) => ({ files: found.map((uri) => uri.slice(root.length + 1)), isCut }));
}

describe('listing', () => {
  it('finds Python files at any depth, sorted, without excluded folders', async () => {
    await withTempDir(async (folder) => {
      writeFiles(folder, files);
      expect(await list(folder)).toEqual({ files: ['a.py', 'p/__init__.py', 'p/q/d.py', 'z%20b.py'], isCut: false });
    });
  });

  it('stays in the folder when told', async () => {
    await withTempDir(async (folder) => {
      writeFiles(folder, files);
      expect(await list(folder, { recursive: false })).toEqual({ files: ['a.py', 'z%20b.py'], isCut: false });
    });
  });

  it('stops at the limit and says so', async () => {
    await withTempDir(async (folder) => {
      writeFiles(folder, files);
      expect(await list(folder, { limit: 4 })).toMatchObject({ isCut: false });
      expect(await list(folder, { limit: 3 })).toEqual({ files: ['a.py', 'p/__init__.py', 'z%20b.py'], isCut: true });
    });
  });

  it('does not run in circles, and takes a folder that is not there for an empty one', async () => {
    await withTempDir(async (folder) => {
      writeFiles(folder, files);
      symlinkSync(folder, join(folder, 'p', 'circle'), 'junction');
      expect((await list(folder)).files).toHaveLength(4);
      expect(await list(join(folder, 'nowhere'))).toEqual({ files: [], isCut: false });
    });
  });
});

describe('reading', () => {
  it('tells a missing file from one that cannot be read', async () => {
    await withTempDir((folder) => {
      writeFiles(folder, { 'a.py': 'x = 1\n', 'large.py': new Uint8Array(5_000_001) });
      const read = (path: string) => nodeFileSystem.readText(pathToFileURL(join(folder, path)).href);
      expect(read('a.py')).toEqual({ kind: 'text', text: 'x = 1\n' });
      expect(read('b.py')).toEqual({ kind: 'missing' });
      expect(read('a.py/b.py')).toEqual({ kind: 'missing' });
      expect(read('large.py')).toEqual({ kind: 'unreadable', reason: 'it is larger than 5 MB' });
      expect(read('.')).toMatchObject({ kind: 'unreadable' });
    });
  });

  it('takes what is no file URI for unreadable', () => {
    expect(nodeFileSystem.readText('untitled:Untitled-1')).toMatchObject({ kind: 'unreadable' });
  });
});

describe('decoding', () => {
  const latin = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

  it.each([
    ['UTF-8', Buffer.from("s = 'é😀'"), "s = 'é😀'"],
    ['a byte order mark', Buffer.from('\uFEFFx'), 'x'],
    ['UTF-16', Buffer.from('\uFEFFx = 1', 'utf16le'), 'x = 1'],
    [
      'a declaration in the first line',
      latin("# -*- coding: latin-1 -*-\n'\xc3\xa9'"),
      "# -*- coding: latin-1 -*-\n'Ã©'",
    ],
    [
      'a declaration in the second line',
      latin("#!x\n# vim: set fileencoding=iso-8859-15 :\n'\xa4'"),
      "#!x\n# vim: set fileencoding=iso-8859-15 :\n'€'",
    ],
    ['no declaration in the third line', latin("\n\n# coding: latin-1\n'\xc3\xa9'"), "\n\n# coding: latin-1\n'é'"],
    [
      'a declaration of an encoding that does not exist',
      latin("# coding: nonsense\n'\xc3\xa9'"),
      "# coding: nonsense\n'é'",
    ],
    ['UTF-8, declared, and wrong', latin("# coding: utf_8\n'\xe9'"), "# coding: utf_8\n'é'"],
    ['bytes that are no UTF-8', latin("'\xe9'"), "'é'"],
    ['nothing', new Uint8Array(), ''],
  ])('knows %s', (_name, bytes, text) => {
    expect(decodePython(bytes)).toBe(text);
  });
});

describe('the clock', () => {
  it('runs what is due, unless it is revoked', async () => {
    const ran: string[] = [];
    nodeClock.after(0, () => ran.push('revoked'))();
    nodeClock.after(1, () => ran.push('revoked'))();
    await new Promise<void>((resolve) => nodeClock.after(0, resolve));
    ran.push('first');
    await new Promise<void>((resolve) => nodeClock.after(2, resolve));
    expect(ran).toEqual(['first']);
  });
});

describe('the version', () => {
  it('is unknown where there is no manifest', async () => {
    await withTempDir((folder) => {
      expect(packageVersion(join(folder, 'dist'))).toBe('unknown');
      writeFiles(folder, { 'package.json': '{ "version": "7.8.9" }' });
      expect(packageVersion(join(folder, 'dist'))).toBe('7.8.9');
    });
  });
});
