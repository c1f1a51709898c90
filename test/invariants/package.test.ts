/**
 * What a user downloads: the package as `npm run package` makes it holds the bundles and the pages that they open, and
 * stays small.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { listRepositoryFiles, readRepositoryFile, repositoryPath } from '../support/repository';
import { withTempDir } from '../support/tempDir';
import { readZip } from '../support/zip';

/**
 * Bytes of the package. Most are the grammar and three bundles (command line, server, worker), each with the tables of
 * names and fates.
 */
const budget = 1_900_000;

/** Bytes of the worker as a browser loads it: every window in the web pays for it. */
const workerBudget = 1_750_000;

/** The files that a page links to, from the root of the package. */
function linksOf(page: string): readonly string[] {
  const links = [...readRepositoryFile(page).matchAll(/\]\((?!https?:)([^)#]+)/g)];
  return links.map((link) => posix.join(posix.dirname(page), link[1] ?? ''));
}

describe('the package', () => {
  let size = 0;
  let worker = 0;
  let files: readonly string[] = [];

  beforeAll(async () => {
    await withTempDir((folder) => {
      const vsix = join(folder, 'slimscope.vsix');
      execFileSync(process.execPath, [repositoryPath('scripts/package.mjs'), '--out', vsix]);
      size = statSync(vsix).size;
      // Beside the extension a .vsix holds two files about the package itself.
      const all = readZip(readFileSync(vsix));
      const members = all.map(({ path }) => path);
      worker = all.find(({ path }) => path === 'extension/dist/serverWorker.js')?.bytes.length ?? 0;
      files = members.filter((path) => path.startsWith('extension/')).map((path) => path.slice('extension/'.length));
    });
  }, 60_000);

  it('has all that runs', () => {
    const bundles = ['cli', 'client', 'layers', 'server', 'serverWorker', 'webClient'].map((name) => `dist/${name}.js`);
    const running = [...bundles, 'dist/layers.css'];
    const grammars = ['dist/slimscope_weights.py', 'dist/tree-sitter-python.wasm', 'dist/web-tree-sitter.wasm'];
    expect(files).toEqual(expect.arrayContaining([...running, ...grammars, 'package.json']));
  });

  it('has every page that the product opens', () => {
    const pages = listRepositoryFiles().filter((path) => /^(docs\/rules|client\/walkthrough)\/.*\.md$/.test(path));
    expect(pages.length).toBeGreaterThan(5);
    expect(files).toEqual(expect.arrayContaining(pages));
  });

  it('has every page that its pages link to', () => {
    const dead = files
      .filter((file) => file.startsWith('docs/rules/'))
      .flatMap((file) => linksOf(file).filter((target) => !files.includes(target)));
    expect(dead).toEqual([]);
  });

  it('has nothing that only developers need', () => {
    const shipped = [
      /^dist\/[\w-]+\.(css|js|wasm)$/,
      /^dist\/THIRD-PARTY-NOTICES\.txt$/,
      /^dist\/slimscope_weights\.py$/,
      /^(docs\/rules|docs\/guide|docs\/decisions)\/[\w-]+\.md$/,
      /^client\/walkthrough\/\w+\.svg$/,
      /^docs\/configuration\.md$/,
      /^docs\/images\/(icon\.png|view\.svg)$/,
      /^syntaxes\/[\w.]+\.json$/,
      /^l10n\/bundle\.l10n\.json$/,
      /^(package\.json|package\.nls\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
    ];
    expect(files.filter((file) => !shipped.some((pattern) => pattern.test(file)))).toEqual([]);
  });

  it('stays small', () => {
    expect(size).toBeLessThan(budget);
    expect(worker).toBeGreaterThan(0);
    expect(worker).toBeLessThan(workerBudget);
  });
});
