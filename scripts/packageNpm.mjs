/**
 * `npm run package:npm`: makes slimscope-VERSION.tgz, the npm package with the command line and the stdio server for other
 * editors, in the root of the repository or the folder after --out. It has no dependencies: the bundles hold all code.
 */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { cacheDir, ensureDependencies, isProgram, main, npm, root, UserError } from './support/project.mjs';

/** Kept of what is built: the extension is not for npm. */
const built = /^(?:cli|server)\.js$|\.wasm$|^THIRD-PARTY-NOTICES\.txt$/;

/** Folders of pages that the command line prints or that those link to. */
const folders = ['docs/rules', 'docs/decisions'];

const files = [
  ['LICENSE', 'LICENSE'],
  ['CHANGELOG.md', 'CHANGELOG.md'],
  ['docs/configuration.md', 'docs/configuration.md'],
  ['docs/command-line.md', 'README.md'],
];

/** Makes the package and answers its path. */
export async function makeNpmPackage(out = root) {
  await mkdir(cacheDir, { recursive: true });
  const stage = await mkdtemp(join(cacheDir, 'package-npm-'));
  try {
    const manifest = await layOut(stage);
    const code = await npm(['pack', '--silent', '--pack-destination', out], { cwd: stage, quiet: true });
    if (code !== 0) throw new UserError('The npm package could not be made; the message is above.');
    return join(out, `${manifest.name}-${manifest.version}.tgz`);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

async function layOut(stage) {
  const all = join(stage, 'all');
  await build({ minify: true, dist: all });
  for (const name of await readdir(all)) if (built.test(name)) await copy(join(all, name), join(stage, 'dist', name));
  await rm(all, { recursive: true });
  for (const folder of folders) {
    const pages = (await readdir(join(root, folder))).filter((name) => name.endsWith('.md'));
    for (const name of pages) await copy(join(root, folder, name), join(stage, folder, name));
  }
  for (const [from, to] of files) await copy(join(root, from), join(stage, to));
  const manifest = npmManifest(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  await writeFile(join(stage, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return manifest;
}

function npmManifest({ name, version, description, license, repository, bin, engines }) {
  const keywords = ['tensorflow', 'tf-slim', 'tf.contrib', 'keras', 'migration', 'linter', 'language-server'];
  return { name, version, description, license, keywords, repository, bin, engines: { node: engines.node } };
}

async function copy(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

if (isProgram(import.meta.url)) {
  await main(async () => {
    const { values } = parseArgs({ options: { out: { type: 'string' } } });
    await ensureDependencies();
    console.log(await makeNpmPackage(values.out && resolve(values.out)));
  });
}
