/**
 * Folders that imports are searched in beside the workspace folders: `pythonPaths` of the editor, or of `pyproject.toml`
 * where the editor sets none. Each is relative to the folder of the one who says it.
 */
import type { ManifestIndex } from './manifests/manifestIndex';
import { isWithin, join } from './paths';
import { isSet, settingsOf, type WorkspaceSettings } from './settingsLayers';

/** Identities of the folders. */
export function searchPathsOf(
  folders: readonly string[],
  settings: WorkspaceSettings,
  manifests: ManifestIndex,
): readonly string[] {
  return folders.flatMap((folder) => {
    const own = settingsOf(settings, `${folder}/`);
    if (isSet(settings, own, 'pythonPaths')) return own.pythonPaths.map((path) => join(folder, path));
    const inside = manifests.configurations.filter((one) => isWithin(folder, one.folder));
    return inside.flatMap((one) => (one.values.pythonPaths ?? []).map((path) => join(one.folder, path)));
  });
}
