/**
 * The bundles that users run, for tests of them. They are built by `npm run build` (and by `npm test`, before the
 * tests); an old one would prove nothing, so it is refused.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryPath } from './repository';

/** Path of `dist/<name>`, which must be newer than the sources. */
export function bundlePath(name: 'server.js' | 'cli.js'): string {
  const bundle = repositoryPath(`dist/${name}`);
  if (!existsSync(bundle)) throw new Error(`${bundle} is missing: run \`npm run build\``);
  const built = statSync(bundle).mtimeMs;
  const sources = repositoryPath('server/src');
  const newer = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .find((path) => statSync(join(sources, path)).mtimeMs > built);
  if (newer !== undefined) throw new Error(`${bundle} is older than server/src/${newer}: run \`npm run build\``);
  return bundle;
}
