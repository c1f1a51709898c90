/**
 * Which files are tests, by their names. Tests call functions as nobody else does (networks without their arg_scope, tiny
 * sizes), so that they count as callers of what they test only when asked for.
 */
import { baseName } from './paths';

/** @param path relative to the workspace folder, with `/` */
export function isTestFile(path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return (
    /^(?:test_.*|.*_tests?|tests?|conftest)\.py$/.test(baseName(path)) || folders.some((name) => /^tests?$/.test(name))
  );
}
