/**
 * What the package.json beside the folder of the bundle says: the version of this Slimscope, and where its pages are.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** For example `0.1.0`; `unknown` when the bundle was copied away from its package. */
export function packageVersion(bundleFolder: string): string {
  const { version } = readManifest(bundleFolder);
  return typeof version === 'string' ? version : 'unknown';
}

/** The address of a rule's page in the repository, at this version; undefined without a package. */
export function rulePageUri(bundleFolder: string, rule: string): string | undefined {
  const { version, repository } = readManifest(bundleFolder);
  const url = isRecord(repository) ? repository['url'] : undefined;
  if (typeof version !== 'string' || typeof url !== 'string') return undefined;
  return `${url.replace(/^git\+/, '').replace(/\.git$/, '')}/blob/v${version}/docs/rules/${rule}.md`;
}

function readManifest(bundleFolder: string): Readonly<Record<string, unknown>> {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(bundleFolder, '..', 'package.json'), 'utf8'));
    return isRecord(manifest) ? manifest : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
