/**
 * Which Python files belong to a workspace, for every adapter that lists one.
 */
import { matcher } from './glob';

/** Python files that are read per workspace. */
export const fileLimit = 30_000;

/** True for paths, relative to a workspace folder, that no one edits: environments, caches, hidden folders. */
export const alwaysExcluded = matcher([
  '.*',
  'node_modules',
  '__pycache__',
  'site-packages',
  'venv',
  'env',
  'virtualenv',
]);
