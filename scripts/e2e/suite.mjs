/** Prepares what every host needs: the bundled suite, the workspace it opens, and the report it writes. */
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { cacheDir, root, UserError } from '../support/project.mjs';

const e2eDir = join(cacheDir, 'e2e');
const sources = join(root, 'test', 'e2e', 'suite');

/** Bundles test/e2e/suite. Mocha stays outside: it has to be one instance, found in node_modules from .cache/. */
export async function bundleSuite() {
  const outdir = join(e2eDir, 'suite');
  await rm(outdir, { recursive: true, force: true });
  const files = (await readdir(sources)).filter((name) => name === 'index.ts' || name.endsWith('.test.ts'));
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: files.map((name) => join(sources, name)),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return join(outdir, 'index.js');
}

/** A fresh folder with our samples and the real networks of tf_slim, which the suite may change at will. */
export async function prepareWorkspace(name) {
  const workspace = join(e2eDir, name);
  await rm(workspace, { recursive: true, force: true });
  await mkdir(workspace, { recursive: true });
  await cp(join(root, 'test', 'e2e', 'workspace'), workspace, { recursive: true });
  await cp(await fetchTfSlim(), join(workspace, 'tf_slim'), { recursive: true });
  return workspace;
}

/** The package comes through the module that the other tests use, with its pinned hash and its cache. */
async function fetchTfSlim() {
  const outfile = join(e2eDir, 'openSources.mjs');
  const entryPoints = [join(root, 'test', 'support', 'openSources.ts')];
  await esbuild.build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'warning' });
  const { openSource } = await import(pathToFileURL(outfile).href);
  const source = await openSource('tf_slim');
  if (source.kind !== 'ready') throw new UserError(`tf_slim could not be had from PyPI: ${source.reason}`);
  return join(source.folder, 'tf_slim');
}

/** The file that the suite writes one JSON line per test into. */
export const reportFile = join(e2eDir, 'report.jsonl');

/** Forgets the report of an earlier run. */
export async function clearReport() {
  await mkdir(e2eDir, { recursive: true });
  await rm(reportFile, { force: true });
}

/** Prints the tests one by one and answers the totals. A run without any test has failed. */
export async function printReport() {
  const text = existsSync(reportFile) ? await readFile(reportFile, 'utf8') : '';
  const tests = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  for (const { title, state, duration, error } of tests) {
    console.log(`  ${state === 'passed' ? '✓' : '✗'} ${title} (${duration} ms)`);
    if (error) console.log(error.replace(/^/gm, '      '));
  }
  const failed = tests.filter(({ state }) => state !== 'passed').length;
  return { passed: tests.length - failed, failed };
}
