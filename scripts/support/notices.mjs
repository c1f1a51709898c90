/**
 * The licences of other people's code inside the bundles. Which code that is comes from esbuild's own list of inputs,
 * so that none is forgotten; a package without a licence text stops the build.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, UserError } from './project.mjs';

/** Writes the notices for the packages that the inputs of these builds, and the copied files, belong to. */
export async function writeNotices(metafiles, copied, outFile) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = new Set([...inputs, ...copied].map(packageFolder).filter((folder) => folder !== undefined));
  const notices = await Promise.all([...folders].sort().map(notice));
  const intro = 'Slimscope contains code of the following packages, under the licences given.\n';
  await writeFile(outFile, [intro, ...notices].join(`\n${'-'.repeat(80)}\n\n`));
}

/** The folder of the package that a file belongs to; undefined for our own files. */
function packageFolder(path) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path.replaceAll('\\', '/'))?.[0];
}

async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e(-mit)?(\.(txt|md))?$/i.test(entry));
  if (file === undefined) throw new UserError(`${name} is bundled but has no licence text; see docs/decisions/0006.`);
  const text = await readFile(join(root, folder, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}\n`;
}
