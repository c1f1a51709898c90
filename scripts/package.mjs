/**
 * `npm run package`: makes slimscope-VERSION.vsix in the root of the repository, or the file after --out.
 * What goes in is the list in .vscodeignore. It is laid out in a folder of its own first: `vsce` walks through all that
 * lies below its folder, and dist/ keeps the bundles of the developer.
 */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheDir, ensureDependencies, isProgram, main, root, runTool, UserError } from './support/project.mjs';

/** Makes the package and answers its path. */
export async function makePackage(out) {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const vsix = out ?? join(root, `${manifest.name}-${manifest.version}.vsix`);
  await mkdir(cacheDir, { recursive: true });
  const stage = await mkdtemp(join(cacheDir, 'package-'));
  try {
    await layOut(stage, manifest);
    // The bundles hold every dependency; the links of the README have no public repository to point to yet.
    const args = ['package', '--no-dependencies', '--no-rewrite-relative-links', '--out', vsix];
    const code = await runTool('@vscode/vsce/vsce', args, { cwd: stage, stdio: ['ignore', 'ignore', 'inherit'] });
    if (code !== 0) throw new UserError('The extension could not be packaged; the message is above.');
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
  return vsix;
}

async function layOut(stage, manifest) {
  const { build } = await import('./build.mjs');
  await build({ minify: true, dist: join(stage, 'dist') });
  const list = await readFile(join(root, '.vscodeignore'), 'utf8');
  await writeFile(join(stage, '.vscodeignore'), list);
  const patterns = list.split('\n').filter((line) => line.startsWith('!') && !line.startsWith('!dist/'));
  const files = (await Promise.all(patterns.map((line) => filesOf(line.slice(1).trim())))).flat();
  await Promise.all(files.map((file) => copy(file, stage)));
  const { scripts: _scripts, devDependencies: _development, ...shipped } = manifest;
  await writeFile(join(stage, 'package.json'), JSON.stringify(shipped, undefined, 2));
}

/** The files of a pattern of the list: a path, with `*` in its last step at most. */
async function filesOf(pattern) {
  const folder = dirname(pattern);
  const name = new RegExp(
    `^${pattern
      .slice(pattern.lastIndexOf('/') + 1)
      .replaceAll('.', '\\.')
      .replace('*', '.*')}$`,
  );
  const names = await readdir(join(root, folder)).catch(() => []);
  return names.filter((file) => name.test(file)).map((file) => join(folder, file));
}

async function copy(file, stage) {
  const target = join(stage, file);
  await mkdir(dirname(target), { recursive: true });
  await copyFile(join(root, file), target);
}

if (isProgram(import.meta.url)) {
  await main(async () => {
    const { values } = parseArgs({ options: { out: { type: 'string' } } });
    await ensureDependencies();
    console.log(await makePackage(values.out && resolve(values.out)));
  });
}
