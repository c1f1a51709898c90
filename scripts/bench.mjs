/**
 * `npm run bench`: times Slimscope on real and on synthetic files, beside pyright on the same file in the same run,
 * and writes docs/benchmarks.md. Needs the npm registry (pyright) and PyPI (tf_slim); not part of `npm test`.
 */
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { build } from './build.mjs';
import { typeInside, typeOverTheWire } from './bench/keystrokes.mjs';
import { openFile } from './bench/openFile.mjs';
import { ms } from './bench/statistics.mjs';
import { cacheDir, ensureDependencies, main, npm, root, UserError } from './support/project.mjs';

/** A build of its own, so that dist/ stays the developer's. */
const dist = join(cacheDir, 'bench', 'dist');

const pyrightVersion = '1.1.414';
const realFiles = ['tf_slim/nets/inception_v3.py', 'tf_slim/nets/inception_v2.py'];

await main(async () => {
  await ensureDependencies();
  const load = loadavg()[0];
  await build({ minify: true, dist });
  const core = await loadCore();
  const parse = await core.loadParser(dist);
  const source = await core.openSource('tf_slim');
  if (source.kind !== 'ready') throw new UserError(`tf_slim is not available: ${source.reason}`);
  const slimscope = { command: process.execPath, args: [join(dist, 'server.js'), '--stdio'] };
  const pyright = { command: process.execPath, args: [await installPyright(), '--stdio'] };

  console.log(`Opening ${realFiles[0]} ...`);
  const [ours, theirs] = await openFile([slimscope, pyright], source.folder, realFiles);
  const wire = [];
  const inside = [];
  for (const lines of [400, 1000, 3000]) {
    console.log(`Typing into ${lines} lines ...`);
    wire.push(await typeOverTheWire(slimscope, source.folder, lines));
    inside.push(typeInside(core, parse, lines));
  }
  const report = render({ load, ours, theirs, wire, inside });
  await writeFile(join(root, 'docs', 'benchmarks.md'), report);
  console.log(`\n${report}\nWrote docs/benchmarks.md`);
});

/** The core and the fetching of real sources are TypeScript; they are bundled as they are. */
async function loadCore() {
  const outfile = join(cacheDir, 'bench', 'core.mjs');
  const contents = [
    "export { Project } from './server/src/project/project';",
    "export { evaluator } from './server/src/slim/evaluator/evaluator';",
    "export { diagnostics } from './server/src/features/diagnostics';",
    "export { loadParser } from './server/src/platform/node';",
    "export { openSource } from './test/support/openSources';",
  ].join('\n');
  await esbuild.build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['web-tree-sitter'],
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

async function installPyright() {
  const folder = join(cacheDir, 'bench', `pyright-${pyrightVersion}`);
  const program = join(folder, 'node_modules', 'pyright', 'langserver.index.js');
  if (existsSync(program)) return program;
  console.log(`Installing pyright ${pyrightVersion} into .cache ...`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const options = ['--save-exact', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await npm(['install', `pyright@${pyrightVersion}`, ...options], { cwd: folder });
  if (code !== 0 || !existsSync(program)) throw new UserError('npm could not install pyright; its message is above.');
  return program;
}

function render({ load, ours, theirs, wire, inside }) {
  const [cpu] = cpus();
  const times = (a, b) => `${(b / a).toFixed(1)} x`;
  const hovers = ({ answered, hovers: all }) => `${answered} of ${all}`;
  const real = [
    ['from `didOpen` to the first diagnostics', ms(ours.open), ms(theirs.open), times(ours.open, theirs.open)],
    ['the same for a second file', ms(ours.second), ms(theirs.second), times(ours.second, theirs.second)],
    ['start of the process to `initialized`', ms(ours.start), ms(theirs.start), times(ours.start, theirs.start)],
    ['hover, median', ms(ours.hoverP50), ms(theirs.hoverP50), times(ours.hoverP50, theirs.hoverP50)],
    ['hover, 95th percentile', ms(ours.hoverP95), ms(theirs.hoverP95), times(ours.hoverP95, theirs.hoverP95)],
    ['hovers answered', hovers(ours), hovers(theirs), ''],
  ];
  const typing = wire.map((one, i) => {
    const { parse, analysis, rules } = inside[i];
    return [one.lines.toLocaleString('en-US'), ms(one.p50), ms(one.p95), ms(parse), ms(analysis), ms(rules)];
  });
  const aims = [
    ['hover, 95th percentile', '< 10 ms', ms(ours.hoverP95), ours.hoverP95 < 10],
    ['keystroke to diagnostics, 1,000 lines, 95th percentile', '< 50 ms', ms(wire[1].p95), wire[1].p95 < 50],
    ['first diagnostics against pyright', '≥ 10 x', times(ours.open, theirs.open), theirs.open / ours.open >= 10],
  ].map(([what, aim, got, isReached]) => [what, aim, got, isReached ? 'yes' : '**no**']);
  return `# Benchmarks

Written by \`npm run bench\`; run it again rather than editing this file. All figures of a table come from one run on
one machine: ${cpus().length} x ${cpu.model.trim()}, Node ${process.versions.node}, ${process.platform}, load average ${load.toFixed(1)} before the start. Compare the
ratios, not the milliseconds, with other machines.

## A real file

\`${realFiles[0]}\` of tf_slim 1.1.0, in a workspace that holds the whole package, then \`${realFiles[1].split('/').pop()}\` in
the same process; over stdio, median of 9 fresh processes of each server, taken by turns.
Diagnostics are pushed by both servers; every \`layers.xxx(\` call of the file is hovered once per process. The two do
different things (pyright checks types and knows no arg_scope), and are used side by side in an editor: the comparison
says that Slimscope does not slow that editor down.

${table(['', 'Slimscope', `pyright ${pyrightVersion}`, 'ratio'], real)}
## Typing

One character typed into a synthetic network (blocks of layers under nested arg_scopes, as dense in slim calls as
tf_slim's own networks), 100 times after 20 for warming up. *Over the wire* is from the edit to the diagnostics of the
new version, as an editor that pulls sees it. The stages are medians measured inside the process.

${table(['lines', 'over the wire, median', '95th percentile', 'parse', 'evaluation', 'rules'], typing)}
## Aims

${table(['', 'aim', 'measured', 'reached'], aims)}`;
}

/** A Markdown table as Prettier would lay it out. */
function table(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return `${[line(head), rule, ...rows.map(line)].join('\n')}\n`;
}
