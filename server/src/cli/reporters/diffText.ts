/**
 * `--diff`: a unified diff that `git apply` and `patch -p1` take.
 */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** One diff after the other. */
export function diffText(
  files: readonly { readonly path: string; readonly before: string; readonly after: string }[],
): string {
  return files
    .map(({ path, before, after }) =>
      createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
        context: 3,
        headerOptions: FILE_HEADERS_ONLY,
      }),
    )
    .join('');
}
