/**
 * `slimscope check --diff`: a unified diff that `git apply` and `patch -p1` take.
 */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { FixedFile } from '../fix';

/** One diff after the other. */
export function diffText(files: readonly FixedFile[]): string {
  return files
    .map(({ path, before, after }) =>
      createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
        context: 3,
        headerOptions: FILE_HEADERS_ONLY,
      }),
    )
    .join('');
}
