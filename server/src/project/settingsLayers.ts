/**
 * The settings of one file out of their sources: the editor's (or the command line's) over `[tool.slimscope]` over the
 * defaults, key by key, severities rule by rule. An editor sends its defaults along with what the user set, so that a
 * value that equals the default counts as not set.
 */
import { matcher } from './glob';
import type { ProjectConfiguration } from './manifests/projectConfiguration';
import { isWithin, relativePath } from './paths';
import { defaultSettings, type PathSeverities, type RuleSeverities, type Settings } from './settings';

/** Settings of the whole workspace, and of single folders where they differ. */
export interface WorkspaceSettings {
  readonly all: Settings;
  readonly folders?: ReadonlyMap<string, Settings>;
  /** Keys that were set on purpose even where they equal the default; a command line knows. */
  readonly explicit?: ReadonlySet<keyof Settings>;
  /** Why the target holds where these settings say it. */
  readonly targetReason?: string;
}

/** Settings of the innermost configured folder around a file, as the editor has them. */
export function settingsOf(settings: WorkspaceSettings, file: string): Settings {
  let best: string | undefined;
  for (const folder of settings.folders?.keys() ?? []) {
    if (isWithin(folder, file) && folder.length > (best?.length ?? -1)) best = folder;
  }
  return (best !== undefined && settings.folders?.get(best)) || settings.all;
}

/** True when the editor or the command line sets a key itself. */
export function isSet(settings: WorkspaceSettings, own: Settings, key: keyof Settings): boolean {
  if (settings.explicit?.has(key)) return true;
  return JSON.stringify(own[key]) !== JSON.stringify(defaultSettings[key]);
}

/**
 * What holds for a file. Severities by path are already part of `rules`.
 * @param workspaceFolder the folder that globs of the editor's settings are relative to
 */
export function layeredSettings(
  settings: WorkspaceSettings,
  configuration: ProjectConfiguration | undefined,
  file: string,
  workspaceFolder: string | undefined,
): Settings {
  const own = settingsOf(settings, file);
  if (!configuration && own.rulesByPath.length === 0) return own;
  const merged: Record<string, unknown> = { ...defaultSettings, ...configuration?.values };
  for (const key of Object.keys(own) as (keyof Settings)[]) {
    if (isSet(settings, own, key)) merged[key] = own[key];
  }
  const shared = configuration?.values ?? {};
  const rules: RuleSeverities = {
    ...shared.rules,
    ...forPath(shared.rulesByPath ?? [], file, workspaceFolder),
    ...own.rules,
    ...forPath(own.rulesByPath, file, workspaceFolder),
  };
  const rulesByPath = [...(shared.rulesByPath ?? []), ...own.rulesByPath];
  return { ...(merged as unknown as Settings), rules, rulesByPath };
}

function forPath(all: readonly PathSeverities[], file: string, workspaceFolder: string | undefined): RuleSeverities {
  const matching = all.filter(({ glob, folder = workspaceFolder }) => {
    const path = folder === undefined ? undefined : relativePath(folder, file);
    return path !== undefined && matches(glob, path);
  });
  return Object.assign({}, ...matching.map((one) => one.rules)) as RuleSeverities;
}

const matchers = new Map<string, (path: string) => boolean>();
const maxMatchers = 1_000;

/** Asked for every file with the same few globs. */
function matches(glob: string, path: string): boolean {
  let known = matchers.get(glob);
  if (!known) {
    if (matchers.size >= maxMatchers) matchers.clear();
    matchers.set(glob, (known = matcher([glob])));
  }
  return known(path);
}
