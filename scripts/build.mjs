/**
 * Bundles the extension, the server and the command line into dist/.
 *
 *   node scripts/build.mjs             once, with source maps
 *   node scripts/build.mjs --watch     again on every change
 *   node scripts/build.mjs --minify    small and without source maps, as in the package
 */
import { chmod, copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { writeNotices } from './support/notices.mjs';
import { isProgram, main, root } from './support/project.mjs';

const usualDist = join(root, 'dist');

/** The grammar, the parser's own WebAssembly and the Python that is handed out lie beside the bundles, which read them. */
const assets = [
  ['node_modules/web-tree-sitter/web-tree-sitter.wasm', 'web-tree-sitter.wasm'],
  ['node_modules/tree-sitter-python/tree-sitter-python.wasm', 'tree-sitter-python.wasm'],
  ['server/python/slimscope_weights.py', 'slimscope_weights.py'],
];

const executables = ['server.js', 'cli.js'];

const notices = 'THIRD-PARTY-NOTICES.txt';

function bundles({ minify, dist }) {
  const common = {
    absWorkingDir: root,
    outdir: dist,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // The ESM entry asks import.meta.url for its place, which is empty in a CommonJS bundle.
    alias: {
      'web-tree-sitter': join(root, 'node_modules/web-tree-sitter/web-tree-sitter.cjs'),
      // Its CommonJS entry finds its own files at run time only.
      'jsonc-parser': join(root, 'node_modules/jsonc-parser/lib/esm/main.js'),
    },
    minify,
    sourcemap: minify ? false : 'linked',
    keepNames: minify,
    logLevel: 'warning',
  };
  // In the browser: the same extension, its server in a worker. The parser's own code asks for Node's files only in Node.
  const web = { ...common, platform: 'browser', target: 'es2022', external: ['fs', 'fs/promises', 'module', 'path'] };
  return [
    { ...web, entryPoints: { webClient: 'client/src/main.browser.ts' }, external: ['vscode'] },
    { ...web, entryPoints: { serverWorker: 'server/src/main.worker.ts' }, format: 'iife' },
    { ...common, entryPoints: { client: 'client/src/main.node.ts' }, external: ['vscode'] },
    {
      ...common,
      // The page of the layers panel: a script and a style sheet of one name.
      entryPoints: ['client/webview/main.ts', 'client/webview/layers.css'].map((path) => ({ in: path, out: 'layers' })),
      platform: 'browser',
      target: 'es2023',
      format: 'iife',
      keepNames: false,
    },
    {
      ...common,
      entryPoints: { server: 'server/src/main.node.ts', cli: 'server/src/main.cli.ts' },
      banner: { js: '#!/usr/bin/env node' },
    },
  ];
}

/** Prints in the shape that the problem matcher of .vscode/tasks.json reads. */
const problemReporter = {
  name: 'problem-reporter',
  setup(build) {
    build.onStart(() => console.log('build started'));
    build.onEnd(({ errors, warnings }) => {
      for (const problem of [...errors, ...warnings]) {
        const kind = errors.includes(problem) ? 'error' : 'warning';
        const { file = '', line = 1, column = 0 } = problem.location ?? {};
        console.error(`${file}:${line}:${column}: ${kind}: ${problem.text}`);
      }
      console.log('build finished');
    });
  },
};

async function copyAssets(dist) {
  await mkdir(dist, { recursive: true });
  await Promise.all(assets.map(([from, to]) => copyFile(join(root, from), join(dist, to))));
}

/** Builds everything once. A build that fails leaves dist/ as it was. */
export async function build({ minify = false, dist = usualDist } = {}) {
  const options = bundles({ minify, dist });
  const results = await Promise.all(options.map((one) => esbuild.build({ ...one, metafile: true })));
  const metafiles = results.map((result) => result.metafile);
  await copyAssets(dist);
  const copied = assets.map(([from]) => from);
  await writeNotices(metafiles, copied, join(dist, notices));
  await Promise.all(executables.map((file) => chmod(join(dist, file), 0o755)));
  const made = metafiles.flatMap(({ outputs }) => Object.keys(outputs)).map((path) => basename(path));
  await removeOthers(dist, [...made, ...assets.map(([, to]) => to), notices]);
}

/** Source maps of an earlier build would belong to other bundles. */
async function removeOthers(dist, made) {
  const stale = (await readdir(dist)).filter((name) => !made.includes(name));
  await Promise.all(stale.map((name) => rm(join(dist, name), { recursive: true })));
}

function watched(options) {
  return { ...options, logLevel: 'silent', plugins: [problemReporter] };
}

async function watch() {
  await copyAssets(usualDist);
  const contexts = await Promise.all(
    bundles({ minify: false, dist: usualDist }).map((options) => esbuild.context(watched(options))),
  );
  await Promise.all(contexts.map((context) => context.watch()));
}

if (isProgram(import.meta.url)) {
  await main(async () => {
    const { values } = parseArgs({ options: { watch: { type: 'boolean' }, minify: { type: 'boolean' } } });
    if (values.watch) return watch();
    const started = performance.now();
    try {
      await build({ minify: values.minify === true });
    } catch (error) {
      if (error.errors === undefined) throw error;
      return 1; // esbuild has printed its errors
    }
    console.log(`Built dist/ in ${Math.round(performance.now() - started)} ms`);
  });
}
