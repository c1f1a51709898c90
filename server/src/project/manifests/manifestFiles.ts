/**
 * Which files are read for the target and for `[tool.slimscope]`, by name alone, for which folder each speaks, and whose
 * word counts first. Reads nothing.
 */
import { baseName, parentOf } from '../paths';

/** How a manifest is written. */
export type ManifestKind =
  'lock' | 'pipfileLock' | 'pipfile' | 'requirements' | 'conda' | 'pyproject' | 'setupCfg' | 'setupPy';

const kinds: readonly (readonly [RegExp, ManifestKind])[] = [
  [/^(?:poetry|uv|pdm)\.lock$/, 'lock'],
  [/^Pipfile\.lock$/, 'pipfileLock'],
  [/^Pipfile$/, 'pipfile'],
  [/^pyproject\.toml$/, 'pyproject'],
  [/^setup\.cfg$/, 'setupCfg'],
  [/^setup\.py$/, 'setupPy'],
  [/^(?:[\w.-]*[-_.])?(?:requirements|constraints)(?:[-_.]?[\w.-]*)?\.txt$/i, 'requirements'],
  [/^(?:[\w.-]*[-_.])?(?:environment|conda)(?:[-_.][\w.-]*)?\.ya?ml$/i, 'conda'],
];

/** What a file is read as; undefined for files that say nothing about a project. */
export function manifestKind(file: string): ManifestKind | undefined {
  const name = baseName(file);
  const known = kinds.find(([pattern]) => pattern.test(name));
  if (known) return known[1];
  return isInRequirementsFolder(file) && name.endsWith('.txt') ? 'requirements' : undefined;
}

/** The folder that a manifest speaks for: that of `requirements/train.txt` is the one above. */
export function folderOfManifest(file: string): string {
  const folder = parentOf(file);
  return isInRequirementsFolder(file) ? parentOf(folder) : folder;
}

function isInRequirementsFolder(file: string): boolean {
  return baseName(parentOf(file)) === 'requirements';
}

/**
 * Order in which the manifests of one folder are heard: what was installed (lock files, constraints), then what is asked
 * to be installed, then what a package says it can live with.
 */
export function manifestRank(file: string): number {
  const name = baseName(file);
  switch (manifestKind(file)) {
    case 'lock':
    case 'pipfileLock':
      return 0;
    case 'requirements':
      if (/constraints/i.test(name)) return 1;
      return name === 'requirements.txt' ? 2 : 3;
    case 'pipfile':
      return 4;
    case 'conda':
      return 5;
    case 'pyproject':
      return 6;
    case 'setupCfg':
      return 7;
    default:
      return 8;
  }
}

/** Patterns of all of them, for clients that watch files. */
export const manifestGlobs: readonly string[] = [
  '**/{poetry,uv,pdm,Pipfile}.lock',
  '**/{Pipfile,pyproject.toml,setup.cfg}',
  '**/*{requirements,constraints}*.txt',
  '**/requirements/*.txt',
  '**/*{environment,conda}*.{yml,yaml}',
];
