/**
 * What a user downloads: the .vsix holds the bundles and the pages that they open, and stays small.
 * Reads dist/ as the build left it (`npm test` builds first).
 */
import { existsSync, readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { listFiles, PackageManager } from '@vscode/vsce';
import { beforeAll, describe, expect, it } from 'vitest';
import { repositoryPath, repositoryRoot } from '../support/repository';

/** Bytes as packed. The bundles of `npm run package` are minified, so the real package is smaller still. */
const budget = 1_500_000;

describe('the packaged extension', () => {
  let files: readonly string[] = [];

  beforeAll(async () => {
    expect(existsSync(repositoryPath('dist/client.js')), 'dist/ is missing: run `npm run build`').toBe(true);
    files = await listFiles({ cwd: repositoryRoot, packageManager: PackageManager.None });
  });

  it('has all that runs', () => {
    const running = ['dist/cli.js', 'dist/client.js', 'dist/server.js', 'dist/tree-sitter-python.wasm'];
    expect(files).toEqual(expect.arrayContaining([...running, 'dist/web-tree-sitter.wasm', 'package.json']));
  });

  it('has nothing that only developers need', () => {
    const expected =
      /^(dist\/\w[\w-]*\.(js|wasm)|docs\/(rules|images)\/.*|syntaxes\/.*\.json|client\/walkthrough\/.*\.md)$/;
    const documents = ['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE'];
    expect(files.filter((file) => !expected.test(file) && !documents.includes(file))).toEqual([]);
  });

  it('stays small', () => {
    const packed = files.map((file) => deflateRawSync(readFileSync(repositoryPath(file))).length);
    expect(packed.reduce((sum, size) => sum + size, 0)).toBeLessThan(budget);
  });
});
