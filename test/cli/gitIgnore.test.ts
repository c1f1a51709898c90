import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitIgnore } from '../../server/src/cli/gitIgnore';
import { withTempDir, writeFiles } from '../support/tempDir';

const lists = {
  '.gitignore': '# generated\nbuild/\n*.gen.py\n/top.py\nvendor/*\n!vendor/ours\ndeep/**/old\n\\#odd.py\nspace.py   \n',
  'a/.gitignore': '!keep.gen.py\nlocal.py\n',
  'a/b/.gitignore': '*\n!here.py\n',
  'again/.gitignore': 'inner/\n',
  'again/inner/.gitignore': '!x.py\n',
};

const files = [
  'net.py',
  'top.py',
  'a/top.py',
  'x.gen.py',
  'a/keep.gen.py',
  'a/other.gen.py',
  'a/local.py',
  'local.py',
  'a/b/here.py',
  'a/b/there.py',
  'a/b/c/here.py',
  'build/net.py',
  'src/build/net.py',
  'vendor/theirs/net.py',
  'vendor/ours/net.py',
  'deep/1/2/old/net.py',
  'deep/old/net.py',
  'again/inner/x.py',
  '#odd.py',
  'space.py',
];

/** Paths that git itself leaves out. */
function askGit(folder: string): readonly string[] {
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  const args = ['-c', 'core.excludesFile=', 'ls-files', '--others', '--ignored', '--exclude-standard', '-z'];
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).split('\0').filter(Boolean);
}

describe('gitIgnore', () => {
  it('says what git says, for nested lists, negation and folders', async () => {
    await withTempDir((folder) => {
      writeFiles(folder, { ...lists, ...Object.fromEntries(files.map((path) => [path, ''])) });
      const expected = askGit(folder).filter((path) => path.endsWith('.py'));
      expect(expected.length).toBeGreaterThan(8);
      const isIgnored = gitIgnore(folder);
      expect(files.filter((path) => isIgnored(join(folder, path), false)).sort()).toEqual([...expected].sort());
      // Asked from a folder inside, the lists above count, too.
      const fromInside = gitIgnore(join(folder, 'a'));
      expect(fromInside(join(folder, 'a', 'other.gen.py'), false)).toBe(true);
      expect(fromInside(join(folder, 'a', 'keep.gen.py'), false)).toBe(false);
      expect(['build', 'a', 'vendor/theirs'].map((path) => isIgnored(join(folder, path), true))).toEqual([
        true,
        false,
        true,
      ]);
    });
  });

  it('works without a repository, from the folder down', async () => {
    await withTempDir((folder) => {
      writeFiles(folder, { 'a/.gitignore': 'x.py\n', 'a/x.py': '', 'a/y.py': '' });
      const isIgnored = gitIgnore(folder);
      expect(['a/x.py', 'a/y.py'].map((path) => isIgnored(join(folder, path), false))).toEqual([true, false]);
    });
  });
});
