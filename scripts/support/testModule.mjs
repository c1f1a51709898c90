/**
 * Lets a command use a TypeScript module of test/: bundled into .cache/test-modules/, packages stay outside.
 */
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { root } from './project.mjs';

/** @param {string} path of the module, relative to the repository */
export async function importTestModule(path) {
  const outfile = join(root, '.cache', 'test-modules', basename(path).replace(/\.ts$/, '.mjs'));
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [path],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
