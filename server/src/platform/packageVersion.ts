/**
 * The version of this Slimscope, from the package.json beside the folder of the bundle.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** For example `0.1.0`; `unknown` when the bundle was copied away from its package. */
export function packageVersion(bundleFolder: string): string {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(bundleFolder, '..', 'package.json'), 'utf8'));
    const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
    return isManifest && typeof manifest.version === 'string' ? manifest.version : 'unknown';
  } catch {
    return 'unknown';
  }
}
