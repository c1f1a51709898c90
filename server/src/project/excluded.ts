/**
 * Files that Slimscope does not read on its own because settings say so: globs of the editor, relative to the workspace
 * folder, or those of the nearest `pyproject.toml`, relative to its folder, where the editor sets none.
 */
import { matcher } from './glob';
import type { ManifestIndex } from './manifests/manifestIndex';
import { relativePath } from './paths';
import { isSet, settingsOf, type WorkspaceSettings } from './settingsLayers';

/** True for a file or folder that is excluded, or lies in a folder that is. */
export function isExcludedBy(file: string, settings: WorkspaceSettings, manifests: ManifestIndex): boolean {
  const own = settingsOf(settings, file);
  const configuration = isSet(settings, own, 'exclude') ? undefined : manifests.configurationOf(file);
  const globs = configuration?.values.exclude ?? own.exclude;
  const folder = configuration?.values.exclude ? configuration.folder : manifests.workspaceFolderOf(file);
  const path = folder === undefined ? undefined : relativePath(folder, file);
  return path !== undefined && globs.length > 0 && matcherOf(globs)(path);
}

const matchers = new WeakMap<readonly string[], (path: string) => boolean>();

function matcherOf(globs: readonly string[]): (path: string) => boolean {
  let known = matchers.get(globs);
  if (!known) matchers.set(globs, (known = matcher(globs)));
  return known;
}
