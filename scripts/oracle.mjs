/**
 * Judges the evaluator by random programs that run under the real arg_scope; see docs/oracle.md.
 *
 *   node scripts/oracle.mjs --seed 1 --count 20000 [--python python3] [--show 5] [--record FILE]
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { root } from './support/project.mjs';

const outfile = join(root, '.cache', 'oracle', 'oracle.mjs');

await esbuild.build({
  absWorkingDir: root,
  entryPoints: ['test/oracle/programs/oracle.ts'],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: 'inline',
  logLevel: 'warning',
});
const { runOracle } = await import(pathToFileURL(outfile).href);
process.exitCode = await runOracle(process.argv.slice(2), root);
